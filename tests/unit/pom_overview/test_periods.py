"""What a period is, on ordinary days and at the ends of months and years."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from odoo.addons.pom_overview.tools.periods import PERIODS, bounds, first_of, weeks


@pytest.mark.parametrize(
    ("code", "first", "last"),
    [
        ("half", date(2025, 9, 1), date(2026, 2, 28)),
        ("month", date(2026, 2, 1), date(2026, 2, 28)),
        ("last_month", date(2026, 1, 1), date(2026, 1, 31)),
        ("quarter", date(2025, 12, 1), date(2026, 2, 28)),
        ("twelve", date(2025, 3, 1), date(2026, 2, 28)),
        ("year", date(2026, 1, 1), date(2026, 2, 28)),
    ],
)
def test_bounds(code, first, last):
    assert bounds(code, date(2026, 2, 28)) == (first, last)


def test_all_has_no_ends():
    assert bounds("all", date(2026, 2, 28)) is None


def test_what_nobody_knows_is_the_usual_period():
    today = date(2026, 2, 28)
    assert bounds("of old", today) == bounds(PERIODS[0], today)


@given(st.dates(date(1990, 1, 1), date(2090, 1, 1)), st.integers(0, 60))
def test_first_days_of_months(day, back):
    first = first_of(day, back)
    assert first.day == 1
    months = (day.year - first.year) * 12 + day.month - first.month
    assert months == back


@given(st.dates(date(1990, 1, 1), date(2090, 1, 1)))
def test_weeks_follow_each_other(day):
    (first, sunday), (monday, last) = weeks(day)
    assert first == day <= sunday
    assert (sunday.weekday(), monday.weekday()) == (6, 0)
    assert monday - sunday == timedelta(1)
    assert last - monday == timedelta(6)
