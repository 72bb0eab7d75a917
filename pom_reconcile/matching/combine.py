"""Which open amounts make a payment, and whether there is more than one way."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import islice
from math import comb

# Beyond this many partial sums a coincidence is likelier than a meaning.
_WORK = 1000


def combinations(
    amounts: Sequence[Decimal], target: Decimal, size: int
) -> list[tuple[int, ...]]:
    """Give the positions of amounts that sum to the target: at most two answers.

    Two answers mean: ambiguous. Up to ``size`` amounts are combined, fewer when there
    are many (the work is bounded); all of them together always count.

    >>> combinations([Decimal(60), Decimal(40), Decimal(25)], Decimal(100), 5)
    [(0, 1)]
    >>> combinations([Decimal(60), Decimal(40), Decimal(100)], Decimal(100), 5)
    [(2,), (0, 1)]
    """
    usable = _bounded(len(amounts), size)
    found = list(islice(_search(amounts, target, usable), 2))
    if len(amounts) > usable and len(found) < 2 and sum(amounts) == target:
        found.append(tuple(range(len(amounts))))
    return found


def _bounded(number: int, size: int) -> int:
    while size > 1 and comb(number, size - 1) > _WORK:
        size -= 1
    return size


def _search(
    amounts: Sequence[Decimal], target: Decimal, size: int
) -> Iterator[tuple[int, ...]]:
    """Yield by number of amounts; the last one of each is looked up, not tried."""
    places: dict[Decimal, list[int]] = defaultdict(list)
    for position, amount in enumerate(amounts):
        places[amount].append(position)
    for length in range(size):
        yield from _extend(amounts, places, target, (), length)


def _extend(amounts, places, target, chosen, more) -> Iterator[tuple[int, ...]]:
    after = chosen[-1] if chosen else -1
    if not more:
        last = places.get(target, ())
        for position in last[bisect_right(last, after) :]:
            yield (*chosen, position)
        return
    for position in range(after + 1, len(amounts) - more):
        rest = target - amounts[position]
        yield from _extend(amounts, places, rest, (*chosen, position), more - 1)
