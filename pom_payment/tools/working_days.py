"""Days and hours on which one writes to people, in Belgium.

The ten legal holidays are those of article 1 of the royal decree of 18 April 1974 on
holidays (https://www.ejustice.just.fgov.be/eli/besluit/1974/04/18/1974041805/justel).
Saturdays count as days off: some Belgian laws call them working days, and the longer
count is never too short for the debtor.
"""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from functools import lru_cache

DAY = timedelta(days=1)
SATURDAY = 5
#: (month, day) of the holidays that don't move.
FIXED = ((1, 1), (5, 1), (7, 21), (8, 15), (11, 1), (11, 11), (12, 25))
#: Easter Monday, Ascension and Whit Monday, in days after Easter.
AFTER_EASTER = (1, 39, 50)


def easter(year: int) -> date:
    """Gregorian Easter (the "anonymous" algorithm, Meeus, Astronomical Algorithms).

    >>> easter(2026)
    datetime.date(2026, 4, 5)
    """
    golden = year % 19
    century, rest = divmod(year, 100)
    leap, shift = divmod(century, 4)
    moon = (19 * golden + century - leap - (8 * century + 13) // 25 + 15) % 30
    quarter, left = divmod(rest, 4)
    weekday = (32 + 2 * shift + 2 * quarter - moon - left) % 7
    late = (golden + 11 * moon + 22 * weekday) // 451
    month, day = divmod(moon + weekday - 7 * late + 114, 31)
    return date(year, month, day + 1)


@lru_cache(maxsize=64)
def holidays(year: int) -> frozenset[date]:
    """
    >>> date(2026, 5, 14) in holidays(2026)  # Ascension
    True
    """
    moving = (easter(year) + days * DAY for days in AFTER_EASTER)
    return frozenset((*moving, *(date(year, month, day) for month, day in FIXED)))


def is_working_day(day: date) -> bool:
    return day.weekday() < SATURDAY and day not in holidays(day.year)


def on_or_after(day: date) -> date:
    """The day itself, or the first working day after it.

    >>> on_or_after(date(2026, 12, 25))
    datetime.date(2026, 12, 28)
    """
    while not is_working_day(day):
        day += DAY
    return day


def on_or_before(day: date) -> date:
    """
    >>> on_or_before(date(2026, 12, 27))
    datetime.date(2026, 12, 24)
    """
    while not is_working_day(day):
        day -= DAY
    return day


def working_days_after(day: date) -> Iterator[date]:
    while True:
        day = on_or_after(day + DAY)
        yield day


def nth_working_day_after(day: date, number: int) -> date:
    """The day itself isn't counted.

    >>> nth_working_day_after(date(2026, 4, 2), 3)  # Thursday before Easter
    datetime.date(2026, 4, 8)
    """
    for _number, found in zip(range(number), working_days_after(day), strict=False):
        day = found
    return day


def next_opening(
    moment: datetime, opens: float, closes: float, working_days: bool = True
) -> datetime:
    """When one may send at the earliest: now, or when the hours next begin.

    :param moment: local time.
    :param opens: hour of the day, 9.5 is half past nine.
    :param closes: hour of the day at which it's too late.

    >>> next_opening(datetime(2026, 11, 20, 20, 15), 9, 17.5)
    datetime.datetime(2026, 11, 23, 9, 0)
    >>> next_opening(datetime(2026, 11, 20, 10, 15), 9, 17.5)
    datetime.datetime(2026, 11, 20, 10, 15)
    """
    begin, end = at_hour(moment.date(), opens), at_hour(moment.date(), closes)
    day = moment.date() if moment < end else moment.date() + DAY
    if working_days:
        day = on_or_after(day)
    return max(moment, begin) if day == moment.date() else at_hour(day, opens)


def at_hour(day: date, hour: float) -> datetime:
    return datetime.combine(day, time.min) + timedelta(hours=hour)
