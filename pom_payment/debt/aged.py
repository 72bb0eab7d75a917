"""How old what is open of a debt is, for whoever lists the books: all of it, each part
with whether it is asked.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from .facts import COLLECTED, ZERO, Facts
from .rest import total, unpaid_and_free
from .standing import Standing, standing

ONE = Decimal(1)


class Aged(NamedTuple):
    """A share of what the books have open.

    :param maturity: of the books' own items that it is a share of; None for all.
    :param day: on which it is to be paid; None for the item's own.
    :param late_since: None when it isn't late, or isn't asked.
    :param low: from where, of 0 to 1,
    :param high: to where.
    :param collected_on: when the creditor collects it, where that is planned.
    """

    maturity: date | None
    day: date | None
    late_since: date | None
    low: Decimal
    high: Decimal
    collected_on: date | None = None


def aged(facts: Facts, today: date) -> Iterator[Aged]:
    """The parts of a debt; those of each day sum to all of it.

    >>> from .facts import Due
    >>> today, whole = date(2026, 11, 28), Decimal(100)
    >>> dues = (Due(date(2026, 11, 8), whole, whole),)
    >>> facts = Facts(dues=dues, disputed=Decimal(40))
    >>> for part in aged(facts, today):
    ...     print(part.late_since, part.low, part.high)
    2026-11-08 0 0.6
    None 0.6 1
    """
    one = standing(facts, today)
    if facts.plan and one.silence == "planned":
        yield from _agreed(facts, one, today)
        return
    collected = _collected_on(facts)
    days = sorted({due.day for due in facts.dues})
    for day in days:
        left = total(due.left for due in facts.dues if due.day == day)
        asked = total(part.left for part in one.to_ask if part.day == day)
        late_since = day if one.late_since and day < today else None
        for part in _asked_and_not(day, late_since, asked, left):
            yield part._replace(collected_on=collected.get(day))


def _collected_on(facts: Facts) -> dict[date, date]:
    """When each part is collected, of those of which that is known."""
    return {
        money.part: money.day
        for money in facts.coming
        if money.kind in COLLECTED and money.part and money.day
    }


def _agreed(facts: Facts, one: Standing, today: date) -> Iterator[Aged]:
    """Parts of a plan: whatever the quotients, all of them are all that is open."""
    unpaid, free = unpaid_and_free(facts, one.left)
    asked, collected = {part.day for part in free}, _collected_on(facts)
    whole, low = total(part.left for part in unpaid), ZERO
    for part in unpaid:
        high = ONE if part is unpaid[-1] else low + part.left / whole
        late_since = part.day if part.day in asked and part.day < today else None
        yield Aged(None, part.day, late_since, low, high, collected.get(part.day))
        low = high


def _asked_and_not(
    day: date, late_since: date | None, asked: Decimal, left: Decimal
) -> Iterator[Aged]:
    share = min(asked / left, ONE) if late_since and left > 0 else ZERO
    if share:
        yield Aged(day, None, late_since, ZERO, share)
    if share < 1:
        yield Aged(day, None, None, share, ONE)
