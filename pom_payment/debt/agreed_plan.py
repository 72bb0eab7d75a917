"""A plan that debtor and creditor agreed to: the same part every month, and whether it
is kept.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal
from typing import NamedTuple

from dateutil.relativedelta import relativedelta

from .facts import ZERO, Due

#: Days that a transfer may take.
TRANSFER_TIME = timedelta(days=5)
#: Of each part: a third of an amount is no round number of cents, and debtors round.
TOLERANCE = Decimal("0.01")


class AgreedPlan(NamedTuple):
    """``amount`` in ``count`` equal parts, one a month from ``first_on``."""

    amount: Decimal
    count: int
    first_on: date

    def parts(self) -> list[tuple[date, Decimal]]:
        """Days and amounts; the odd cents are in the first part.

        >>> plan = AgreedPlan(Decimal("100.00"), 3, date(2026, 1, 31))
        >>> [(day.isoformat(), str(amount)) for day, amount in plan.parts()]
        [('2026-01-31', '33.34'), ('2026-02-28', '33.33'), ('2026-03-31', '33.33')]
        """
        unit = Decimal(1).scaleb(self.amount.as_tuple().exponent)
        part = (self.amount / self.count // unit) * unit
        first = self.amount - part * (self.count - 1)
        return [
            (self.first_on + relativedelta(months=n), part if n else first)
            for n in range(self.count)
        ]


def is_kept(plan: AgreedPlan, left: Decimal, today: date) -> bool:
    """
    :param left: what is still open today.

    >>> plan = AgreedPlan(Decimal(90), 3, date(2026, 1, 31))
    >>> [is_kept(plan, Decimal(90), date(2026, 2, day)) for day in (5, 6)]
    [True, False]
    >>> is_kept(plan, Decimal(60), date(2026, 2, 6))
    True
    >>> is_kept(plan, Decimal(1), date(2026, 4, 6))
    False
    """
    over = sum(day + TRANSFER_TIME < today for day, _amount in plan.parts())
    # Equal parts: the odd cents of the first one are asked, and nobody breaks on them.
    due = plan.amount * (plan.count - over) / plan.count
    return left <= due + over * TOLERANCE


def spread(plan: AgreedPlan, debts: Sequence[Decimal]) -> list[tuple[Due, ...]]:
    """The parts of the plan that are unpaid, shared out among the debts it is about.

    :param debts: what is left of each, the oldest first; the first parts pay those.
    :return: the parts of each debt, which sum to what is left of it

    >>> plan = AgreedPlan(Decimal(90), 3, date(2026, 1, 31))
    >>> for parts in spread(plan, [Decimal(40), Decimal(30)]):
    ...     print([(part.day.month, str(part.left)) for part in parts])
    [(1, '10'), (2, '30')]
    [(3, '30')]
    """
    # What the creditor owes has no part in a plan.
    debts = [max(debt, ZERO) for debt in debts]
    unpaid = _unpaid(plan.parts(), sum(debts, ZERO))
    return [tuple(_take(unpaid, debt)) for debt in debts]


def _unpaid(parts: list[tuple[date, Decimal]], left: Decimal) -> list[Due]:
    """The last parts that make what is left; more than the plan is due at first."""
    rest: list[Due] = []
    for day, amount in reversed(parts):
        part = min(amount, left)
        left -= part
        if part > 0:
            rest.insert(0, Due(day, amount, part))
    if left > 0:
        rest.insert(0, Due(parts[0][0], left, left))
    return rest


def _take(unpaid: list[Due], debt: Decimal):
    """Take parts from the front until they make the debt."""
    while debt > 0:
        part = unpaid.pop(0)
        used = min(part.left, debt)
        debt -= used
        yield part._replace(left=used)
        if part.left > used:
            unpaid.insert(0, part._replace(left=part.left - used))
