"""Parts that were agreed to: what is unpaid of each, whether one is late, and how they
are shared out among the debts that they are about.
"""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from odoo.addons.pom_payment.debt.agreed_plan import (
    Agreed,
    Paid,
    adjusted,
    dues,
    equal_parts,
    late,
    spread,
    unpaid,
)
from odoo.addons.pom_payment.debt.facts import Due

amounts = st.integers(1, 100_000).map(lambda cents: Decimal(cents).scaleb(-2))
days = st.dates(date(2024, 1, 1), date(2030, 1, 1))
plans = st.builds(equal_parts, amounts, st.integers(1, 24), days)
money = st.builds(Paid, days, amounts, st.booleans())
PARTS = equal_parts(Decimal("90.00"), 3, date(2026, 1, 31))
JANUARY, FEBRUARY, MARCH = (part.day for part in PARTS)


def whole(parts):
    return sum(part.amount for part in parts)


# -- equal parts -----------------------------------------------------------------------


@given(amounts, st.integers(1, 24), days)
def test_the_parts_sum_to_the_amount(amount, count, first_on):
    parts = equal_parts(amount, count, first_on)
    assert whole(parts) == amount and all(part.amount > 0 for part in parts)
    later = {part.amount for part in parts[1:]}
    assert len(later) <= 1 and parts[0].amount >= max(later, default=0)
    assert [part.day for part in parts] == sorted({part.day for part in parts})


def test_parts_of_whole_units():
    """The yen has no cents."""
    parts = equal_parts(Decimal(1000), 3, date(2026, 1, 31))
    assert [str(part.amount) for part in parts] == ["334", "333", "333"]


def test_no_part_of_nothing():
    parts = equal_parts(Decimal("0.02"), 3, date(2026, 1, 31))
    assert [part.amount for part in parts] == [Decimal("0.02")]


# -- what is unpaid --------------------------------------------------------------------


@pytest.mark.parametrize(
    "paid, expected",
    [
        ((), [30, 30, 30]),
        # On its day, late, and before any day.
        ([(JANUARY, 30)], [0, 30, 30]),
        ([(FEBRUARY, 60)], [0, 0, 30]),
        ([(date(2026, 1, 2), 30)], [0, 30, 30]),
        # A part of a part, and the rest of it.
        ([(JANUARY, 10)], [20, 30, 30]),
        ([(date(2026, 1, 2), 10), (JANUARY, 20)], [0, 30, 30]),
        # More: the last parts get smaller.
        ([(JANUARY, 45)], [0, 30, 15]),
        ([(JANUARY, 45), (FEBRUARY, 45)], [0, 0, 0]),
        ([(date(2026, 1, 2), 45)], [0, 30, 15]),
        ([(JANUARY, 75)], [0, 15, 0]),
        # Exactly the following ones: paid earlier.
        ([(JANUARY, 60)], [0, 0, 30]),
        # A month was left out: what is due comes first.
        ([(FEBRUARY, 30)], [0, 30, 30]),
        ([(FEBRUARY, 30), (MARCH, 30)], [0, 0, 30]),
    ],
)
def test_what_money_pays(paid, expected):
    paid = [Paid(day, Decimal(amount)) for day, amount in paid]
    left = 90 - sum(one.amount for one in paid)
    assert unpaid(PARTS, paid, Decimal(left)) == expected


def test_the_order_of_days_counts_not_that_of_booking():
    paid = [Paid(FEBRUARY, Decimal(30)), Paid(JANUARY, Decimal(45))]
    assert unpaid(PARTS, paid, Decimal(15)) == [0, 0, 15]


def test_a_credit_note_makes_the_last_parts_smaller():
    credit = Paid(date(2026, 1, 2), Decimal(30), credited=True)
    assert unpaid(PARTS, [credit], Decimal(60)) == [30, 30, 0]
    credit = credit._replace(amount=Decimal(40))
    assert unpaid(PARTS, [credit], Decimal(50)) == [30, 20, 0]


def test_what_came_back_is_open_again():
    """Its payment is no longer on the books."""
    first, second = Paid(JANUARY, Decimal(30)), Paid(FEBRUARY, Decimal(30))
    assert unpaid(PARTS, [first, second], Decimal(30)) == [0, 0, 30]
    assert unpaid(PARTS, [second], Decimal(60)) == [0, 30, 30]


def test_what_came_back_from_before_the_plan_is_in_the_last_part():
    assert unpaid(PARTS, [], Decimal(100)) == [30, 30, 40]
    paid = [Paid(FEBRUARY, Decimal(60))]
    assert unpaid(PARTS, paid, Decimal(40)) == [0, 0, 40]
    paid = [Paid(MARCH, Decimal(90))]
    assert unpaid(PARTS, paid, Decimal(10)) == [0, 0, 10]


def test_what_was_written_off_is_taken_off_the_last_part():
    assert unpaid(PARTS, [], Decimal(80)) == [30, 30, 20]
    assert unpaid(PARTS, [], Decimal(-5)) == [0, 0, 0]


def test_cents_of_rounding_are_paid_in_the_end():
    parts = equal_parts(Decimal("100.00"), 3, date(2026, 1, 31))
    paid = [Paid(part.day, Decimal("33.33")) for part in parts]
    assert unpaid(parts, paid[:1], Decimal("66.67")) == [
        0,
        Decimal("33.33"),
        Decimal("33.34"),
    ]
    assert unpaid(parts, paid, Decimal("0.01")) == [0, 0, Decimal("0.01")]


@given(plans, st.lists(money, max_size=6), amounts)
def test_the_parts_are_what_is_open(parts, paid, left):
    rest = unpaid(parts, paid, left)
    assert sum(rest) == left and all(part >= 0 for part in rest)
    assert sum(due.left for due in dues(parts, rest)) == left
    assert all(0 < due.left <= due.amount for due in dues(parts, rest))


@given(plans, st.integers(0, 24))
def test_whoever_pays_each_part_on_its_day_is_never_late(parts, count):
    paid = [Paid(part.day, part.amount) for part in parts[:count]]
    left = whole(parts) - sum(one.amount for one in paid)
    rest = unpaid(parts, paid, left)
    assert rest[:count] == [0] * min(count, len(parts))
    assert rest[count:] == [part.amount for part in parts[count:]]


# -- late ------------------------------------------------------------------------------


@given(amounts, st.integers(1, 24), days)
def test_nobody_is_late_by_cents(amount, count, first_on):
    """The same rounded part each month, and what is left in the end."""
    parts = equal_parts(amount, count, first_on)
    each = round(amount / count, 2)
    paid, left = [], amount
    for number, part in enumerate(parts, 1):
        used = min(each, left) if number < len(parts) else left
        paid.append(Paid(part.day, used))
        left -= used
        asked = dues(parts, unpaid(parts, paid, left))
        assert not late(parts, asked, part.day + timedelta(1))


def test_late_is_what_should_have_been_paid_before_a_day():
    asked = dues(PARTS, [Decimal(20), Decimal(30), Decimal(30)])
    assert late(PARTS, asked, JANUARY) == 0
    assert late(PARTS, asked, JANUARY + timedelta(1)) == 20
    assert late(PARTS, asked, FEBRUARY + timedelta(1)) == 50


# -- shared out ------------------------------------------------------------------------


@given(plans, st.lists(amounts, min_size=1, max_size=5))
def test_what_is_shared_out_sums_to_what_is_left(parts, debts):
    rest = dues(parts, unpaid(parts, [], sum(debts)))
    shared = spread(rest, debts)
    assert [sum(part.left for part in one) for one in shared] == debts
    taken = [part.day for one in shared for part in one]
    assert taken == sorted(taken)
    for due in rest:
        assert due.left == sum(
            part.left for one in shared for part in one if part.day == due.day
        )


@pytest.mark.parametrize(
    "debts, expected",
    [
        ([], []),
        ([90], [[(1, 30), (2, 30), (3, 30)]]),
        ([40, 50], [[(1, 30), (2, 10)], [(2, 20), (3, 30)]]),
        ([0, 90], [[], [(1, 30), (2, 30), (3, 30)]]),
        # A credit note has no part in it.
        ([90, -20], [[(1, 30), (2, 30), (3, 30)], []]),
        # Nor has what is more than the parts.
        ([90, 20], [[(1, 30), (2, 30), (3, 30)], []]),
    ],
)
def test_shared_out(debts, expected):
    rest = dues(PARTS, unpaid(PARTS, [], Decimal(90)))
    shared = spread(rest, [Decimal(debt) for debt in debts])
    assert [[(part.day.month, part.left) for part in one] for one in shared] == expected


# -- another amount --------------------------------------------------------------------


@given(plans, amounts)
def test_adjusted_parts_come_to_the_amount(parts, amount):
    assert whole(adjusted(parts, amount)) == amount


def test_the_last_parts_make_up_for_it():
    assert adjusted(PARTS, Decimal(90)) == PARTS
    assert adjusted(PARTS, Decimal(0)) == ()
    [first] = adjusted(PARTS, Decimal(20))
    assert first == Agreed(JANUARY, Decimal(20))


def test_a_due_says_what_was_agreed_to():
    assert dues(PARTS[:1], [Decimal(10)]) == (Due(JANUARY, Decimal(30), Decimal(10)),)
    assert dues(PARTS[:1], [Decimal(35)]) == (Due(JANUARY, Decimal(35), Decimal(35)),)
