"""How fast debts were paid, from counts by number of days."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field


@dataclass
class Speed:
    """
    :param days: how many parts were paid after so many days; None: not yet.
    :param ripe: of how many it's known whether they were paid in time: they are paid,
        or their day has passed; ``on_time`` of them were.
    :param asked: how many were asked by a message; ``quick`` of them were paid within
        a day of the first one.
    """

    days: Counter = field(default_factory=Counter)
    ripe: int = 0
    on_time: int = 0
    asked: int = 0
    quick: int = 0

    def add(self, days, count, ripe, on_time, asked, quick):
        self.days[days] += count
        self.ripe += ripe
        self.on_time += on_time
        self.asked += asked
        self.quick += quick

    @property
    def count(self) -> int:
        return sum(self.days.values())

    @property
    def paid(self) -> int:
        return self.count - self.days[None]

    @property
    def median(self) -> int | None:
        """Days within which half of all was paid; None when less than half is.

        What isn't paid takes longer than all that is: else a month that has just begun
        would look fast since its slow ones are still to come.

        >>> speed = Speed()
        >>> speed.days.update([3, 9, 9, None])
        >>> speed.median
        9
        >>> speed.days.update([None, None, None])
        >>> speed.median
        """
        half, seen = (self.count + 1) // 2, 0
        for days in sorted(key for key in self.days if key is not None):
            seen += self.days[days]
            if seen >= half:
                return days
        return None


def by_key(rows: Iterable[tuple]) -> dict:
    """Rows of a key and the arguments of :meth:`Speed.add`, put together by key."""
    found: dict = {}
    for key, *numbers in rows:
        found.setdefault(key, Speed()).add(*numbers)
    return found


def percent(part: float, whole: float) -> float | None:
    """None where there is nothing to be a part of.

    >>> percent(1, 8), percent(0, 0)
    (12.5, None)
    """
    return 100 * part / whole if whole else None
