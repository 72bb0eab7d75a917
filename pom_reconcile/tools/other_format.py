"""The same payment in a file of another format.

A bank gives one day as CODA, as CAMT and as MT940: words, codes and its own references
differ, names are cut elsewhere; day, amount, account, structured references and the
payer's identifier don't; and where one has a total, the other may have its payments.
Which statements may hold the same payment at all is told elsewhere
(:mod:`.statement_overlap`): here, only which line would be it.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from ..formats.coda.identity import identity
from .import_keys import Unit
from .statement_extent import Entry

_NO_ID = frozenset(("", "NOTPROVIDED", "NOREF", "NONREF"))


class Facts(NamedTuple):
    """What a line says in any format.

    :ivar source: the format that it came in.
    :ivar amount: in cents.
    """

    source: str
    day: str
    amount: int
    value_day: str
    account: str
    end_to_end_id: str
    references: frozenset[str]


class There(NamedTuple):
    """A line that is there already.

    :ivar owner: the statement that brought it.
    :ivar place: among all of them, in the order of their files.
    """

    fingerprint: str
    facts: Facts
    owner: Hashable
    place: int = 0


def facts(details: Mapping[str, Any], amount: int) -> Facts:
    """Return the facts of a line, from what :mod:`.statement_values` kept of it."""
    given = (details.get("end_to_end_id") or "").strip().upper()
    references = details.get("references") or ()
    return Facts(
        source=source_of(details),
        day=details.get("date") or "",
        amount=amount,
        value_day=details.get("value_date") or "",
        account=(details.get("counterparty_account") or "").replace(" ", ""),
        end_to_end_id="" if given in _NO_ID else given,
        references=frozenset(value for _kind, value in references),
    )


def source_of(details: Mapping[str, Any]) -> str:
    """Return the format of a line by the records that are kept of it.

    >>> source_of({}), source_of({"raw": ["2606010601C1,NTRFX"]})
    ('camt', 'mt940')

    :param details: with all records, or the first one alone.
    """
    records = details.get("raw") or ""
    raw = records if isinstance(records, str) else "\n".join(records)
    if not raw:
        return "camt"
    return "coda" if identity(raw) else "mt940"


def may_be_same(one: Facts, other: Facts) -> bool:
    """Whether nothing that both say differs."""
    if (one.day, one.amount) != (other.day, other.amount):
        return False
    pairs = (
        (one.value_day, other.value_day),
        (one.account, other.account),
        (one.end_to_end_id, other.end_to_end_id),
    )
    if any(_differ(left, right) for left, right in pairs):
        return False
    both = one.references and other.references
    return not both or bool(one.references & other.references)


def _differ(one: str, other: str) -> bool:
    return bool(one and other) and one != other


def units(
    lines: Sequence[tuple[Entry, Facts]], there: Iterable[There], owner: Hashable
) -> list[Unit]:
    """Return what each line of a statement is in the journal, in the statement's order:
    what differs in its format alone, a total of which the other format has the
    payments, or payments of which it has the total.

    :param lines: what it is known by, and its facts.
    :param owner: the statement. What it brought itself may be read in other words now.
    """
    left = Counter(entry.fingerprint for entry, _facts in lines)
    others = []
    for item in there:
        if left[item.fingerprint]:
            left[item.fingerprint] -= 1
        else:
            others.append(item)
    found: dict[int, Unit] = {}
    unknown = _pair(lines, _unknown(lines, left), others, owner, found)
    _add_up(lines, unknown, others, owner, found)
    covered = {place for unit in found.values() for place in unit.places}
    for place, (entry, _facts) in enumerate(lines):
        if place not in covered:
            found[place] = Unit((place,), (entry,))
    return [found[place] for place in sorted(found)]


def _unknown(lines: Sequence[tuple[Entry, Facts]], left: Counter) -> list[int]:
    """Return the places of what isn't there in its own words; of several that say the
    same, of the last ones."""
    left, places = +left, []
    for place in range(len(lines) - 1, -1, -1):
        fingerprint = lines[place][0].fingerprint
        if left[fingerprint]:
            left[fingerprint] -= 1
            places.append(place)
    return places[::-1]


def _pair(lines, unknown: list[int], others: list[There], owner, found) -> list[int]:
    """Find lines one by one; those first for which something speaks, and not only
    nothing against it. Return the places of those that are left, take from the others
    what was found."""
    candidates: dict[tuple, list[There]] = defaultdict(list)
    for item in others:
        candidates[item.facts.day, item.facts.amount].append(item)
    for certain in (True, False):
        for place in unknown:
            said = lines[place][1]
            near = candidates.get((said.day, said.amount))
            if near and place not in found:
                if item := _take(near, said, owner, certain):
                    found[place] = Unit((place,), (_entry(item),))
    others[:] = [item for items in candidates.values() for item in items]
    return [place for place in unknown if place not in found]


def _take(
    candidates: list[There], said: Facts, owner: Hashable, certain: bool
) -> There | None:
    """Take the line that it is out of those that are left."""
    usable = [
        item
        for item in candidates
        if _may_be(said, item, owner)
        and may_be_same(said, item.facts)
        and (not certain or any(_evidence(said, item, owner)))
    ]
    if not usable:
        return None
    best = max(usable, key=lambda item: _evidence(said, item, owner))
    candidates.remove(best)
    return best


def _add_up(lines, unknown: list[int], others: list[There], owner, found) -> None:
    """Find totals of which one format has the payments: some that follow each other."""
    rest = [(place, lines[place][1]) for place in unknown]
    items = sorted(others, key=lambda item: item.place)
    for place, said in list(rest):
        near = [(i, i.facts) for i in items if _may_be(said, i, owner)]
        if run := _run(near, said):
            found[place] = Unit((place,), tuple(_entry(item) for item in run))
            items = [item for item in items if item not in run]
            rest.remove((place, said))
    for item in items:
        near = [one for one in rest if _may_be(one[1], item, owner)]
        if run := _run(near, item.facts):
            found[run[0]] = Unit(tuple(run), (_entry(item),))
            rest = [one for one in rest if one[0] not in run]


def _run(rows: Iterable[tuple[Any, Facts]], total: Facts) -> list:
    """Return two or more rows in a row that add up to the total, of its day and
    direction.

    >>> day = Facts("camt", "", 0, "", "", "", frozenset())
    >>> rows = [(n, day._replace(amount=n)) for n in (5, 1, 3, 2, -7)]
    >>> _run(rows, day._replace(amount=6)), _run(rows, day._replace(amount=5))
    ([5, 1], [3, 2])
    """
    near = [
        (row, said.amount)
        for row, said in rows
        if said.day == total.day
        and (said.amount > 0) == (total.amount > 0)
        and not _differ(said.value_day, total.value_day)
    ]
    sums, reached = {0: 0}, 0
    for end, (_row, amount) in enumerate(near, 1):
        reached += amount
        start = sums.get(reached - total.amount, end)
        if end - start > 1:
            return [row for row, _amount in near[start:end]]
        sums[reached] = end
    return []


def _entry(item: There) -> Entry:
    return Entry(item.fingerprint, item.facts.amount)


def _may_be(said: Facts, item: There, owner: Hashable) -> bool:
    return item.owner == owner or item.facts.source != said.source


def _evidence(said: Facts, item: There, owner: Hashable) -> tuple[bool, ...]:
    """How much speaks for it: that both say the same."""
    other = item.facts
    return (
        item.owner == owner,
        bool(said.references & other.references),
        bool(said.end_to_end_id) and said.end_to_end_id == other.end_to_end_id,
        bool(said.account) and said.account == other.account,
    )
