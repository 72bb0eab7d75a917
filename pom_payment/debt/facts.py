"""What is known about a debt, as plain values. Amounts are in the debt's currency, at
its number of digits; days are those of the creditor.
"""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import NamedTuple

ZERO = Decimal(0)
#: Last day of a quiet time that nobody has set an end to.
FOREVER = date.max
#: Kinds of money that is on its way, and what each means:
#: an attempt to pay that was begun and isn't settled; one at a time for each debt,
ATTEMPT = "attempt"
#: a payment that somebody registered and that the books don't show yet,
REGISTERED = "registered"
#: money that a provider took and that isn't booked yet,
RECEIVED = "received"
#: money that came in and doesn't fit, until a person has decided,
HELD = "held"
#: and money that the creditor collects: by direct debit, or a planned charge.
DIRECT_DEBIT = "direct_debit"
CHARGE = "charge"
COLLECTED = frozenset({DIRECT_DEBIT, CHARGE})
#: What a provider's payout will bring.
THROUGH_PROVIDER = frozenset({ATTEMPT, RECEIVED, HELD})


class Due(NamedTuple):
    """A part of a debt and its day; ``left`` of ``amount`` is unpaid. Both are below
    zero for what the creditor owes.
    """

    day: date
    amount: Decimal
    left: Decimal


class Discount(NamedTuple):
    """``off`` needs not be paid by who pays all the rest up to and including a day."""

    off: Decimal
    until: date


#: Kinds of what is asked on top of a debt, in the order in which money is set
#: against them.
CLAIM_KINDS = ("costs", "interest", "compensation")


class Claim(NamedTuple):
    """What a message asked on top of the invoice.

    :param kind: one of :data:`CLAIM_KINDS`.
    :param amount: what of it is unpaid.
    :param day: on which it was asked.
    :param key: whose booking it is: opaque.
    """

    kind: str
    amount: Decimal
    day: date | None = None
    key: Hashable = None


class Coming(NamedTuple):
    """Money that is on its way.

    :param kind: one of those above.
    :param amount: None for all that is left.
    :param day: on which it was begun, received or will be collected, if that's known.
    :param part: day of the part that will be collected; None for the oldest ones.
    """

    kind: str
    amount: Decimal | None = None
    day: date | None = None
    part: date | None = None


@dataclass(frozen=True)
class Facts:
    """
    :param books: why the books ask for nothing: 'none' (no such document, or one that
        nobody pays), 'draft', 'cancelled', 'reversed', 'blocked', 'collected' (as paid
        by what the bank was told to collect); '' when they do.
    :param dues: the document's own parts.
    :param plan: the parts that were agreed to instead, as long as that is kept.
    :param discount: for who pays early, as long as nothing was paid.
    :param claims: what is asked on top.
    :param disputed: what the debtor contests and nobody answered.
    :param coming: what is on its way.
    :param withdrawn: the creditor took the request back: there is no live link.
    :param handed_over: somebody else collects.
    :param on_account: money of the debtor that is in the house and not yet applied, as
        far as it covers this debt: see :mod:`.on_account`.
    :param unanswered: the debtor asked something about it, and nobody answered.
    :param quiet_until: last day on which nobody is asked; :data:`FOREVER` without end.
    :param opted_out: nobody is to be asked by itself.
    :param unmatched: money that nobody set against anything yet may be for this debt.
    """

    books: str = ""
    dues: tuple[Due, ...] = ()
    plan: tuple[Due, ...] = ()
    discount: Discount | None = None
    claims: tuple[Claim, ...] = ()
    disputed: Decimal = ZERO
    coming: tuple[Coming, ...] = ()
    withdrawn: bool = False
    handed_over: bool = False
    on_account: Decimal = ZERO
    unanswered: bool = False
    quiet_until: date | None = None
    opted_out: bool = False
    unmatched: bool = False
