"""Why a debtor isn't reminded: the one place that decides it, asked when planning and
again at the moment of sending.
"""

from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

#: Code and words of every reason, the first that holds is told.
REASONS = {
    "paid": "Nothing is due any more",
    "in_progress": "A payment is in progress",
    "planned": "A payment plan or planned payment is running",
    "mandate": "Collected by direct debit",
    "handed_over": "Handed over for collection",
    "hold": "On hold",
    "disputed": "Disputed",
    "opted_out": "The customer is not to be reminded",
    "small": "Below the smallest amount",
    "creditor": "The company's enterprise number is missing: a reminder must state it",
    "stale_bank": "The bank statements are not recent enough",
    "no_address": "No address for any of the channels",
    "stopped": "All reminders are stopped",
    "error": "Something went wrong; the log says what",
    "superseded": "The invoice follows another policy or level by now",
}
#: These end the debt's reminders; the others are looked at again next time.
FINAL = frozenset({"paid", "superseded"})


@dataclass(frozen=True)
class Debt:
    """What is known about an open invoice now.

    :param status: of the payment: open, overdue, partial, in_progress or paid.
    :param disputed: part of the residual that the debtor contests.
    :param rate: of the debt's currency, in the currency of the company.
    :param hold_until: last day of a hold; None with ``on_hold`` is without end.
    :param bank_day: day of the newest bank statement; None when there is none.
    """

    residual: Decimal
    status: str = "overdue"
    disputed: Decimal = Decimal(0)
    rate: Decimal = Decimal(1)
    on_hold: bool = False
    hold_until: date | None = None
    planned: bool = False
    mandate: bool = False
    handed_over: bool = False
    opted_out: bool = False
    bank_day: date | None = None

    @property
    def to_ask(self) -> Decimal:
        """What remains when the disputed part is left out."""
        return max(Decimal(0), self.residual - self.disputed)

    def as_asked(self) -> "Debt":
        """For whoever wants to be reminded: no hold stands in the way of that."""
        return replace(self, on_hold=False, hold_until=None, opted_out=False)


@dataclass(frozen=True)
class Demands:
    """What a policy demands.

    :param least: smallest amount that is worth a reminder, in the company's currency.
    :param bank_days: how old the newest bank statement may be; None for any.
    :param creditor_known: whether all is known that a law wants said of the creditor.
    """

    least: Decimal = Decimal(0)
    bank_days: int | None = None
    creditor_known: bool = True


def why_not(debt: Debt, demands: Demands, today: date) -> str:
    """Code of the reason not to send; '' when it is right to send.

    >>> today = date(2026, 3, 2)
    >>> why_not(Debt(Decimal(50)), Demands(), today)
    ''
    >>> why_not(Debt(Decimal(50), disputed=Decimal(50)), Demands(), today)
    'disputed'
    """
    checks = {
        "paid": debt.status == "paid" or debt.residual <= 0,
        "in_progress": debt.status == "in_progress",
        "planned": debt.planned,
        "mandate": debt.mandate,
        "handed_over": debt.handed_over,
        "hold": is_held(debt, today),
        "disputed": debt.to_ask <= 0,
        "opted_out": debt.opted_out,
        "small": debt.to_ask * debt.rate < demands.least,
        "creditor": not demands.creditor_known,
        "stale_bank": is_stale(debt.bank_day, demands.bank_days, today),
    }
    return next((code for code, holds in checks.items() if holds), "")


def is_held(debt: Debt, today: date) -> bool:
    if debt.hold_until:
        return today <= debt.hold_until
    return debt.on_hold


def is_stale(bank_day: date | None, most_days: int | None, today: date) -> bool:
    if most_days is None:
        return False
    return bank_day is None or (today - bank_day).days > most_days
