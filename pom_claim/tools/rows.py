"""What is open on top of a debt once one more message has asked."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import NamedTuple

from odoo.addons.pom_reminder.tools.on_top import ZERO, OnTop


class Row(NamedTuple):
    """What was asked of one kind so far, and what became of it.

    :param amount: asked in all; of interest, up to the last message.
    :param dropped: that isn't asked any more.
    """

    amount: Decimal = ZERO
    paid: Decimal = ZERO
    dropped: Decimal = ZERO

    @property
    def over(self) -> Decimal:
        return self.paid + self.dropped

    @property
    def left(self) -> Decimal:
        return max(self.amount - self.over, ZERO)


NOTHING = Row()


def open_after(
    rows: Mapping[str, Row], new: OnTop, is_exclusive: bool = False
) -> OnTop:
    """Costs are asked message by message; interest is counted anew from its first day;
    a compensation is asked once.

    :param new: what this message may ask, interest of all days.
    :param is_exclusive: where the compensation covers all costs.

    >>> asked = {"costs": Row(Decimal(5)), "interest": Row(Decimal(3), Decimal(3))}
    >>> [str(one) for one in open_after(asked, OnTop(Decimal(5), Decimal(4)))]
    ['10', '1', '0']

    In Belgium a consumer who owes the lump sum owes no costs of reminders beside it:

    >>> [str(one) for one in open_after(asked, OnTop(ZERO, ZERO, Decimal(20)), True)]
    ['0', '0', '20']
    """
    costs = rows.get("costs", NOTHING)
    interest = rows.get("interest", NOTHING)
    compensation = rows.get("compensation", NOTHING)
    most = max(new.compensation, compensation.amount)
    if is_exclusive and most:
        most -= min(costs.paid, most)
    open_costs = costs.left + new.costs
    return OnTop(
        ZERO if is_exclusive and most + compensation.paid else open_costs,
        max(new.interest - interest.over, ZERO) if new.interest else interest.left,
        max(most - compensation.over, ZERO),
    )
