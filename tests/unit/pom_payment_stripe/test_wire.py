"""The adapter for Stripe against the simulated service, over HTTP."""

from dataclasses import replace
from datetime import datetime, timedelta, timezone
from decimal import Decimal

import pytest
import requests

from odoo.addons.pom_payment.psp.values import PspError, Search

from tests.simulators.receiver import Received
from tests.unit.shop import collect

from .asked import PSP, order


def begin(shop, **values):
    request = PSP.payment_request(replace(shop.order(), **values), shop.credentials)
    return PSP.read_created(shop.send(request).json()).provider_reference


def refund(shop, money, amount="20", key="refund-1"):
    request = PSP.refund_request(
        money, Decimal(amount), "EUR", shop.credentials, idempotency_key=key
    )
    return shop.send(request)


def reversals(shop, money):
    return collect(shop, PSP.reversals_requests(money), PSP.read_reversals)


def test_from_order_to_money(shop, psp, receiver):
    created = shop.create()
    assert shop.fetch(created.provider_reference).untouched
    answer = requests.post(
        created.redirect_url,
        data={"action": "pay"},
        allow_redirects=False,
        timeout=10,
    )
    assert answer.status_code == 303
    verdicts = [shop.check(one) for one in receiver.wait_for(2)]
    # That of the PaymentIntent says nothing new; that of its Session does.
    assert sorted(verdict.foreign for verdict in verdicts) == [False, True]
    [told] = [verdict for verdict in verdicts if not verdict.foreign]
    assert told.provider_reference == created.provider_reference
    update = shop.fetch(created.provider_reference)
    assert (update.status, update.amount) == ("done", Decimal("45.73"))
    assert update.merchant_id == shop.credentials.merchant_id
    assert (update.begun_as, update.mode) == (created.provider_reference, "live")
    again = shop.fetch(update.provider_reference)
    assert (again.status, again.reference) == ("done", update.reference)


def test_same_key_makes_one_payment(shop, psp):
    one, other = (begin(shop, idempotency_key="attempt-7") for _time in range(2))
    assert one == other
    asked = replace(shop.order("1.00"), idempotency_key="attempt-7")
    answer = shop.send(PSP.payment_request(asked, shop.credentials))
    failure = PSP.read_failure(answer.status_code, answer.json())
    assert failure.code == "idempotency_error"


def test_answer_that_got_lost_is_found(shop, psp):
    psp.faults.inject("lost_answer", 504, times=1, only="create")
    lost = shop.send(PSP.payment_request(order(reference="L-1"), shop.credentials))
    assert PSP.read_failure(lost.status_code, lost.json()).temporary
    now = datetime.now(timezone.utc)
    request = PSP.search_request(
        Search(since=now - timedelta(1), until=now + timedelta(1))
    )
    found = collect(shop, [request], PSP.read_search)
    assert "L-1" in [update.reference for update in found]


def test_webhook_before_the_answer(shop, psp, receiver):
    psp.faults.inject("webhook_before_answer", times=1)
    created = shop.create()
    [early] = receiver.received
    assert shop.check(early).provider_reference == created.provider_reference


@pytest.mark.parametrize(
    ("fault", "value", "authentic"),
    [
        ("two_signatures", True, True),
        ("forged", True, False),
        ("old_signature", 301, False),
        ("old_signature", 200, True),
    ],
)
def test_signatures_over_http(shop, psp, receiver, fault, value, authentic):
    created = shop.create()
    psp.faults.inject(fault, value)
    psp.pay(created.provider_reference)
    told = receiver.wait_for(2)[0]
    assert shop.check(told).authentic == authentic
    tampered = told.body.replace(b"4573", b"0001")
    assert not shop.check(Received("/", told.headers, tampered)).authentic


def test_payment_of_another_system(shop, psp, receiver):
    psp.faults.inject("foreign_mark", "db-2", times=1)
    created = shop.create()
    psp.pay(created.provider_reference)
    assert all(shop.check(one).foreign for one in receiver.wait_for(2))
    assert shop.fetch(created.provider_reference).merchant_id == "db-2"


def test_refunds_and_disputes_one_by_one(shop, psp, receiver):
    created = shop.create()
    psp.pay(created.provider_reference)
    money = shop.fetch(created.provider_reference).provider_reference
    assert reversals(shop, money) == []
    one = PSP.read_refund(refund(shop, money).json())
    assert (one.status, one.amount) == ("done", Decimal(20))
    assert one.provider_reference == money
    assert PSP.read_refund(refund(shop, money).json()) == one
    question = PSP.fetch_refund_request(money, one.refund_reference)
    assert PSP.read_refund(shop.send(question).json()) == one
    dispute = psp.charge_back(money, 2573)
    update = shop.fetch(money)
    assert (update.status, update.refunded) == ("done", Decimal(20))
    assert update.charged_back
    found = {one.reference: one for one in reversals(shop, money)}
    back, taken = found[one.refund_reference], found[dispute["id"]]
    assert (back.kind, back.status, back.amount) == ("refund", "done", Decimal(20))
    assert (taken.kind, taken.status) == ("chargeback", "done")
    assert taken.amount == Decimal("25.73")
    psp.win(money)
    psp.end_refund(money, "failed")
    assert {one.status for one in reversals(shop, money)} == {"undone"}
    assert psp.wait_idle()
    told = [shop.check(each) for each in receiver.received[2:]]
    assert {verdict.provider_reference for verdict in told} == {money}


def test_inquiry_moves_nothing(shop, psp):
    money = psp.pay(shop.create().provider_reference).intent_id
    psp.charge_back(money, inquiry=True)
    [found] = reversals(shop, money)
    assert found.status == "pending"


def test_pending_refund(shop, psp):
    money = psp.pay(shop.create().provider_reference).intent_id
    psp.refund_status = "pending"
    try:
        refunded = PSP.read_refund(refund(shop, money, key="refund-2").json())
    finally:
        del psp.refund_status
    assert refunded.status == "pending"
    assert [one.status for one in reversals(shop, money)] == ["pending"]
    psp.end_refund(money, "canceled")
    assert [one.status for one in reversals(shop, money)] == ["undone"]


def test_unknown_word_of_a_refund():
    found = {"id": "re_1", "status": "maybe", "currency": "eur", "amount": 1}
    update = PSP.read_refund(found)
    assert (update.status, update.unknown_status) == ("pending", "maybe")


def test_what_is_no_money_yet_has_no_reversals():
    assert PSP.reversals_requests("cs_test_1") == ()


@pytest.mark.parametrize(
    ("action", "status"),
    [
        ("expire", "expired"),
        ("authorize", "pending"),
        ("wait", "pending"),
        ("fail", "pending"),
    ],
)
def test_other_ways(shop, psp, action, status):
    created = shop.create()
    getattr(psp, action)(created.provider_reference)
    assert shop.fetch(created.provider_reference).status == status


def test_debit_that_comes_to_nothing(shop, psp):
    created = shop.create()
    psp.wait(created.provider_reference)
    psp.fail(created.provider_reference)
    assert shop.fetch(created.provider_reference).status == "failed"


def test_shop_gives_a_payment_up(shop):
    number = shop.create().provider_reference
    assert shop.send(PSP.cancel_request(number)).ok
    assert shop.fetch(number).status == "expired"
    assert shop.send(PSP.cancel_request(number)).status_code == 400


def test_wrong_key(shop):
    shop.credentials = replace(shop.credentials, api_key="sk_live_wrong")
    answer = shop.send(PSP.fetch_request("cs_1"))
    failure = PSP.read_failure(answer.status_code, answer.json())
    assert (answer.status_code, failure.code) == (401, "api_key_invalid")


@pytest.mark.parametrize(
    ("method", "status"), [("bancontact", "pending"), ("card", "done")]
)
def test_agreed_charged_and_revoked(shop, psp, method, status):
    """Bancontact gives a direct debit, whose money comes later."""
    request = PSP.customer_request("Jan", "jan@klant.example", "7")
    customer = PSP.read_customer(shop.send(request).json())
    number = begin(shop, customer=customer, method=method)
    psp.pay(number)
    paid = shop.fetch(number)
    assert (paid.status, paid.customer) == ("done", customer)
    assert paid.mandate and paid.mandate_hint
    asked = order(customer=customer, mandate=paid.mandate, reference=f"{method}-2")
    charge = PSP.payment_request(asked, shop.credentials)
    charged = PSP.read_update(shop.send(charge).json())
    assert charged.status == status
    if status == "pending":
        psp.pay(charged.provider_reference)
        assert shop.fetch(charged.provider_reference).status == "done"
    now = datetime.now(timezone.utc)
    request = PSP.search_request(
        Search(since=now - timedelta(1), until=now + timedelta(1), charged=True)
    )
    found = collect(shop, [request], PSP.read_search)
    assert f"{method}-2" in [update.reference for update in found]
    assert shop.send(PSP.revoke_request(customer, paid.mandate)).ok
    assert shop.send(charge).status_code == 404


def test_charge_that_is_declined(shop, psp):
    request = PSP.customer_request("Jan", "", "7")
    customer = PSP.read_customer(shop.send(request).json())
    kept = psp.keep("card", customer)
    psp.methods[kept]["declines"] = True
    asked = order(customer=customer, mandate=kept)
    answer = shop.send(PSP.payment_request(asked, shop.credentials))
    failure = PSP.read_failure(answer.status_code, answer.json())
    assert answer.status_code == 402 and not failure.temporary
    assert failure.code == "card_declined"


@pytest.mark.parametrize("number", ["", "cus_1", "pm_1/../x", "pm_"])
def test_customers_and_mandates_lead_nowhere_else(number):
    with pytest.raises(PspError):
        PSP.revoke_request("cus_1", number)
    with pytest.raises(PspError):
        PSP.read_customer({"id": "pm_1"})


def test_charge_can_be_given_up(shop, psp):
    customer = psp.customers and next(iter(psp.customers)) or ""
    payment = psp.create_intent({"amount": "100", "currency": "eur"})
    assert customer or payment
    assert shop.send(PSP.cancel_request(payment.id)).ok
    assert shop.fetch(payment.id).status == "cancelled"


@pytest.mark.parametrize("method", ["card", "bancontact"])
def test_agreed_without_paying(shop, psp, method):
    request = PSP.customer_request("Jan", "", "7")
    customer = PSP.read_customer(shop.send(request).json())
    asked = order(amount=Decimal(0), customer=customer, method=method)
    number = PSP.read_created(
        shop.send(PSP.payment_request(asked, shop.credentials)).json()
    ).provider_reference
    waiting = shop.fetch(number)
    assert (waiting.status, waiting.mandate, waiting.untouched) == ("pending", "", True)
    psp.pay(number)
    agreed = shop.fetch(number)
    assert (agreed.status, agreed.amount) == ("done", Decimal(0))
    assert agreed.reference == asked.reference and agreed.customer == customer
    charge = order(customer=customer, mandate=agreed.mandate, reference="INV/2")
    charged = shop.send(PSP.payment_request(charge, shop.credentials))
    assert PSP.read_update(charged.json()).status in ("done", "pending")


@pytest.mark.parametrize(
    ("word", "status", "unknown"),
    [("expired", "expired", ""), ("dreaming", "pending", "dreaming")],
)
def test_agreement_that_came_to_nothing(word, status, unknown):
    session = {
        "object": "checkout.session",
        "mode": "setup",
        "id": "cs_1",
        "status": word,
        "currency": "eur",
    }
    update = PSP.read_update(session)
    assert (update.status, update.unknown_status) == (status, unknown)
