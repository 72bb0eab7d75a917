"""Money of a debtor that is in the house and not yet applied: to which debts it will
go, so that nobody is asked for what is here already.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
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
    covered: dict[int, Decimal] = {}
    for _day, left, key in _parts(standings):
        used = min(left, money)
        money -= used
        if used > 0:
            covered[key] = covered.get(key, ZERO) + used
    return covered


def covered_until(money: Decimal, standings: Mapping[int, Standing]) -> date | None:
    """The day of the last part that the money covers something of: what is due later
    gets none, however much more is owed. None where there is money left.

    >>> from datetime import date
    >>> from .facts import Due, Facts
    >>> from .standing import standing
    >>> due = Due(date(2026, 9, 1), Decimal(40), Decimal(40))
    >>> owed = {8: standing(Facts(dues=(due,)), date(2026, 11, 28))}
    >>> covered_until(Decimal(40), owed)
    datetime.date(2026, 9, 1)
    >>> covered_until(Decimal(50), owed)
    """
    for day, left, _key in _parts(standings):
        money -= left
        if money <= 0:
            return day
    return None


def _parts(standings: Mapping[int, Standing]) -> list[tuple[date, Decimal, int]]:
    """Day, amount and debt of what would be asked, in the order of covering."""
    return sorted(
        (part.day, part.left, key)
        for key, one in standings.items()
        if not one.silence or one.can_be_paid
        for part in one.to_ask
    )
