"""Which statements have transactions in common: cases that a bank's files come to."""

import random
from collections import Counter, defaultdict
from dataclasses import replace
from datetime import date, timedelta

import pytest

from odoo.addons.pom_reconcile.tools.import_keys import Known, overlap
from odoo.addons.pom_reconcile.tools.statement_extent import (
    Entry,
    Extent,
    Held,
    edges,
)
from odoo.addons.pom_reconcile.tools.statement_overlap import held

from tests.simulators.cuts import Account

DAY = date(2026, 3, 2)
A, B, C = Entry("a", 100, 1), Entry("b", 50, 1), Entry("c", -50, 1)
D, E = Entry("d", 30, 1), Entry("e", 70, 1)
NEXT = DAY + timedelta(1)


def extent(id, start, *entries, opened=-1, closed=0, number=None, days=None, **more):
    """A statement of :data:`DAY`, opened on the day before unless told otherwise."""
    days = days or {DAY: entries}
    total = sum(entry.amount for day in days.values() for entry in day)
    return Extent(
        id=id,
        opened=None if opened is None else DAY + timedelta(opened),
        closed=None if closed is None else DAY + timedelta(closed),
        start=start,
        end=start + total,
        days=days,
        number=number,
        **more,
    )


def unknown(one):
    """The same as a new statement has it."""
    days = {
        d: tuple(e._replace(occurrence=0) for e in es) for d, es in one.days.items()
    }
    return replace(one, days=days)


def common(new, *others, day=DAY):
    found = held(unknown(new), others, day)
    return found.all or {*found.taken}


A1, A2 = A, A._replace(occurrence=2)
AGAIN = (
    ("a copy", extent(1, 0, A), extent(1, 0, A), {("a", 1)}),
    (
        "a day within longer ones",
        extent(1, 0, A),
        extent(2, -100, days={DAY: (A,), NEXT: (B,)}, opened=-3, closed=1),
        True,
    ),
    (
        "a longer one around a day",
        extent(1, 0, days={DAY: (A,), NEXT: (B,)}, opened=-3, closed=1),
        extent(2, 0, A),
        {("a", 1)},
    ),
    (
        "the next of the day",
        extent(1, 100, A, opened=0),
        extent(2, 0, A),
        set(),
    ),
    (
        "the next of the day but one",
        extent(1, 150, A, opened=0),
        extent(2, 0, A),
        set(),
    ),
    (
        "the second half of a whole",
        extent(1, 100, A, opened=0),
        extent(2, 0, A1, A2),
        {("a", 2)},
    ),
    (
        "the first half of a whole",
        extent(1, 0, A),
        extent(2, 0, A1, A2),
        {("a", 1)},
    ),
    (
        "a piece amid the day",
        extent(1, 150, A, opened=0),
        extent(2, 0, A1, B, A2, C),
        {("a", 2)},
    ),
    (
        "a piece that isn't amid the day",
        extent(1, 7, A, opened=0),
        extent(2, 0, A1, B, A2, C),
        set(),
    ),
    (
        "the end of one and the beginning of the next",
        extent(1, 100, B, A2, opened=0),
        extent(2, 0, A1, B),
        {("b", 1)},
    ),
    (
        "the beginning of one and the end of another",
        extent(1, 0, A, B),
        extent(2, 100, B, A2, opened=0),
        {("b", 1)},
    ),
    (
        "sums to nothing, numbered as the next",
        extent(1, 100, B, C, opened=0, number=2),
        extent(2, 0, A, B, C, number=1),
        set(),
    ),
    (
        "the balances don't add up",
        extent(1, 0, A, opened=0),
        extent(2, 7, A, B, opened=0, adds_up=False),
        {("a", 1)},
    ),
    (
        "more than one whose balances don't add up",
        extent(1, 0, A, B, opened=0),
        extent(2, 7, A, C, opened=0, adds_up=False),
        {("a", 1), ("c", 1)},
    ),
    (
        "a format without dates",
        extent(1, 0, A, opened=None, closed=None),
        extent(2, 0, A, B, opened=None, closed=None),
        {("a", 1)},
    ),
    (
        "booked late, within a longer one",
        extent(1, 0, opened=1, closed=2, days={DAY: (A,)}),
        extent(2, -50, days={DAY: (B, A)}, opened=-3, closed=5),
        True,
    ),
    (
        "booked late, after the day's own statement",
        extent(1, 500, opened=1, closed=2, days={DAY: (A,)}),
        extent(2, 0, A),
        set(),
    ),
    (
        "booked late, in a format without dates",
        extent(1, 500, opened=1, closed=2, days={DAY: (A,)}),
        extent(2, 0, A, opened=None, closed=None),
        {("a", 1)},
    ),
    (
        "booked late, in the same statement again",
        extent(1, 5, opened=1, closed=2, days={DAY: (B, C)}),
        extent(1, 5, opened=1, closed=2, days={DAY: (B, C)}),
        {("b", 1), ("c", 1)},
    ),
    (
        "booked ahead, in the next of two",
        extent(1, 100, opened=-2, closed=-1, days={DAY: (A,)}),
        extent(2, 0, opened=-2, closed=-1, days={DAY: (A,)}),
        set(),
    ),
    (
        "booked ahead, the same period",
        extent(1, 0, opened=-2, closed=-1, days={DAY: (A,)}),
        extent(2, 7, opened=-2, closed=-1, days={DAY: (A,)}),
        {("a", 1)},
    ),
)


@pytest.mark.parametrize(
    "new, there, expected", [row[1:] for row in AGAIN], ids=[row[0] for row in AGAIN]
)
def test_common(new, there, expected):
    assert common(new, there) == expected


DOUBTS = (
    (
        "sums to nothing, of a series of its own",
        extent(1, 100, B, C, opened=0, number=7),
        [extent(2, 0, B, A, C, number=1)],
        {("b", 1), ("c", 1)},
    ),
    (
        "sums to nothing, in another order",
        extent(1, 100, B, C, opened=0),
        [extent(2, 0, B, A, C)],
        {("b", 1), ("c", 1)},
    ),
    (
        "the end of one and the beginning of the next cancel each other",
        extent(1, 100, B, C, A2, opened=0, number=50),
        [extent(2, 0, A1, B, C, number=40)],
        {("b", 1), ("c", 1)},
    ),
    (
        "amid the other in another order, or the end of it and more",
        extent(1, 70, A, D, C, opened=0),
        [extent(2, 0, C, E, B, A, D)],
        {("c", 1)},
    ),
    (
        "as the beginning of a longer one, but its neighbours aren't in that",
        extent(9, 0, A, Entry("d", 900), number=1),
        [
            extent(10, 1000, C, B, Entry("e", -100, 1), opened=0, number=10),
            extent(11, 900, A, opened=0, number=11),
        ],
        {("a", 1)},
    ),
)


@pytest.mark.parametrize(
    "new, there, expected", [row[1:] for row in DOUBTS], ids=[row[0] for row in DOUBTS]
)
def test_doubts(new, there, expected):
    found = held(unknown(new), there, DAY)
    assert (found.all, found.doubtful - found.taken) == (False, expected)


def test_linked_by_a_third():
    """Balances that don't follow, but another statement is between them."""
    first, third = extent(1, 0, A), extent(3, 50, A, C, opened=0)
    between = extent(2, 100, C, opened=0)
    assert common(third, first, between) == {("c", 1)} - {("c", 1)}
    assert common(first, third, between) == set()


def test_many_amounts_are_not_all_tried():
    entries = tuple(Entry(f"f{n}", 7**n, 1) for n in range(14))
    outer = extent(2, 0, *entries, A, opened=0)
    assert common(extent(1, 3, A, opened=0), outer) == {("a", 1)}


def test_edges():
    days = {DAY + timedelta(n): (A,) for n in range(3)}
    assert set(edges(extent(1, 0, days=days, closed=2))) == {DAY + timedelta(2)}
    late = extent(1, 0, opened=0, closed=2, days=days)
    assert set(edges(late)) == {DAY, DAY + timedelta(2)}


def test_overlap_of_balances():
    assert overlap([10, 20, 30], [True, False, True]) == (10, 30)
    assert overlap([10, 20], [True, True]) == (30, 0)


class Ledger:
    """What a journal keeps of files: as the import does, without books.

    :ivar asked: how often it couldn't know.
    """

    def __init__(self, account):
        self.account, self.lines, self.received = account, {}, {}
        self.known, self.asked = set(), 0

    def take(self, piece):
        self.known.update(piece.parts)
        lines, kept = self._taken(piece, None)
        if lines is None:
            self.asked += 1
            lines, kept = self._told(piece)
        self.lines = lines
        self.received.setdefault(kept.id, replace(kept, days=edges(kept)))

    def _told(self, piece):
        """Do as someone says who sees what the bank has."""
        truth = Counter(f"{d}{a}{t}" for d, a, t in self._booked(self.known))
        for answer in (True, False):
            lines, kept = self._taken(piece, answer)
            if Counter(fingerprint for fingerprint, _n in lines) == truth:
                break
        return lines, kept

    def _booked(self, parts):
        return [m for part in parts for m in self.account.pieces[part].movements]

    def _taken(self, piece, answer):
        new, lines = self._extent(piece), dict(self.lines)
        known = Known([(*line, owner) for line, owner in lines.items()], answer)
        days = {}
        for day, entries in new.days.items():
            found = held(new, self.received.values(), day)
            taken = [known.take([e], [e], found, new.id) for e in entries]
            if any(one.doubtful for one in taken):
                return None, None
            days[day] = tuple(entry for one in taken for entry in one.entries)
            for entry in days[day]:
                lines.setdefault((entry.fingerprint, entry.occurrence), new.id)
        return lines, replace(new, days=days)

    def _extent(self, piece):
        days = defaultdict(tuple)
        for day, amount, text in piece.movements:
            days[day] += (Entry(f"{day}{amount}{text}", amount),)
        key = (*piece.movements, piece.opened, piece.closed, piece.start)
        return Extent(
            key, piece.opened, piece.closed, piece.start, piece.end,
            days=dict(days), number=piece.number,
        )  # fmt: skip


#: Of two hundred accounts, at most as many come to a file that can't be known.
MOST_ASKED = 10


@pytest.mark.parametrize("habit", Account.HABITS)
def test_every_cut_keeps_each_once(habit):
    """The same stories as through the wizard, many more of them."""
    asked = 0
    for seed in range(200):
        account = Account(habit, random.Random(f"{habit} {seed}"), "BE68539007547034")
        ledger = Ledger(account)
        for pieces in account.cuts():
            for piece in pieces:
                ledger.take(piece)
        kept = Counter(fingerprint for fingerprint, _occurrence in ledger.lines)
        truth = Counter(f"{d}{a}{t}" for p in account.pieces for d, a, t in p.movements)
        assert kept == truth, (habit, seed)
        asked += bool(ledger.asked)
    assert asked <= MOST_ASKED


def test_lines_of_no_statement_may_be_it():
    known, one = Known([("f", 1, None), ("f", 2, 5)]), [Entry("f", 1)]
    taken = [known.take(one, one, Held(), 9) for _ in range(2)]
    found = [(taken.entries[0].occurrence, taken.there) for taken in taken]
    assert found == [(1, True), (3, False)]


T, U = Entry("total", 150, 1), Entry("union", 200, 1)
FOREIGN = (
    ("the same day in other amounts", extent(1, 0, A, B), extent(2, 0, T), "same"),
    (
        "the same whole day in other amounts",
        extent(1, 7, days={DAY: (A, B), NEXT: (C,)}, opened=-3, closed=1),
        extent(2, 0, days={DAY: (T,), NEXT: (D,)}, opened=-1, closed=2),
        "same",
    ),
    (
        "a whole day of another sum",
        extent(1, 7, days={DAY: (A, B), NEXT: (C,)}, opened=-3, closed=1),
        extent(2, 0, days={DAY: (U,), NEXT: (D,)}, opened=-1, closed=2),
        "unclear",
    ),
    ("more of the same day", extent(1, 0, A, B, D), extent(2, 0, T), "unclear"),
    ("all of it and more", extent(1, 0, A, B, D), extent(2, 0, A, B), ""),
    ("less of it", extent(1, 0, A, B), extent(2, 0, A, B, D), ""),
    ("the next of the day", extent(1, 150, A, opened=0), extent(2, 0, T), ""),
    (
        "of the same balances, in a sum of nothing",
        extent(1, 0, B, C, opened=0),
        extent(2, 0, D, Entry("f", -30, 1), opened=0),
        "unclear",
    ),
    (
        "booked late",
        extent(1, 0, opened=1, closed=2, days={DAY: (A,)}),
        extent(2, -57, days={DAY: (B,)}, opened=-3, closed=5),
        "unclear",
    ),
)


@pytest.mark.parametrize(
    "new, there, expected",
    [row[1:] for row in FOREIGN],
    ids=[row[0] for row in FOREIGN],
)
def test_another_format(new, there, expected):
    new, there = replace(new, source="camt"), replace(there, source="coda")
    found = held(unknown(new), [there], DAY)
    assert [w for w in ("same", "unclear") if getattr(found, w)] == expected.split()
    there = replace(there, source="camt")
    found = held(unknown(new), [there], DAY)
    assert not (found.same or found.unclear)


def test_of_a_unit_all_is_there_or_nothing():
    lines = [("a", 1, 5), ("b", 1, 5)]
    found = Held(taken={("a", 1)})
    known = Known(lines)
    taken = known.take([A, B], [T], found, 9)
    assert taken.entries == (T,) and not taken.there
    # What wasn't taken is left for others.
    assert known.take([A], [A], found, 9).there
    both = Known(lines).take([A, B], [T], Held(all=True), 9)
    assert both.there and both.entries == (A, B)


def test_what_may_be_there():
    for found in (Held(doubtful={("a", 1)}), Held(unclear=True)):
        owners = [("a", 1, 5)] if found.doubtful else []
        assert Known(owners).take([A], [A], found, 9).doubtful
        assert Known(owners, True).take([A], [A], found, 9).there
        new = Known(owners, False).take([A], [A], found, 9)
        assert not (new.there or new.doubtful)
    assert Known().take([A], [A], Held(same=True, unclear=True), 9).there
