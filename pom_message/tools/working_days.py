"""Days and hours on which one writes to people.

Saturdays count as days off: some laws call them working days, and the longer count is
never too short for the debtor. A country is an ISO 3166 code, or one of a region of it
(``DE-BY``) where holidays differ; of one whose holidays aren't known, and where none is
given, only weekends count.
"""

from collections.abc import Iterator
from contextlib import suppress
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from itertools import islice

from holidays import country_holidays

DAY = timedelta(days=1)
SATURDAY = 5


@lru_cache(maxsize=256)
def holidays(country: str, year: int) -> frozenset[date]:
    """
    >>> date(2026, 5, 14) in holidays("BE", 2026)  # Ascension
    True
    >>> [date(2026, 1, 6) in holidays(place, 2026) for place in ("DE", "DE-BY")]
    [False, True]
    """
    land, _hyphen, region = country.partition("-")
    # A region that has none of its own has the country's.
    for subdivision in dict.fromkeys((region or None, None)):
        with suppress(NotImplementedError):
            return frozenset(country_holidays(land, subdiv=subdivision, years=year))
    return frozenset()


def is_working_day(day: date, country: str) -> bool:
    return day.weekday() < SATURDAY and day not in holidays(country, day.year)


def on_or_after(day: date, country: str) -> date:
    """The day itself, or the first working day after it.

    >>> on_or_after(date(2026, 12, 25), "BE")
    datetime.date(2026, 12, 28)
    """
    while not is_working_day(day, country):
        day += DAY
    return day


def on_or_before(day: date, country: str) -> date:
    """
    >>> on_or_before(date(2026, 12, 27), "BE")
    datetime.date(2026, 12, 24)
    """
    while not is_working_day(day, country):
        day -= DAY
    return day


def working_days_after(day: date, country: str) -> Iterator[date]:
    while True:
        day = on_or_after(day + DAY, country)
        yield day


def nth_working_day_after(day: date, number: int, country: str) -> date:
    """The day itself isn't counted.

    >>> nth_working_day_after(date(2026, 4, 2), 3, "BE")  # Thursday before Easter
    datetime.date(2026, 4, 8)
    """
    for found in islice(working_days_after(day, country), number):
        day = found
    return day


def next_opening(
    moment: datetime, opens: float, closes: float, country: str | None
) -> datetime:
    """When one may send at the earliest: now, or when the hours next begin.

    :param moment: local time.
    :param opens: hour of the day, 9.5 is half past nine.
    :param closes: hour of the day at which it's too late.
    :param country: whose working days alone will do; None for any day.

    >>> next_opening(datetime(2026, 11, 20, 20, 15), 9, 17.5, "BE")
    datetime.datetime(2026, 11, 23, 9, 0)
    >>> next_opening(datetime(2026, 11, 20, 10, 15), 9, 17.5, "BE")
    datetime.datetime(2026, 11, 20, 10, 15)
    """
    begin, end = at_hour(moment.date(), opens), at_hour(moment.date(), closes)
    day = moment.date() if moment < end else moment.date() + DAY
    if country is not None:
        day = on_or_after(day, country)
    return max(moment, begin) if day == moment.date() else at_hour(day, opens)


def at_hour(day: date, hour: float) -> datetime:
    return datetime.combine(day, time.min) + timedelta(hours=hour)
