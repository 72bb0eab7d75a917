"""What makes a bank line the same line, whichever file brings it.

Banks repeat and change their own references and statement numbers, so neither is a key.
A line is known by what it says (its *fingerprint*) and by how many such lines there
already are; a statement by its account, dates, balances and totals. Files overlap, come
twice, or list a day in another order; and two equal payments on one day are two lines:
:mod:`.statement_overlap` tells which statements have lines in common.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Hashable, Iterable, Sequence
from typing import NamedTuple

from .statement_extent import Entry, Held

#: What fingerprints begin with that are made of a format's own columns. Another number
#: when they are made otherwise: older ones are then made anew of what the line keeps.
VERSION = "2-"


def digest(*facts) -> str:
    """Return a short stable key of the facts, in their order.

    >>> digest("BE68539007547034", "EUR") == digest("BE68539007547034", "EUR")
    True
    >>> digest("a", "b") == digest("ab", "")
    False
    """
    text = "\x1f".join("" if fact is None else str(fact) for fact in facts)
    return hashlib.sha256(text.encode()).hexdigest()[:32]


def of_account(account_number: str, fingerprint: str) -> str:
    """Return what a line of this account is known by, of the same version.

    >>> of_account("BE68539007547034", VERSION + "f")[:2], len(of_account("B", "f"))
    ('2-', 32)
    """
    version = VERSION if fingerprint.startswith(VERSION) else ""
    return version + digest(account_number, fingerprint)


class Unit(NamedTuple):
    """What is the same in a statement and in its journal.

    :ivar places: of its lines in the statement; several where the journal has a total.
    :ivar entries: what says the same in the journal; several where the statement has a
        total of them.
    """

    places: tuple[int, ...]
    entries: tuple[Entry, ...]


class Taken(NamedTuple):
    """Which lines a unit is.

    :ivar entries: they, with their occurrences.
    :ivar there: whether they are there already; otherwise they are to be created.
    :ivar own: whether this statement brought them.
    :ivar doubtful: they may be there, and may not.
    """

    entries: tuple[Entry, ...]
    there: bool = False
    own: bool = False
    doubtful: bool = False


class Known:
    """The lines that are there already, by fingerprint.

    >>> known, f = Known([("f", 1, 7), ("f", 2, 8)]), Entry("f", 100)
    >>> known.take([f], [f], Held(taken={("f", 1)}), owner=9)
    Taken(entries=(Entry(fingerprint='f', amount=100, occurrence=1),), there=True,
        own=False, doubtful=False)
    >>> known.take([f], [f], Held(), owner=9).entries[0].occurrence
    3
    >>> known.start_statement()
    >>> taken = known.take([f], [f], Held(), owner=8)
    >>> taken.entries[0].occurrence, taken.there, taken.own
    (2, True, True)
    """

    def __init__(
        self,
        lines: Iterable[tuple[str, int, Hashable]] = (),
        answer: bool | None = None,
    ):
        """
        :param lines: fingerprint, occurrence and statement of each.
        :param answer: whether what may be there is there; ``None`` before that's asked.
        """
        self._owners = defaultdict(dict)
        for fingerprint, occurrence, owner in lines:
            self._owners[fingerprint][occurrence] = owner
        self._left: dict[str, list[int]] = {}
        self._answer = answer

    def start_statement(self) -> None:
        """Forget which lines were met: another statement begins."""
        self._left.clear()

    def take(
        self,
        wanted: Sequence[Entry],
        own: Sequence[Entry],
        found: Held,
        owner: Hashable,
    ) -> Taken:
        """Return which lines the next unit of a statement is.

        :param wanted: what it is known by in the journal, see :class:`Unit`.
        :param own: what it is known by once it's created.
        :param found: what other statements have in common with this one; a line of no
            statement, and one that this statement brought before, may be it too.
        :param owner: the statement.
        """
        if found.same:
            return Taken(tuple(own), there=True)
        picked = [self._pick(entry, found, owner) for entry in wanted]
        if None in picked:
            self._put_back(picked)
            return self._missing(own, found, owner)
        owners = {self._owners[one.fingerprint][one.occurrence] for one in picked}
        ranks = [self._rank(one[::2], found, owner) for one in picked]
        if min(ranks) > MAYBE:
            return Taken(tuple(picked), there=True, own=owners == {owner})
        if self._answer is None:
            return Taken(tuple(picked), doubtful=True)
        return Taken(tuple(picked), there=True)

    def _missing(self, own, found: Held, owner) -> Taken:
        if not found.unclear or self._answer is False:
            return Taken(tuple(self._add(entry, owner) for entry in own))
        return Taken(tuple(own), there=bool(self._answer), doubtful=not self._answer)

    def _add(self, entry: Entry, owner: Hashable) -> Entry:
        owners = self._owners[entry.fingerprint]
        occurrence = next(n for n in range(1, len(owners) + 2) if n not in owners)
        owners[occurrence] = owner
        return entry._replace(occurrence=occurrence)

    def _pick(self, entry: Entry, found: Held, owner: Hashable) -> Entry | None:
        """Take the surest that is left: its own, those that are, those that may be."""
        fingerprint = entry.fingerprint
        if fingerprint not in self._left:
            ranks = {
                n: self._rank((fingerprint, n), found, owner)
                for n in self._owners[fingerprint]
            }
            usable = [n for n, rank in ranks.items() if rank]
            self._left[fingerprint] = sorted(usable, key=lambda n: (ranks[n], -n))
        left = self._left[fingerprint]
        return entry._replace(occurrence=left.pop()) if left else None

    def _put_back(self, picked: Iterable[Entry | None]) -> None:
        for entry in filter(None, picked):
            self._left[entry.fingerprint].append(entry.occurrence)

    def _rank(self, line: tuple[str, int], found: Held, owner: Hashable) -> int:
        """Return how sure it is that a line is common: :data:`MAYBE`, or 0 for no."""
        whose = self._owners[line[0]][line[1]]
        if whose == owner:
            return MAYBE + 2
        if found.all or whose is None or line in found.taken:
            return MAYBE + 1
        doubtful = line in found.doubtful and self._answer is not False
        return MAYBE if doubtful else 0


#: The lowest rank of a line that may be common.
MAYBE = 1


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
