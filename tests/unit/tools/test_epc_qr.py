"""The payload against the rules of EPC069-12, by a strict reader of our own tests."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from odoo.addons.pom_payment.tools import epc_qr, qr

IBAN = "BE68539007547034"
FIELDS = (
    "tag", "version", "charset", "kind", "bic", "name", "iban", "amount", "purpose",
    "structured", "text", "information",
)  # fmt: skip


def read(payload):
    """A bank's app: refuses what the standard forbids."""
    assert len(payload.encode()) <= 331
    assert not payload.endswith("\n")
    values = dict(zip(FIELDS, payload.split("\n"), strict=False))
    assert values["tag"] == "BCD" and values["kind"] == "SCT"
    assert values["version"] == "002" and values["charset"] == "1"
    assert 1 <= len(values["name"]) <= 70
    assert values["amount"].startswith("EUR")
    amount = Decimal(values["amount"][3:])
    assert Decimal("0.01") <= amount <= Decimal("999999999.99")
    assert -amount.as_tuple().exponent == 2
    assert not (values.get("structured") and values.get("text"))
    assert len(values.get("structured", "")) <= 35
    assert len(values.get("text", "")) <= 140
    return {**values, "amount": amount}


def make(**values):
    return epc_qr.payload(
        **{"name": "Demo BV", "iban": IBAN, "amount": Decimal("45.73"), **values}
    )


@given(
    name=st.text(min_size=1).filter(str.strip),
    amount=st.decimals("0.01", "999999999.99", places=2),
    reference=st.text(max_size=200),
    text=st.text(max_size=400),
    structured=st.booleans(),
)
def test_any_input_gives_a_valid_code(name, amount, reference, text, structured):
    payload = make(
        name=name,
        amount=amount,
        reference=reference,
        text=text,
        structured_field=structured,
    )
    assert read(payload)["amount"] == amount
    # Version 13 has 69 modules; the quiet zone is 4 on each side.
    assert len(qr.matrix(payload)) <= 69 + 8


@pytest.mark.parametrize(
    "reference, structured, field, value",
    [
        ("+++123/4567/89002+++", True, "structured", "123456789002"),
        ("+++123/4567/89002+++", False, "text", "+++123/4567/89002+++"),
        ("RF18 5390 0754 7034", True, "structured", "RF18539007547034"),
        ("RF18 5390 0754 7034", False, "structured", "RF18539007547034"),
        ("INV/2026/00001", True, "text", "INV/2026/00001"),
        # Check digits that are wrong, or that Odoo's own check lets pass
        ("+++123/4567/89012+++", True, "text", "+++123/4567/89012+++"),
        ("000000009700", True, "text", "000000009700"),
    ],
)
def test_reference_stands_in_one_field(reference, structured, field, value):
    values = read(make(reference=reference, structured_field=structured))
    assert values[field] == value


def test_free_text_serves_when_there_is_no_reference():
    assert read(make(text="Factuur 12\nmaart"))["text"] == "Factuur 12 maart"


@pytest.mark.parametrize("amount", ["0", "-1", "0.004", "1000000000"])
def test_amounts_that_no_code_can_ask_for(amount):
    with pytest.raises(epc_qr.EpcError, match="amount"):
        make(amount=Decimal(amount))


@pytest.mark.parametrize("iban", ["", "123", "BE68-5390-0754-7034", "B" * 35])
def test_accounts_that_are_no_iban(iban):
    with pytest.raises(epc_qr.EpcError, match="IBAN"):
        make(iban=iban)


def test_account_without_a_holder():
    with pytest.raises(epc_qr.EpcError, match="holder"):
        make(name=" \n ")


def test_long_names_and_texts_are_cut_not_refused():
    values = read(make(name="é" * 90, text="ü" * 200))
    assert values["name"] == "é" * 70
    assert set(values["text"]) == {"ü"}
    # Four bytes each, and a reference that can't be cut: the name has to give way.
    values = read(
        make(name="😀" * 90, reference="RF18539007547034", amount=Decimal("123456789"))
    )
    assert values["structured"] == "RF18539007547034"
    assert values["name"].startswith("😀" * 60)
