from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pom_payment.tools import working_days

DAYS = st.dates(date(2000, 1, 1), date(2099, 12, 31))

#: Belgian legal holidays as the ministry of employment publishes them.
HOLIDAYS = {
    2024: "01-01 04-01 05-01 05-09 05-20 07-21 08-15 11-01 11-11 12-25",
    2025: "01-01 04-21 05-01 05-29 06-09 07-21 08-15 11-01 11-11 12-25",
    2026: "01-01 04-06 05-01 05-14 05-25 07-21 08-15 11-01 11-11 12-25",
    2027: "01-01 03-29 05-01 05-06 05-17 07-21 08-15 11-01 11-11 12-25",
}


@pytest.mark.parametrize("year", HOLIDAYS)
def test_holidays(year):
    found = sorted(f"{day:%m-%d}" for day in working_days.holidays(year))
    assert " ".join(found) == HOLIDAYS[year]


@given(DAYS)
def test_shifts_end_on_working_days(day):
    later, earlier = working_days.on_or_after(day), working_days.on_or_before(day)
    assert earlier <= day <= later
    assert working_days.is_working_day(earlier) and working_days.is_working_day(later)
    assert (later - earlier).days <= 6


@given(DAYS, st.integers(1, 10))
def test_nth_working_day(day, number):
    found = working_days.nth_working_day_after(day, number)
    between = (
        date.fromordinal(n) for n in range(day.toordinal() + 1, found.toordinal() + 1)
    )
    assert sum(map(working_days.is_working_day, between)) == number


@pytest.mark.parametrize(
    "now, working, expected",
    [
        ("2026-11-20 08:59", True, "2026-11-20 09:00"),
        ("2026-11-20 17:29", True, "2026-11-20 17:29"),
        ("2026-11-20 17:30", True, "2026-11-23 09:00"),
        ("2026-11-20 17:30", False, "2026-11-21 09:00"),
        ("2026-11-21 12:00", True, "2026-11-23 09:00"),
        ("2026-11-11 12:00", True, "2026-11-12 09:00"),
        ("2026-11-11 12:00", False, "2026-11-11 12:00"),
    ],
)
def test_hours(now, working, expected):
    moment = datetime.fromisoformat(now)
    opening = working_days.next_opening(moment, 9, 17.5, working)
    assert opening == datetime.fromisoformat(expected)
