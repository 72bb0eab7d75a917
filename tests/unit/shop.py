"""What the Odoo models do around an adapter, without Odoo: fetch, call, apply."""

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

import requests
from hypothesis import strategies as st

from odoo.addons.pom_payment.psp.base import Adapter
from odoo.addons.pom_payment.psp.values import (
    EventContext,
    EventVerdict,
    PayloadError,
    PaymentCreated,
    PaymentOrder,
    PaymentRequest,
    PaymentUpdate,
    Payout,
    PayoutEntry,
)

from tests.simulators.receiver import Received

anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=8,
)


@dataclass
class Shop:
    """What the Odoo models do, without Odoo: fetch, call, apply.

    :param keys: the PSP's key document as we fetched it last.
    """

    adapter: Adapter
    credentials: Any
    callback_url: str
    keys: Any = None
    fetches: int = field(default=0, init=False)

    def send(self, request: PaymentRequest) -> requests.Response:
        return requests.request(
            request.method,
            self.adapter.base_url(self.credentials) + request.endpoint,
            json=request.json,
            data=request.data,
            params=request.params,
            headers={**self.adapter.headers(self.credentials), **request.headers},
            timeout=10,
        )

    def order(self, amount: str = "45.73", reference: str = "INV/2026/00042-1"):
        return PaymentOrder(
            amount=Decimal(amount),
            currency="EUR",
            reference=reference,
            callback_url=self.callback_url,
            return_url="http://127.0.0.1:1/back",
            communication="+++123/4567/89002+++",
            invoice_names=("INV/2026/00042",),
        )

    def create(self, **order) -> PaymentCreated:
        request = self.adapter.payment_request(self.order(**order), self.credentials)
        return self.adapter.read_created(self.send(request).json())

    def fetch(self, provider_reference: str) -> PaymentUpdate:
        request = self.adapter.fetch_request(provider_reference)
        return self.adapter.read_update(self.send(request).json())

    def judge(self, received: Received) -> EventVerdict:
        """Check a callback, and once more with fresh keys if that may help."""
        verdict = self.check(received)
        if verdict.needs_fresh_keys:
            self.fetch_keys()
            verdict = self.check(received)
        return verdict

    def check(self, received: Received) -> EventVerdict:
        context = EventContext(self.credentials, self.callback_url, self.keys)
        return self.adapter.check_event(received.body, received.headers, context)

    def fetch_keys(self):
        self.fetches += 1
        self.keys = requests.get(
            self.adapter.keys_url(self.credentials), timeout=10
        ).json()


def collect(shop, requests, read) -> list:
    """Everything from all pages."""
    found = []
    for request in requests:
        while request:
            answer = shop.send(request)
            assert answer.status_code == 200, answer.text
            found += read(answer.json())
            request = shop.adapter.next_request(
                request, answer.json(), shop.credentials
            )
    return found


def payouts(shop, since: date, until: date) -> list[Payout]:
    requests = shop.adapter.payouts_requests(since, until, shop.credentials)
    return collect(shop, requests, shop.adapter.read_payouts)


def entries(shop, payout: Payout) -> list[PayoutEntry]:
    requests = shop.adapter.entries_requests(payout, shop.credentials)
    return collect(shop, requests, shop.adapter.read_entries)


class Smallest(Adapter):
    """The five required methods: what a new PSP starts with."""

    code = "smallest"
    label = "Smallest"

    class Credentials:
        api_url = "https://psp.example/api/"
        merchant_id = "m"

    def payment_request(self, order, credentials):
        return PaymentRequest("POST", "/payments", json={})

    def read_created(self, payload):
        raise PayloadError

    def fetch_request(self, provider_reference):
        return PaymentRequest("GET", "/payments/1")

    def read_update(self, payload):
        raise PayloadError

    def check_event(self, body, headers, context):
        return EventVerdict(False, "never")
