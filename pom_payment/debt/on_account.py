"""Money of a debtor that is in the house and not yet applied: to which debts it will
go, so that nobody is asked for what is here already.
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from .facts import ZERO
from .standing import Standing


def cover(money: Decimal, standings: Mapping[int, Standing]) -> dict[int, Decimal]:
    """Share out the money, the oldest due first, among what would be asked.

    :param standings: of all that this debtor owes in the money's currency, by id
    :return: how much covers each debt; those without any are left out

    >>> from datetime import date
    >>> from .facts import Due, Facts
    >>> from .standing import standing
    >>> def debt(month, amount):
    ...     due = Due(date(2026, month, 1), Decimal(amount), Decimal(amount))
    ...     return standing(Facts(dues=(due,)), date(2026, 11, 28))
    >>> cover(Decimal(50), {7: debt(10, 100), 8: debt(9, 40)})
    {8: Decimal('40'), 7: Decimal('10')}
    """
    parts = sorted(
        (part.day, part.left, key)
        for key, one in standings.items()
        if not one.silence or one.can_be_paid
        for part in one.to_ask
    )
    covered: dict[int, Decimal] = {}
    for _day, left, key in parts:
        used = min(left, money)
        money -= used
        if used > 0:
            covered[key] = covered.get(key, ZERO) + used
    return covered
