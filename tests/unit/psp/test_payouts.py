"""What was paid out: both adapters against the simulated services."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pom_payment.psp import ADAPTERS, jws
from pom_payment.psp.mollie import Credentials, Mollie
from pom_payment.psp.values import OrderError, PayloadError, Payout, PayoutEntry
from tests.simulators.bancontact_payouts import pay_out
from tests.simulators.bancontact_pro import BancontactPro
from tests.simulators.mollie import Mollie as MollieService
from tests.simulators.service import now

from .conftest import Shop
from .test_bancontact_pro_wire import KEY
from .test_base import Smallest, anything

READERS = [ADAPTERS["bancontact_pro"], Mollie()]


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


class TestBancontact:
    @pytest.fixture
    def service(self):
        with BancontactPro(retry_delays=()) as service:
            service.merchants[0].jwks = {"keys": [jws.public_jwk(KEY, "shop-1")]}
            service.page_size = 2
            yield service

    @pytest.fixture
    def bancontact(self, service):
        adapter = ADAPTERS["bancontact_pro"]
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
            bancontact.adapter.payouts_requests(date.today(), date.today(), wrong)

    def test_signed_by_another(self, bancontact):
        other = replace(bancontact.credentials, merchant_number="0" * 24)
        [request] = bancontact.adapter.payouts_requests(
            date.today(), date.today(), other
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
            date.today(), date.today(), bancontact.credentials
        )
        with pytest.raises(PayloadError):
            bancontact.adapter.next_request(request, {}, bancontact.credentials)


class TestMollie:
    @pytest.fixture
    def service(self):
        with MollieService(retry_delays=()) as service:
            service.page_size = 2
            yield service

    @pytest.fixture
    def mollie(self, service):
        credentials = Credentials(
            service.api_key, api_url=service.api_url, access_token=service.access_token
        )
        return Shop(Mollie(), credentials, "")

    def pay(self, service, amount):
        asked = {
            "amount": {"currency": "EUR", "value": amount},
            "description": "INV/1",
            "redirectUrl": "http://127.0.0.1:1/",
        }
        return service.pay(service.create(asked).id)

    def test_settlement_over_several_pages(self, service, mollie):
        paid = [self.pay(service, f"{10 + n}.00") for n in range(5)]
        refund = service.refund(
            paid[0], {"amount": {"currency": "EUR", "value": "3.00"}}
        )
        service.charge_back(paid[1].id)
        made = service.settle(fee=29)
        today = now().date()
        [payout] = payouts(mollie, today, today)
        assert payout.reference == made.reference
        assert payout.amount == made.amount == Decimal("44.55")
        found = entries(mollie, payout)
        gross = {entry.reference: entry.gross for entry in found}
        assert len(gross) == 7
        assert gross[refund["id"]] == Decimal("-3.00")
        assert sum(gross.values()) == Decimal("46.00")
        assert payout.consists_of(found)
        assert not payout.consists_of([entry for entry in found if entry.gross < 12])

    def test_all_settlements_of_all_pages(self, service, mollie):
        for _settlement in range(5):
            self.pay(service, "10.00")
            service.settle()
        today = now().date()
        found = payouts(mollie, today, today)
        assert len({payout.reference for payout in found}) == 5

    def test_not_asked_without_token(self, mollie):
        poor = replace(mollie.credentials, access_token="")
        assert mollie.adapter.payouts_requests(date.today(), date.today(), poor) == ()

    def test_token_is_no_api_key(self, mollie):
        wrong = replace(mollie.credentials, access_token=mollie.credentials.api_key)
        [request] = mollie.adapter.payouts_requests(date.today(), date.today(), wrong)
        assert mollie.send(request).status_code == 403

    def test_open_one_is_none(self, mollie):
        opened = {"_embedded": {"settlements": [{"status": "open"}]}}
        assert mollie.adapter.read_payouts(opened) == []

    @pytest.mark.parametrize(
        "settlement",
        [
            {"id": "stl_1", "settledAt": None},
            {"id": "../payments", "settledAt": "2026-11-26T08:00:00Z"},
            "x",
        ],
    )
    def test_unreadable(self, mollie, settlement):
        if isinstance(settlement, dict):
            settlement = {"status": "paidout", **settlement}
        with pytest.raises(PayloadError):
            mollie.adapter.read_payouts({"_embedded": {"settlements": [settlement]}})

    @pytest.mark.parametrize("embedded", [{}, {"payments": {}}, {"refunds": ["x"]}])
    def test_unreadable_entries(self, mollie, embedded):
        with pytest.raises(PayloadError):
            mollie.adapter.read_entries({"_embedded": embedded})

    def test_amount_where_none_is_settled(self, mollie):
        item = {"id": "re_1", "amount": {"currency": "EUR", "value": "3.00"}}
        [entry] = mollie.adapter.read_entries({"_embedded": {"refunds": [item]}})
        assert entry == PayoutEntry("re_1", Decimal("-3.00"))


@pytest.mark.slow
@pytest.mark.parametrize("adapter", READERS, ids=lambda adapter: adapter.code)
@settings(max_examples=300)
@given(payload=anything, name=st.sampled_from(["payouts", "payments", "refunds"]))
def test_any_answer_is_read_or_refused(adapter, payload, name):
    for read in (adapter.read_payouts, adapter.read_entries):
        for answer in (payload, {name: [payload]}, {"_embedded": {name: [payload]}}):
            try:
                read(answer)
            except PayloadError:
                pass


def test_psp_that_tells_nothing():
    smallest = Smallest()
    day = date(2026, 11, 24)
    assert smallest.payouts_requests(day, day, None) == ()
    assert smallest.entries_requests(None, None) == ()
    assert smallest.next_request(None, {}, None) is None
    for read in (smallest.read_payouts, smallest.read_entries):
        with pytest.raises(PayloadError):
            read({})
