"""Where a list goes on: the last id that was seen, so that each page takes as long as
the first, however many there are.
"""

from __future__ import annotations

from datetime import datetime, timedelta

#: What a database's ids end with.
LARGEST = 2**31 - 1
EPOCH, TICK = datetime(1970, 1, 1), timedelta(microseconds=1)


def write(last: int, until: datetime | None = None) -> str:
    """
    :param until: in UTC, the moment for which the first page was complete, so that all
        pages say the same

    >>> write(42), write(42, datetime(2026, 11, 28, 12))
    ('42', '42-1795867200000000')
    """
    return f"{last}-{(until - EPOCH) // TICK}" if until else str(last)


def read(text: str) -> int:
    """
    :param text: as it's described: digits, or nothing for the first page

    >>> read(""), read("42"), read("42-1795867200000000"), read("9" * 10) == LARGEST
    (0, 42, 42, True)
    """
    return min(int(text.partition("-")[0] or 0), LARGEST)


def until(text: str) -> datetime | None:
    """
    :param text: as :func:`read` takes it

    >>> until("42-1795867200000000"), until("42")
    (datetime.datetime(2026, 11, 28, 12, 0), None)
    """
    ticks = text.partition("-")[2]
    return EPOCH + int(ticks) * TICK if ticks else None
