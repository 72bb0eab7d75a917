"""Stripe, API v1: the payer pays on Stripe's own page (a Checkout Session), or is
charged without being there (a PaymentIntent) if that was agreed to before.

Sources: https://docs.stripe.com/api and https://docs.stripe.com/payments/checkout.

A Session gets its PaymentIntent when the payer confirms. From the moment that this is
money, it's the number that refunds, disputes and payouts speak of.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from odoo.addons.pom_payment.psp.reading import (
    as_object,
    described,
    is_temporary,
    is_web_address,
    optional_text,
    text,
)
from odoo.addons.pom_payment.psp.values import (
    EventContext,
    EventVerdict,
    PayloadError,
    PaymentCreated,
    PaymentOrder,
    PaymentRequest,
    PaymentUpdate,
    PspFailure,
    RefundUpdate,
    Search,
)

from .declines import why_declined
from .events import CHARGE, DATABASE, EVENTS, KIND, REFERENCE, judge
from .mandates import NEVER_KEPT, StripeMandates
from .payments import read_intent, read_session
from .payouts import REFUND_STATUS, StripePayouts
from .saving import SETUP, read_setup, setup_fields
from .wire import (
    LIMIT,
    VERSION,
    currency_of,
    from_units,
    get,
    items,
    moment,
    number_of,
    numbered,
    post,
    to_units,
)

DESCRIPTION_LENGTH = 255
#: Of the payer's page; others are left to the browser.
LOCALES = frozenset({"nl", "fr", "de", "en"})
WHOLE_OF_SESSION = ("payment_intent.latest_charge", "setup_intent.latest_attempt")


@dataclass(frozen=True)
class Credentials:
    """
    :param api_key: ``sk_…`` or ``rk_…``: the mode is in the key.
    :param webhook_secrets: ``whsec_…`` of our own address; two while one replaces the
        other.
    :param database: mark on what is ours: one account may serve several systems.
    """

    api_key: str = field(repr=False)
    webhook_secrets: tuple[str, ...] = field(default=(), repr=False)
    database: str = ""
    api_url: str = "https://api.stripe.com/v1"

    @property
    def merchant_id(self) -> str:
        return self.database


class Stripe(StripePayouts, StripeMandates):
    code = "stripe"
    label = "Stripe"
    Credentials = Credentials
    event_headers = frozenset({"stripe-signature"})
    refunds = "partial"

    def is_ready(self, credentials: Credentials) -> bool:
        return bool(credentials.api_key and any(credentials.webhook_secrets))

    def mode(self, credentials: Credentials) -> str:
        found = credentials.api_key.split("_")[1:2]
        return found[0] if found and found[0] in ("live", "test") else ""

    def headers(self, credentials: Credentials) -> dict[str, str]:
        return {
            "Authorization": f"Bearer {credentials.api_key}",
            "Stripe-Version": VERSION,
        }

    def payment_request(
        self, order: PaymentOrder, credentials: Credentials
    ) -> PaymentRequest:
        key = order.idempotency_key
        if order.mandate:
            return post("/payment_intents", charge_fields(order, credentials), key)
        fields = payment_fields if order.amount or not order.customer else setup_fields
        asked = {**fields(order, credentials), **page_fields(order, credentials)}
        return post("/checkout/sessions", asked, key)

    def read_created(self, payload) -> PaymentCreated:
        session = as_object(payload, "session")
        page = optional_text(session, "url")
        if not is_web_address(page):
            raise PayloadError("the payment has no page for the payer")
        return PaymentCreated(
            provider_reference=numbered(text(session, "id"), "cs"),
            redirect_url=page,
            expires_at=moment(session, "expires_at"),
        )

    def fetch_request(self, provider_reference: str) -> PaymentRequest:
        number = numbered(provider_reference, "cs", "pi")
        if number.startswith("pi_"):
            return get(f"/payment_intents/{number}", "latest_charge")
        return get(f"/checkout/sessions/{number}", *WHOLE_OF_SESSION)

    def read_update(self, payload) -> PaymentUpdate:
        found = as_object(payload, "payment")
        if found.get("mode") == SETUP:
            return read_setup(found)
        if found.get("object") == "checkout.session":
            return read_session(found)
        if found.get("object") == "payment_intent":
            return read_intent(found)
        raise PayloadError("neither a session nor a payment")

    def check_event(
        self, body: bytes, headers: Mapping[str, str], context: EventContext
    ) -> EventVerdict:
        return judge(body, headers, context)

    def cancel_request(self, provider_reference: str) -> PaymentRequest:
        number = numbered(provider_reference, "cs", "pi")
        if number.startswith("pi_"):
            return post(f"/payment_intents/{number}/cancel", {})
        return post(f"/checkout/sessions/{number}/expire", {})

    def refund_request(
        self,
        provider_reference: str,
        amount: Decimal,
        currency: str,
        credentials: Credentials,
        *,
        idempotency_key: str,
        description: str = "",
    ) -> PaymentRequest:
        fields = {
            "payment_intent": numbered(provider_reference, "pi"),
            "amount": to_units(amount, currency),
            "metadata": {REFERENCE: description, DATABASE: credentials.database},
        }
        return post("/refunds", fields, idempotency_key)

    def read_refund(self, payload) -> RefundUpdate:
        refund = as_object(payload, "refund")
        word, currency = text(refund, "status"), currency_of(refund)
        return RefundUpdate(
            refund_reference=numbered(text(refund, "id"), "re", "pyr"),
            provider_reference=number_of(refund, "payment_intent"),
            status=REFUND_STATUS.get(word, "pending"),
            amount=from_units(refund, "amount", currency),
            currency=currency,
            unknown_status="" if word in REFUND_STATUS else word,
        )

    def fetch_refund_request(
        self, provider_reference: str, refund_reference: str
    ) -> PaymentRequest:
        return get(f"/refunds/{numbered(refund_reference, 're', 'pyr')}")

    def search_request(self, search: Search) -> PaymentRequest | None:
        """The latest of that time; Stripe's own search lags behind."""
        if search.page:
            return None
        days = {
            "created[gte]": str(int(search.since.timestamp())),
            "created[lte]": str(int(search.until.timestamp())),
        }
        if search.customer:
            days["customer"] = numbered(search.customer, "cus")
        path = "/payment_intents" if search.charged else "/checkout/sessions"
        return get(path, limit=LIMIT, **days)

    def read_search(self, payload) -> list[PaymentUpdate]:
        """Ours: others' are none of our business."""
        return [
            self.read_update(item)
            for item in items(payload, "payments")
            if optional_text(item, "metadata", REFERENCE)
        ]

    def read_failure(self, http_status: int, payload) -> PspFailure:
        error = payload.get("error") if isinstance(payload, Mapping) else None
        error = error if isinstance(error, Mapping) else {}
        # Why exactly a bank refuses is not for the payer's eyes.
        code = optional_text(error, "code") or optional_text(error, "type")
        return PspFailure(
            code=code or str(http_status),
            message=optional_text(error, "message"),
            # 409: something else is at the same thing.
            temporary=is_temporary(http_status) or http_status == 409,
            failure=why_declined(error)[0] if http_status == 402 else "",
            payment=number_of(error, "payment_intent"),
        )

    def webhook_request(self, url: str) -> PaymentRequest:
        """Have events sent to an address of ours."""
        fields = {"url": url, "enabled_events": EVENTS, "api_version": VERSION}
        return post("/webhook_endpoints", fields)

    def read_webhook(self, payload) -> str:
        """The secret that its events are signed with, told this once.

        :raises PayloadError: when the answer can't be read.
        """
        return text(as_object(payload, "webhook"), "secret")


# --- what we send -----------------------------------------------------------


def page_fields(order: PaymentOrder, credentials: Credentials) -> dict[str, Any]:
    """Of Stripe's page, whatever the payer does on it."""
    language = order.locale[:2].lower()
    return {
        "success_url": order.return_url,
        "cancel_url": order.return_url,
        "client_reference_id": order.reference[:200],
        "locale": language if language in LOCALES else "auto",
        "metadata": {REFERENCE: order.reference, DATABASE: credentials.database},
        "allowed_payment_method_types": [order.method] if order.method else [],
    }


def payment_fields(order: PaymentOrder, credentials: Credentials) -> dict[str, Any]:
    mark = {REFERENCE: order.reference, DATABASE: credentials.database}
    shown = describe(order)
    row = {
        "currency": order.currency.lower(),
        "unit_amount": to_units(order.amount, order.currency),
        "product_data": {"name": shown},
    }
    intent: dict[str, Any] = {"description": shown, "metadata": mark}
    if order.customer and order.method not in NEVER_KEPT:
        intent["setup_future_usage"] = "off_session"
    return {
        "mode": "payment",
        "line_items": [{"quantity": 1, "price_data": row}],
        "payment_intent_data": intent,
        "customer": order.customer,
        # What is owed is paid in its own currency.
        "adaptive_pricing": {"enabled": False},
    }


def charge_fields(order: PaymentOrder, credentials: Credentials) -> dict[str, Any]:
    return {
        "amount": to_units(order.amount, order.currency),
        "currency": order.currency.lower(),
        "customer": numbered(order.customer, "cus"),
        "payment_method": numbered(order.mandate, "pm"),
        "off_session": True,
        "confirm": True,
        "description": describe(order),
        "metadata": {
            REFERENCE: order.reference,
            DATABASE: credentials.database,
            KIND: CHARGE,
        },
        "expand": ["latest_charge"],
    }


def describe(order: PaymentOrder) -> str:
    return (described(order) or order.reference)[:DESCRIPTION_LENGTH]
