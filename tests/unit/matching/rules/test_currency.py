"""Cases of other currencies: a number alone is no amount. Only what the bank tells of
them counts."""

from dataclasses import replace
from decimal import Decimal

import pytest

from odoo.addons.pom_payment.debt.facts import Claim

from ..world import (
    OGM_A,
    OGM_B,
    OPEN,
    A,
    B,
    by_name,
    check,
    decide,
    item,
    line,
    paid,
    payment,
    summary,
)

DOLLARS = {"foreign_amount": Decimal(100), "foreign_currency": "USD"}
USD = {"currency": "USD"}

#: How a line may say what it's for: each with a debt in dollars, of the same number.
SAYS = {
    "a reference": ({"ogm": OGM_A}, {"ogm": OGM_A}),
    "a number": ({"text": "INV/2026/00001"}, {}),
    "a number and dollars": ({"text": "USD 100.00 INV/2026/00001"}, {}),
    "a short number": ({"text": "2026/00001"}, {}),
    "an account": ({"iban": "P1"}, {}),
    "a partner who was picked": ({"picked": "P1"}, {}),
    "a name": ({"name": "Jan Maes"}, {"names": ("Jan Maes",), "ibans": ()}),
}


@pytest.mark.parametrize("said, owed", SAYS.values(), ids=SAYS.keys())
@pytest.mark.parametrize("kind", ("invoice", "payment"))
def test_euros_of_the_same_number(said, owed, kind):
    debt = item(1, 100, kind=kind, **owed, **USD)
    assert summary(decide(line(100, **said), debt)) == OPEN


@pytest.mark.parametrize("said, owed", SAYS.values(), ids=SAYS.keys())
def test_euros_that_go_back(said, owed):
    debt = paid(1, 100, **owed, **USD)
    assert summary(decide(line(-100, kind="return", **said), debt)) == OPEN


OTHERS = {
    "two numbers in dollars": (
        line(150, "INV/2026/00001 en INV/2026/00002"),
        [item(1, 100, **USD), item(2, 50, **USD)],
        OPEN,
    ),
    "two references in dollars": (
        line(150, f"{A} en {B}"),
        [item(1, 100, ogm=OGM_A, **USD), item(2, 50, ogm=OGM_B, **USD)],
        OPEN,
    ),
    "two numbers in dollars that the bank told": (
        line(138, "INV/2026/00001 en INV/2026/00002", foreign_amount=150,
             foreign_currency="USD"),
        [item(1, 100, **USD), item(2, 50, **USD)],
        ("several_references", {1: "100", 2: "50"}, (), ""),
    ),
    "short numbers in dollars": (
        line(150, "2026/00001 en 2026/00002"),
        [item(1, 100, **USD), item(2, 50, **USD)],
        OPEN,
    ),
    "told in dollars": (
        line(92, iban="P1", **DOLLARS),
        [item(1, 100, **USD)],
        ("known_account", {1: "100"}, (), ""),
    ),
    "told in dollars, and the number is one of euros": (
        line(92, "INV/2026/00001", iban="P1", **DOLLARS),
        [item(1, 100)],
        ("invoice_number", {1: "92"}, (), "partial"),
    ),
    "told in pounds": (
        line(92, ogm=OGM_A, foreign_amount=100, foreign_currency="GBP"),
        [item(1, 100, ogm=OGM_A, **USD)],
        OPEN,
    ),
    "a part, and a debt of the same number in dollars": (
        line(40, "INV/2026/00001", iban="P1"),
        [item(1, 100), item(2, 40, **USD)],
        ("invoice_number", {1: "40"}, (), "partial"),
    ),
    "a part, and a debt in the dollars that the bank told": (
        line(40, "INV/2026/00001", iban="P1", foreign_amount=43,
             foreign_currency="USD"),
        [item(1, 100), item(2, 43, **USD)],
        OPEN,
    ),
    "paid, and a payment in dollars waits": (
        line(100, "INV/2026/00001"),
        [paid(1, 100), payment(2, 100, provider="mollie", **USD)],
        ("paid_twice", {}, ("100", "credit"), "paid_twice"),
    ),
    "a payout in euros of payments in dollars": (
        line(100, "po_1Abc", name="Stripe"),
        [payment(1, 100, provider="stripe", payout_reference="po_1Abc", **USD)],
        OPEN,
    ),
}  # fmt: skip


@by_name(OTHERS)
def test_other_currencies(said, items, expected):
    check(said, items, expected)


def test_several_with_what_was_asked_on_top():
    """One of many lines: nothing of it keeps the others from being decided."""
    costs = Claim("costs", Decimal("7.50"), key=71)
    said = line("107.50", "INV/2026/00001 en INV/2026/00002")
    items = [item(1, 60, claims=(costs,), **USD), item(2, 40, **USD)]
    other = line(30, ogm=OGM_B, id=2)
    decisions = decide([said, other], *items, item(3, 30, ogm=OGM_B))
    assert [decision.decided for decision in decisions] == [False, True]


def test_the_sentence_says_so():
    said = line(100, "INV/2026/00001")
    decision = decide(said, item(1, 100, **USD))
    sentence = decision.reason % decision.values
    assert sentence.startswith("The text names INV/2026/00001, in another currency")
    assert not decision.suggestions
    told = decide(replace(said, **DOLLARS), item(1, 90, **USD))
    assert "another currency" not in told.reason
