"""Cases of discounts and rounding: lines, open items, and the decision."""

from odoo.addons.pom_reconcile.matching import Settings

from ..world import (
    DAY,
    OGM_A,
    OGM_B,
    OGM_C,
    OPEN,
    A,
    B,
    C,
    by_name,
    decide,
    item,
    line,
    summary,
)

DISCOUNTED = {"discount_amount": 2, "discount_date": DAY}


TOLERANT = Settings(early_payment_discount=True, rounding_tolerance=1)


TOLERANCES = {
    "discount in time": (
        line(98, ogm=OGM_A),
        item(1, 100, ogm=OGM_A, **DISCOUNTED),
        ("exact_reference", {1: "100"}, ("-2", "discount"), ""),
    ),
    "discount in time, by number": (
        line(98, "INV/2026/00001"),
        item(1, 100, **DISCOUNTED),
        ("invoice_number", {1: "100"}, ("-2", "discount"), ""),
    ),
    "discount in time, by account": (
        line(98, iban="P1"),
        item(1, 100, **DISCOUNTED),
        ("known_account", {1: "100"}, ("-2", "discount"), ""),
    ),
    "discount of a bill in time": (
        line(-98, ogm=OGM_A),
        item(1, -100, ogm=OGM_A, **DISCOUNTED),
        ("exact_reference", {1: "-100"}, ("2", "discount"), ""),
    ),
    "discount of what was paid in part": (
        line(48, ogm=OGM_A),
        item(1, 50, ogm=OGM_A, paid=50, **DISCOUNTED),
        ("inexact_reference", {1: "48"}, (), "partial"),
    ),
    "discount too late": (
        line(98, ogm=OGM_A, day=1),
        item(1, 100, ogm=OGM_A, **DISCOUNTED),
        ("inexact_reference", {1: "98"}, (), "partial"),
    ),
    "rounded down": (
        line("99.50", ogm=OGM_A),
        item(1, 100, ogm=OGM_A),
        ("exact_reference", {1: "100"}, ("-0.50", "rounding"), ""),
    ),
    "rounded up": (
        line("100.50", ogm=OGM_A),
        item(1, 100, ogm=OGM_A),
        ("exact_reference", {1: "100"}, ("0.50", "rounding"), ""),
    ),
    "beyond the tolerance": (
        line("98.50", ogm=OGM_A),
        item(1, 100, ogm=OGM_A),
        ("inexact_reference", {1: "98.50"}, (), "partial"),
    ),
}


@by_name(TOLERANCES)
def test_tolerances(said, items, expected):
    assert summary(decide(said, items, settings=TOLERANT)) == expected


def test_discount_among_others():
    """Of several debts, by account only one way; by name those that have one."""
    off = item(1, 100, ogm=OGM_A, **DISCOUNTED)
    also = item(2, 50, ogm=OGM_B, **DISCOUNTED)
    plain = item(3, 60, ogm=OGM_C)
    both = decide(line(146, f"{A} {B}"), off, also, settings=TOLERANT)
    assert summary(both)[1:3] == ({1: "100", 2: "50"}, ("-4", "discount"))
    assert sorted(both.discounted) == [1, 2]
    one = decide(line(158, f"{A} {C}"), off, plain, settings=TOLERANT)
    assert (one.discounted, one.remainder) == ((1,), -2)
    same = item(4, 98)
    assert summary(decide(line(98, iban="P1"), off, same, settings=TOLERANT)) == OPEN


def test_tolerances_are_off_by_default():
    discounted = item(1, 100, ogm=OGM_A, **DISCOUNTED)
    assert decide(line(98, ogm=OGM_A), discounted).flag == "partial"
    assert decide(line("99.99", ogm=OGM_A), discounted).flag == "partial"
