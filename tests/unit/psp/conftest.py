"""A running PSP, a running receiver of its callbacks, and us in between."""

from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

import pytest
import requests

from pom_payment.psp import ADAPTERS
from pom_payment.psp.base import Adapter
from pom_payment.psp.values import (
    EventContext,
    EventVerdict,
    PaymentCreated,
    PaymentOrder,
    PaymentRequest,
    PaymentUpdate,
)
from tests.simulators.bancontact_pro import BancontactPro
from tests.simulators.receiver import Received, Receiver


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


@pytest.fixture(scope="session")
def running_psp():
    with BancontactPro(retry_delays=(0.02, 0.02), callback_timeout=1) as psp:
        yield psp


@pytest.fixture
def psp(running_psp):
    yield running_psp
    running_psp.faults.clear()
    assert running_psp.wait_idle()


@pytest.fixture(scope="session")
def running_receiver():
    with Receiver() as receiver:
        yield receiver


@pytest.fixture
def receiver(running_receiver):
    running_receiver.received.clear()
    running_receiver.answer = lambda received: 200
    return running_receiver


@pytest.fixture
def shop(psp, receiver):
    adapter = ADAPTERS["bancontact_pro"]
    credentials = adapter.Credentials(psp.api_key, psp.ppid, psp.url, psp.jwks_url)
    return Shop(adapter, credentials, receiver.url + "/pom/webhook/bancontact_pro/7")
