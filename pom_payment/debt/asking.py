"""A debt as whoever is about to ask for it sees it: part by part, since each part has a
day and reminders of its own.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from .facts import COLLECTED, DIRECT_DEBIT, HELD, RECEIVED, ZERO, Facts
from .reasons import Demands, why_not
from .rest import collected_days
from .standing import Standing, standing


class Part(NamedTuple):
    """What is asked of a part, and its day. Where it's less for who pays early, ``off``
    is added after ``until``.
    """

    day: date
    amount: Decimal
    off: Decimal = ZERO
    until: date | None = None


@dataclass(frozen=True)
class Asking:
    """One debt on one day, for who asks for its parts.

    :param today: the day of the creditor.

    >>> from .facts import Due
    >>> today = date(2026, 11, 28)
    >>> dues = [(date(2026, 10, 9), 300), (date(2027, 1, 1), 700)]
    >>> facts = Facts(dues=tuple(Due(d, Decimal(n), Decimal(n)) for d, n in dues))
    >>> asking = Asking.of(facts, today)
    >>> [day.isoformat() for day in asking.days()]
    ['2026-10-09', '2027-01-01']
    >>> asking.up_to(date(2026, 10, 9)), asking.up_to(date(2027, 1, 1))
    (Decimal('300'), Decimal('1000'))
    """

    facts: Facts
    standing: Standing
    today: date

    @classmethod
    def of(cls, facts: Facts, today: date) -> Asking:
        return cls(facts, standing(facts, today), today)

    def days(self) -> list[date]:
        """Of the parts that the books have open."""
        return sorted({due.day for due in self.facts.dues if due.left > 0})

    def has(self, day: date) -> bool:
        """Whether there is a part of this day, open or not."""
        return any(due.day == day for due in self.facts.dues)

    def part(self, day: date) -> Decimal:
        """What may be asked of the part of this day."""
        return sum(
            (part.left for part in self.standing.to_ask if part.day == day), ZERO
        )

    def open_of(self, day: date) -> Decimal:
        """What the books have open of the part of this day, asked or not."""
        return sum((due.left for due in self.facts.dues if due.day == day), ZERO)

    def parts(self, day: date) -> list[Part]:
        """What a message about the part of this day asks: all that is due by then, or
        by today when that is later, as the page does.
        """
        until = max(day, self.today)
        asked = [
            Part(part.day, part.left)
            for part in self.standing.to_ask
            if part.day <= until
        ]
        return self._with_discount(asked)

    def _with_discount(self, asked: list[Part]) -> list[Part]:
        """Who pays all of it in time pays less."""
        discount = self.standing.discount
        if not discount or sum(part.amount for part in asked) != self.standing.most:
            return asked
        last = asked.pop()
        return [*asked, Part(last.day, last.amount - discount.off, *discount)]

    def asked_of(self, day: date) -> Decimal:
        """What a message asks of the part of this day, with the discount."""
        parts = self.parts(day)
        return sum((part.amount for part in parts if part.day == day), ZERO)

    def up_to(self, day: date) -> Decimal:
        """The sum of what :meth:`parts` says."""
        return sum((part.amount for part in self.parts(day)), ZERO)

    def waits(self) -> bool:
        """Whether nothing is to happen now: the debtor waits for an answer, or somebody
        decided so.

        >>> Asking.of(Facts(unanswered=True), date(2026, 11, 28)).waits()
        True
        >>> Asking.of(Facts(), date(2026, 11, 28)).waits()
        False
        """
        until = self.facts.quiet_until
        return self.facts.unanswered or until is not None and self.today <= until

    def silence(self, day: date) -> str:
        """Why the part of this day isn't asked, a code of ``reasons.SILENCE``; '' when
        it may be.
        """
        if self.standing.silence:
            return self.standing.silence
        if self.part(day):
            return ""
        if day not in self.days():
            return "paid" if self.has(day) else "superseded"
        return self._silence_of_open(day)

    def _silence_of_open(self, day: date) -> str:
        """Of a part that the books have open, and of which nothing is to be asked."""
        if day in {part.day for part in self.standing.parts}:
            # The oldest parts are covered, the latest contested.
            return "covered" if day < self.standing.to_ask[0].day else "disputed"
        kinds = {money.kind for money in self.standing.coming}
        if day in collected_days(self.facts):
            return "mandate" if DIRECT_DEBIT in kinds else "planned"
        if not kinds - COLLECTED:
            # By what the creditor owes on another day.
            return "paid"
        known = (kind for kind in (RECEIVED, HELD) if kind in kinds)
        return next(known, "in_progress")

    def why_not(
        self,
        day: date,
        demands: Demands,
        rate: Decimal = Decimal(1),
        bank_day: date | None = None,
    ) -> str:
        """Why nobody is to be reminded of the part of this day; '' when it's right to.

        :param rate: of the debt's currency in the company's.
        :param bank_day: day of the newest bank statement; None when there is none.
        """
        return self.silence(day) or why_not(
            self.standing,
            demands,
            self.today,
            amount=self.up_to(day),
            day=day,
            rate=rate,
            bank_day=bank_day,
        )
