"""What Bancontact Pro paid out, and what each payout consists of.

Source: https://docs.bancontactpro.com, OpenAPI contract "merchant reconciliation" 3.0.1
and the guide on reconciliation: data of a day are there the next day from nine o'clock;
a payout is the payments less the refunds, and no fee is kept. That the claim ``path``
is without the query is a guess: the contract doesn't say.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from uuid import uuid4

from odoo.addons.pom_payment.psp.base import Adapter
from odoo.addons.pom_payment.psp.reading import as_object, from_cents, parse_time, text
from odoo.addons.pom_payment.psp.values import (
    PayloadError,
    PaymentRequest,
    Payout,
    PayoutEntry,
)

from .signing import merchant_claims, sign

PATH = "/v3/reconciliation/"
#: The only size that the contract allows.
PAGE_SIZE = "10000"


class BancontactPayouts(Adapter):
    def payouts_requests(
        self, since: date, until: date, credentials
    ) -> tuple[PaymentRequest, ...]:
        """One request a day; () without signing key or merchant number."""
        if not (credentials.signing_key and credentials.merchant_number):
            return ()
        days = (since + timedelta(n) for n in range((until - since).days + 1))
        return tuple(
            _get("payouts", {"date": day.isoformat()}, credentials) for day in days
        )

    def read_payouts(self, payload) -> list[Payout]:
        return [
            _payout(item)
            for item in _items(payload, "payouts")
            if text(item, "payoutStatus") == "SUCCEEDED"
        ]

    def entries_requests(
        self, payout: Payout, credentials
    ) -> tuple[PaymentRequest, ...]:
        params = {"payout-id": payout.number}
        return tuple(
            _get(kind, params, credentials) for kind in ("payments", "refunds")
        )

    def read_entries(self, payload) -> list[PayoutEntry]:
        if "refunds" in as_object(payload, "list"):
            return [
                PayoutEntry(text(item, "refundId"), -from_cents(item, "amount"))
                for item in _items(payload, "refunds")
            ]
        return [
            PayoutEntry(text(item, "paymentId"), from_cents(item, "amount"))
            for item in _items(payload, "payments")
        ]

    def next_request(
        self, request: PaymentRequest, payload, credentials
    ) -> PaymentRequest | None:
        pages = as_object(payload, "list").get("totalPages")
        if not isinstance(pages, int):
            raise PayloadError("the list doesn't say how many pages it has")
        page = int(request.params["page"]) + 1
        if page >= pages:
            return None
        return _signed(
            replace(request, params={**request.params, "page": str(page)}), credentials
        )


def _get(kind: str, params: dict[str, str], credentials) -> PaymentRequest:
    params = {**params, "page": "0", "size": PAGE_SIZE}
    return _signed(PaymentRequest("GET", PATH + kind, params=params), credentials)


def _signed(request: PaymentRequest, credentials) -> PaymentRequest:
    claims = merchant_claims(
        credentials,
        request.endpoint,
        str(uuid4()),
        issuer=credentials.merchant_number,
    )
    return replace(request, headers={"Signature": sign(claims, b"", credentials)})


def _items(payload, name: str) -> list:
    found = as_object(payload, "list").get(name)
    if not isinstance(found, list):
        raise PayloadError(f"the list has no {name}")
    return [as_object(item, name) for item in found]


def _payout(item) -> Payout:
    moment = parse_time(item.get("payoutDate"))
    if not moment:
        raise PayloadError("payoutDate can't be read")
    number = text(item, "payoutId")
    return Payout(
        number=number,
        reference=number,
        date=moment.date(),
        amount=from_cents(item, "payoutAmount"),
        currency=text(item, "payoutCurrency"),
        gross=from_cents(item, "payoutAmount"),
    )
