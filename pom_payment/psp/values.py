"""What goes to a payment service provider and comes back, whatever its own words are.

Amounts are ``Decimal`` in units of the currency, times are aware and in UTC.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Any

#: What a payment can be, whatever the words of the PSP are. ``authorized`` means that
#: the payer agreed; it is not money. Only ``done`` is money.
STATUSES = ("pending", "authorized", "done", "cancelled", "expired", "failed")
#: Nothing more is expected from the PSP. A late ``done`` may follow all the same.
FINAL_STATUSES = frozenset({"done", "cancelled", "expired", "failed"})

#: What a refund or chargeback can be. ``done``: the money left; ``undone``: it came
#: back, or never left.
REVERSAL_STATUSES = ("pending", "done", "undone")
REFUND, CHARGEBACK = "refund", "chargeback"

#: Why a charge without the payer came to nothing: it may work on another day; the payer
#: has to do something; the payer's bank wants to hear it from the payer, who has done
#: nothing wrong; or nothing may be charged to this mandate any more.
SOFT, ASK_PAYER, AUTHENTICATE, HARD = "soft", "payer", "authenticate", "hard"
FAILURES = (SOFT, ASK_PAYER, AUTHENTICATE, HARD)
#: What a mandate can be; charged is a valid one only.
MANDATE_STATUSES = ("valid", "pending", "invalid")
#: Failure code of ours: the provider can't charge a mandate before its bank told it the
#: account, which takes a working day after some first payments.
UNCONFIRMED = "unconfirmed"

ZERO = Decimal(0)


class PspError(ValueError):
    """Something that an adapter can't build or read."""


class OrderError(PspError):
    """The order or the settings don't suit this PSP: a sentence for the user."""


class PayloadError(PspError):
    """The PSP sent something that we can't read: never to be believed."""


@dataclass(frozen=True)
class Payer:
    """Who owes it, for ways to pay that lend the payer the money; '' where unknown.

    :param country: of two letters.
    """

    given_name: str = ""
    family_name: str = ""
    company: str = ""
    email: str = ""
    phone: str = ""
    street: str = ""
    zip: str = ""
    city: str = ""
    country: str = ""


@dataclass(frozen=True)
class OrderLine:
    """What was bought, for the same ways to pay.

    :param total: what is to be paid for it, tax included.
    :param tax_rate: in percent, None where no single rate holds.
    """

    description: str
    total: Decimal
    tax_rate: Decimal | None = None


@dataclass(frozen=True)
class PaymentOrder:
    """What we want to be paid.

    :param amount: with no more decimals than the currency has; zero where the customer
        only agrees to later payments.
    :param callback_url: where the PSP tells us what became of it.
    :param return_url: where it sends the payer back to.
    :param reference: our own, unique per attempt.
    :param communication: structured communication, as the debtor knows it.
    :param invoice_names: shown to the payer when there is room.
    :param idempotency_key: the same for every try of the same attempt.
    :param method: the PSP's own word for the way to pay, '' to let it ask the payer.
    :param customer: the payer as the PSP numbers him, who agrees with this payment that
        later ones are charged without him; '' when nothing of the kind is asked.
    :param mandate: what the customer agreed to before: charged without him.
    :param payer: and ``lines``, which make up the amount: where the method needs them.
    """

    amount: Decimal
    currency: str
    reference: str
    callback_url: str
    return_url: str
    communication: str = ""
    description: str = ""
    invoice_names: tuple[str, ...] = ()
    locale: str = ""
    idempotency_key: str = ""
    method: str = ""
    customer: str = ""
    mandate: str = ""
    payer: Payer | None = None
    lines: tuple[OrderLine, ...] = ()


@dataclass(frozen=True)
class Search:
    """Payments to look for, made from ``since`` to ``until``; all words are ours.

    :param charged: to a mandate, without the payer; such may be in another list.
    :param customer: theirs alone; one look may not see all of a longer list.
    """

    since: datetime
    until: datetime
    statuses: tuple[str, ...] = ()
    reference: str = ""
    page: int = 0
    charged: bool = False
    customer: str = ""


@dataclass(frozen=True)
class PaymentRequest:
    """One HTTP request, still to be sent.

    :param endpoint: path below ``base_url``, with a leading slash.
    :param json: body to be sent as JSON, or None.
    :param data: exact bytes of the body when they are signed, or None. At most one of
        ``json`` and ``data`` is set; the type of the content is in ``headers`` then.
    :param headers: on top of those of ``adapter.headers``.
    """

    method: str
    endpoint: str
    json: Mapping[str, Any] | None = None
    data: bytes | None = None
    params: Mapping[str, str] = field(default_factory=dict)
    headers: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class PaymentCreated:
    """The PSP made the payment and says where the payer has to go.

    :param redirect_url: page or app link for the payer's own device.
    :param deeplink: opens the app on a phone; '' when there is none.
    :param qr_payload: text of a QR code for a phone next to a desktop; '' when there
        is none.
    :param qr_picture: that code drawn by the PSP, as a ``data:`` address of a PNG; ''
        when it gives its text, or none.
    """

    provider_reference: str
    redirect_url: str
    deeplink: str = ""
    qr_payload: str = ""
    qr_picture: str = ""
    expires_at: datetime | None = None


@dataclass(frozen=True)
class Reversal:
    """Money of a payment that went back to the payer, or may.

    :param reference: of the refund or chargeback, as the PSP numbers it.
    :param kind: ``REFUND`` (the merchant gave it) or ``CHARGEBACK`` (the payer's bank
        took it).
    :param status: one of ``REVERSAL_STATUSES``.
    :param failure: why the payer's bank took it, one of ``FAILURES``; '' when it isn't
        known.
    """

    reference: str
    kind: str
    status: str
    amount: Decimal
    currency: str
    failure: str = ""

    def __post_init__(self):
        if self.status not in REVERSAL_STATUSES:
            raise PspError(f"{self.status!r} is none of {REVERSAL_STATUSES}")


@dataclass(frozen=True)
class PaymentUpdate:
    """How a payment stands, as fetched from the PSP.

    :param begun_as: another number, under which the payment was begun, where the PSP
        gives the money one of its own.
    :param reversals: refunds and chargebacks one by one, None where only their sums are
        known.
    :param reference: ours, as the PSP kept it: compare with
        ``adapter.wire_reference(order.reference)``.
    :param status: one of ``STATUSES``.
    :param unknown_status: the PSP's word if we don't know it (the status is pending).
    :param untouched: merely made, or refused so that the payer may try again: nothing
        is under way.
    :param merchant_id: whose payment it is: compare with the credentials' own.
    :param payer_iban: masked but for its last digits.
    :param payout_reference: which payout brings the money, to be found on a bank line.
    :param customer: and ``mandate``: what later payments can be charged to; '' if none.
    :param mode: "test" or "live", '' where the PSP doesn't tell.
    :param mandate_hint: last digits of the card or account, to recognise it by.
    :param failure: why it came to nothing, one of ``FAILURES``; '' when it isn't known.
    :param failure_code: the same in the PSP's own word.
    """

    provider_reference: str
    reference: str
    status: str
    amount: Decimal
    currency: str
    merchant_id: str = ""
    raw_status: str = ""
    unknown_status: str = ""
    untouched: bool = False
    payer_name: str = ""
    payer_iban: str = ""
    method: str = ""
    refunded: Decimal = ZERO
    charged_back: Decimal = ZERO
    expires_at: datetime | None = None
    paid_at: datetime | None = None
    payout_reference: str = ""
    customer: str = ""
    mandate: str = ""
    mandate_hint: str = ""
    mode: str = ""
    begun_as: str = ""
    reversals: tuple[Reversal, ...] | None = None
    failure: str = ""
    failure_code: str = ""

    def __post_init__(self):
        if self.status not in STATUSES:
            raise PspError(f"{self.status!r} is none of {', '.join(STATUSES)}")

    @property
    def is_final(self) -> bool:
        return self.status in FINAL_STATUSES


@dataclass(frozen=True)
class RefundUpdate:
    """How a refund stands; ``status`` and ``unknown_status`` as in PaymentUpdate."""

    refund_reference: str
    provider_reference: str
    status: str
    amount: Decimal
    currency: str
    unknown_status: str = ""


@dataclass(frozen=True)
class Payout:
    """Money that the PSP sent to the merchant's bank account.

    :param number: the PSP's own, to ask what it consists of.
    :param reference: as on the bank statement.
    :param amount: what is paid out, after fees.
    :param gross: of all entries together where the PSP says it, else None.
    """

    number: str
    reference: str
    date: date
    amount: Decimal
    currency: str
    gross: Decimal | None = None

    def consists_of(self, entries: Iterable[PayoutEntry]) -> bool:
        """Whether these can be all that it consists of: nothing is guessed.

        >>> payout = Payout("1", "1", date(2026, 11, 26), Decimal("9.70"), "EUR")
        >>> payout.consists_of([PayoutEntry("tr_1", Decimal(10))])
        True
        >>> payout.consists_of([PayoutEntry("tr_1", Decimal(9))])
        False
        """
        total = sum((entry.gross for entry in entries), ZERO)
        if self.gross is not None:
            return total == self.gross
        return total >= self.amount


@dataclass(frozen=True)
class PayoutEntry:
    """
    :param reference: of a payment, or of a refund or chargeback, as the PSP numbers it.
    :param gross: before fees; what was given back is negative.
    """

    reference: str
    gross: Decimal


@dataclass(frozen=True)
class EventContext:
    """What a webhook is judged by. All of it comes from *our* record, none of it from
    the request.

    :param credentials: of the provider that the address belongs to.
    :param callback_url: the address that we gave to the PSP.
    :param keys: the PSP's key document (JWKS) as parsed JSON, if it has one.
    :param former_callback_urls: addresses that payments still in progress were given;
        only looked into for what the PSP signed.
    :param received_at: what the age of a signature is judged by, and tells deliveries
        apart where the PSP doesn't number them; None for now.
    """

    credentials: Any
    callback_url: str
    keys: Mapping[str, Any] | None = None
    former_callback_urls: Container[str] = ()
    received_at: datetime | None = None


@dataclass(frozen=True)
class EventVerdict:
    """Whether a webhook really comes from the PSP and is meant for us.

    :param authentic: where a PSP doesn't sign, it only says that the payment may be
        asked for.

    :param reason: why it was refused, or '' when authentic.
    :param event_key: the same for every copy of an event, '' unless authentic (so that
        a forger can't take the place of the real event).
    :param provider_reference: the payment that it's about, as the PSP numbers it.
    :param needs_fresh_keys: refused, but fetch the PSP's keys anew and judge once
        more. Anyone can cause this: limit how often the keys are fetched.
    :param signed: False when anybody could have sent it: few of those are looked at.
    :param foreign: really from the PSP, and about nothing that this database began:
        nothing is kept of it.
    :param details: more for the event log: never a ground for a decision.
    """

    authentic: bool
    reason: str = ""
    event_key: str = ""
    provider_reference: str = ""
    needs_fresh_keys: bool = False
    signed: bool = True
    foreign: bool = False
    details: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class PspFailure:
    """An error answer of the PSP.

    :param code: in its own words, or the HTTP status.
    :param message: what it says, '' for nothing.
    :param temporary: the same request may well succeed later.
    :param trace: number under which it can find the request, '' for none.
    :param failure: why a charge was refused, one of ``FAILURES``; '' when it isn't
        known.
    :param payment: number of the payment that was made and refused; '' for none.
    """

    code: str
    message: str
    temporary: bool
    trace: str = ""
    failure: str = ""
    payment: str = ""


@dataclass(frozen=True)
class Mandate:
    """What later payments can be charged to, as the PSP knows it.

    :param status: one of ``MANDATE_STATUSES``.
    :param kind: ``card`` or ``direct_debit``.
    :param hint: last digits of the card or account.
    :param expires: last day of a card; None when it has none, or isn't told.
    """

    status: str
    kind: str
    hint: str = ""
    expires: date | None = None

    def __post_init__(self):
        if self.status not in MANDATE_STATUSES:
            raise PspError(f"{self.status!r} is none of {MANDATE_STATUSES}")
