"""What Stripe paid out: the adapter against the simulated service."""

from datetime import timedelta
from decimal import Decimal

import pytest

from odoo.addons.pom_payment.psp.values import PayloadError, Payout, PspError

from tests.simulators.service import now
from tests.unit.shop import entries, payouts

from .asked import PSP

PAYOUT = {
    "id": "po_1",
    "object": "payout",
    "status": "paid",
    "automatic": True,
    "reconciliation_status": "completed",
    "arrival_date": 1795000000,
    "amount": 970,
    "currency": "eur",
}


def test_payout_and_what_it_consists_of(shop, psp):
    psp.settle()
    paid = [
        psp.pay(shop.create(amount=f"{10 + n}.00").provider_reference) for n in range(3)
    ]
    refund = psp.refund(paid[0], {"amount": "300"})
    lost = psp.charge_back(paid[1].id)
    psp.charge_back(paid[2].id)
    psp.win(paid[2].id)
    made = psp.settle(fee=35)
    today = now().date()
    payout = payouts(shop, today, today)[0]
    assert payout.reference == made.reference
    assert payout.amount == made.amount == Decimal("17.95")
    found = entries(shop, payout)
    gross = {}
    for entry in found:
        gross.setdefault(entry.reference, []).append(entry.gross)
    assert gross[paid[0].intent_id] == [Decimal(10)]
    assert gross[refund["id"]] == [Decimal(-3)]
    assert gross[lost["id"]] == [Decimal(-11)]
    assert sum(gross[psp.payment(paid[2].id).disputes[0]["id"]]) == 0
    assert payout.consists_of(found)
    before = today - timedelta(days=2)
    assert payouts(shop, before, before) == []


@pytest.mark.parametrize(
    "change",
    [
        {"status": "in_transit"},
        {"automatic": False},
        {"reconciliation_status": "in_progress"},
    ],
)
def test_what_cannot_be_split_up_yet(change):
    assert PSP.read_payouts({"data": [{**PAYOUT, **change}]}) == []


def test_text_on_the_statement():
    read = lambda **more: PSP.read_payouts({"data": [{**PAYOUT, **more}]})[0]  # noqa: E731
    assert read().reference == "po_1"
    assert read(statement_descriptor="STRIPE").reference == "STRIPE"
    trace = {"value": "NL12", "status": "supported"}
    assert read(statement_descriptor="S", trace_id=trace).reference == "NL12"
    assert read(amount=-100).amount == Decimal(-1)


@pytest.mark.parametrize("change", [{"arrival_date": None}, {"id": "../x"}])
def test_payout_that_cannot_be_read(change):
    with pytest.raises(PspError):
        PSP.read_payouts({"data": [{**PAYOUT, **change}]})


def test_number_leads_nowhere_else():
    payout = Payout("../x", "", now().date(), Decimal(1), "EUR")
    with pytest.raises(PspError):
        PSP.entries_requests(payout, None)


def test_fee_of_its_own_belongs_to_no_payment():
    line = {"type": "stripe_fee", "amount": -200, "currency": "eur", "source": None}
    assert PSP.read_entries({"data": [line]}) == []


def test_charge_without_an_intent():
    source = {"object": "charge", "id": "py_1", "payment_intent": None}
    line = {"type": "payment", "amount": 200, "currency": "eur", "source": source}
    [entry] = PSP.read_entries({"data": [line]})
    assert entry.reference == "py_1"


@pytest.mark.parametrize(
    "item",
    [
        {"object": "charge"},
        {"object": "dispute", "balance_transactions": ["x"]},
    ],
)
def test_reversal_that_cannot_be_read(item):
    usual = {"id": "du_1", "amount": 1, "currency": "eur"}
    with pytest.raises(PayloadError):
        PSP.read_reversals({"data": [{**usual, **item}]})


def test_dispute_without_movements():
    item = {"id": "du_1", "amount": 1, "currency": "eur", "object": "dispute"}
    [found] = PSP.read_reversals({"data": [item]})
    assert found.status == "pending"
