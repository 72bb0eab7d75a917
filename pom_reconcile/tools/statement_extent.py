"""What a statement covers: its entries by day, between its dates and balances.

Compared in :mod:`.statement_overlap`.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple


class Entry(NamedTuple):
    """A transaction as it is compared.

    :ivar amount: in cents.
    :ivar occurrence: which one of those that say the same, once that is known.
    """

    fingerprint: str
    amount: int
    occurrence: int = 0

    @property
    def said(self) -> tuple[str, int]:
        return self[:2]


@dataclass(frozen=True)
class Part:
    """What a statement has of one day, in its own order.

    :ivar start, end: balances in cents before and after; None where they aren't known.
    :ivar begins: nothing of that day came before it; False where something did.
    :ivar ends: nothing of that day came after it; None where that isn't known.
    :ivar number: of the statement; banks repeat and restart them, so it only helps.
    """

    entries: tuple[Entry, ...]
    start: int | None = None
    end: int | None = None
    begins: bool | None = None
    ends: bool | None = None
    number: int | None = None

    @property
    def whole(self) -> bool:
        return bool(self.begins and self.ends)


@dataclass(frozen=True)
class Extent:
    """What a statement covers.

    :ivar opened, closed: dates of its balances, None where a format has none.
    :ivar start, end: those balances in cents.
    :ivar source: the format that it came in, where that is known.
    :ivar days: its entries by the bank's own day, at least those of days that it may
        not have the whole of (see :func:`edges`).
    """

    id: Hashable
    opened: date | None
    closed: date | None
    start: int
    end: int
    days: dict[date, tuple[Entry, ...]] = field(default_factory=dict)
    adds_up: bool = True
    number: int | None = None
    source: str = ""

    def part(self, day: date) -> Part:
        entries = self.days.get(day, ())
        begins = None if self.opened is None else self.opened < day
        ends = True if self.closed and day < self.closed else None
        if not self.adds_up or self.is_stray(day):
            return Part(entries, begins=begins, ends=ends, number=self.number)
        total = sum(entry.amount for entry in entries)
        if ends:
            end = self.start + total
            return Part(entries, self.start, end, begins, ends, self.number)
        start = self.end - total if begins else self.start
        return Part(entries, start, self.end, begins, ends, self.number)

    def is_stray(self, day: date) -> bool:
        """Tell if a day lies outside: what the bank booked late, or ahead."""
        early = self.opened is not None and day < self.opened
        return early or (self.closed is not None and day > self.closed)

    def is_foreign_to(self, other: Extent) -> bool:
        """Tell if they came in two formats, so that they may be put together otherwise
        and their numbers say nothing."""
        return bool(self.source and other.source) and self.source != other.source

    def overlaps(self, other: Extent) -> bool:
        """Tell if both cover some time, as far as their dates and balances tell."""
        if self.id == other.id:
            return True
        if self.adds_up and (self.start == other.end or self.end == other.start):
            return False
        dates = (self.opened, self.closed, other.opened, other.closed)
        if None in dates or (self.opened, self.closed) == (other.opened, other.closed):
            return True
        return self.opened < other.closed and other.opened < self.closed


def period(opened: date | None, closed: date | None, counts: dict[date, int]):
    """Return the dates of a statement's balances, None for both if they can't be right:
    closed before opened, or half of the movements or more lie outside.

    :param counts: movements by the bank's own day.

    >>> from datetime import date as d
    >>> one, two = d(2026, 1, 1), d(2026, 1, 2)
    >>> period(one, two, {two: 1}) == (one, two), period(two, one, {two: 1})
    (True, (None, None))
    >>> period(two, two, {one: 1, two: 1})
    (None, None)
    """
    turned = opened and closed and closed < opened
    early = sum(n for day, n in counts.items() if opened and day < opened)
    late = sum(n for day, n in counts.items() if closed and day > closed)
    odd = turned or 2 * (early + late) >= sum(counts.values())
    return (None, None) if odd else (opened, closed)


def edges(extent: Extent) -> dict[date, tuple[Entry, ...]]:
    """Return the entries of the days that it may not have the whole of."""
    return {
        day: entries
        for day, entries in extent.days.items()
        if not extent.part(day).whole
    }


@dataclass
class Held:
    """Which transactions of a day others have in common with a new statement.

    :ivar all: one of them has the whole day; every one that is there.
    :ivar same: one of another format has the same money of the day, put together
        otherwise; all of the new statement is there.
    :ivar unclear: one of another format has the same time, but other amounts: whatever
        isn't there may be there in other amounts.
    :ivar taken: fingerprint and occurrence of each, as they are there.
    :ivar doubtful: the same of those that are as well the same as another one: dates
        and balances fit either way, and a person must say.
    """

    all: bool = False
    same: bool = False
    unclear: bool = False
    taken: set[tuple[str, int]] = field(default_factory=set)
    doubtful: set[tuple[str, int]] = field(default_factory=set)

    def add_any(self, ways: Iterable[Iterable[Entry]]) -> None:
        """Add what two statements have in common, of which it's known that it is one of
        these: what is in all of them for sure."""
        found = [{entry[::2] for entry in entries} for entries in ways]
        self.taken |= set.intersection(*found)
        self.doubtful |= set.union(*found)
