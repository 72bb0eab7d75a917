"""Which statements may hold the same transactions, day by day.

Files of one account come as days, weeks and months, in any order, some of them twice,
and a day may be cut in several statements. Two of them have a transaction in common
only where both have something of one day. There, the dates that a statement was opened
and closed on tell whether it has the whole of that day; where neither has, the balances
tell whether one follows the other or lies within it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date

from .statement_extent import Entry, Extent, Held, Part

_SUMS = 2000  # partial sums that are looked at

#: How what is new lies to what is there.
WITHIN, AROUND, BESIDE, APART = "within", "around", "beside", "apart"


def held(new: Extent, others: Iterable[Extent], day: date) -> Held:
    """Return what others have in common with a new statement of one day.

    >>> from datetime import date as d
    >>> eve, day = d(2026, 1, 4), d(2026, 1, 5)
    >>> first, second = Entry("a", 100, 1), Entry("a", 100, 2)
    >>> morning = Extent(1, eve, day, 0, 100, {day: (first,)})
    >>> evening = Extent(2, day, day, 100, 200, {day: (second,)})
    >>> whole = Extent(3, eve, day, 0, 200, {day: (first, second)})
    >>> held(evening, [morning], day).taken, held(whole, [morning], day).taken
    (set(), {('a', 1)})
    >>> sorted(held(whole, [morning, evening], day).taken)
    [('a', 1), ('a', 2)]
    >>> held(evening, [whole], day).taken
    {('a', 2)}
    """
    mine, found = new.part(day), Held()
    near = [other for other in others if day in other.days or other.part(day).whole]
    parts = [(other, other.part(day)) for other in near]
    for other, part in parts:
        foreign = new.is_foreign_to(other)
        if new.is_stray(day) or other.is_stray(day):
            if new.overlaps(other):
                found.all |= part.whole
                found.add_any([part.entries])
                found.unclear |= foreign and _differ(mine, part)
        else:
            third = [p for o, p in parts if o is not other]
            own = replace(part, number=None) if foreign else part
            _judge(found, mine, own, third, foreign)
    return found


def _judge(found: Held, new: Part, old: Part, others: list[Part], foreign) -> None:
    relations = _relations(new, old, others)
    found.all |= old.whole
    found.add_any(_in_common(relation, new, old) for relation in relations)
    apart = relations[0] == APART
    alike = None is not new.start == old.start and new.end == old.end
    if foreign and (alike or not apart) and _differ(new, old):
        same = not apart and _same_money(new, old, alike)
        found.same |= same
        found.unclear |= not same


def _in_common(relation: str, new: Part, old: Part) -> Iterable[Entry]:
    if relation == WITHIN:
        return _as_placed(new, old)
    if relation == AROUND:
        return old.entries
    return _run(new, old) if relation == BESIDE else ()


def _differ(new: Part, old: Part) -> bool:
    """Tell if each says something that the other one should say as well."""
    mine, there = _said(new), _said(old)
    return bool(mine - there) and bool(old.whole or there - mine)


def _same_money(new: Part, old: Part, alike: bool) -> bool:
    """Tell if they are of the same time and sum to the same."""
    if new.whole and old.whole:
        return sum(e.amount for e in new.entries) == sum(e.amount for e in old.entries)
    return alike and False not in (new.begins, old.begins)


def _as_placed(inner: Part, outer: Part) -> list[Entry]:
    """Return the entries of the outer one that are the inner one's: of equal ones the
    last, where it is the end of the outer one, else the first."""
    wanted = Counter(entry.said for entry in inner.entries)
    starts = inner.begins and outer.begins or inner.start == outer.start
    entries = outer.entries if starts else reversed(outer.entries)
    placed = []
    for entry in entries:
        if wanted[entry.said]:
            wanted[entry.said] -= 1
            placed.append(entry)
    return placed


def _relations(new: Part, old: Part, others: list[Part]) -> list[str]:
    """Tell how two parts of a day may lie, by the surest sign first: whole days,
    numbers, one at an end of the other, balances that follow, one amid the other, the
    end of one and the beginning of the other.

    :return: more than one where nothing speaks for one of them alone.
    """
    if old.whole or new.whole:
        return [WITHIN if old.whole else AROUND]
    if _is_next(new, old):
        return [APART]
    pairs = ((new, old, WITHIN), (old, new, AROUND))
    for inner, outer, relation in pairs:
        if _in_order(inner, outer) and _neighbours_fit(inner, outer, others):
            return [relation]
    beside = [BESIDE] if _run(new, old) else []
    apart = [APART] if _linked(new, old, others) else []
    if fits := [relation for i, o, relation in pairs if _aligned(i, o)]:
        return fits[:1] + apart
    fits = [relation for i, o, relation in pairs if _amid(i, o)]
    unknown = AROUND if None in (new.start, old.start) else BESIDE
    return fits[:1] + apart + beside or [unknown]


def _neighbours_fit(inner: Part, outer: Part, others: list[Part]) -> bool:
    """Tell if the outer one has the statements before and after the inner one too."""
    rest = _said(outer) - _said(inner)
    return not any(_said(one) - rest for one in others if _is_next(one, inner))


def _is_next(one: Part, other: Part) -> bool:
    follows = _follows(one, other) or _follows(other, one)
    return follows and _distance(one, other) == 1


def _distance(one: Part, other: Part) -> int:
    """Return how far their numbers are apart, 0 where one has none."""
    return abs(one.number - other.number) if one.number and other.number else 0


def _follows(later: Part, earlier: Part) -> bool:
    if later.begins or earlier.ends or later.start is None:
        return False
    return later.start == earlier.end


def _linked(new: Part, old: Part, others: list[Part]) -> bool:
    """Tell if balances say that one follows the other, by way of others maybe."""
    return _leads(new, old, others) or _leads(old, new, others)


def _leads(later: Part, earlier: Part, others: list[Part]) -> bool:
    if later.begins or earlier.ends or later.start is None:
        return False
    reached, added = {earlier.end}, True
    while added:
        ends = {p.end for p in others if p.start in reached and not p.whole}
        added = not ends <= reached
        reached |= ends
    return later.start in reached


def _said(part: Part) -> Counter:
    return Counter(entry.said for entry in part.entries)


def _may_hold(inner: Part, outer: Part) -> bool:
    """Tell if all of one may lie within the other, by its entries and dates."""
    if _said(inner) - _said(outer):
        return False
    more = len(outer.entries) > len(inner.entries)
    if inner.begins is False and outer.begins and not more:
        return False
    return not (inner.begins and outer.begins is False)


def _aligned(inner: Part, outer: Part) -> bool:
    """Tell if one may be the beginning or the end of the other."""
    if not _may_hold(inner, outer):
        return False
    if (inner.begins and outer.begins) or (inner.ends and outer.ends):
        return True
    if None in (inner.start, outer.start):
        return True
    if inner.end == outer.end:
        return True
    later = outer.begins and inner.begins is False
    return inner.start == outer.start and not (later or inner.ends)


def _in_order(inner: Part, outer: Part) -> bool:
    """Tell if one is the beginning or the end of the other, entry by entry."""
    if not _aligned(inner, outer):
        return False
    said, most = [e.said for e in inner.entries], len(inner.entries)
    within = [e.said for e in outer.entries]
    first = inner.start == outer.start and said == within[:most]
    return first or (inner.end == outer.end and said == within[-most:])


def _amid(inner: Part, outer: Part) -> bool:
    """Tell if the balance before the inner one is met within the outer one, once some
    of what the inner one lacks has been booked."""
    if inner.begins or inner.ends or not _may_hold(inner, outer):
        return False
    amounts = [amount for _f, amount in (_said(outer) - _said(inner)).elements()]
    return _reachable(amounts, inner.start - outer.start)


def _reachable(amounts: Sequence[int], total: int) -> bool:
    """Tell if some of the amounts, one at least, sum to the total."""
    sums: set[int] = set()
    for amount in amounts:
        sums |= {known + amount for known in sums} | {amount}
        if len(sums) > _SUMS:
            return True
    return total in sums


def _run(new: Part, old: Part) -> tuple[Entry, ...]:
    """Return the entries of the old one that are the end of one of them and the
    beginning of the other."""
    new_said, old_said = ([entry.said for entry in p.entries] for p in (new, old))
    for length in range(min(len(new_said), len(old_said)) - 1, 0, -1):
        if _joins(old_said, new_said, length) and _meet(old, new, length):
            return old.entries[-length:]
        if _joins(new_said, old_said, length) and _meet(new, old, length):
            return old.entries[:length]
    return ()


def _joins(first: list, second: list, length: int) -> bool:
    """Tell if one ends with what the other begins with; two looks first, for a slice of
    each length of a large statement would take for ever."""
    ends = first[-length] == second[0] and first[-1] == second[length - 1]
    return ends and first[-length:] == second[:length]


def _meet(first: Part, second: Part, length: int) -> bool:
    """Tell if the second begins where the last entries of the first do."""
    total = sum(entry.amount for entry in second.entries[:length])
    open_ended = not first.ends and not second.begins
    return open_ended and second.start == first.end - total
