"""The European Central Bank's rate for its main refinancing operations on the first day
of each half-year, and what directive 2011/7/EU makes of it: interest on late payment
between businesses is that rate and eight points at least.
"""

from collections.abc import Sequence
from decimal import ROUND_CEILING, Decimal

from .rates import Rates

#: By half-year; a new one is one line here.
REFERENCE = {
    "2022-1": "0",
    "2022-2": "0",
    "2023-1": "2.5",
    "2023-2": "4",
    "2024-1": "4.5",
    "2024-2": "4.25",
    "2025-1": "3.15",
    "2025-2": "2.15",
    "2026-1": "2.15",
    "2026-2": "2.40",
}
HALF = Decimal("0.5")


def late_rates(
    points: int,
    *,
    since: str = "2022-1",
    in_halves: bool = False,
    is_compound: bool = False,
    computed: Sequence[str] = ("2026-2",),
) -> Rates:
    """
    :param points: over the reference rate.
    :param since: the first half-year.
    :param in_halves: rounded up to the half point.
    :param computed: half-years whose national notice wasn't seen.

    >>> from datetime import date
    >>> late_rates(8, in_halves=True).on(date(2026, 7, 1))
    Decimal('10.5')
    """
    rates = {
        half: str(rounded(Decimal(rate) + points, in_halves))
        for half, rate in REFERENCE.items()
        if half >= since
    }
    return Rates.halves(rates, computed, is_compound=is_compound)


def rounded(rate: Decimal, in_halves: bool) -> Decimal:
    if not in_halves:
        return rate
    return (rate / HALF).to_integral_value(ROUND_CEILING) * HALF
