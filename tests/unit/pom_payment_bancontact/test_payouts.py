"""What Bancontact paid out: the adapter against the simulated service."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from odoo.addons.pom_payment.psp.values import (
    OrderError,
    PayloadError,
)
from odoo.addons.pom_payment_bancontact.psp import BancontactPro as Bancontact
from odoo.addons.pom_payment_bancontact.psp import jws

from tests import clock
from tests.simulators.bancontact_payouts import pay_out
from tests.simulators.bancontact_pro import BancontactPro
from tests.simulators.service import now
from tests.unit.shop import Shop, anything, entries, payouts

from .test_wire import KEY


class TestBancontact:
    @pytest.fixture
    def service(self):
        with BancontactPro(retry_delays=()) as service:
            service.merchants[0].jwks = {"keys": [jws.public_jwk(KEY, "shop-1")]}
            service.page_size = 2
            yield service

    @pytest.fixture
    def bancontact(self, service):
        adapter = Bancontact()
        credentials = adapter.Credentials(
            service.api_key,
            service.ppid,
            service.url,
            signing_key=KEY,
            signing_key_id="shop-1",
            merchant_number=service.merchants[0].number,
        )
        return Shop(adapter, credentials, "")

    def pay(self, service, amount):
        asked = {"amount": amount, "reference": "INV/1"}
        return service.pay(service.create(service.merchants[0], asked).id)

    def test_payout_with_refund_over_several_pages(self, service, bancontact):
        paid = [self.pay(service, 1000 + n) for n in range(5)]
        refund = service.refund(paid[0], "key-1", {"amount": 300, "currency": "EUR"})
        [made] = pay_out(service)
        today = now().date()
        [payout] = payouts(bancontact, today - timedelta(2), today)
        assert payout.reference == made.number and made.number in made.text
        assert (payout.amount, payout.currency) == (Decimal("47.10"), "EUR")
        found = entries(bancontact, payout)
        expected = {payment.id: Decimal(payment.amount) / 100 for payment in paid}
        expected[refund["refundId"]] = Decimal("-3.00")
        assert {entry.reference: entry.gross for entry in found} == expected
        assert payout.consists_of(found)
        assert not payout.consists_of(found[1:])

    def test_days_are_asked_one_by_one(self, bancontact):
        first = date(2026, 11, 24)
        requests = bancontact.adapter.payouts_requests(
            first, first + timedelta(2), bancontact.credentials
        )
        days = [request.params["date"] for request in requests]
        assert days == ["2026-11-24", "2026-11-25", "2026-11-26"]

    @pytest.mark.parametrize("missing", ["signing_key", "merchant_number"])
    def test_not_asked_without(self, bancontact, missing):
        poor = replace(bancontact.credentials, **{missing: ""})
        day = date(2026, 11, 24)
        assert bancontact.adapter.payouts_requests(day, day, poor) == ()

    def test_key_that_is_none(self, bancontact):
        wrong = replace(bancontact.credentials, signing_key="nonsense")
        with pytest.raises(OrderError):
            bancontact.adapter.payouts_requests(clock.today(), clock.today(), wrong)

    def test_signed_by_another(self, bancontact):
        other = replace(bancontact.credentials, merchant_number="0" * 24)
        [request] = bancontact.adapter.payouts_requests(
            clock.today(), clock.today(), other
        )
        assert bancontact.send(request).status_code == 401

    def test_failed_one_is_none(self, bancontact):
        failed = {"payouts": [{"payoutStatus": "FAILED"}]}
        assert bancontact.adapter.read_payouts(failed) == []

    @pytest.mark.parametrize(
        "payload",
        [
            {},
            {"payouts": [{"payoutStatus": "SUCCEEDED", "payoutId": "1"}]},
            {"payouts": ["x"]},
        ],
    )
    def test_unreadable(self, bancontact, payload):
        with pytest.raises(PayloadError):
            bancontact.adapter.read_payouts(payload)

    def test_pages_that_are_not_told(self, bancontact):
        [request] = bancontact.adapter.payouts_requests(
            clock.today(), clock.today(), bancontact.credentials
        )
        with pytest.raises(PayloadError):
            bancontact.adapter.next_request(request, {}, bancontact.credentials)


@pytest.mark.slow
@settings(max_examples=300)
@given(payload=anything, name=st.sampled_from(["payouts", "payments", "refunds"]))
def test_any_answer_is_read_or_refused(payload, name):
    for read in (Bancontact().read_payouts, Bancontact().read_entries):
        for answer in (payload, {name: [payload]}, {"_embedded": {name: [payload]}}):
            try:
                read(answer)
            except PayloadError:
                pass
