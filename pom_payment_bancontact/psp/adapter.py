"""Bancontact Pro (formerly Payconiq), merchant API v3.

Sources: https://docs.bancontactpro.com (payments 3.6.5, refunds 3.0.3, and the guides
"callback" and "payloadurlupdate").

A payment lives twenty minutes, so it is made when the payer asks for it, never before.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from hashlib import sha256
from typing import Any, NamedTuple
from urllib.parse import parse_qs, quote, urlsplit

from odoo.addons.pom_payment.psp.reading import (
    as_object,
    described,
    format_time,
    from_cents,
    header,
    is_temporary,
    is_web_address,
    mask_iban,
    optional_text,
    parse_time,
    read_status,
    sepa_text,
    text,
    to_cents,
)
from odoo.addons.pom_payment.psp.values import (
    EventContext,
    EventVerdict,
    OrderError,
    PayloadError,
    PaymentCreated,
    PaymentOrder,
    PaymentRequest,
    PaymentUpdate,
    PspError,
    PspFailure,
    RefundUpdate,
    Search,
)

from . import jws
from .events import authentic_event, check_address, check_claims
from .payouts import BancontactPayouts
from .signing import merchant_claims, sign


class Hosts(NamedTuple):
    api: str
    jwks: str


#: The legacy hosts answer as well; a setting may name any other.
HOSTS = {
    "production": Hosts(
        "https://merchant.api.bancontact.net", "https://jwks.bancontact.net"
    ),
    "preproduction": Hosts(
        "https://merchant.api.preprod.bancontact.net",
        "https://jwks.preprod.bancontact.net",
    ),
    "legacy_production": Hosts(
        "https://api.payconiq.com", "https://payconiq.com/certificates"
    ),
    "legacy_preproduction": Hosts(
        "https://api.ext.payconiq.com", "https://ext.payconiq.com/certificates"
    ),
}

STATUS = {
    "PENDING": "pending",
    "IDENTIFIED": "pending",
    "PENDING_MERCHANT_ACKNOWLEDGEMENT": "pending",
    "AUTHORIZED": "authorized",
    "SUCCEEDED": "done",
    "AUTHORIZATION_FAILED": "failed",
    "FAILED": "failed",
    "CANCELLED": "cancelled",
    "VOIDED": "cancelled",
    "EXPIRED": "expired",
}

MAX_CENTS = 999_999
REFERENCE_LENGTH = 35
DESCRIPTION_LENGTH = 140
IDEMPOTENCY_KEY_LENGTH = 64
SEARCH_PAGE_SIZE = 50

#: The guide says ES256; their key document holds RSA keys too, for answers signed the
#: way that the merchant signed.
ALGORITHMS = ("ES256", "RS256")


@dataclass(frozen=True)
class Credentials:
    """
    :param api_key: of the product (36 characters).
    :param ppid: product profile (24 hexadecimal digits).
    :param signing_key: our own private key (P-256, PEM), for refunds and payouts.
    :param signing_key_id: its name in the key document that we publish.
    :param merchant_number: of the contract (24 hexadecimal digits), for payouts.
    :param bulk_id: text in the bank's remittance when payouts are bulked (<= 35).
    """

    api_key: str = field(repr=False)
    ppid: str
    api_url: str = HOSTS["production"].api
    jwks_url: str = HOSTS["production"].jwks
    signing_key: str = field(default="", repr=False)
    signing_key_id: str = ""
    shop_id: str = ""
    shop_name: str = ""
    bulk_id: str = ""
    merchant_number: str = ""

    @property
    def merchant_id(self) -> str:
        return self.ppid


class BancontactPro(BancontactPayouts):
    code = "bancontact_pro"
    label = "Bancontact Pro"
    Credentials = Credentials
    default_methods = frozenset({"bancontact"})
    currencies = frozenset({"EUR"})
    refunds = "partial"
    tells_account = True
    event_headers = frozenset({"signature"})

    def headers(self, credentials: Credentials) -> dict[str, str]:
        return {"Authorization": f"Bearer {credentials.api_key}"}

    def is_ready(self, credentials: Credentials) -> bool:
        return bool(credentials.api_key and credentials.ppid)

    def keys_url(self, credentials: Credentials) -> str:
        return credentials.jwks_url

    def wire_reference(self, reference: str) -> str:
        """Our reference in what their field can hold.

        >>> BancontactPro().wire_reference("INV/2026/00042-1")
        'INV/2026/00042-1'

        One that is cut gets a check at its end, so that the attempts of an invoice
        with a long name don't end up as one:

        >>> BancontactPro().wire_reference("Invoice of a very long series/2026/00042-1")
        'Invoice of a very long ser-9d7f26e7'
        """
        plain = sepa_text(reference)
        if len(plain) <= REFERENCE_LENGTH:
            return plain
        check = sha256(reference.encode()).hexdigest()[:8]
        return f"{plain[: REFERENCE_LENGTH - 9]}-{check}"

    def payment_request(
        self, order: PaymentOrder, credentials: Credentials
    ) -> PaymentRequest:
        body = {
            "amount": check_amount(order.amount, order.currency),
            "currency": "EUR",
            "reference": self.wire_reference(order.reference),
            "description": describe(order),
            "callbackUrl": order.callback_url,
            "returnUrl": order.return_url,
            "bulkId": sepa_text(credentials.bulk_id, 35),
            "shopId": sepa_text(credentials.shop_id, 36),
            "shopName": sepa_text(credentials.shop_name, 36),
        }
        filled = {name: value for name, value in body.items() if value}
        return PaymentRequest("POST", "/v3/payments", json=filled)

    def read_created(self, payload) -> PaymentCreated:
        payment = as_object(payload, "payment")
        deeplink = link(payment, "deeplink")
        redirect_url = link(payment, "checkout") or deeplink
        if not redirect_url:
            raise PayloadError("the payment has no link for the payer")
        return PaymentCreated(
            provider_reference=text(payment, "paymentId"),
            redirect_url=redirect_url,
            deeplink=deeplink,
            qr_payload=qr_payload(payment) or deeplink,
            expires_at=expiry(payment),
        )

    def fetch_request(self, provider_reference: str) -> PaymentRequest:
        return PaymentRequest("GET", payment_path(provider_reference))

    def read_update(self, payload) -> PaymentUpdate:
        payment = as_object(payload, "payment")
        status, unknown = read_status(payment, STATUS)
        return PaymentUpdate(
            provider_reference=text(payment, "paymentId"),
            reference=optional_text(payment, "reference"),
            status=status,
            amount=from_cents(payment, "amount"),
            currency=text(payment, "currency"),
            merchant_id=optional_text(payment, "creditor", "profileId"),
            raw_status=text(payment, "status"),
            unknown_status=unknown,
            untouched=payment["status"] == "PENDING",
            payer_name=optional_text(payment, "debtor", "name"),
            payer_iban=mask_iban(optional_text(payment, "debtor", "iban")),
            method="bancontact",
            expires_at=expiry(payment),
            paid_at=parse_time(payment.get("succeededAt")),
        )

    def check_event(
        self, body: bytes, headers: Mapping[str, str], context: EventContext
    ) -> EventVerdict:
        """Judge a callback.

        The age of the signature doesn't count: they retry for 24 hours with the very
        same headers. A copy is recognised by its ``event_key``, and the payment is
        fetched before anything is believed.
        """
        try:
            signature = jws.parse(header(headers, "signature"))
            check_claims(signature.header, context)
            jws.verify(signature, body, context.keys, ALGORITHMS)
            check_address(signature.header, context)
        except (jws.UnknownKeyError, jws.SignatureMismatch) as error:
            # Keys were renewed under a new name, or under the old one.
            return EventVerdict(False, str(error), needs_fresh_keys=True)
        except jws.JwsError as error:
            return EventVerdict(False, str(error))
        return authentic_event(body, signature.header)

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
        now: datetime | None = None,
    ) -> PaymentRequest:
        """Refund, taken from the next payout. Bancontact has to activate refunds, and
        to know where our key document is.

        :param now: time of signing, for tests.
        :raises OrderError: when the signing key is missing or wrong.
        """
        if not 0 < len(idempotency_key) <= IDEMPOTENCY_KEY_LENGTH:
            raise OrderError("The idempotency key must have 1 to 64 characters.")
        path = payment_path(provider_reference) + "/refunds"
        values = {
            "amount": check_amount(amount, currency),
            "currency": currency,
            "description": sepa_text(description, DESCRIPTION_LENGTH),
        }
        body = json.dumps(values, separators=(",", ":")).encode()
        claims = merchant_claims(credentials, path, idempotency_key, now=now)
        return PaymentRequest(
            "POST",
            path,
            data=body,
            headers={
                "Content-Type": "application/json",
                "Idempotency-Key": idempotency_key,
                "Signature": sign(claims, body, credentials),
            },
        )

    def read_refund(self, payload) -> RefundUpdate:
        refund = as_object(payload, "refund")
        status, unknown = read_status(refund, STATUS)
        return RefundUpdate(
            refund_reference=text(refund, "refundId"),
            provider_reference=text(refund, "paymentId"),
            status=status,
            amount=from_cents(refund, "amount"),
            currency=text(refund, "currency"),
            unknown_status=unknown,
        )

    def fetch_refund_request(
        self, provider_reference: str, refund_reference: str
    ) -> PaymentRequest:
        path = f"{payment_path(provider_reference)}/refunds/{segment(refund_reference)}"
        return PaymentRequest("GET", path)

    def refund_iban_request(self, provider_reference: str) -> PaymentRequest:
        path = payment_path(provider_reference) + "/debtor/refundIban"
        return PaymentRequest("GET", path)

    def search_request(self, search: Search) -> PaymentRequest:
        """Look for payments. The answer may lag behind: fetch before believing it."""
        body: dict[str, Any] = {
            "from": format_time(search.since),
            "to": format_time(search.until),
        }
        if search.statuses:
            body["paymentStatuses"] = [
                k for k, v in STATUS.items() if v in search.statuses
            ]
        if search.reference:
            body["reference"] = self.wire_reference(search.reference)
        return PaymentRequest(
            "POST",
            "/v3/payments/search",
            json=body,
            params=_paging(search.page, SEARCH_PAGE_SIZE),
        )

    def read_search(self, payload) -> list[PaymentUpdate]:
        details = as_object(payload, "search result").get("details")
        if not isinstance(details, list):
            raise PayloadError("the search result has no list of payments")
        return [self.read_update(payment) for payment in details]

    def read_failure(self, http_status: int, payload) -> PspFailure:
        error = payload if isinstance(payload, Mapping) else {}
        code = optional_text(error, "code") or str(http_status)
        return PspFailure(
            code=code,
            message=optional_text(error, "message"),
            temporary=is_temporary(http_status) or code == "TRY_AGAIN_LATER",
            trace=optional_text(error, "traceId"),
        )


# --- what we send -----------------------------------------------------------


def _paging(page: int, size: int) -> dict[str, str]:
    """Both spellings of a part of a search: the contract (3.6.5) says ``limit``, ten
    when it isn't told, and ``offset``; merchants' clients say ``page`` and ``size``.
    """
    contract = {"limit": str(size), "offset": str(page * size)}
    return {"page": str(page), "size": str(size), **contract}


def check_amount(amount: Decimal, currency: str) -> int:
    """Amount in cents, within what the API takes."""
    if currency != "EUR":
        raise OrderError(f"Bancontact only takes euros, not {currency}.")
    cents = to_cents(amount)
    if not 1 <= cents <= MAX_CENTS:
        raise OrderError(f"Bancontact takes € 0.01 to € 9,999.99, not {amount}.")
    return cents


def describe(order: PaymentOrder) -> str:
    """What the payer reads in the app; the first 46 characters reach the bank."""
    return sepa_text(described(order), DESCRIPTION_LENGTH)


def segment(value: str) -> str:
    """One step of a path. It may come from a webhook, so it must not lead elsewhere."""
    if not value or not value.strip("."):
        raise PspError(f"{value!r} can't be part of an address")
    return quote(value, safe="")


def payment_path(provider_reference: str) -> str:
    return f"/v3/payments/{segment(provider_reference)}"


# --- what we read -----------------------------------------------------------


def expiry(payment: Mapping[str, Any]) -> datetime | None:
    """Both spellings are in use: the guides' and the API's."""
    return parse_time(payment.get("expiresAt") or payment.get("expireAt"))


def link(payment: Mapping[str, Any], name: str) -> str:
    """A link of the payment, '' when it is absent or leads out of the web."""
    href = optional_text(payment, "_links", name, "href")
    return href if is_web_address(href) else ""


def qr_payload(payment: Mapping[str, Any]) -> str:
    """What the QR image of their service would contain, so that we can draw it."""
    href = link(payment, "qrcode")
    return parse_qs(urlsplit(href).query).get("c", [""])[0]
