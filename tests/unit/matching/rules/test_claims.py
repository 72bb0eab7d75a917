"""Money that is more than a document by what reminders asked on top of it."""

from decimal import Decimal

from odoo.addons.pom_payment.debt.facts import Claim

from tests.unit.matching.world import (
    OGM_A,
    OGM_B,
    A,
    B,
    by_name,
    check,
    decide,
    item,
    line,
    paid,
)

COSTS = Claim("costs", Decimal("7.50"), key=71)
INTEREST = Claim("interest", Decimal("1.20"), key=72)
BOTH = (COSTS, INTEREST)


@by_name(
    {
        "the invoice alone": (
            line(121, ogm=OGM_A),
            [item(1, 121, ogm=OGM_A, claims=BOTH)],
            ("exact_reference", {1: "121"}, (), ""),
        ),
        "with all of it": (
            line("129.70", ogm=OGM_A),
            [item(1, 121, ogm=OGM_A, claims=BOTH)],
            ("exact_reference", {1: "121"}, ("8.70", "claims"), ""),
        ),
        "with some of it": (
            line("128.50", ogm=OGM_A),
            [item(1, 121, ogm=OGM_A, claims=BOTH)],
            ("exact_reference", {1: "121"}, ("7.50", "claims"), ""),
        ),
        "with a part of it": (
            line("125", ogm=OGM_A),
            [item(1, 121, ogm=OGM_A, claims=BOTH)],
            ("inexact_reference", {1: "121"}, ("4", "claims"), ""),
        ),
        "more than all: only the rest is to be paid back": (
            line("150", ogm=OGM_A),
            [item(1, 121, ogm=OGM_A, claims=BOTH)],
            ("inexact_reference", {1: "121"}, ("29", "credit"), "surplus"),
        ),
        "nothing was asked on top": (
            line("128.50", ogm=OGM_A),
            [item(1, 121, ogm=OGM_A)],
            ("inexact_reference", {1: "121"}, ("7.50", "credit"), "surplus"),
        ),
        "two invoices and all of it": (
            line("228.50", f"{A} {B}"),
            [item(1, 121, ogm=OGM_A, claims=(COSTS,)), item(2, 100, ogm=OGM_B)],
            ("several_references", {1: "121", 2: "100"}, ("7.50", "claims"), ""),
        ),
        "by number": (
            line("128.50", "INV/2026/00001"),
            [item(1, 121, claims=(COSTS,))],
            ("invoice_number", {1: "121"}, ("7.50", "claims"), ""),
        ),
        "by account, all of it": (
            line("128.50", iban="P1"),
            [item(1, 121, claims=(COSTS,)), item(2, 60)],
            ("known_account", {1: "121"}, ("7.50", "claims"), ""),
        ),
        "by account, some of it": (
            line("128.50", iban="P1"),
            [item(1, 121, claims=BOTH)],
            ("", {}, (), ""),
        ),
        "by account, another invoice has that amount": (
            line("128.50", iban="P1"),
            [item(1, 121, claims=(COSTS,)), item(2, "128.50")],
            ("", {}, (), ""),
        ),
        "paid before, now what was asked on top": (
            line("7.50", ogm=OGM_A),
            [paid(1, 121, ogm=OGM_A, claims=BOTH)],
            ("paid_twice", {}, ("7.50", "claims"), ""),
        ),
        "paid before, and again": (
            line("121", ogm=OGM_A),
            [paid(1, 121, ogm=OGM_A, claims=BOTH)],
            ("paid_twice", {}, ("121", "credit"), "paid_twice"),
        ),
        "less than the invoice pays nothing on top": (
            line("100", ogm=OGM_A),
            [item(1, 121, ogm=OGM_A, claims=BOTH)],
            ("inexact_reference", {1: "100"}, (), "partial"),
        ),
    }
)
def test_claims(said, items, expected):
    check(said, items, expected)


def test_which_claims():
    found = decide(line("128.50", ogm=OGM_A), item(1, 121, ogm=OGM_A, claims=BOTH))
    assert [(one.claim.key, one.amount) for one in found.claims] == [
        (71, Decimal("7.50"))
    ]
    surplus = decide(line("150", ogm=OGM_A), item(1, 121, ogm=OGM_A, claims=BOTH))
    assert [one.claim.key for one in surplus.claims] == [71, 72]
    assert surplus.sentence.endswith(
        "20.30 EUR is kept as the customer's credit."
    )  # fmt: skip


def test_a_claim_is_paid_once():
    """Of two lines of a batch the second one finds nothing left of it."""
    first, second = decide(
        [line("128.50", ogm=OGM_A), line("7.50", ogm=OGM_A, id=2, day=1)],
        item(1, 121, ogm=OGM_A, claims=(COSTS,)),
    )
    assert first.remainder_as == "claims"
    assert (second.remainder_as, second.flag) == ("credit", "paid_twice")
