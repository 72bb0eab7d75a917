"""What somebody typed, and what may be paid now."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from odoo.addons.pom_payment.debt import amounts
from odoo.addons.pom_payment.debt.standing import standing

from .world import TODAY, charge, debt, direct_debit, due, off


@given(st.integers(0, 99_999_999_999))
def test_amounts_are_read_as_they_are_written(cents):
    amount = Decimal(cents) / 100
    dutch = f"{amount:,.2f}".translate(str.maketrans(",.", ".,"))
    for typed in (f"{amount:.2f}", f"{amount:,.2f}", f"€ {dutch}", f"{dutch} EUR"):
        assert amounts.parse(typed) == amount


@given(st.text(max_size=20))
def test_no_text_breaks_the_reader(text):
    amount = amounts.parse(text)
    assert amount is None or amount >= 0


def test_three_digits_after_a_point_are_thousands():
    assert amounts.parse("1.250") == 1250
    assert amounts.parse("12.5") == Decimal("12.5")


BOUNDS = [
    ("all of it", debt(due(9, 80)), None, (80, 80, 80)),
    ("a part of it", debt(due(9, 80)), 10, (10, 80, 80)),
    ("less than the smallest part", debt(due(9, 8)), 10, (8, 8, 8)),
    ("the part that is due", debt(due(-9, 30), due(9, 70)), None, (30, 30, 100)),
    ("all that isn't contested", debt(due(-9, 100), disputed=40), None, (60, 60, 100)),
    ("all though contested", debt(due(-9, 100), disputed=100), None, (100, 100, 100)),
    ("a part though contested", debt(due(-9, 100), disputed=100), 10, (10, 100, 100)),
    ("the costs, too", debt(due(-9, 100), claims=[15]), None, (100, 115, 115)),
    ("the discounted amount", debt(due(9, 1000), discount=off(20, 5)), None,
     (980, 980, 980)),
    ("a part, without the discount", debt(due(9, 1000), discount=off(20, 5)), 10,
     (10, 980, 980)),
    ("the discount's day is over", debt(due(9, 1000), discount=off(20, -1)), None,
     (1000, 1000, 1000)),
    ("the next part, early", debt(due(-9, 30, 0), due(9, 30), due(40, 40)), None,
     (30, 30, 70)),
    ("the next part of a plan", debt(due(-90, 90), plan=(due(9, 45), due(40, 45))),
     None, (45, 45, 90)),
    ("the next part that isn't contested",
     debt(due(-9, 30, 0), due(9, 30), due(40, 40), disputed=50), None, (20, 20, 70)),
    ("what isn't charged", debt(due(9, 100), coming=charge(40)), None, (60, 60, 60)),
    ("what is collected, by who asks for it elsewhere",
     debt(due(9, 100), coming=direct_debit(), handed_over=True), None,
     (100, 100, 100)),
]  # fmt: skip


@pytest.mark.parametrize("situation, facts, part_from, expected", BOUNDS)
def test_what_may_be_paid(situation, facts, part_from, expected):
    one = standing(facts, TODAY)
    assert one.can_be_paid
    part_from = None if part_from is None else Decimal(part_from)
    assert amounts.bounds(one, part_from) == expected


@pytest.mark.parametrize(
    "typed, amount, problem",
    [
        ("", 80, ""),
        ("  ", 80, ""),
        ("10", 10, ""),
        ("100,00", 100, ""),
        ("a little", 80, "unreadable"),
        ("-20", 80, "unreadable"),
        ("9.99", 80, "little"),
        ("0", 80, "little"),
        ("100.01", 80, "much"),
    ],
)
def test_what_was_chosen(typed, amount, problem):
    """What isn't understood is not guessed."""
    bounds = amounts.Bounds(Decimal(10), Decimal(80), Decimal(100))
    assert amounts.choose(typed, bounds) == (amount, problem)
