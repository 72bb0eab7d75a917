"""The adapter for Mollie against the simulated service, over HTTP."""

from dataclasses import replace
from decimal import Decimal

import pytest
import requests

from odoo.addons.pom_payment.psp.values import PayloadError, PspError, Search

from tests.simulators.receiver import Received
from tests.unit.shop import collect

from .asked import CREDENTIALS, PSP, order


def test_from_order_to_money(shop, psp, receiver):
    created = shop.create()
    assert shop.fetch(created.provider_reference).status == "pending"
    answer = requests.post(
        created.redirect_url,
        data={"action": "pay"},
        allow_redirects=False,
        timeout=10,
    )
    assert answer.status_code == 303
    verdict = shop.judge(receiver.wait_for(1)[0])
    assert verdict.provider_reference == created.provider_reference
    update = shop.fetch(verdict.provider_reference)
    assert (update.status, update.amount) == ("done", Decimal("45.73"))
    assert update.merchant_id == psp.profile_id


def test_same_key_makes_one_payment(shop):
    """odoo/odoo#29297, odoo/odoo#23650."""
    asked = replace(shop.order(), idempotency_key="attempt-7")
    request = PSP.payment_request(asked, shop.credentials)
    one, other = (PSP.read_created(shop.send(request).json()) for _time in range(2))
    assert one == other


def test_answer_that_got_lost_comes_with_the_second_try(shop, psp):
    known = len(psp.payments)
    psp.faults.inject("lost_answer", 504, times=1, only="create")
    asked = replace(shop.order(), idempotency_key="attempt-8")
    request = PSP.payment_request(asked, shop.credentials)
    lost = shop.send(request)
    assert PSP.read_failure(lost.status_code, lost.json()).temporary
    assert shop.send(request).status_code == 201
    assert len(psp.payments) == known + 1


def test_webhook_before_the_answer(shop, psp, receiver):
    psp.faults.inject("webhook_before_answer", times=1)
    created = shop.create()
    [early] = receiver.received
    assert shop.judge(early).provider_reference == created.provider_reference


def test_webhook_about_somebody_else_s_payment(shop, psp, receiver):
    psp.announce_unknown(shop.callback_url)
    verdict = shop.judge(receiver.wait_for(1)[0])
    answer = shop.send(PSP.fetch_request(verdict.provider_reference))
    failure = PSP.read_failure(answer.status_code, answer.json())
    assert answer.status_code == 404 and not failure.temporary


@pytest.mark.parametrize("fault", ["two_signatures", None])
def test_signed_events_over_http(shop, psp, receiver, fault):
    secret = psp.sign_for(shop.callback_url)
    try:
        if fault:
            psp.faults.inject(fault, times=1)
        created = shop.create()
        psp.pay(created.provider_reference)
        signed, classic = receiver.wait_for(2)
    finally:
        psp.signed_webhooks.clear()
    assert not shop.check(signed).authentic
    shop.credentials = replace(shop.credentials, webhook_secrets=(secret,))
    assert shop.check(signed).details["signed"] == "yes"
    assert shop.check(classic).details["signed"] == "no"
    tampered = signed.body.replace(b"45.73", b"00.01")
    assert not shop.check(Received("/", signed.headers, tampered)).authentic


def test_forged_event_over_http(shop, psp, receiver):
    secret = psp.sign_for(shop.callback_url)
    shop.credentials = replace(shop.credentials, webhook_secrets=(secret,))
    try:
        created = shop.create()
        psp.faults.inject("forged", only=created.provider_reference)
        psp.pay(created.provider_reference)
        signed, _classic = receiver.wait_for(2)
    finally:
        psp.signed_webhooks.clear()
    assert not shop.check(signed).authentic


def test_older_attempt_is_paid_and_the_newer_one_fails(shop, psp):
    """mollie/magento2#143, mollie/mollie-odoo#145: each attempt speaks for itself."""
    older, newer = shop.create(reference="INV/7-1"), shop.create(reference="INV/7-2")
    psp.fail(newer.provider_reference)
    psp.pay(older.provider_reference)
    assert shop.fetch(older.provider_reference).status == "done"
    assert shop.fetch(newer.provider_reference).status == "failed"


def test_refund_and_chargeback(shop, psp, receiver):
    created = shop.create()
    psp.pay(created.provider_reference)
    request = PSP.refund_request(
        created.provider_reference,
        Decimal("20"),
        "EUR",
        shop.credentials,
        idempotency_key="refund-1",
        description="Terugbetaling",
    )
    refund = PSP.read_refund(shop.send(request).json())
    assert (refund.status, refund.amount) == ("pending", Decimal("20.00"))
    assert PSP.read_refund(shop.send(request).json()) == refund
    question = PSP.fetch_refund_request(
        created.provider_reference, refund.refund_reference
    )
    assert PSP.read_refund(shop.send(question).json()) == refund
    answer = shop.send(replace(request, headers={"Idempotency-Key": "refund-2"}))
    assert answer.status_code == 409
    psp.charge_back(created.provider_reference, 2573)
    receiver.wait_for(3)
    update = shop.fetch(created.provider_reference)
    assert (update.refunded, update.charged_back) == (Decimal("20"), Decimal("25.73"))
    assert update.status == "done"


@pytest.mark.parametrize(
    ("action", "status"),
    [("expire", "expired"), ("authorize", "authorized"), ("wait", "pending")],
)
def test_other_ways(shop, psp, action, status):
    created = shop.create()
    getattr(psp, action)(created.provider_reference)
    assert shop.fetch(created.provider_reference).status == status


def test_shop_gives_a_payment_up(shop):
    created = shop.create()
    assert shop.send(PSP.cancel_request(created.provider_reference)).ok
    assert shop.fetch(created.provider_reference).status == "cancelled"


def test_money_after_the_end_counts(shop, psp):
    created = shop.create()
    psp.expire(created.provider_reference)
    psp.pay(created.provider_reference, late=True)
    assert shop.fetch(created.provider_reference).status == "done"


def test_wrong_key(shop):
    shop.credentials = replace(shop.credentials, api_key="test_wrong")
    answer = shop.send(PSP.fetch_request("tr_1"))
    failure = PSP.read_failure(answer.status_code, answer.json())
    assert failure.code == "Unauthorized Request"


def test_payer_who_agrees_and_payer_who_agreed():
    first = PSP.payment_request(order(customer="cst_1"), CREDENTIALS).json
    assert first["sequenceType"] == "first"
    assert first["customerId"] == "cst_1"
    again = PSP.payment_request(order(customer="cst_1", mandate="mdt_1"), CREDENTIALS)
    assert again.json["sequenceType"] == "recurring"
    assert again.json["mandateId"] == "mdt_1"
    assert "sequenceType" not in PSP.payment_request(order(), CREDENTIALS).json


def test_agreed_charged_and_revoked(shop, psp):
    customer = PSP.read_customer(
        shop.send(PSP.customer_request("Jan", "jan@klant.example", "7")).json()
    )
    request = PSP.payment_request(
        order(customer=customer, method="bancontact"), shop.credentials
    )
    number = PSP.read_created(shop.send(request).json()).provider_reference
    psp.pay(number)
    paid = PSP.read_update(shop.send(PSP.fetch_request(number)).json())
    assert (paid.status, paid.customer, paid.mandate_hint) == ("done", customer, "6769")
    charge = PSP.payment_request(
        order(customer=customer, mandate=paid.mandate, reference="INV/2"),
        shop.credentials,
    )
    charged = PSP.read_update(shop.send(charge).json())
    assert (charged.status, charged.mandate) == ("pending", paid.mandate)
    found = PSP.read_search(
        shop.send(PSP.search_request(Search(since=0, until=0))).json()
    )
    assert [update.reference for update in found[:2]] == ["INV/2", "INV/2026/00042-1"]
    assert shop.send(PSP.revoke_request(customer, paid.mandate)).status_code == 204
    assert shop.send(charge).status_code == 410


@pytest.mark.parametrize("number", ["", "tr_1", "cst_1/../x", "mdt_"])
def test_customers_and_mandates_lead_nowhere_else(number):
    with pytest.raises(PspError):
        PSP.revoke_request(number, "mdt_1")
    with pytest.raises(PspError):
        PSP.revoke_request("cst_1", number)


def test_lists_that_cannot_be_read():
    assert PSP.search_request(Search(since=0, until=0, page=1)) is None
    for payload in ({}, {"_embedded": []}, {"_embedded": {"payments": None}}, []):
        with pytest.raises(PayloadError):
            PSP.read_search(payload)
    with pytest.raises(PspError):
        PSP.read_customer({"id": "tr_1"})


def reversals(shop, number):
    return collect(shop, PSP.reversals_requests(number), PSP.read_reversals)


def test_refunds_and_chargebacks_one_by_one(shop, psp):
    number = shop.create().provider_reference
    psp.pay(number)
    assert reversals(shop, number) == []
    asked = {"amount": {"currency": "EUR", "value": "5.73"}}
    refund = psp.refund(psp.payment(number), asked)
    psp.charge_back(number, 4000)
    back, taken = reversals(shop, number)
    assert (back.reference, back.kind, back.status) == (
        refund["id"],
        "refund",
        "pending",
    )
    assert (taken.kind, taken.status, taken.amount) == (
        "chargeback",
        "done",
        Decimal("40.00"),
    )
    psp.end_refund(number, "refunded")
    psp.win(number)
    assert [one.status for one in reversals(shop, number)] == ["done", "undone"]
    psp.end_refund(number, "failed")
    assert reversals(shop, number)[0].status == "undone"
    assert PSP.reversals_requests("../settlements") == ()


@pytest.mark.parametrize("found", [{}, {"payments": []}, {"refunds": {}}])
def test_reversals_that_cannot_be_read(found):
    with pytest.raises(PayloadError):
        PSP.read_reversals({"_embedded": found})
