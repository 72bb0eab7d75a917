"""References in free text: what counts, and what looks like one and doesn't."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from odoo.addons.pom_payment.tools.references import (
    format_ogm,
    format_rf,
    is_ogm,
    is_rf,
)
from odoo.addons.pom_reconcile.formats.references import find_references


def found(text):
    return [(item.kind, item.value) for item in find_references(text)]


@pytest.mark.parametrize(
    "text",
    [
        "+++123/4567/89002+++",
        "***123/4567/89002***",
        "+++ 123 / 4567 / 89002 +++",
        "+++123456789002+++",
        "fact. 17: 123/4567/89002, dank",
        "vcs 123456789002.",
        "(123456789002)",
        "ref:123456789002",
        "BE68539007547034 123456789002",
        "NL91 ABNA 0417 1643 00 123456789002",
    ],
)
def test_belgian_reference(text):
    assert found(text) == [("ogm", "123456789002")]


@pytest.mark.parametrize(
    "text",
    [
        "RF18539007547034",
        "rf18 5390 0754 7034",
        "REF RF18 5390 0754 7034 DANK U",
        "RF18 5390 0754 7034 VAN MAART",
        "RF18 539007547034",
    ],
)
def test_creditor_reference(text):
    assert found(text) == [("rf", "RF18539007547034")]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "123456789012",
        "+++123/4567/89012+++",
        "BE68539007547034",
        "BE68 5390 0754 7034",
        "BE68 539007547034",
        "BE69 539007547034",
        "NL91 ABNA 0417 1643 00",
        "EAN 541234567890",
        "4111 1111 1111 1111",
        "1123456789002",
        "1234567890021",
        "ORD123456789002",
        "ORD-123456789002",
        "#123456789002",
        "+123456789002",
        "INV/123456789002",
        "123456789002.50",
        "1.123456789002",
        "order nr. 123456789002",
        "Bestelling: 123456789002",
        "commande n° 123456789002",
        "IBAN 539007547034",
        "rek.nr. 539007547034",
        "PO 123456789002",
        "Visa 123456789002",
        "EAN-code: 123456789002",
        "1/123/4567/89002",
        "RF19539007547034",
        "XRF18539007547034",
        "RF18539007547034X1",
        "RF18",
        "RF18 FACTUUR",
        "RFID 1234",
        "rf\u017f8 1234 \u212a",
        "١٢٣٤٥٦٧٨٩٠٠٢",
    ],
)
def test_nothing_to_be_found(text):
    assert found(text) == []


def test_each_once_in_the_order_of_the_text():
    text = "RF18539007547034 000000009797 +++123/4567/89002+++ 123/4567/89002"
    assert [value for _, value in found(text)] == [
        "RF18539007547034",
        "000000009797",
        "123456789002",
    ]


@given(st.integers(0, 10**10 - 1))
def test_any_valid_belgian_reference_is_found_as_printed(number):
    digits = f"{number:010d}{number % 97 or 97:02d}"
    assert is_ogm(digits)
    assert ("ogm", digits) in found(f"TEXT {format_ogm(digits)} TEXT")


@given(st.from_regex(r"[A-Z0-9]{1,21}", fullmatch=True))
def test_any_valid_creditor_reference_is_found(body):
    check = 98 - int("".join(str(int(c, 36)) for c in body + "RF00")) % 97
    value = f"RF{check:02d}{body}"
    assert is_rf(value)
    assert ("rf", value) in found(f"TEXT {value}")
    assert is_rf(format_rf(value).replace(" ", ""))


@given(st.text())
def test_any_text_has_only_valid_references(text):
    for kind, value in found(text):
        assert (is_ogm if kind == "ogm" else is_rf)(value)
