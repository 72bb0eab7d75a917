from hypothesis import given
from hypothesis import strategies as st

from odoo.addons.pom_payment.tools import colors, link_token, qr


def test_tokens_differ_and_are_well_formed():
    tokens = {link_token.new_token() for _n in range(200)}
    assert len(tokens) == 200
    assert all(link_token.normalize(token) == token for token in tokens)


@given(st.text())
def test_anything_typed_gives_a_token_or_nothing(typed):
    token = link_token.normalize(typed)
    assert token is None or link_token.TOKEN.fullmatch(token)


@given(st.text(link_token.ALPHABET, min_size=26, max_size=26))
def test_printed_form_is_understood(token):
    assert link_token.normalize(link_token.grouped(token).lower()) == token


@given(st.from_regex(r"#[0-9a-f]{6}", fullmatch=True))
def test_text_on_the_brand_colour_is_readable(color):
    fill, on_fill = colors.brand(color)
    assert colors.contrast(fill, on_fill) >= 4.5


def test_pictures():
    assert qr.png("x").startswith(b"\x89PNG")
    assert qr.data_uri(qr.png("x")).startswith("data:image/png;base64,")
    # All the dark modules are in the drawing.
    modules = qr.matrix("x")
    drawn = sum(length for row in modules for _start, length in qr.runs(row))
    assert drawn == sum(map(sum, modules))
