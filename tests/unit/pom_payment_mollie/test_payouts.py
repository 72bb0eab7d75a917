"""What Mollie paid out: the adapter against the simulated service."""

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from odoo.addons.pom_payment.psp.values import (
    PayloadError,
    PayoutEntry,
)
from odoo.addons.pom_payment_mollie.psp.adapter import Credentials, Mollie

from tests import clock
from tests.simulators.mollie import Mollie as MollieService
from tests.simulators.service import now
from tests.unit.shop import Shop, anything, entries, payouts


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
        assert mollie.adapter.payouts_requests(clock.today(), clock.today(), poor) == ()

    def test_token_is_no_api_key(self, mollie):
        wrong = replace(mollie.credentials, access_token=mollie.credentials.api_key)
        [request] = mollie.adapter.payouts_requests(clock.today(), clock.today(), wrong)
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
@settings(max_examples=300)
@given(payload=anything, name=st.sampled_from(["payouts", "payments", "refunds"]))
def test_any_answer_is_read_or_refused(payload, name):
    for read in (Mollie().read_payouts, Mollie().read_entries):
        for answer in (payload, {name: [payload]}, {"_embedded": {name: [payload]}}):
            try:
                read(answer)
            except PayloadError:
                pass
