from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from odoo.addons.pom_message.tools import working_days

DAYS = st.dates(date(2000, 1, 1), date(2099, 12, 31))

#: Of 2026, those that aren't on a weekend, as the states publish them. In Belgium:
#: article 1 of the royal decree of 18 April 1974 on holidays; in the Netherlands those
#: of the Algemene termijnenwet, Good Friday among them.
HOLIDAYS = {
    "BE": "01-01 04-06 05-01 05-14 05-25 07-21 11-11 12-25",
    "NL": "01-01 04-03 04-06 04-27 05-14 05-25 12-25",
    "FR": "01-01 04-06 05-01 05-08 05-14 05-25 07-14 11-11 12-25",
    "DE": "01-01 04-03 04-06 05-01 05-14 05-25 12-25",
    "LU": "01-01 04-06 05-01 05-14 05-25 06-23 12-25",
    "": "",
    "ZZ": "",
}
#: Easter, from the tables of the Physikalisch-Technische Bundesanstalt.
EASTER = {2000: "04-23", 2008: "03-23", 2024: "03-31", 2025: "04-20", 2038: "04-25"}


@pytest.mark.parametrize("country", HOLIDAYS)
def test_holidays(country):
    year = (date(2026, 1, 1) + n * working_days.DAY for n in range(365))
    weekdays = (day for day in year if day.weekday() < working_days.SATURDAY)
    found = [
        f"{day:%m-%d}"
        for day in weekdays
        if not working_days.is_working_day(day, country)
    ]
    assert " ".join(found) == HOLIDAYS[country]


@pytest.mark.parametrize("year", EASTER)
def test_easter_monday_of_other_years(year):
    sunday = date.fromisoformat(f"{year}-{EASTER[year]}")
    assert working_days.on_or_after(sunday, "BE") == sunday + 2 * working_days.DAY


@given(DAYS)
def test_shifts_end_on_working_days(day):
    later = working_days.on_or_after(day, "BE")
    earlier = working_days.on_or_before(day, "BE")
    assert earlier <= day <= later
    assert working_days.is_working_day(earlier, "BE")
    assert working_days.is_working_day(later, "BE")
    assert (later - earlier).days <= 6


@given(DAYS, st.integers(1, 10))
def test_nth_working_day(day, number):
    found = working_days.nth_working_day_after(day, number, "BE")
    between = map(date.fromordinal, range(day.toordinal() + 1, found.toordinal() + 1))
    counted = [each for each in between if working_days.is_working_day(each, "BE")]
    assert len(counted) == number


@pytest.mark.parametrize(
    "now, country, expected",
    [
        ("2026-11-20 08:59", "BE", "2026-11-20 09:00"),
        ("2026-11-20 17:29", "BE", "2026-11-20 17:29"),
        ("2026-11-20 17:30", "BE", "2026-11-23 09:00"),
        ("2026-11-20 17:30", None, "2026-11-21 09:00"),
        ("2026-11-21 12:00", "BE", "2026-11-23 09:00"),
        ("2026-11-11 12:00", "BE", "2026-11-12 09:00"),
        ("2026-11-11 12:00", None, "2026-11-11 12:00"),
        ("2026-11-11 12:00", "NL", "2026-11-11 12:00"),
    ],
)
def test_hours(now, country, expected):
    moment = datetime.fromisoformat(now)
    opening = working_days.next_opening(moment, 9, 17.5, country)
    assert opening == datetime.fromisoformat(expected)
