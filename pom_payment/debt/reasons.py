"""Why a debtor isn't reminded, and why a payment may not begin: codes and sentences,
one list each.

Adding a reason not to remind: a line in :data:`SILENCE`, and its check in
:func:`silence_of` (something about the debt; another addon tells it as a fact) or in
:func:`why_not` (something that a policy demands). Both are asked when planning, and
again at the moment of sending. Why a payment may not begin follows from the word for
the debt: its check is in :mod:`.standing`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from ..tools.marking import _
from .facts import DIRECT_DEBIT, HELD, Due, Facts

if TYPE_CHECKING:
    from .standing import Standing


#: Why nobody is reminded; the first that holds is told. A selection field holds them.
SILENCE = {
    # About the debt: silence_of, or Asking.silence where it's about a part only.
    "paid": "Nothing is due any more",
    "received": "A payment was received and is being booked",
    "in_progress": "A payment is in progress",
    "held": "A payment came in that doesn't match: decide on it first",
    "blocked": "Blocked for payment",
    "withdrawn": "The payment link was withdrawn",
    "planned": "A payment plan or planned payment is running",
    "mandate": "Collected by direct debit",
    "handed_over": "Handed over for collection",
    "disputed": "Disputed",
    "hold": "Reminders on hold",
    "covered": "The customer has money with us that isn't applied yet",
    "unmatched": "A bank line that isn't matched yet may be its payment",
    "opted_out": "The customer is not to be reminded",
    # What a policy demands: why_not.
    "before": "Due before the day from which you remind",
    "small": "Below the smallest amount",
    "creditor": "The company's enterprise number is missing: a reminder must state it",
    "stale_bank": "The bank statements are not recent enough",
    # Who plans and who sends finds these.
    "no_address": "No address for any of the channels",
    "stopped": "All reminders are stopped",
    "error": "Something went wrong; the log says what",
    "superseded": "The invoice follows another policy or level by now",
}
#: These end the debt's reminders; the others are looked at again next time.
FINAL = frozenset({"paid", "superseded"})

#: Why a payment may not begin, by the word for the debt: said to who wants to pay.
REFUSAL = {
    "none": _("There is nothing to pay."),
    "draft": _("This invoice isn't final yet."),
    "cancelled": _("This invoice was cancelled."),
    "reversed": _("This invoice has been settled by a credit note."),
    "credit": _("Nothing is due: the company owes you."),
    "paid": _("This has been paid already."),
    "received": _("The payment was received and is being booked."),
    "in_progress": _("A payment is in progress."),
    "held": _("A payment was received, and the company is looking at it."),
    "blocked": _("This doesn't have to be paid now."),
    "withdrawn": _("The company has taken this request back."),
    "collected": _("The company collects this by itself."),
}


def silence_of(facts: Facts, word: str, to_ask: Sequence[Due], today: date) -> str:
    """Code of what there is about a debt that speaks against reminding; '' for nothing.

    :param word: for the debt, one of ``standing.WORDS``.
    :param to_ask: parts of which something may be asked.
    """
    kinds = {money.kind for money in facts.coming}
    checks = {
        "received": word == "received",
        "in_progress": word == "in_progress",
        # Of another amount, too: a person decides first whether that was all.
        "held": HELD in kinds,
        "blocked": word == "blocked",
        "withdrawn": word == "withdrawn",
        "planned": bool(facts.plan)
        or word == "collected"
        and DIRECT_DEBIT not in kinds,
        "mandate": word == "collected",
        "handed_over": facts.handed_over and word in ("handed_over", "covered"),
        # All of it; while a part is contested, the rest is quiet until the answer.
        "disputed": word == "disputed",
        "hold": facts.quiet_until is not None and today <= facts.quiet_until,
        "covered": not to_ask,
        "unmatched": facts.unmatched,
        "opted_out": facts.opted_out,
    }
    return next((code for code, holds in checks.items() if holds), "")


@dataclass(frozen=True)
class Demands:
    """What a policy demands before anybody is reminded.

    :param least: smallest amount that is worth a reminder, in the company's currency.
    :param since: what was due before that day is left in peace; None for any.
    :param bank_days: how old the newest bank statement may be; None for any.
    :param creditor_known: whether all is known that a law wants said of the creditor.
    """

    least: Decimal = Decimal(0)
    since: date | None = None
    bank_days: int | None = None
    creditor_known: bool = True


def why_not(
    standing: Standing,
    demands: Demands,
    today: date,
    *,
    amount: Decimal,
    day: date | None = None,
    rate: Decimal = Decimal(1),
    bank_day: date | None = None,
) -> str:
    """Code of the reason not to remind, about the debt or of the policy; '' when it is
    right to.

    :param amount: what would be asked, in the debt's currency.
    :param day: on which it is due.
    :param rate: of that currency in the company's.
    :param bank_day: day of the newest bank statement; None when there is none.

    >>> from .facts import Due, Facts
    >>> from .standing import standing
    >>> today = date(2026, 3, 2)
    >>> debt = standing(Facts(dues=(Due(today, Decimal(50), Decimal(50)),)), today)
    >>> why_not(debt, Demands(), today, amount=Decimal(50))
    ''
    >>> why_not(debt, Demands(least=Decimal(60)), today, amount=Decimal(50))
    'small'
    """
    if standing.silence:
        return standing.silence
    checks = {
        "covered": amount <= 0,
        "before": bool(day and demands.since and day < demands.since),
        "small": amount * rate < demands.least,
        "creditor": not demands.creditor_known,
        "stale_bank": is_stale(bank_day, demands.bank_days, today),
    }
    return next((code for code, holds in checks.items() if holds), "")


def is_stale(bank_day: date | None, most_days: int | None, today: date) -> bool:
    """Whether the newest bank statement is too old to know who has paid.

    :param most_days: that it may be old; None for any.
    """
    if most_days is None:
        return False
    return bank_day is None or (today - bank_day).days > most_days
