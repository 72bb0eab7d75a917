"""Bounds within which a debtor's wish is agreed to at once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from odoo.addons.pom_payment.debt.agreed_plan import Agreed, equal_parts
from odoo.addons.pom_payment.debt.rest import total


@dataclass(frozen=True)
class PlanBounds:
    """
    :param most_parts: how many at most.
    :param least_part: how small a part may be.
    :param last_day: by which all must be paid.
    :param first_now: whether the first part must be paid on the day of the wish.
    :param most: how large a debt may be; None for any.
    """

    most_parts: int
    least_part: Decimal
    last_day: date
    first_now: bool = False
    most: Decimal | None = None


def why_a_person(parts: Sequence[Agreed], bounds: PlanBounds, today: date) -> str:
    """Why somebody must look at a wish: a code; '' when it is within the bounds.

    >>> days = [date(2026, month, 1) for month in (1, 2, 3)]
    >>> parts = [Agreed(day, Decimal(40)) for day in days]
    >>> bounds = PlanBounds(3, Decimal(25), date(2026, 3, 1))
    >>> why_a_person(parts, bounds, date(2026, 1, 1))
    ''
    >>> why_a_person(parts, PlanBounds(2, Decimal(25), days[2]), date(2026, 1, 1))
    'parts'
    """
    if not parts:
        return "parts"
    checks = {
        "parts": len(parts) > bounds.most_parts,
        "small": min(part.amount for part in parts) < bounds.least_part,
        "late": parts[-1].day > bounds.last_day,
        "first": bounds.first_now and parts[0].day > today,
        "large": bounds.most is not None
        and total(part.amount for part in parts) > bounds.most,
    }
    return next((code for code, holds in checks.items() if holds), "")


def most_at_once(amount: Decimal, bounds: PlanBounds, today: date) -> int:
    """Into how many parts, one a month from today on, a debt may be divided without a
    person; 0 for none.

    >>> bounds = PlanBounds(6, Decimal(25), date(2026, 3, 1))
    >>> most_at_once(Decimal(100), bounds, date(2026, 1, 1))
    3
    >>> most_at_once(Decimal(49), bounds, date(2026, 1, 1))
    0
    """
    return next(
        (
            count
            for count in range(bounds.most_parts, 1, -1)
            if not why_a_person(equal_parts(amount, count, today), bounds, today)
        ),
        0,
    )
