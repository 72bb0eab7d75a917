"""What a national rule holds, as values."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from odoo.addons.pom_message.tools import working_days

from .rates import Rates, cents

ZERO = Decimal(0)


@dataclass(frozen=True)
class Source:
    """
    :param title: of the law, the judgment or the summary, with the article; marked for
        the translators where it's more than that.
    :param where: its address.
    :param kind: "text", "authority" or "summary".
    """

    title: str
    where: str
    kind: str = "summary"


@dataclass(frozen=True)
class Bracket:
    """What may be asked for a balance up to ``upto``: ``fixed``, and ``percent`` of
    what is over ``over``; at least ``least``, at most ``most``. In euros.
    """

    upto: Decimal
    fixed: Decimal
    over: Decimal = ZERO
    percent: Decimal = ZERO
    least: Decimal = ZERO
    most: Decimal = Decimal("Infinity")

    def penalty(self, balance: Decimal) -> Decimal:
        asked = self.fixed + (balance - self.over) * self.percent / 100
        return min(max(cents(asked), self.least), self.most)


#: Any balance.
ANY = Decimal("Infinity")


def flat(amount: int) -> tuple[Bracket, ...]:
    """The same for any balance."""
    return (Bracket(ANY, Decimal(amount)),)


def next_day(sent: date, country: str) -> date:
    return sent + working_days.DAY


@dataclass(frozen=True)
class Rule:
    """
    :param debtor: "consumer", "business" or "" for anybody.
    :param since: from when the law is as it is told here.
    :param checked_on: when its sources were read.
    :param free_reminders: that must cost nothing, per debt.
    :param free_reminders_recurring: due dates in a calendar year whose reminders must
        cost nothing when goods or services are delivered regularly.
    :param fee_cap: most that a further reminder may cost, postage not counted; None for
        no cap.
    :param fee_only_recurring: no fee but of regular deliveries.
    :param fee_is_postage: a further reminder by post costs its postage, whatever is
        set; by other ways nothing.
    :param grace_days: calendar days between the first reminder and any cost.
    :param begins_electronic: when these begin after an electronic reminder, and
        ``begins_paper`` after one by post; that day isn't counted.
    :param safety_days: that we add, so that nobody can find the term too short.
    :param costs_from: from when costs run: "due" (the day after it), "term" (its
        end), or "reminder" (the first one).
    :param rates: of the law; None when it gives none.
    :param rate_is_cap: no higher rate can be agreed on.
    :param may_ask_interest: whether any interest may be asked.
    :param brackets: of the compensation, ascending; empty for none.
    :param per_notice: the compensation is counted on all that one message asks, not on
        each debt.
    :param needs_clause: no cost but by the contract or the general conditions.
    :param is_exclusive: the compensation covers all: no fee beside it.
    :param must_state: what a first reminder must contain.
    """

    code: str
    label: str
    country: str = ""
    debtor: str = ""
    since: date = date.min
    checked_on: date = date(2026, 11, 28)
    sources: tuple[Source, ...] = ()
    free_reminders: int = 0
    free_reminders_recurring: int = 0
    fee_cap: Decimal | None = None
    fee_only_recurring: bool = False
    fee_is_postage: bool = False
    grace_days: int = 0
    begins_electronic: Callable[[date, str], date] = next_day
    begins_paper: Callable[[date, str], date] = next_day
    safety_days: int = 0
    costs_from: str = "due"
    rates: Rates | None = None
    rate_is_cap: bool = False
    may_ask_interest: bool = True
    brackets: tuple[Bracket, ...] = ()
    per_notice: bool = False
    needs_clause: bool = False
    is_exclusive: bool = False
    must_state: tuple[str, ...] = ()

    @property
    def is_law(self) -> bool:
        return bool(self.country)

    def last_free_day(self, sent: date, on_paper: bool) -> date:
        """Last day on which the debtor pays without any cost, after a first reminder.

        >>> late = Rule("x", "X", "BE", grace_days=14, safety_days=1)
        >>> late.last_free_day(date(2026, 3, 2), on_paper=False)
        datetime.date(2026, 3, 17)
        """
        if not self.grace_days:
            return sent
        begins = self.begins_paper if on_paper else self.begins_electronic
        # The day on which the term begins is the first of its days.
        days = self.grace_days - 1 + self.safety_days
        return begins(sent, self.country) + timedelta(days=days)

    def fee(
        self,
        asked: Decimal,
        number: int,
        postage: Decimal = ZERO,
        debts_this_year: int | None = None,
    ) -> Decimal:
        """What the reminder with this number (from 1) may cost.

        :param debts_this_year: of regular deliveries: for how many due dates of this
            calendar year the debtor was reminded, this one included; None of others.

        >>> Rule("x", "X", free_reminders=1).fee(Decimal("15"), number=1)
        Decimal('0')
        """
        is_regular = debts_this_year is not None
        if is_regular and debts_this_year <= self.free_reminders_recurring:
            return ZERO
        if number <= self.free_reminders or self.fee_only_recurring and not is_regular:
            return ZERO
        if self.fee_is_postage:
            return cents(postage) if postage else ZERO
        if not asked or self.fee_cap == 0:
            return ZERO
        return cents(asked if self.fee_cap is None else min(asked, self.fee_cap)) + (
            cents(postage)
        )

    def penalty(self, balance: Decimal) -> Decimal:
        """Most that may be asked as compensation for a balance."""
        for bracket in self.brackets:
            if balance <= bracket.upto:
                return bracket.penalty(balance)
        return ZERO

    def penalties(self, balances: Sequence[Decimal]) -> Decimal:
        """Of several debts that one message asks."""
        if self.per_notice:
            return self.penalty(sum(balances, ZERO)) if balances else ZERO
        return sum(map(self.penalty, balances), ZERO)

    def rate_cap(self, today: date, rates: Rates | None = None) -> Decimal | None:
        """Highest yearly interest in percent that can be agreed on; None for any.

        :param rates: those of the law, with what became known since
        """
        if not self.may_ask_interest:
            return ZERO
        if not self.rate_is_cap:
            return None
        rates = rates or self.rates
        return (rates.on(today) if rates else None) or ZERO


NONE = Rule("none", "No law: what was agreed")
