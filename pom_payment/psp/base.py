"""The small interface between our payment engine and a payment service provider.

An adapter *builds* what must be sent and *reads* what came back. It opens no
connection and knows no database, so all of it can be tried with plain values. The
caller sends :class:`PaymentRequest` to ``adapter.base_url(credentials)`` with
``adapter.headers(credentials)``, and hands the answer back as it came.

Amounts are ``Decimal`` in units of the currency, times are aware and in UTC.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import ClassVar

from .reading import as_object, is_temporary, text
from .values import (
    EventContext,
    EventVerdict,
    Mandate,
    PayloadError,
    PaymentCreated,
    PaymentOrder,
    PaymentRequest,
    PaymentUpdate,
    Payout,
    PayoutEntry,
    PspFailure,
    RefundUpdate,
    Reversal,
    Search,
)


class Adapter(ABC):
    """One PSP. Without state: everything comes in as an argument.

    Required: :meth:`payment_request`, :meth:`read_created`, :meth:`fetch_request`,
    :meth:`read_update` and :meth:`check_event`. All others are optional: what they do
    here says that the PSP (or our adapter) can't do it. ``…_request`` builds a
    question, ``read_…`` reads its answer, hence they come in pairs.
    """

    #: As in ``payment.provider.code``.
    code: ClassVar[str]
    #: As people know it.
    label: ClassVar[str]
    #: What it must know of the merchant, as values with names: ``api_url``,
    #: ``merchant_id`` and whatever else. The addon of the provider fills it in
    #: ``payment.provider._pom_credentials_<code>()``, the one method that the engine
    #: asks for by the provider's code.
    Credentials: ClassVar[type]
    #: Codes of core's payment methods that a new provider starts with; none: core's.
    default_methods: ClassVar[frozenset[str]] = frozenset()
    #: ISO codes of the only currencies that it takes; none: whichever core offers.
    currencies: ClassVar[frozenset[str]] = frozenset()
    #: What can be given back, in core's words: none, full_only or partial.
    refunds: ClassVar[str] = "none"
    #: Whether it tells the payer's full account number: ``refund_iban_request``.
    tells_account: ClassVar[bool] = False
    #: Whether its webhooks are signed. Where they aren't, anybody can send one: it may
    #: cause a question to the PSP, and that's all.
    signs_events: ClassVar[bool] = True
    #: Headers, in lower case, that are kept with an event: what it was judged by.
    event_headers: ClassVar[frozenset[str]] = frozenset()
    #: Whether payers can agree to be charged later on: ``customer_request`` and the
    #: mandates of :class:`PaymentOrder`.
    keeps_mandates: ClassVar[bool] = False

    def mode(self, credentials) -> str:
        """Whether these credentials are for trying out or for real money: "test",
        "live", or '' where they don't tell.
        """
        return ""

    @abstractmethod
    def payment_request(self, order: PaymentOrder, credentials) -> PaymentRequest:
        """Begin a payment.

        :raises OrderError: when this PSP would refuse the order.
        """

    @abstractmethod
    def read_created(self, payload) -> PaymentCreated:
        """The payment that was begun, and where the payer has to go.

        :param payload: the answer's JSON, whatever that holds; so in all ``read_…``.
        :raises PayloadError: when the answer can't be read.
        """

    @abstractmethod
    def fetch_request(self, provider_reference: str) -> PaymentRequest:
        """Ask how a payment stands."""

    @abstractmethod
    def read_update(self, payload) -> PaymentUpdate:
        """How the payment stands; what it says of the amount is compared with ours.

        :raises PayloadError: when the answer can't be read.
        """

    @abstractmethod
    def check_event(
        self, body: bytes, headers: Mapping[str, str], context: EventContext
    ) -> EventVerdict:
        """Judge a webhook: whether it comes from the PSP, and of which payment it
        tells. How that stands is asked afterwards. Never raises, whatever was sent.
        """

    def is_ready(self, credentials) -> bool:
        """Whether there is what events are judged by; nothing is believed before."""
        return bool(credentials.merchant_id)

    def base_url(self, credentials) -> str:
        """Of the host that all requests go to, without a slash at the end."""
        return credentials.api_url.rstrip("/")

    def headers(self, credentials) -> dict[str, str]:
        """What is sent with every request, such as the key."""
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
        """Give money back, all or part: see :attr:`refunds`."""
        return None

    def read_refund(self, payload) -> RefundUpdate | None:
        """:raises PayloadError: when the answer can't be read."""
        return None

    def fetch_refund_request(
        self, provider_reference: str, refund_reference: str
    ) -> PaymentRequest | None:
        """Ask how a refund stands: most PSPs work on it after their answer."""
        return None

    def reversals_requests(self, provider_reference: str) -> tuple[PaymentRequest, ...]:
        """Ask for each refund and chargeback of a payment; () where they can't be asked
        for one by one.
        """
        return ()

    def read_reversals(self, payload) -> list[Reversal]:
        """:raises PayloadError: when the answer can't be read."""
        raise PayloadError("this provider tells of no reversals")

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

    def agrees_by_paying(self, method: str) -> bool:
        """Whether who pays with this can agree to be charged later on: by the method
        itself, or by the direct debit that the PSP makes of it.

        :param method: core's code of the way to pay
        """
        return False

    def agrees_without_paying(self, method: str) -> bool:
        """Whether a payer can agree to be charged later on without paying now.

        :param method: core's code of the way to pay
        """
        return False

    def mandate_request(self, customer: str, mandate: str) -> PaymentRequest | None:
        """Ask whether a mandate can be charged."""
        return None

    def read_mandate(self, payload) -> Mandate:
        """:raises PayloadError: when the answer can't be read."""
        raise PayloadError("this provider has no mandates")

    def revoke_request(self, customer: str, mandate: str) -> PaymentRequest | None:
        """Nothing can be charged to this mandate from now on."""
        return None

    def search_request(self, search: Search) -> PaymentRequest | None:
        """Look for payments."""
        return None

    def read_search(self, payload) -> list[PaymentUpdate]:
        """:raises PayloadError: when the answer can't be read."""
        return []

    def read_failure(self, http_status: int, payload) -> PspFailure:
        """Read an answer that isn't a success; ``payload`` may be anything."""
        return PspFailure(str(http_status), "", is_temporary(http_status))
