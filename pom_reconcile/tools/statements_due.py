"""Whether the bank's next statement should be there by now."""

from __future__ import annotations

from datetime import date, timedelta

#: Nobody expects one sooner, holidays included.
AT_LEAST = timedelta(days=7)
#: So many times the usual time between two of them is late.
TIMES = 3


def is_late(first: date, last: date, count: int, today: date) -> bool:
    """
    :param first: closing day of the earliest statement of late, ``last`` of the newest
    :param count: on how many days one ended
    :return: whether none came for much longer than usual; never when there was one
        only, which tells nothing of how often they come

    >>> is_late(date(2026, 3, 2), date(2026, 3, 20), 15, date(2026, 3, 28))
    True
    >>> is_late(date(2026, 1, 31), date(2026, 3, 31), 3, date(2026, 4, 28))
    False
    """
    if count < 2:
        return False
    usual = (last - first) / (count - 1)
    return today - last > max(AT_LEAST, TIMES * usual)
