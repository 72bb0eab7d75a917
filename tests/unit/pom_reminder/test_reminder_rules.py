"""Each case names the article that it comes from; the summaries of them that were read
are named in ``reminder_rules``.
"""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from odoo.addons.pom_reminder.tools import working_days
from odoo.addons.pom_reminder.tools.reminder_rules import (
    BE_BUSINESS,
    BE_CONSUMER,
    NONE,
    RULES,
    interest,
)

DAYS = st.dates(date(2023, 9, 1), date(2060, 12, 31))


@given(DAYS)
def test_fourteen_days_after_an_electronic_reminder(sent):
    """XIX.2, § 2: the term begins on the calendar day after."""
    assert BE_CONSUMER.last_free_day(sent, on_paper=False) == sent + timedelta(15)


@given(DAYS)
def test_fourteen_days_after_a_letter(sent):
    """XIX.2, § 2: the term begins on the third working day after."""
    last = BE_CONSUMER.last_free_day(sent, on_paper=True)
    begins = working_days.nth_working_day_after(sent, 3, "BE")
    assert (last - begins).days == 14
    assert (begins - sent).days >= 3


def test_letter_before_easter():
    # Thursday 2 April 2026: 3 April is a working day, 6 April is Easter Monday.
    last = BE_CONSUMER.last_free_day(date(2026, 4, 2), on_paper=True)
    assert last == date(2026, 4, 8) + timedelta(14)


def test_no_term_for_businesses():
    assert BE_BUSINESS.last_free_day(date(2026, 4, 2), True) == date(2026, 4, 2)


@pytest.mark.parametrize(
    "asked, number, postage, fee",
    [
        ("7.50", 1, "1.52", "0"),  # XIX.2, § 2: the first one is free
        ("5.00", 2, "0", "5.00"),
        ("7.50", 2, "0", "7.50"),
        ("25.00", 2, "1.52", "9.02"),  # XIX.2, § 2: EUR 7.50 and postage
        ("0", 3, "1.52", "0"),
    ],
)
def test_fee(asked, number, postage, fee):
    amount = BE_CONSUMER.fee(Decimal(asked), number, Decimal(postage))
    assert amount == Decimal(fee)


@pytest.mark.parametrize("debts, fee", [(1, 0), (3, 0), (4, "7.50"), (None, "7.50")])
def test_three_due_dates_a_year_are_free_for_regular_deliveries(debts, fee):
    found = BE_CONSUMER.fee(Decimal(9), 2, debts_this_year=debts)
    assert found == Decimal(fee)


def test_fee_without_cap():
    assert NONE.fee(Decimal("25.005"), 1) == Decimal("25.01")


@pytest.mark.parametrize(
    "balance, penalty",
    [
        # XIX.4, 2°: EUR 20 up to EUR 150; EUR 30 and 10 % of the part from 150.01 to
        # 500; EUR 65 and 5 % of the part over 500, at most EUR 2000.
        ("0.01", "20.00"),
        ("150.00", "20.00"),
        ("150.01", "30.00"),
        ("300.00", "45.00"),
        ("500.00", "65.00"),
        ("500.01", "65.00"),
        ("1500.00", "115.00"),
        ("39199.99", "2000.00"),
        ("39200.00", "2000.00"),
        ("100000.00", "2000.00"),
    ],
)
def test_penalty(balance, penalty):
    assert BE_CONSUMER.penalty(Decimal(balance)) == Decimal(penalty)


@given(st.decimals("0.01", 200_000, places=2))
def test_penalty_never_over_the_ceiling(balance):
    assert Decimal(20) <= BE_CONSUMER.penalty(balance) <= Decimal(2000)


def test_penalty_of_the_others():
    assert BE_BUSINESS.penalty(Decimal(10)) == Decimal("40.00")
    assert NONE.penalty(Decimal(10)) == 0


def test_interest_ceiling():
    """XIX.4, 1°: the reference rate and eight points."""
    assert BE_CONSUMER.rate_cap(Decimal("2.15")) == Decimal("10.15")
    assert BE_BUSINESS.rate_cap(Decimal("2.15")) is None


@pytest.mark.parametrize("days, amount", [(0, "0"), (-5, "0"), (365, "100.00")])
def test_interest(days, amount):
    start = date(2026, 1, 1)
    found = interest(Decimal(1000), Decimal(10), start, start + timedelta(days))
    assert found == Decimal(amount)


def test_content_of_the_first_reminder():
    """XIX.2, § 3."""
    assert set(BE_CONSUMER.must_state) == {
        "balance", "penalty", "creditor", "enterprise", "product", "deadline",
    }  # fmt: skip


def test_rules():
    assert set(RULES) == {"none", "be_consumer", "be_business"}
