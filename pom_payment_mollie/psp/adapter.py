"""Mollie, API v2.

Sources: https://docs.mollie.com (payments, refunds, webhooks) and the published
OpenAPI document of August 2026.

Classic webhooks, which every payment has, only say "look at this payment" and aren't
signed. The newer ones, which an account may have on top, are.
"""

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any
from uuid import UUID

from odoo.addons.pom_payment.psp.reading import (
    as_object,
    described,
    is_temporary,
    is_web_address,
    mask_iban,
    optional_text,
    parse_json,
    parse_time,
    read_status,
    text,
)
from odoo.addons.pom_payment.psp.values import (
    HARD,
    ZERO,
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

from .events import PAYMENT_ID, judge_classic, judge_signed
from .mandates import (
    MollieMandates,
    customer_path,
    last_digits,
    numbered,
    why_failed,
)
from .order import amount_object, billing_address, order_lines
from .payouts import MolliePayouts, read_amount
from .reversals import REFUND_STATUS, MollieReversals

STATUS = {
    "open": "pending",
    "pending": "pending",
    "authorized": "authorized",
    "paid": "done",
    "canceled": "cancelled",
    "expired": "expired",
    "failed": "failed",
}

DESCRIPTION_LENGTH = 255
#: Languages of the payer's page that are of use in Belgium and around it; others are
#: left to the browser.
LOCALES = {"nl": "nl_BE", "fr": "fr_BE", "de": "de_DE", "en": "en_GB"}
REFUND_ID = re.compile(r"re_\w{1,64}", re.ASCII)
#: Methods that a phone can go on with from a code on a desktop's screen, one by one
#: (https://docs.mollie.com/docs/qr-codes).
SCANNED = frozenset({"ideal", "bancontact"})
PICTURE = re.compile(r"data:image/png;base64,[A-Za-z0-9+/=]{1,200000}")
#: The most that Mollie lists at once.
SEARCH_SIZE = 250


@dataclass(frozen=True)
class Credentials:
    """
    :param api_key: ``live_…`` or ``test_…``: the mode is in the key.
    :param profile_id: ``pfl_…``, to recognise our own payments.
    :param access_token: ``access_…`` of the organization, to ask for settlements.
    :param webhook_secrets: of the signed webhooks; two while one replaces the other.
    """

    api_key: str = field(repr=False)
    profile_id: str = ""
    webhook_secrets: tuple[str, ...] = field(default=(), repr=False)
    api_url: str = "https://api.mollie.com/v2"
    access_token: str = field(default="", repr=False)

    @property
    def merchant_id(self) -> str:
        return self.profile_id


class Mollie(MolliePayouts, MollieReversals, MollieMandates):
    code = "mollie"
    label = "Mollie"
    Credentials = Credentials
    signs_events = False
    event_headers = frozenset({"x-mollie-signature"})
    refunds = "partial"

    def is_ready(self, credentials: Credentials) -> bool:
        # The key is of one profile, so that what is fetched with it is ours.
        return bool(credentials.api_key)

    def mode(self, credentials: Credentials) -> str:
        found = credentials.api_key.partition("_")[0]
        return found if found in ("live", "test") else ""

    def headers(self, credentials: Credentials) -> dict[str, str]:
        return {"Authorization": f"Bearer {credentials.api_key}"}

    def payment_request(
        self, order: PaymentOrder, credentials: Credentials
    ) -> PaymentRequest:
        body = {
            "amount": amount_object(order.amount, order.currency, agrees(order)),
            "description": describe(order),
            "redirectUrl": order.return_url,
            "webhookUrl": order.callback_url,
            "metadata": {"reference": order.reference},
        }
        locale = LOCALES.get(order.locale[:2].lower())
        if locale:
            body["locale"] = locale
        if order.method:
            body["method"] = order.method
        if order.payer:
            body["billingAddress"] = billing_address(order.payer)
        if order.lines:
            body["lines"] = order_lines(order)
        return PaymentRequest(
            "POST",
            "/payments",
            json={**body, **sequence(order)},
            params={"include": "details.qrCode"} if order.method in SCANNED else {},
            headers=once(order.idempotency_key),
        )

    def read_created(self, payload) -> PaymentCreated:
        payment = as_object(payload, "payment")
        checkout, deeplink = (
            optional_text(payment, "_links", name, "href")
            for name in ("checkout", "mobileAppCheckout")
        )
        if not is_web_address(checkout):
            raise PayloadError("the payment has no page for the payer")
        return PaymentCreated(
            provider_reference=text(payment, "id"),
            redirect_url=checkout,
            deeplink=deeplink if is_web_address(deeplink) else "",
            qr_picture=picture(optional_text(payment, "details", "qrCode", "src")),
            expires_at=parse_time(payment.get("expiresAt")),
        )

    def fetch_request(self, provider_reference: str) -> PaymentRequest:
        return PaymentRequest("GET", payment_path(provider_reference))

    def read_update(self, payload) -> PaymentUpdate:
        payment = as_object(payload, "payment")
        status, unknown = read_status(payment, STATUS)
        amount, currency = read_amount(payment, "amount")
        failure, failure_code = why_failed(payment)
        return PaymentUpdate(
            provider_reference=text(payment, "id"),
            reference=optional_text(payment, "metadata", "reference"),
            status=status,
            amount=amount,
            currency=currency,
            merchant_id=optional_text(payment, "profileId"),
            raw_status=text(payment, "status"),
            unknown_status=unknown,
            untouched=payment["status"] == "open",
            payer_name=optional_text(payment, "details", "consumerName"),
            payer_iban=mask_iban(optional_text(payment, "details", "consumerAccount")),
            method=optional_text(payment, "method"),
            refunded=part_of(payment, "amountRefunded", currency),
            charged_back=part_of(payment, "amountChargedBack", currency),
            expires_at=parse_time(payment.get("expiresAt")),
            paid_at=parse_time(payment.get("paidAt")),
            payout_reference=optional_text(payment, "settlementId"),
            customer=optional_text(payment, "customerId"),
            mandate=optional_text(payment, "mandateId"),
            mandate_hint=last_digits(payment),
            mode=optional_text(payment, "mode"),
            failure=failure,
            failure_code=failure_code,
        )

    def check_event(
        self, body: bytes, headers: Mapping[str, str], context: EventContext
    ) -> EventVerdict:
        """Judge a webhook of either kind.

        A classic one has no number and says no status, so that ``received_at`` has to
        tell the news of "paid" from that of "refunded".
        """
        event = parse_json(body)
        if isinstance(event, Mapping) and event.get("resource") == "event":
            return judge_signed(body, event, headers, context.credentials)
        return judge_classic(body, context)

    def cancel_request(self, provider_reference: str) -> PaymentRequest:
        return PaymentRequest("DELETE", payment_path(provider_reference))

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
        return PaymentRequest(
            "POST",
            payment_path(provider_reference) + "/refunds",
            json={
                "amount": amount_object(amount, currency),
                "description": description[:DESCRIPTION_LENGTH],
            },
            headers=once(idempotency_key),
        )

    def read_refund(self, payload) -> RefundUpdate:
        refund = as_object(payload, "refund")
        status, unknown = read_status(refund, REFUND_STATUS)
        amount, currency = read_amount(refund, "amount")
        return RefundUpdate(
            refund_reference=text(refund, "id"),
            provider_reference=text(refund, "paymentId"),
            status=status,
            amount=amount,
            currency=currency,
            unknown_status=unknown,
        )

    def fetch_refund_request(
        self, provider_reference: str, refund_reference: str
    ) -> PaymentRequest:
        refund = numbered(refund_reference, REFUND_ID, "refund")
        path = f"{payment_path(provider_reference)}/refunds/{refund}"
        return PaymentRequest("GET", path)

    def search_request(self, search: Search) -> PaymentRequest | None:
        """The latest payments: Mollie can't look for one, nor in a time of ours."""
        if search.page:
            return None
        path = f"{customer_path(search.customer) if search.customer else ''}/payments"
        return PaymentRequest("GET", path, params={"limit": str(SEARCH_SIZE)})

    def read_search(self, payload) -> list[PaymentUpdate]:
        found = as_object(payload, "list").get("_embedded")
        payments = found.get("payments") if isinstance(found, Mapping) else None
        if not isinstance(payments, list):
            raise PayloadError("the list has no payments")
        return [self.read_update(payment) for payment in payments]

    def read_failure(self, http_status: int, payload) -> PspFailure:
        error = payload if isinstance(payload, Mapping) else {}
        parts = (optional_text(error, name) for name in ("detail", "field"))
        return PspFailure(
            code=optional_text(error, "title") or str(http_status),
            message=" – ".join(filter(None, parts)),
            temporary=is_temporary(http_status),
            # The mandate was taken back.
            failure=HARD if http_status == 410 else "",
        )


# --- what we send -----------------------------------------------------------


def describe(order: PaymentOrder) -> str:
    return described(order)[:DESCRIPTION_LENGTH] or order.reference[:DESCRIPTION_LENGTH]


def sequence(order: PaymentOrder) -> dict[str, str]:
    """Whether the payer is asked to agree to later payments, or has agreed."""
    if order.mandate:
        return {
            "sequenceType": "recurring",
            "customerId": order.customer,
            "mandateId": order.mandate,
        }
    if order.customer:
        return {"sequenceType": "first", "customerId": order.customer}
    return {}


def agrees(order: PaymentOrder) -> bool:
    """Whether the payer may agree without paying anything."""
    return bool(order.customer and not order.mandate)


def once(key: str) -> dict[str, str]:
    """Repeating a request with the same key doesn't do the thing twice. Mollie wants a
    UUID of version 4: the same one for the same key.

    >>> once("attempt-1") == once("attempt-1") != once("attempt-2")
    True
    """
    if not key:
        return {}
    digest = hashlib.sha256(key.encode()).digest()
    return {"Idempotency-Key": str(UUID(bytes=digest[:16], version=4))}


def payment_path(provider_reference: str) -> str:
    return f"/payments/{numbered(provider_reference, PAYMENT_ID, 'payment')}"


# --- what we read -----------------------------------------------------------


def part_of(payment: Mapping[str, Any], name: str, currency: str) -> Decimal:
    """An amount that is only there when it isn't nothing."""
    if payment.get(name) is None:
        return ZERO
    amount, its_currency = read_amount(payment, name)
    if its_currency != currency:
        raise PayloadError(f"{name} is in {its_currency}, the payment in {currency}")
    return amount


def picture(src: str) -> str:
    """The code of a payment if it is in the answer itself; one at an address isn't
    shown, since the payer's browser would tell there who looks at which payment.

    >>> picture("data:image/png;base64,aGk="), picture("https://qr.example/1.png")
    ('data:image/png;base64,aGk=', '')
    """
    return src if PICTURE.fullmatch(src) else ""
