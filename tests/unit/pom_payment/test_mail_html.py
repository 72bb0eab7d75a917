import pytest
from hypothesis import given
from hypothesis import strategies as st

from odoo.addons.pom_payment.tools import mail_html

URL = "https://pay.x.be/p/7ZK3?d=0&e=1"


def test_a_button_in_every_program():
    html = f"<p>{mail_html.button(URL, 'Pay & go', '#111111', '#eeeeee')}</p>"
    safe = mail_html.bulletproof(html)
    assert safe.count('href="https://pay.x.be/p/7ZK3?d=0&amp;e=1"') == 2
    assert 'fillcolor="#111111"' in safe and "color:#eeeeee" in safe
    assert safe.count("Pay &amp; go") == 2
    assert "width:136px" in safe, "as wide as its words"


def test_a_button_without_colours():
    safe = mail_html.bulletproof('<a class="pom_button" href="x">Pay</a>')
    assert 'fillcolor="#1f4e79"' in safe


@pytest.mark.parametrize(
    ("label", "expected"), [("Go", ">Go<"), ("", ">Pay &amp; go<")]
)
def test_another_button(label, expected):
    html = mail_html.button(URL, "Pay & go", "#111111", "#eeeeee")
    other = mail_html.restyled(html, label, ("#222222", "#ffffff"))
    assert expected in other
    assert "#222222" in other and "#111111" not in other
    assert "&amp;amp;" not in other


def test_no_picture():
    html = '<img src="data:image/png;base64,%%%">'
    assert mail_html.inline_pictures(html) == (html, [])


def test_one_picture_twice():
    html = (
        '<img src="data:image/png;base64,aGk="><img src="data:image/png;base64,aGk=">'
    )
    changed, pictures = mail_html.inline_pictures(html)
    assert len(pictures) == 1 and changed.count(pictures[0].cid) == 2


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("<p>One</p><p>Two</p>", "One\n\nTwo"),
        ("<div>One</div><div>Two<br>Three</div>", "One\nTwo\nThree"),
        ("<p>One\n  Two</p>", "One Two"),
        ("<table><tr><td>A</td><td>B</td></tr></table>", "A: B"),
        ("<table><tr><td>A<div>b</div></td><td>B</td></tr></table>", "A, b: B"),
        ("<table><tr><td></td><td>B</td></tr></table>", "B"),
        ("<table><tr><td><table><tr><td>A</td></tr></table></td></tr></table>", "A"),
        ("<head><title>No</title></head><body>Yes</body>", "Yes"),
        ('<a href="">Nothing</a>', "Nothing"),
        ('<a href="https://x.be"><img src="y"></a>', ""),
        ("<!--[if mso]>No<![endif]-->Yes", "Yes"),
        ("A</a></td></tr>B", "A\nB"),
        ("<table><tr><td>Open", "Open"),
        ("<td>A</td>", "A"),
        ('<p class="pom_unread">No<b>Nor this</b></p>Yes', "Yes"),
        ("a\u00a0b", "a\u00a0b"),
        ('<a href="mailto:a@x.be">a@x.be</a>', "a@x.be"),
        ('<a href="https://x.be/A?d=1">https://x.be/A</a>', "https://x.be/A"),
        ('<a href="https://x.be/A">https:</a>', "https:: https://x.be/A"),
        (
            '<html lang="fr-BE"><a href="https://x.be">Payer</a>',
            "Payer\u00a0: https://x.be",
        ),
        ('<html lang="nl"><a href="https://x.be">Betaal</a>', "Betaal: https://x.be"),
    ],
)
def test_as_text(html, text):
    assert mail_html.as_text(html) == text


@given(st.text(max_size=200))
def test_whatever_it_is(html):
    mail_html.as_text(html)
    mail_html.bulletproof(html)
    mail_html.inline_pictures(html)
