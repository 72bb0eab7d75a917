"""Cases of a person who picked who paid: lines, open items, and the decision."""

from dataclasses import replace
from decimal import Decimal

import pytest

from ..world import (
    ALL_ON,
    DAY,
    OGM_A,
    OGM_B,
    OPEN,
    by_name,
    check,
    decide,
    item,
    line,
    paid,
    payment,
    summary,
)

CHILD = {"picked": "P1", "group": frozenset(("P1", "P2"))}

PICKED = {
    "his only debt of the amount, the account of a stranger": (
        line(100, iban="X", picked="P1"),
        [item(1, 100), item(2, 100, "P2"), item(3, 70)],
        ("known_account", {1: "100"}, (), ""),
    ),
    "the account of another who owes the same": (
        line(100, iban="P2", picked="P1"),
        [item(1, 100), item(2, 100, "P2")],
        ("known_account", {1: "100"}, (), ""),
    ),
    "called like another debtor": (
        line(100, name="An Maes", picked="P1"),
        [item(1, 100, names=("Jan Maes",)), item(2, 70, "P2", names=("An Maes",))],
        ("known_account", {1: "100"}, (), ""),
    ),
    "two of his debts make the amount": (
        line(170, picked="P1"),
        [item(1, 100), item(2, 70), item(3, 25)],
        ("known_account", {1: "100", 2: "70"}, (), ""),
    ),
    "says who, not what": (
        line(100, picked="P1"),
        [item(1, 100), item(2, 100)],
        OPEN,
    ),
    "nothing of his is of the amount": (
        line(100, picked="P1"),
        [item(1, 90), item(2, 100, "P2", names=("Jan Maes",))],
        OPEN,
    ),
    "another's name and amount": (
        line(100, name="Jan Maes", picked="P1"),
        [item(1, 90), item(2, 100, "P2", names=("Jan Maes",), ibans=())],
        OPEN,
    ),
    "the reference of his own debt": (
        line(60, ogm=OGM_A, picked="P1"),
        [item(1, 100, ogm=OGM_A)],
        ("inexact_reference", {1: "60"}, (), "partial"),
    ),
    "his number, less": (
        line(60, "INV/2026/00001", picked="P1"),
        [item(1, 100)],
        ("invoice_number", {1: "60"}, (), "partial"),
    ),
    "a reference that he shares with another": (
        line(100, ogm=OGM_A, picked="P1"),
        [item(1, 100, ogm=OGM_A), item(2, 100, "P2", ogm=OGM_A)],
        ("exact_reference", {1: "100"}, (), ""),
    ),
    "the reference of another's debt": (
        line(100, ogm=OGM_B, picked="P1"),
        [item(1, 100, ogm=OGM_A), item(2, 100, "P2", ogm=OGM_B)],
        OPEN,
    ),
    "the number of another's debt": (
        line(100, "INV/2026/00002", picked="P1"),
        [item(1, 100), item(2, 100, "P2")],
        OPEN,
    ),
    "his reference, and another's": (
        line(170, f"{OGM_A} {OGM_B}", picked="P1"),
        [item(1, 100, ogm=OGM_A), item(2, 70, "P2", ogm=OGM_B)],
        OPEN,
    ),
    "what another paid already": (
        line(100, ogm=OGM_B, picked="P1"),
        [item(1, 100, ogm=OGM_A), paid(2, 100, "P2", ogm=OGM_B)],
        OPEN,
    ),
    "a payment of another's that waits under this identifier": (
        line(100, end_to_end_id="E2E1", picked="P1"),
        [item(1, 100), payment(2, 100, "P2", end_to_end_id="E2E1")],
        OPEN,
    ),
    "an identifier that another's payer gave, too, on what he paid": (
        line(100, end_to_end_id="E2E1", picked="P1"),
        [item(1, 100), paid(2, 100, "P2", end_to_end_id="E2E1")],
        ("known_account", {1: "100"}, (), ""),
    ),
    "his own payment that waits": (
        line(100, end_to_end_id="E2E1", picked="P1"),
        [payment(2, 100, end_to_end_id="E2E1")],
        ("waiting_payment", {2: "100"}, (), ""),
    ),
    "money that went back from him": (
        line(-100, kind="return", picked="P1"),
        [paid(1, 100, ibans=())],
        ("returned", {1: "-100"}, (), "returned"),
    ),
    "money that went back from another, by its mandate": (
        line(-100, kind="return", mandate="M2", picked="P1"),
        [paid(1, 100), paid(2, 100, "P2", mandate="M2")],
        OPEN,
    ),
    "debts of a group, by their references": (
        line(170, f"{OGM_A} {OGM_B}", **CHILD),
        [item(1, 100, ogm=OGM_A), item(2, 70, "P2", ogm=OGM_B)],
        ("several_references", {1: "100", 2: "70"}, (), ""),
    ),
    "the debt of another of his group, without a word of it": (
        line(70, **CHILD),
        [item(1, 100), item(2, 70, "P2")],
        OPEN,
    ),
    "a part of it": (
        line(60, "INV/2026/00002", **CHILD),
        [item(1, 100), item(2, 70, "P2")],
        OPEN,
    ),
}


@by_name(PICKED)
def test_picked(said, items, expected):
    check(said, items, expected)


def told(said, *items, settings=ALL_ON):
    decision = decide(said, *items, settings=settings)
    return decision.reason % decision.values


def test_the_sentence_says_so():
    said = line(100, picked="P1")
    assert "picked by hand; of the open items only INV/2026/00001" in told(
        said, item(1, 100)
    )
    early = item(1, 100, discount_amount=2, discount_date=DAY)
    less = replace(ALL_ON, early_payment_discount=True)
    assert "less the discount of 2.00 EUR" in told(
        replace(said, amount=Decimal(98)), early, settings=less
    )


def test_whose_it_is_then():
    """Both are named: the person looks at them."""
    said = line(100, "INV/2026/00002", picked="P1")
    items = [item(1, 100), item(2, 100, "P2"), item(3, 100, "P3")]
    decision = decide(said, *items)
    assert "INV/2026/00002, which isn't of the partner" in told(said, *items)
    ways = [way.allocations[0].candidate_id for way in decision.suggestions]
    assert ways == [2, 1]


def test_what_he_may_mean():
    """Nobody else is suggested."""
    said = line(100, name="Jan Maes", iban="P2", picked="P1")
    other = item(3, 100, "P2", names=("Jan Maes",))
    decision = decide(said, item(1, 100), item(2, 100), other)
    ways = {way.allocations[0].candidate_id for way in decision.suggestions}
    assert ways == {1, 2}
    assert "open with the partner picked" in decision.suggestions[0].reason


def test_nobody_books_another_s_debt():
    """Whatever rule somebody adds."""
    from odoo.addons.pom_reconcile.matching import match
    from odoo.addons.pom_reconcile.matching.rules import Rule
    from odoo.addons.pom_reconcile.matching.settle import decide as settle
    from odoo.addons.pom_reconcile.matching.settle import whole

    def any_debt(said, index, settings):
        debts = tuple(index.find("amount", 1, said.amount))
        return settle(said, "any", debts, whole(debts), (), reason="unproven")

    rules = {"any": Rule("any", any_debt)}
    for picked, booked in ((None, True), ("P2", True), ("P1", False)):
        [decision] = match(
            [line(100, picked=picked)], [item(1, 100, "P2")], rules=rules
        )
        assert decision.decided is booked


@pytest.mark.parametrize("picked, booked", [(None, True), ("P1", False)])
def test_total_whose_parts_are_listed(picked, booked):
    """A person who says that all of it is one debtor's is not overruled."""
    parts = (line(100, ogm=OGM_A), line(70, ogm=OGM_B))
    total = line(170, is_total=True, parts=parts, picked=picked)
    items = [item(1, 100, ogm=OGM_A), item(2, 70, "P2", ogm=OGM_B)]
    assert bool(summary(decide(total, *items))[0]) is booked
