"""What makes a bank line the same line, whichever file brings it.

Banks repeat and change their own references and statement numbers, so neither is a key.
A line is known by what it says (its *fingerprint*) and by how many such lines there
already are; a statement by its account, dates, balances and totals. Files overlap, come
twice, or list a day in another order; and two equal payments on one day are two lines.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Hashable, Iterable
from dataclasses import dataclass
from datetime import date


def digest(*facts) -> str:
    """Return a short stable key of the facts, in their order.

    >>> digest("BE68539007547034", "EUR") == digest("BE68539007547034", "EUR")
    True
    >>> digest("a", "b") == digest("ab", "")
    False
    """
    text = "\x1f".join("" if fact is None else str(fact) for fact in facts)
    return hashlib.sha256(text.encode()).hexdigest()[:32]


@dataclass(frozen=True)
class Span:
    """What a statement covers: balances in cents, its first and last day."""

    id: Hashable
    start: int
    end: int
    first: date
    last: date

    def shares_day(self, other: Span) -> bool:
        return self.first <= other.last and other.first <= self.last


def overlapping(span: Span, others: Iterable[Span]) -> set:
    """Return the ids of the statements that may hold lines of this one.

    Not those that have no day in common with it; and none where it continues the chain
    of balances: it begins where one ends (or ends where one begins) and lies over none.

    >>> from datetime import date as d
    >>> day = d(2026, 1, 5)
    >>> morning, evening = Span(1, 0, 100, day, day), Span(2, 100, 150, day, day)
    >>> overlapping(evening, [morning])
    set()
    >>> overlapping(Span(3, 0, 150, day, day), [morning])
    {1}
    """
    near = [other for other in others if span.shares_day(other)]
    starts = {other.start for other in near}
    ends = {other.end for other in near}
    chained = span.start in ends or span.end in starts
    if chained and span.start not in starts and span.end not in ends:
        return set()
    return {other.id for other in near}


class Known:
    """The lines that are there already, by fingerprint.

    >>> known = Known([("f", 1, 7), ("f", 2, 8)])
    >>> known.take("f", {7}, 9), known.take("f", {7}, 9), known.take("g", set(), 9)
    (None, 3, 1)
    >>> known.start_statement()
    >>> known.take("f", set(), owner=8)
    0
    """

    def __init__(self, lines: Iterable[tuple[str, int, Hashable]] = ()):
        """:param lines: fingerprint, occurrence and statement of each."""
        self._owners = defaultdict(dict)
        for fingerprint, occurrence, owner in lines:
            self._owners[fingerprint][occurrence] = owner
        self._met = defaultdict(int)

    def start_statement(self) -> None:
        """Forget which lines were met: another statement begins."""
        self._met.clear()

    def take(self, fingerprint: str, owners: set, owner: Hashable = None) -> int | None:
        """Return the occurrence for a new line; ``None`` when another statement brought
        it already, 0 when this one did.

        :param owners: statements that may hold it; those of others are other lines,
            however equal. A line of no statement may be it.
        :param owner: the statement that the line is new in.
        """
        others, owners = {None, *owners} - {owner}, self._owners[fingerprint]
        elsewhere = sum(1 for known in owners.values() if known in others)
        own = sum(1 for known in owners.values() if known == owner is not None)
        # Lines taken in this statement are "there" now, but were met just before.
        self._met[fingerprint] += 1
        if self._met[fingerprint] <= elsewhere:
            return None
        if self._met[fingerprint] <= elsewhere + own:
            return 0
        occurrence = next(n for n in range(1, len(owners) + 2) if n not in owners)
        owners[occurrence] = owner
        return occurrence


def overlap(amounts: list[int], skipped: list[bool]) -> tuple[int, int]:
    """Return what the skipped lines change of the opening and the closing balance.

    Lines skipped at the end are taken off the closing balance; all others raise the
    opening one, so that the sum of what is left is the difference of both.

    >>> overlap([10, 20, 30], [True, False, True])
    (10, 30)
    """
    if all(skipped):
        return sum(amounts), 0
    tail = 0
    while skipped[len(skipped) - 1 - tail]:
        tail += 1
    border = len(skipped) - tail
    before = sum(
        amount
        for amount, gone in zip(amounts[:border], skipped[:border], strict=True)
        if gone
    )
    return before, sum(amounts[border:])
