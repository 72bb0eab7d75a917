"""How a debt stands that is paid on several dates."""

from datetime import date
from decimal import Decimal
from typing import NamedTuple


class Instalment(NamedTuple):
    date: date
    amount: Decimal
    left: Decimal


class Standing(NamedTuple):
    """``asked`` is what should be paid now; 0 when all that is due has been paid."""

    asked: Decimal
    next_date: date | None
    next_amount: Decimal


def standing(instalments: list[Instalment], today: date) -> Standing | None:
    """
    :param instalments: sorted by date
    :return: None when there is only one date, so that nothing is spread

    >>> from datetime import date
    >>> plan = [Instalment(date(2026, 1, 10), Decimal(40), Decimal(0)),
    ...         Instalment(date(2026, 2, 10), Decimal(60), Decimal(60))]
    >>> standing(plan, date(2026, 1, 20)).asked
    Decimal('0')
    >>> standing(plan, date(2026, 2, 10)).asked
    Decimal('60')

    Before the first payment, the first instalment is asked for, due or not:

    >>> standing([plan[1], plan[1]], date(2026, 1, 1)).asked
    Decimal('60')
    """
    if len(instalments) < 2:
        return None
    unpaid = [instalment for instalment in instalments if instalment.left > 0]
    due = sum((i.left for i in unpaid if i.date <= today), Decimal(0))
    untouched = all(i.left == i.amount for i in instalments)
    if not due and untouched and unpaid:
        due = unpaid[0].left
    later = [i for i in unpaid if i.date > today]
    following = later[0] if later else None
    return Standing(
        due,
        following.date if following else None,
        following.left if following else Decimal(0),
    )
