"""Yearly interest that a law sets, half-year by half-year, as a dated table."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from typing import NamedTuple

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


class Owed(NamedTuple):
    """What is owed from the day after ``since`` on."""

    since: date
    principal: Decimal


class Period(NamedTuple):
    """Interest of the days after ``after`` up to ``until``, at one rate on one
    principal (where interest bears interest, with what was added to it); unrounded.
    """

    after: date
    until: date
    principal: Decimal
    percent: Decimal
    amount: Decimal


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

    @classmethod
    def agreed(cls, percent: Decimal) -> Rates:
        """One rate for all days, as a contract says it; simple interest.

        >>> new_year = date(2026, 1, 1)
        >>> thirty = (new_year, date(2026, 1, 31))
        >>> Rates.agreed(Decimal("10.5")).interest(Decimal(1000), *thirty)
        Decimal('8.63')
        """
        return cls((Rate(date.min, percent),), date.max)

    def at_most(self, percent: Decimal) -> Rates:
        """A rate that was agreed on, under a law that allows no higher one than its
        own; simple interest, and none where the law's isn't known.

        >>> law = Rates.halves({"2026-1": "10.5", "2026-2": "9.5"})
        >>> ten = law.at_most(Decimal(10))
        >>> ten.on(date(2026, 6, 30)), ten.on(date(2026, 7, 1))
        (Decimal('10'), Decimal('9.5'))
        """
        rows = tuple(
            replace(row, percent=min(row.percent, percent))
            for row in self.rows
            if row.percent is not None
        )
        return replace(self, rows=rows, is_compound=False)

    def with_more(self, percents: Mapping[date, Decimal]) -> Rates:
        """The same table with rates that became known since, by first day; each holds
        for its half-year, and in place of what the table says of that day.

        >>> later = Rates.halves({"2026-2": "10.5"}).with_more(
        ...     {date(2027, 1, 1): Decimal(11)}
        ... )
        >>> later.on(date(2026, 12, 31)), later.on(date(2027, 6, 30)), later.until
        (Decimal('10.5'), Decimal('11'), datetime.date(2027, 6, 30))
        """
        rows = {row.since: row for row in self.rows}
        rows.update((day, Rate(day, percent)) for day, percent in percents.items())
        until = max((self.until, *map(half_end, percents)))
        return replace(self, rows=tuple(rows[day] for day in sorted(rows)), until=until)

    def interest(self, principal: Decimal, start: date, end: date) -> Decimal:
        """For the days after ``start`` up to ``end``, each at the rate of its day.

        >>> half = Rates.halves({"2026-1": "10.5"})
        >>> half.interest(Decimal(1000), date(2026, 1, 1), date(2026, 1, 31))
        Decimal('8.63')
        """
        return interest_of(self.periods((Owed(start, principal),), end))

    def periods(self, owed: Sequence[Owed], end: date) -> tuple[Period, ...]:
        """Interest up to ``end``, of a debt that may have become smaller meanwhile.

        :param owed: by day; interest runs from the day after the first

        >>> half = Rates.halves({"2026-1": "10.5"})
        >>> paid = [Owed(date(2026, 1, 1), Decimal(1000)),
        ...         Owed(date(2026, 1, 11), Decimal(400))]
        >>> for period in half.periods(paid, date(2026, 1, 31)):
        ...     print(period.until, period.principal, round(period.amount, 4))
        2026-01-11 1000 2.8767
        2026-01-31 400 2.3014
        >>> half.periods(paid, date(2027, 6, 1))[-1].until  # of no later rate known
        datetime.date(2026, 6, 30)
        """
        found: list[Period] = []
        for first, last in self._years(owed[0].since, end):
            added = total_of(found) if self.is_compound else Decimal(0)
            for part, until in _spans(owed, last):
                after = max(part.since, first)
                if after < until:
                    found += self._simple(part.principal + added, after, until)
        return tuple(found)

    def _years(self, start: date, end: date) -> Iterator[tuple[date, date]]:
        """The years from the start on, each as the day before it and its last."""
        first, number = start, 1
        while first < end:
            last = min(years_after(start, number), end)
            yield first, last
            first, number = last, number + 1

    def _simple(self, principal: Decimal, start: date, end: date) -> Iterator[Period]:
        """One a rate; days of which none is known are left out."""
        edges = [row.since - DAY for row in self.rows if start < row.since <= end]
        for first, last in zip([start, *edges], [*edges, end], strict=True):
            percent, last = self.on(first + DAY), min(last, self.until)
            if percent is not None and first < last:
                amount = simple(principal, percent, (last - first).days)
                yield Period(first, last, principal, percent, amount)


def _spans(owed: Sequence[Owed], end: date) -> Iterator[tuple[Owed, date]]:
    """Each with its last day, up to ``end``."""
    ends = [min(later.since, end) for later in owed[1:]]
    return zip(owed, [*ends, end], strict=True)


def interest_of(periods: Sequence[Period]) -> Decimal:
    """What they come to, rounded once."""
    return cents(total_of(periods))


def total_of(periods: Sequence[Period]) -> Decimal:
    return sum((period.amount for period in periods), Decimal(0))


def simple(principal: Decimal, percent: Decimal, days: int) -> Decimal:
    return principal * percent * days / (100 * DAYS_A_YEAR)


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


def half_of(day: date) -> str:
    """
    >>> half_of(date(2026, 6, 30)), half_of(date(2026, 7, 1))
    ('2026-1', '2026-2')
    """
    return f"{day.year}-{1 if day.month < 7 else 2}"


def half_end(day: date) -> date:
    """Last day of the half-year of this day."""
    return half_ends(half_of(day))
