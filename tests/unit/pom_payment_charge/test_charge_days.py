"""Days of a year in Belgium, looked up in its calendar by hand."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from odoo.addons.pom_message.tools import working_days
from odoo.addons.pom_payment_charge.tools.charge_days import (
    RETRIES,
    announce_day,
    charge_day,
    retry_day,
)

#: Due day, today, days of notice, day of the charge. 2026: 1 January is a Thursday,
#: Easter Monday 6 April, Ascension Thursday 14 May, Whit Monday 25 May, 21 July a
#: Tuesday, 15 August a Saturday, All Saints' a Sunday, 11 November a Wednesday,
#: Christmas a Friday.
YEAR = [
    ("2026-01-01", "2025-12-01", 3, "2026-01-02"),
    ("2026-01-31", "2026-01-05", 3, "2026-02-02"),
    ("2026-04-05", "2026-03-01", 14, "2026-04-07"),
    ("2026-04-06", "2026-03-01", 14, "2026-04-07"),
    ("2026-05-14", "2026-05-01", 3, "2026-05-15"),
    ("2026-05-23", "2026-05-01", 3, "2026-05-26"),
    ("2026-07-21", "2026-07-01", 14, "2026-07-22"),
    ("2026-07-21", "2026-07-10", 14, "2026-07-24"),
    ("2026-08-15", "2026-08-01", 3, "2026-08-17"),
    ("2026-11-01", "2026-10-01", 3, "2026-11-02"),
    ("2026-11-11", "2026-11-09", 3, "2026-11-12"),
    ("2026-12-25", "2026-12-24", 3, "2026-12-28"),
    ("2026-12-31", "2026-12-31", 1, "2027-01-04"),
]


def day(text):
    return date.fromisoformat(text)


@pytest.mark.parametrize(("due", "today", "notice", "charged"), YEAR)
def test_day_of_the_charge(due, today, notice, charged):
    assert charge_day(day(due), day(today), notice, "BE") == day(charged)


#: Day of the charge, days of notice, the last day to announce it on.
ANNOUNCED = [
    ("2026-04-07", 3, "2026-04-03"),
    ("2026-04-09", 3, "2026-04-03"),
    ("2026-04-20", 14, "2026-04-03"),
    ("2026-05-18", 3, "2026-05-15"),
    ("2026-12-28", 3, "2026-12-24"),
    ("2027-01-04", 3, "2026-12-31"),
]


@pytest.mark.parametrize(("charged", "notice", "announced"), ANNOUNCED)
def test_day_of_announcing(charged, notice, announced):
    assert announce_day(day(charged), notice, "BE") == day(announced)


#: First try, second, third.
TRIES = [
    ("2026-01-30", "2026-02-04", "2026-02-10"),
    ("2026-04-02", "2026-04-08", "2026-04-14"),
    ("2026-05-12", "2026-05-18", "2026-05-22"),
    ("2026-07-20", "2026-07-24", "2026-07-30"),
    ("2026-12-22", "2026-12-28", "2027-01-04"),
]


@pytest.mark.parametrize(("first", "second", "third"), TRIES)
def test_third_and_seventh_working_day(first, second, third):
    assert retry_day(day(first), 1, day(first), "BE") == day(second)
    assert retry_day(day(first), 2, day(second), "BE") == day(third)
    assert retry_day(day(first), 3, day(third), "BE") is None


def test_a_bank_that_takes_its_time():
    """Sent back after the day on which it would have been tried again."""
    back = day("2026-03-02")
    assert retry_day(day("2026-01-05"), 1, back, "BE") == day("2026-03-05")
    assert retry_day(day("2026-01-05"), 2, back, "BE") == day("2026-03-06")


DAYS = st.dates(date(2024, 1, 1), date(2040, 12, 31))


@given(DAYS, DAYS, st.integers(1, 20))
def test_always_a_working_day_and_told_in_time(due, today, notice):
    charged = charge_day(due, today, notice, "BE")
    assert working_days.is_working_day(charged, "BE")
    assert charged >= max(due, today + timedelta(notice))
    announced = announce_day(charged, notice, "BE")
    assert announced + timedelta(notice) <= charged
    assert working_days.is_working_day(announced, "BE")


@given(DAYS, st.integers(0, 90), st.sampled_from(sorted(RETRIES)))
def test_tries_lie_apart(first, late, tries):
    today = first + timedelta(late)
    again = retry_day(first, tries, today, "BE")
    assert again > today
    assert working_days.is_working_day(again, "BE")
