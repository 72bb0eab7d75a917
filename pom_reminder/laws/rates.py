"""Yearly interest that a law sets, half-year by half-year, as a dated table."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal

CENT = Decimal("0.01")
DAYS_A_YEAR = 365
DAY = timedelta(days=1)


@dataclass(frozen=True)
class Rate:
    """
    :param since: first day.
    :param percent: a year; None where it isn't known: nothing is asked for those days.
    :param known: "published" (its notice was seen or told of by several), or "computed"
        by the law's own formula, the notice being still to come.
    """

    since: date
    percent: Decimal | None
    known: str = "published"


@dataclass(frozen=True)
class Rates:
    """
    :param rows: ascending.
    :param until: last day for which the table speaks; later days ask nothing until
        somebody has added the next rate.
    :param is_compound: whether interest bears interest after each whole year.
    """

    rows: tuple[Rate, ...]
    until: date
    is_compound: bool = False

    def on(self, day: date) -> Decimal | None:
        """
        >>> two = Rates.halves({"2026-1": "10.5", "2026-2": None})
        >>> two.on(date(2026, 6, 30)), two.on(date(2026, 7, 1)), two.on(date.min)
        (Decimal('10.5'), None, None)
        """
        if day > self.until:
            return None
        known = [row for row in self.rows if row.since <= day]
        return known[-1].percent if known else None

    @classmethod
    def halves(
        cls,
        percents: dict[str, str | None],
        computed: Sequence[str] = (),
        *,
        is_compound: bool = False,
    ) -> Rates:
        """A table of half-years, ``2026-1`` from January and ``2026-2`` from July."""
        rows = tuple(
            Rate(
                half_begins(half),
                None if percent is None else Decimal(percent),
                "computed" if half in computed else "published",
            )
            for half, percent in percents.items()
        )
        return cls(rows, half_ends(max(percents)), is_compound)

    def interest(self, principal: Decimal, start: date, end: date) -> Decimal:
        """For the days after ``start`` up to ``end``, each at the rate of its day.

        >>> half = Rates.halves({"2026-1": "10.5"})
        >>> half.interest(Decimal(1000), date(2026, 1, 1), date(2026, 1, 31))
        Decimal('8.63')
        """
        asked = Decimal(0)
        for first, last in self._years(start, end):
            base = principal + asked if self.is_compound else principal
            asked += self._simple(base, first, last)
        return cents(asked)

    def _years(self, start: date, end: date) -> Iterator[tuple[date, date]]:
        """The years from the start on, each as the day before it and its last."""
        first, number = start, 1
        while first < end:
            last = min(years_after(start, number), end)
            yield first, last
            first, number = last, number + 1

    def _simple(self, principal: Decimal, start: date, end: date) -> Decimal:
        edges = [row.since - DAY for row in self.rows if start < row.since <= end]
        asked = Decimal(0)
        for first, last in zip([start, *edges], [*edges, end], strict=True):
            percent = self.on(first + DAY)
            days = (min(last, self.until) - first).days
            asked += simple(principal, percent or Decimal(0), max(days, 0))
        return asked


def simple(principal: Decimal, percent: Decimal, days: int) -> Decimal:
    return principal * percent * days / (100 * DAYS_A_YEAR)


def agreed_interest(
    principal: Decimal, percent: Decimal, start: date, end: date
) -> Decimal:
    """Simple interest at a rate that was agreed on, for the days after ``start`` up to
    ``end``.

    >>> new_year = date(2026, 1, 1)
    >>> agreed_interest(Decimal(1000), Decimal("10.5"), new_year, date(2026, 1, 31))
    Decimal('8.63')
    """
    return cents(simple(principal, percent, max(0, (end - start).days)))


def cents(amount: Decimal) -> Decimal:
    return amount.quantize(CENT, ROUND_HALF_UP)


def years_after(day: date, number: int) -> date:
    """
    >>> years_after(date(2024, 2, 29), 1)
    datetime.date(2025, 2, 28)
    """
    try:
        return day.replace(year=day.year + number)
    except ValueError:
        return day.replace(year=day.year + number, day=28)


def half_begins(half: str) -> date:
    year, number = half.split("-")
    return date(int(year), 1 if number == "1" else 7, 1)


def half_ends(half: str) -> date:
    year, number = half.split("-")
    return date(int(year), 6, 30) if number == "1" else date(int(year), 12, 31)
