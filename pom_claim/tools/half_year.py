"""Where a law limits what many small debts of one debtor may cost in half a year."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from types import MappingProxyType
from typing import NamedTuple

from dateutil.relativedelta import relativedelta


class Limit(NamedTuple):
    """
    :param below: of which a debt is small.
    :param most: that all small ones together may cost.
    :param months: in which.
    """

    below: Decimal
    most: Decimal
    months: int

    def since(self, today: date) -> date:
        """Day after which costs count.

        >>> LIMITS["nl_consumer"].since(date(2026, 8, 31))
        datetime.date(2026, 2, 28)
        """
        return today - relativedelta(months=self.months)


#: By the law's code. The Netherlands, since 1 October 2024, of a claim that comes again
#: and again or of instalments (cooster.nl, njb.nl); whether a debt is one, nobody tells
#: us, so that it counts for all of a consumer.
LIMITS: Mapping[str, Limit] = MappingProxyType(
    {"nl_consumer": Limit(Decimal("266.67"), Decimal(140), 6)}
)


class Wanted(NamedTuple):
    """What a message would ask of one debt.

    :param amount: in all that is open then.
    :param known: what of it was asked before.
    """

    key: int
    amount: Decimal
    known: Decimal


def limited(wanted: Iterable[Wanted], room: Decimal) -> dict[int, Decimal]:
    """What may be asked of each, in turn; what was asked before stays.

    :param room: that is left for what is new.

    >>> forty, none = Decimal(40), Decimal(0)
    >>> limited([Wanted(1, forty, none), Wanted(2, forty, none)], Decimal(60))
    {1: Decimal('40'), 2: Decimal('20')}
    >>> limited([Wanted(1, forty, forty), Wanted(2, forty, none)], Decimal(-20))
    {1: Decimal('40'), 2: Decimal('0')}
    """
    found = {}
    room = max(room, Decimal(0))
    for key, amount, known in wanted:
        new = min(max(amount - known, Decimal(0)), room)
        room -= new
        found[key] = min(amount, known) + new
    return found
