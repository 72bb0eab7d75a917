"""The small interface between our payment engine and a payment service provider.

An adapter *builds* what must be sent and *reads* what came back. It opens no
connection and knows no database, so all of it can be tried with plain values. The
caller sends :class:`PaymentRequest` to ``adapter.base_url(credentials)`` with
``adapter.headers(credentials)``, and hands the answer back as it came.

Amounts are ``Decimal`` in units of the currency, times are aware and in UTC.
"""

from __future__ import annotations

import json
import re
import unicodedata
from abc import ABC, abstractmethod
from collections.abc import Container, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta, timezone
from decimal import Decimal
from typing import Any, ClassVar
from urllib.parse import urlsplit

#: What a payment can be, whatever the words of the PSP are. ``authorized`` means that
#: the payer agreed; it is not money. Only ``done`` is money.
STATUSES = ("pending", "authorized", "done", "cancelled", "expired", "failed")
#: Nothing more is expected from the PSP. A late ``done`` may follow all the same.
FINAL_STATUSES = frozenset({"done", "cancelled", "expired", "failed"})

ZERO = Decimal(0)


class PspError(ValueError):
    """Something that an adapter can't build or read."""


class OrderError(PspError):
    """The order or the settings don't suit this PSP: a sentence for the user."""


class PayloadError(PspError):
    """The PSP sent something that we can't read: never to be believed."""


@dataclass(frozen=True)
class PaymentOrder:
    """What we want to be paid.

    :param amount: more than zero, with no more decimals than the currency has.
    :param reference: our own, unique per attempt.
    :param communication: structured communication, as the debtor knows it.
    :param invoice_names: shown to the payer when there is room.
    :param idempotency_key: the same for every try of the same attempt.
    :param method: the PSP's own word for the way to pay, '' to let it ask the payer.
    :param customer: the payer as the PSP numbers him, who agrees with this payment that
        later ones are charged without him; '' when nothing of the kind is asked.
    :param mandate: what the customer agreed to before: charged without him.
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
    """

    provider_reference: str
    redirect_url: str
    deeplink: str = ""
    qr_payload: str = ""
    expires_at: datetime | None = None


@dataclass(frozen=True)
class PaymentUpdate:
    """How a payment stands, as fetched from the PSP.

    :param reference: ours, as the PSP kept it: compare with
        ``adapter.wire_reference(order.reference)``.
    :param status: one of ``STATUSES``.
    :param unknown_status: the PSP's word if we don't know it (the status is pending).
    :param untouched: merely made: the payer may never have opened it.
    :param merchant_id: whose payment it is: compare with the credentials' own.
    :param payer_iban: masked but for its last digits.
    :param payout_reference: which payout brings the money, to be found on a bank line.
    :param customer: and ``mandate``: what later payments can be charged to; '' if none.
    :param mandate_hint: last digits of the card or account, to recognise it by.
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
    :param received_at: tells deliveries apart where the PSP doesn't number them.
    """

    credentials: Any
    callback_url: str
    keys: Mapping[str, Any] | None = None
    former_callback_urls: Container[str] = ()
    received_at: datetime | None = None


@dataclass(frozen=True)
class EventVerdict:
    """Whether a webhook really comes from the PSP and is meant for us.

    Where a PSP doesn't sign, ``authentic`` only says that the payment may be fetched.

    :param reason: why it was refused, or '' when authentic.
    :param event_key: the same for every copy of an event, '' unless authentic (so that
        a forger can't take the place of the real event).
    :param needs_fresh_keys: refused, but fetch the PSP's keys anew and judge once
        more. Anyone can cause this: limit how often the keys are fetched.
    :param details: more for the event log: never a ground for a decision.
    """

    authentic: bool
    reason: str = ""
    event_key: str = ""
    provider_reference: str = ""
    needs_fresh_keys: bool = False
    details: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class PspFailure:
    """An error answer of the PSP.

    :param temporary: the same request may well succeed later.
    """

    code: str
    message: str
    temporary: bool
    trace: str = ""


class Adapter(ABC):
    """One PSP. Without state: everything comes in as an argument.

    Required: :meth:`payment_request`, :meth:`read_created`, :meth:`fetch_request`,
    :meth:`read_update` and :meth:`check_event`. The optional ones below return None
    where the PSP (or our adapter) can't do it.
    """

    #: As in ``payment.provider.code``.
    code: ClassVar[str]
    label: ClassVar[str]
    #: Frozen dataclass with at least ``api_url`` and ``merchant_id``.
    Credentials: ClassVar[type]
    #: Whether its webhooks are signed. Where they aren't, anybody can send one: it may
    #: cause a question to the PSP, and that's all.
    signs_events: ClassVar[bool] = True
    #: Whether payers can agree to be charged later on: ``customer_request`` and the
    #: mandates of :class:`PaymentOrder`.
    keeps_mandates: ClassVar[bool] = False

    @abstractmethod
    def payment_request(self, order: PaymentOrder, credentials) -> PaymentRequest:
        """:raises OrderError: when this PSP would refuse the order."""

    @abstractmethod
    def read_created(self, payload) -> PaymentCreated:
        """:raises PayloadError: when the answer can't be read."""

    @abstractmethod
    def fetch_request(self, provider_reference: str) -> PaymentRequest:
        """Ask how a payment stands."""

    @abstractmethod
    def read_update(self, payload) -> PaymentUpdate:
        """:raises PayloadError: when the answer can't be read."""

    @abstractmethod
    def check_event(
        self, body: bytes, headers: Mapping[str, str], context: EventContext
    ) -> EventVerdict:
        """Judge a webhook. Never raises, whatever was sent."""

    def is_ready(self, credentials) -> bool:
        """Whether there is what events are judged by; nothing is believed before."""
        return bool(credentials.merchant_id)

    def base_url(self, credentials) -> str:
        return credentials.api_url.rstrip("/")

    def headers(self, credentials) -> dict[str, str]:
        return {}

    def wire_reference(self, reference: str) -> str:
        """Our reference as the PSP will return it."""
        return reference

    def keys_url(self, credentials) -> str | None:
        """Where the PSP publishes the keys for ``EventContext.keys``."""
        return None

    def cancel_request(self, provider_reference: str) -> PaymentRequest | None:
        """Give up a payment in progress."""
        return None

    def refund_request(
        self,
        provider_reference: str,
        amount: Decimal,
        currency: str,
        credentials,
        *,
        idempotency_key: str,
        description: str = "",
    ) -> PaymentRequest | None:
        """Give money back, all or part."""
        return None

    def read_refund(self, payload) -> RefundUpdate | None:
        """:raises PayloadError: when the answer can't be read."""
        return None

    def fetch_refund_request(
        self, provider_reference: str, refund_reference: str
    ) -> PaymentRequest | None:
        """Ask how a refund stands: most PSPs work on it after their answer."""
        return None

    def refund_iban_request(self, provider_reference: str) -> PaymentRequest | None:
        """Ask for the payer's full account number, to refund by bank transfer."""
        return None

    def read_refund_iban(self, payload) -> str:
        """:raises PayloadError: when the answer can't be read."""
        return text(as_object(payload, "refund account"), "iban")

    def payouts_requests(
        self, since: date, until: date, credentials
    ) -> tuple[PaymentRequest, ...]:
        """Ask what was paid out on these days, both included; () when the settings
        don't allow to ask.
        """
        return ()

    def read_payouts(self, payload) -> list[Payout]:
        """Those that really went to the bank.

        :raises PayloadError: when the answer can't be read.
        """
        raise PayloadError("this provider tells of no payouts")

    def entries_requests(
        self, payout: Payout, credentials
    ) -> tuple[PaymentRequest, ...]:
        """Ask what a payout consists of."""
        return ()

    def read_entries(self, payload) -> list[PayoutEntry]:
        """:raises PayloadError: when the answer can't be read."""
        raise PayloadError("this provider tells of no payouts")

    def next_request(
        self, request: PaymentRequest, payload, credentials
    ) -> PaymentRequest | None:
        """The next page of a list; None after the last.

        :raises PayloadError: when the answer can't be read.
        """
        return None

    def customer_request(
        self, name: str, email: str, reference: str
    ) -> PaymentRequest | None:
        """Make a customer, who can agree to be charged later on."""
        return None

    def read_customer(self, payload) -> str:
        """Number of the customer.

        :raises PayloadError: when the answer can't be read.
        """
        raise PayloadError("this provider has no customers")

    def revoke_request(self, customer: str, mandate: str) -> PaymentRequest | None:
        """Nothing can be charged to this mandate from now on."""
        return None

    def search_request(
        self,
        *,
        since: datetime,
        until: datetime,
        statuses: tuple[str, ...] = (),
        reference: str = "",
        page: int = 0,
    ) -> PaymentRequest | None:
        """Look for payments: statuses are ours, times say when they were made."""
        return None

    def read_search(self, payload) -> list[PaymentUpdate]:
        """:raises PayloadError: when the answer can't be read."""
        return []

    def read_failure(self, http_status: int, payload) -> PspFailure:
        """Read an answer that isn't a success; ``payload`` may be anything."""
        return PspFailure(str(http_status), "", is_temporary(http_status))


# ---------------------------------------------------------------------------
# Helpers that every adapter needs
# ---------------------------------------------------------------------------


def is_temporary(http_status: int) -> bool:
    """Whether a later try may succeed: too many requests, or a fault over there.

    >>> is_temporary(429), is_temporary(503), is_temporary(404)
    (True, True, False)
    """
    return http_status in (408, 425, 429) or http_status >= 500


def header(headers: Mapping[str, str], name: str) -> str:
    """Value of a header, whatever its case; '' when absent.

    >>> header({"Signature": "abc"}, "signature")
    'abc'
    """
    return next((v for k, v in headers.items() if k.lower() == name.lower()), "")


def parse_json(body: bytes) -> Any:
    """Body as JSON, or None when it is none."""
    try:
        return json.loads(body)
    except (ValueError, RecursionError):
        return None


def as_object(payload, what: str) -> Mapping[str, Any]:
    if not isinstance(payload, Mapping):
        raise PayloadError(f"the {what} isn't a JSON object")
    return payload


def text(payload: Mapping[str, Any], name: str) -> str:
    """A required text.

    :raises PayloadError: when it is absent, empty or something else.
    """
    value = payload.get(name)
    if not isinstance(value, str) or not value:
        raise PayloadError(f"{name} is missing")
    return value


def optional_text(payload: Mapping[str, Any], *path: str) -> str:
    """A text further down, '' when any step is missing or something else.

    >>> optional_text({"debtor": {"name": "Ivan"}}, "debtor", "name")
    'Ivan'
    """
    value: Any = payload
    for name in path:
        value = value.get(name) if isinstance(value, Mapping) else None
    return value if isinstance(value, str) else ""


def read_status(
    payload: Mapping[str, Any], words: Mapping[str, str]
) -> tuple[str, str]:
    """Status in our words, and theirs when we don't know it.

    >>> read_status({"status": "paid"}, {"paid": "done"})
    ('done', '')
    >>> read_status({"status": "thinking"}, {"paid": "done"})
    ('pending', 'thinking')
    """
    word = text(payload, "status")
    return (words[word], "") if word in words else ("pending", word)


def described(order: PaymentOrder) -> str:
    """What the payer reads. The structured communication comes first: it is what a bank
    transfer is matched by, and the end may be cut.
    """
    parts = [order.communication, order.description]
    parts += [name for name in order.invoice_names if name not in order.description]
    return " ".join(" ".join(filter(None, parts)).split())


def to_cents(amount: Decimal) -> int:
    """Amount in cents.

    >>> to_cents(Decimal("45.73"))
    4573

    :raises OrderError: when there is more than a whole number of cents, since to round
        here would ask for another amount than the invoice does.
    """
    cents = amount * 100
    if not cents.is_finite() or cents != cents.to_integral_value():
        raise OrderError(f"{amount} isn't a whole number of cents.")
    return int(cents)


def from_cents(payload: Mapping[str, Any], name: str) -> Decimal:
    """
    >>> from_cents({"amount": 4573}, "amount")
    Decimal('45.73')

    :raises PayloadError: when it isn't a whole number of cents.
    """
    cents = payload.get(name)
    if not isinstance(cents, int) or isinstance(cents, bool) or cents < 0:
        raise PayloadError(f"{name} isn't a number of cents")
    return Decimal(cents).scaleb(-2)


TIME = re.compile(
    r"(\d{4}-\d\d-\d\d)[Tt ](\d\d:\d\d:\d\d)(?:[.,](\d+))?([Zz]|[+-]\d\d:?\d\d)",
    re.ASCII,
)


def parse_time(value: Any) -> datetime | None:
    """Time in UTC, or None when it can't be read: times only inform, never decide.

    Fractions of a second may have any number of digits (some PSPs send nanoseconds).

    >>> parse_time("2026-11-22T10:24:05.127123456Z").isoformat()
    '2026-11-22T10:24:05.127123+00:00'
    >>> parse_time("2026-11-22T10:24:05+0100").isoformat()
    '2026-11-22T09:24:05+00:00'
    """
    match = TIME.fullmatch(value) if isinstance(value, str) else None
    if not match:
        return None
    day, clock, fraction, zone = match.groups()
    try:
        moment = datetime.fromisoformat(f"{day}T{clock}") - offset(zone)
    except (ValueError, OverflowError):
        return None
    microsecond = int((fraction or "0")[:6].ljust(6, "0"))
    return moment.replace(microsecond=microsecond, tzinfo=timezone.utc)


def offset(zone: str) -> timedelta:
    if zone in "Zz":
        return timedelta()
    sign = -1 if zone[0] == "-" else 1
    return sign * timedelta(hours=int(zone[1:3]), minutes=int(zone[-2:]))


def format_time(moment: datetime) -> str:
    """
    >>> format_time(datetime(2026, 11, 22, 10, 24, 5, 127999, timezone.utc))
    '2026-11-22T10:24:05.127Z'
    """
    utc = moment.astimezone(timezone.utc)
    return f"{utc:%Y-%m-%dT%H:%M:%S}.{utc.microsecond // 1000:03d}Z"


#: Characters that every bank of the SEPA area must pass on
#: (EPC217-08, "SEPA Requirements for an Extended Character Set").
OUTSIDE_SEPA = re.compile(r"[^A-Za-z0-9 /?:().,'+-]+")
#: Those that don't fall apart into a letter and an accent.
LETTERS = str.maketrans(
    {
        "ß": "ss", "æ": "ae", "Æ": "AE", "œ": "oe", "Œ": "OE", "ø": "o", "Ø": "O",
        "đ": "d", "Đ": "D", "ł": "l", "Ł": "L", "’": "'", "‘": "'", "–": "-", "—": "-",
        "_": "-", "&": "+",
    }
)  # fmt: skip


def sepa_text(value: str, length: int | None = None) -> str:
    """Text in the character set that survives every bank, cut at ``length``.

    >>> sepa_text("Façade  Noël & Søn – n°7_b")
    'Facade Noel + Son - n 7-b'
    """
    plain = unicodedata.normalize("NFKD", value.translate(LETTERS))
    plain = "".join(c for c in plain if not unicodedata.combining(c))
    return " ".join(OUTSIDE_SEPA.sub(" ", plain).split())[:length].rstrip()


def mask_iban(iban: str) -> str:
    """Only the last five characters, as banks print them: enough to recognise one's
    own account, no use to anyone else.

    >>> mask_iban("BE68 5390 0754 7034")
    '***********47034'
    """
    plain = "".join(iban.split())
    return "*" * (len(plain) - 5) + plain[-5:]


def is_web_address(url: str) -> bool:
    """Whether a payer's browser may be sent there (and not to ``javascript:``)."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    return parts.scheme in ("https", "http") and bool(parts.hostname)
