"""A plan that debtor and creditor agreed to: its parts, whether it's kept, and how it
is shared out among the debts it is about.
"""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from odoo.addons.pom_payment.debt.agreed_plan import AgreedPlan, is_kept, spread

amounts = st.integers(1, 100_000).map(lambda cents: Decimal(cents) / 100)
plans = st.builds(
    AgreedPlan,
    amounts,
    st.integers(1, 24),
    st.dates(date(2024, 1, 1), date(2030, 1, 1)),
)
PLAN = AgreedPlan(Decimal("90.00"), 3, date(2026, 1, 31))


@given(plans)
def test_the_parts_sum_to_the_plan(plan):
    parts = plan.parts()
    assert sum(amount for _day, amount in parts) == plan.amount
    amounts = {amount for _day, amount in parts[1:]}
    assert len(amounts) <= 1 and parts[0][1] >= max(amounts, default=0)
    assert [day for day, _amount in parts] == sorted({day for day, _amount in parts})


@given(plans)
def test_whoever_pays_on_the_day_keeps_the_plan(plan):
    """In parts rounded to the cent, the last one what is left."""
    part = round(plan.amount / plan.count, 2)
    for number, (day, _amount) in enumerate(plan.parts(), 1):
        left = max(Decimal(0), plan.amount - part * number)
        left = left if number < plan.count else Decimal(0)
        assert is_kept(plan, left, day + timedelta(6))


@pytest.mark.parametrize(
    "left, is_it",
    [
        ("95.91", True),  # the first part with the odd cents
        ("95.93", True),  # the same each month: 24 parts of 4.17
        ("95.95", False),
        ("100.10", False),
    ],
)
def test_nobody_breaks_a_plan_on_cents(left, is_it):
    plan = AgreedPlan(Decimal("100.10"), 24, date(2026, 1, 10))
    assert plan.parts()[:2] == [
        (date(2026, 1, 10), Decimal("4.19")),
        (date(2026, 2, 10), Decimal("4.17")),
    ]
    assert is_kept(plan, Decimal(left), date(2026, 1, 16)) == is_it


@given(plans)
def test_whoever_pays_nothing_keeps_it_until_the_first_day(plan):
    assert is_kept(plan, plan.amount, plan.first_on + timedelta(5))
    # A cent is no part.
    is_little = plan.amount <= plan.count * Decimal("0.01")
    later = plan.first_on + timedelta(6)
    assert is_kept(plan, plan.amount, later) == is_little


def test_parts_of_whole_units():
    """The yen has no cents."""
    assert [
        str(amount)
        for _day, amount in AgreedPlan(Decimal(1000), 3, date(2026, 1, 31)).parts()
    ] == ["334", "333", "333"]


@given(plans, st.lists(amounts, max_size=5))
def test_what_is_shared_out_sums_to_what_is_left(plan, debts):
    shared = spread(plan, debts)
    assert [sum(part.left for part in parts) for parts in shared] == debts
    days = [part.day for parts in shared for part in parts]
    assert days == sorted(days)
    assert all(0 < part.left <= part.amount for parts in shared for part in parts)


@given(plans, st.lists(amounts, min_size=1, max_size=5))
def test_no_day_takes_more_than_its_part(plan, debts):
    """But the first, when more is left than was agreed on."""
    over = max(sum(debts) - plan.amount, Decimal(0))
    agreed = dict(plan.parts())
    agreed[plan.first_on] += over
    for day, amount in agreed.items():
        taken = [
            part.left
            for parts in spread(plan, debts)
            for part in parts
            if part.day == day
        ]
        assert sum(taken) <= amount


@pytest.mark.parametrize(
    "debts, expected",
    [
        ([], []),
        ([90], [[(1, 30), (2, 30), (3, 30)]]),
        ([50], [[(2, 20), (3, 30)]]),
        ([40, 50], [[(1, 30), (2, 10)], [(2, 20), (3, 30)]]),
        ([0, 30], [[], [(3, 30)]]),
        # A debt came on top, and a credit note has no part in it.
        ([100], [[(1, 10), (1, 30), (2, 30), (3, 30)]]),
        ([90, -20], [[(1, 30), (2, 30), (3, 30)], []]),
    ],
)
def test_shared_out(debts, expected):
    shared = spread(PLAN, [Decimal(debt) for debt in debts])
    assert [[(part.day.month, part.left) for part in parts] for parts in shared] == (
        expected
    )
