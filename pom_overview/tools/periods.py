"""Periods that one looks at, from the day on which one looks."""

from __future__ import annotations

from datetime import date, timedelta

#: Codes, the usual one first; ``all`` has no end on either side.
PERIODS = ("half", "month", "last_month", "quarter", "twelve", "year", "all")
#: Whole months before this one that belong to it, too.
BACK = {"half": 5, "month": 0, "quarter": 2, "twelve": 11}


def first_of(day: date, back: int = 0) -> date:
    """First day of a month, or of one so many months before it.

    >>> first_of(date(2026, 2, 14), 3)
    datetime.date(2025, 11, 1)
    """
    months = day.year * 12 + day.month - 1 - back
    return date(months // 12, months % 12 + 1, 1)


def bounds(code: str, today: date) -> tuple[date, date] | None:
    """First and last day of a period; None for all there is.

    :param code: one of :data:`PERIODS`; the first of them is meant by any other

    >>> bounds("last_month", date(2026, 3, 9))
    (datetime.date(2026, 2, 1), datetime.date(2026, 2, 28))
    """
    if code == "all":
        return None
    if code == "last_month":
        return first_of(today, 1), first_of(today) - timedelta(1)
    if code == "year":
        return date(today.year, 1, 1), today
    return first_of(today, BACK.get(code, BACK[PERIODS[0]])), today


def weeks(today: date) -> tuple[tuple[date, date], tuple[date, date]]:
    """First and last day of what is left of this week, and of the next one.

    >>> weeks(date(2026, 11, 28))  # a Saturday
    ... # doctest: +NORMALIZE_WHITESPACE
    ((datetime.date(2026, 11, 28), datetime.date(2026, 11, 29)),
     (datetime.date(2026, 11, 30), datetime.date(2026, 12, 6)))
    """
    sunday = today + timedelta(6 - today.weekday())
    return (today, sunday), (sunday + timedelta(1), sunday + timedelta(7))
