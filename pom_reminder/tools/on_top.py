"""What is asked on top of debts, by kind."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import ROUND_DOWN, Decimal
from typing import NamedTuple

ZERO = Decimal(0)
CENT = Decimal("0.01")


class OnTop(NamedTuple):
    """What is asked on top of a debt, by kind."""

    costs: Decimal = ZERO
    interest: Decimal = ZERO
    compensation: Decimal = ZERO


def in_all(several: Iterable[OnTop]) -> OnTop:
    """
    >>> in_all([OnTop(costs=Decimal(5)), OnTop(Decimal(1), Decimal(2))])
    OnTop(costs=Decimal('6'), interest=Decimal('2'), compensation=Decimal('0'))
    """
    return OnTop(*(sum(kind, ZERO) for kind in zip(OnTop(), *several, strict=True)))


def share(amount: Decimal, weights: Sequence[Decimal]) -> list[Decimal]:
    """What is asked of several debts together, in proportion; odd cents on the first.

    >>> share(Decimal("40.00"), [Decimal(100), Decimal(100), Decimal(100)])
    [Decimal('13.34'), Decimal('13.33'), Decimal('13.33')]
    """
    total = sum(weights, ZERO)
    parts = [(amount * weight / total).quantize(CENT, ROUND_DOWN) for weight in weights]
    parts[0] += amount - sum(parts, ZERO)
    return parts
