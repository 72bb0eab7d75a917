"""What Mollie paid out (settlements), and what each settlement consists of.

Source: https://docs.mollie.com/reference/list-settlements and its neighbours: needs an
access token of the organization with ``settlements.read``, not the API key; the latest
come first, in pages of which ``_links.next`` gives the next. ``settlementAmount`` of a
payment is gross, in the currency that is paid out.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any
from urllib.parse import parse_qs, urlsplit

from odoo.addons.pom_payment.psp.base import Adapter
from odoo.addons.pom_payment.psp.reading import (
    as_object,
    optional_text,
    parse_time,
    text,
)
from odoo.addons.pom_payment.psp.values import (
    PayloadError,
    PaymentRequest,
    Payout,
    PayoutEntry,
)

LIMIT = "250"
NUMBER = re.compile(r"stl_\w{1,64}", re.ASCII)
CURSOR = re.compile(r"\w{1,64}", re.ASCII)
AMOUNT = re.compile(r"-?\d{1,12}(\.\d{1,4})?", re.ASCII)
#: What a settlement consists of, and the sign of its amounts.
KINDS = {"payments": 1, "refunds": -1, "chargebacks": -1}


class MolliePayouts(Adapter):
    def payouts_requests(
        self, since: date, until: date, credentials
    ) -> tuple[PaymentRequest, ...]:
        """The settlements, the latest first; () without an access token."""
        if not credentials.access_token:
            return ()
        return (_get("/settlements", credentials),)

    def read_payouts(self, payload) -> list[Payout]:
        return [
            _payout(item)
            for item in list_items(payload, "settlements")
            if optional_text(item, "status") == "paidout"
        ]

    def entries_requests(
        self, payout: Payout, credentials
    ) -> tuple[PaymentRequest, ...]:
        return tuple(
            _get(f"/settlements/{payout.number}/{kind}", credentials) for kind in KINDS
        )

    def read_entries(self, payload) -> list[PayoutEntry]:
        found = as_object(as_object(payload, "list").get("_embedded"), "list")
        kind = next((kind for kind in KINDS if kind in found), "")
        if not kind:
            raise PayloadError("the list has neither payments nor refunds")
        return [
            PayoutEntry(text(item, "id"), KINDS[kind] * abs(_settled(item)))
            for item in list_items(payload, kind)
        ]

    def next_request(
        self, request: PaymentRequest, payload, credentials
    ) -> PaymentRequest | None:
        href = optional_text(payload, "_links", "next", "href")
        cursor = parse_qs(urlsplit(href).query).get("from", [""])[0]
        if not CURSOR.fullmatch(cursor):
            return None
        return replace(request, params={**request.params, "from": cursor})


def _get(path: str, credentials) -> PaymentRequest:
    return PaymentRequest(
        "GET",
        path,
        params={"limit": LIMIT},
        headers={"Authorization": f"Bearer {credentials.access_token}"},
    )


def list_items(payload, name: str) -> list:
    embedded = as_object(as_object(payload, "list").get("_embedded"), "list")
    found = embedded.get(name)
    if not isinstance(found, list):
        raise PayloadError(f"the list has no {name}")
    return [as_object(item, name) for item in found]


def read_amount(payload: Mapping[str, Any], name: str) -> tuple[Decimal, str]:
    amount = as_object(payload.get(name), name)
    value = text(amount, "value")
    if not AMOUNT.fullmatch(value):
        raise PayloadError(f"{name} isn't an amount")
    return Decimal(value), text(amount, "currency")


def _payout(item) -> Payout:
    number, moment = text(item, "id"), parse_time(item.get("settledAt"))
    if not moment or not NUMBER.fullmatch(number):
        raise PayloadError("a settlement has no date or no number")
    amount, currency = read_amount(item, "amount")
    return Payout(
        number=number,
        reference=text(item, "reference"),
        date=moment.date(),
        amount=amount,
        currency=currency,
    )


def _settled(item) -> Decimal:
    name = "settlementAmount" if item.get("settlementAmount") else "amount"
    amount, _currency = read_amount(item, name)
    return amount
