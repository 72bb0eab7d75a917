"""Whether a charge is made at this moment, and of how much; and what follows from how
it ended.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from odoo.addons.pom_payment.debt.asking import Asking
from odoo.addons.pom_payment.debt.facts import HELD, ZERO
from odoo.addons.pom_payment.debt.reasons import is_stale
from odoo.addons.pom_payment.psp.values import ASK_PAYER, AUTHENTICATE, HARD, SOFT

#: What to do with a charge whose day has come: make it; look again on the next working
#: day; give it up for this part; give it up and have the debtor told.
CHARGE, WAIT, DROP, REFUSE = "charge", "wait", "drop", "refuse"
#: Words of debts that may be paid again later: nobody charges them now.
WAITING = frozenset({"in_progress", "received", "held", "blocked"})
#: Words of debts that are over, or are somebody else's business.
OVER = frozenset({"withdrawn", "handed_over", "disputed", "covered"})

#: What follows from a failure: another try, a request to the payer, the end of the
#: consent, or a person who looks at it.
RETRY, REQUEST, END, PERSON = "retry", "request", "end", "person"


@dataclass(frozen=True)
class Limits:
    """What the payer agreed to.

    :param per_charge: the most at once, None for any.
    :param per_month: the most in a calendar month, None for any.
    :param until: the last day, None for no end.
    """

    per_charge: Decimal | None = None
    per_month: Decimal | None = None
    until: date | None = None

    def exceeded(self, amount: Decimal, in_month: Decimal, day: date) -> str:
        """Code of the limit that a charge would exceed; '' for none.

        :param in_month: what was charged in the month of the day.

        >>> limits = Limits(Decimal(100), Decimal(150), date(2026, 12, 31))
        >>> limits.exceeded(Decimal(100), Decimal(50), date(2026, 12, 31))
        ''
        >>> limits.exceeded(Decimal(101), Decimal(0), date(2026, 12, 1))
        'per_charge'
        >>> limits.exceeded(Decimal(60), Decimal(91), date(2026, 12, 1))
        'per_month'
        >>> limits.exceeded(Decimal(1), Decimal(0), date(2027, 1, 1))
        'until'
        """
        checks = {
            "until": self.until is not None and day > self.until,
            "per_charge": self.per_charge is not None and amount > self.per_charge,
            "per_month": self.per_month is not None
            and amount + in_month > self.per_month,
        }
        return next((code for code, holds in checks.items() if holds), "")


@dataclass(frozen=True)
class Decision:
    """
    :param reason: a code: of the words of debts, of the limits, or ``stale_bank``,
        ``unanswered``, ``superseded``, ``mandate``.
    """

    action: str
    amount: Decimal = ZERO
    reason: str = ""


@dataclass(frozen=True)
class Planned:
    """A charge, as it was announced.

    :param part: day of the part that it is for.
    :param amount: the most that is charged.
    """

    part: date
    amount: Decimal


@dataclass(frozen=True)
class Around:
    """What else counts at the moment of charging.

    :param in_month: what was charged to the same consent in this month.
    :param bank_day: of the newest bank statement, None when there is none.
    :param bank_days: how old that may be, None for any age.
    :param mandate: as the provider says: ``valid``, ``pending``, ``invalid``.
    """

    limits: Limits = Limits()
    in_month: Decimal = ZERO
    bank_day: date | None = None
    bank_days: int | None = None
    mandate: str = "valid"


def decide(asking: Asking, planned: Planned, around: Around) -> Decision:
    """What to do now with a charge whose day has come.

    :param asking: the debt as if nobody had planned to collect it

    >>> from odoo.addons.pom_payment.debt.facts import Due, Facts
    >>> today = date(2026, 12, 1)
    >>> dues = (Due(today, Decimal(100), Decimal(60)),)
    >>> debt = Asking.of(Facts(dues=dues), today)
    >>> decide(debt, Planned(today, Decimal(100)), Around())
    Decision(action='charge', amount=Decimal('60'), reason='')
    >>> decide(debt, Planned(today, Decimal(100)), Around(mandate="pending")).action
    'wait'
    """
    word, today = asking.standing.word, asking.today
    amount = min(planned.amount, _due(asking, planned.part))
    if word in WAITING:
        return Decision(WAIT, reason=word)
    if any(money.kind == HELD for money in asking.facts.coming):
        # Of another amount: a person decides first whether that was all.
        return Decision(WAIT, reason="held")
    if word in OVER or amount <= 0:
        return Decision(DROP, reason=_why_nothing(asking, planned.part))
    if asking.facts.unanswered:
        return Decision(WAIT, reason="unanswered")
    if is_stale(around.bank_day, around.bank_days, today):
        return Decision(WAIT, reason="stale_bank")
    if around.mandate != "valid":
        action = WAIT if around.mandate == "pending" else REFUSE
        return Decision(action, reason="mandate")
    if limit := around.limits.exceeded(amount, around.in_month, today):
        return Decision(REFUSE, amount, limit)
    return Decision(CHARGE, amount)


def _due(asking: Asking, part: date) -> Decimal:
    """What is due of a part; with the discount for who pays all of a debt early."""
    standing = asking.standing
    if standing.discount and asking.part(part) == standing.most:
        return standing.asked
    return asking.part(part)


def _why_nothing(asking: Asking, part: date) -> str:
    word = asking.standing.word
    if word in OVER:
        return word
    return asking.silence(part) or "paid"


def after_failure(kind: str, tries: int, last: int) -> str:
    """What follows from a failure of this kind.

    :param kind: one of ``psp.values.FAILURES``, '' when it isn't known
    :param tries: that were made, this one with them
    :param last: how many there are at most

    >>> [after_failure(kind, 1, 3) for kind in (SOFT, ASK_PAYER, HARD, "")]
    ['retry', 'request', 'end', 'person']
    >>> after_failure(SOFT, 3, 3), after_failure(AUTHENTICATE, 1, 3)
    ('request', 'request')
    """
    if kind == SOFT:
        return RETRY if tries < last else REQUEST
    return {HARD: END, ASK_PAYER: REQUEST, AUTHENTICATE: REQUEST}.get(kind, PERSON)
