"""Adapter for Mollie: on plain values, and against the simulated service."""

import hashlib
import hmac
import json
from dataclasses import replace
from datetime import datetime, timezone
from decimal import Decimal

import pytest
import requests
from hypothesis import given, settings
from hypothesis import strategies as st

from pom_payment.psp.mollie import STATUS, Credentials, Mollie, amount_object, describe
from pom_payment.psp.values import (
    STATUSES,
    EventContext,
    OrderError,
    PayloadError,
    PaymentOrder,
    PspError,
)
from tests.simulators.mollie import Mollie as MollieService
from tests.simulators.receiver import Received

from .conftest import Shop
from .test_base import anything

PSP = Mollie()
CREDENTIALS = Credentials("test_key", "pfl_1", webhook_secrets=("", "old", "new"))
PAYMENT = {
    "id": "tr_7UhSN1zuXS",
    "status": "paid",
    "profileId": "pfl_1",
    "amount": {"currency": "EUR", "value": "45.73"},
    "amountRefunded": {"currency": "EUR", "value": "5.00"},
    "amountChargedBack": {"currency": "EUR", "value": "40.73"},
    "metadata": {"reference": "INV/2026/00042-1"},
    "method": "bancontact",
    "details": {"consumerName": "Noémie", "consumerAccount": "BE71096123456769"},
    "settlementId": "stl_261122",
    "expiresAt": "2026-11-22T10:44:05+00:00",
    "paidAt": "2026-11-22T10:25:05+00:00",
    "_links": {
        "checkout": {"href": "https://www.mollie.com/checkout/1"},
        "mobileAppCheckout": {"href": "https://app.example/1"},
    },
}


@pytest.fixture(scope="module")
def running_psp():
    with MollieService(retry_delays=(0.02, 0.02), callback_timeout=1) as psp:
        yield psp


@pytest.fixture
def shop(psp, receiver):
    credentials = Credentials(psp.api_key, psp.profile_id, api_url=psp.api_url)
    return Shop(PSP, credentials, receiver.url + "/pom/webhook/mollie/8")


def order(**values):
    usual = {
        "amount": Decimal("45.7"),
        "currency": "EUR",
        "reference": "INV/2026/00042-1",
        "callback_url": "https://odoo.example/cb",
        "return_url": "https://odoo.example/back",
    }
    return PaymentOrder(**{**usual, **values})


def context(**values):
    usual = {"credentials": CREDENTIALS, "callback_url": "https://odoo.example/cb"}
    return EventContext(**{**usual, **values})


def signed_event(secret="new", **values):
    event = {"resource": "event", "id": "event_1", "entityId": "tr_1", **values}
    body = json.dumps(event).encode()
    digest = hmac.new(secret.encode(), body, hashlib.sha256).hexdigest()
    return body, {"x-mollie-signature": f"sha256={digest}"}


# --- on plain values ------------------------------------------------------------


def test_what_is_posted():
    asked = order(
        communication="+++123/4567/89002+++",
        invoice_names=("INV/2026/00042",),
        locale="nl_BE",
        idempotency_key="attempt-1",
    )
    request = PSP.payment_request(asked, CREDENTIALS)
    assert (request.method, request.endpoint) == ("POST", "/payments")
    assert request.headers == {"Idempotency-Key": "attempt-1"}
    assert request.json == {
        "amount": {"currency": "EUR", "value": "45.70"},
        "description": "+++123/4567/89002+++ INV/2026/00042",
        "redirectUrl": "https://odoo.example/back",
        "webhookUrl": "https://odoo.example/cb",
        "metadata": {"reference": "INV/2026/00042-1"},
        "locale": "nl_BE",
    }
    assert "locale" not in PSP.payment_request(order(locale="ja_JP"), CREDENTIALS).json


def test_something_is_always_described():
    assert describe(order()) == "INV/2026/00042-1"


@given(st.text(), st.lists(st.text()))
def test_descriptions_fit(description, names):
    asked = order(description=description, invoice_names=tuple(names))
    assert 0 < len(describe(asked)) <= 255


@pytest.mark.parametrize(
    ("amount", "currency"),
    [("0", "EUR"), ("-1", "EUR"), ("1.005", "EUR"), ("1.50", "JPY"), ("NaN", "EUR")],
)
def test_amount_that_can_not_be_paid(amount, currency):
    with pytest.raises(OrderError):
        amount_object(Decimal(amount), currency)


def test_currency_without_cents():
    assert amount_object(Decimal("150.00"), "JPY") == {
        "currency": "JPY",
        "value": "150",
    }


def test_what_was_made():
    created = PSP.read_created(PAYMENT)
    assert created.redirect_url == "https://www.mollie.com/checkout/1"
    assert created.deeplink == "https://app.example/1"
    assert created.expires_at.hour == 10
    links = {**PAYMENT["_links"], "mobileAppCheckout": {"href": "javascript:x"}}
    assert PSP.read_created({**PAYMENT, "_links": links}).deeplink == ""


def test_how_it_stands():
    update = PSP.read_update(PAYMENT)
    assert (update.status, update.amount) == ("done", Decimal("45.73"))
    assert (update.refunded, update.charged_back) == (Decimal("5"), Decimal("40.73"))
    assert update.reference == PSP.wire_reference("INV/2026/00042-1")
    assert update.merchant_id == CREDENTIALS.merchant_id
    assert update.payer_iban == "***********56769"
    assert update.payout_reference == "stl_261122"
    assert update.paid_at.minute == 25


def test_status_words_lead_to_ours():
    assert set(STATUS.values()) == set(STATUSES)
    assert [word for word, status in STATUS.items() if status == "done"] == ["paid"]


def test_unknown_status_is_pending():
    """odoo/odoo#225875: Mollie's 'open' raised an error."""
    update = PSP.read_update({**PAYMENT, "status": "reserved"})
    assert (update.status, update.unknown_status) == ("pending", "reserved")
    assert PSP.read_update({**PAYMENT, "status": "open"}).status == "pending"


@pytest.mark.parametrize(
    "change",
    [
        {"amount": {"currency": "EUR", "value": "45,73"}},
        {"amount": {"currency": "EUR", "value": "NaN"}},
        {"amount": {"value": "45.73"}},
        {"amountRefunded": {"currency": "USD", "value": "5.00"}},
        {"id": None},
    ],
    ids=str,
)
def test_nothing_is_guessed(change):
    with pytest.raises(PayloadError):
        PSP.read_update({**PAYMENT, **change})


@settings(max_examples=50)
@given(anything)
def test_anything_else_is_refused_in_words(payload):
    for read in (PSP.read_created, PSP.read_update, PSP.read_refund):
        with pytest.raises(PayloadError):
            read(payload)
    assert PSP.read_failure(503, payload).temporary


@pytest.mark.parametrize("payment_id", ["", "../settlements", "tr_1/refunds", "tr_é"])
def test_payment_id_leads_nowhere_else(payment_id):
    with pytest.raises(PspError):
        PSP.fetch_request(payment_id)


def test_nothing_is_believed_without_a_key():
    assert PSP.is_ready(CREDENTIALS)
    assert not PSP.is_ready(replace(CREDENTIALS, api_key=""))


def test_secrets_stay_out_of_logs():
    assert "key" not in repr(replace(CREDENTIALS, api_key="key")).replace("api_key", "")
    assert "old" not in repr(CREDENTIALS)


# --- webhooks ---------------------------------------------------------------------


def test_classic_webhook_is_a_hint():
    moment = datetime(2026, 11, 22, 10, 24, 5, tzinfo=timezone.utc)
    verdict = PSP.check_event(b"id=tr_1", {}, context(received_at=moment))
    assert verdict.authentic and verdict.provider_reference == "tr_1"
    assert verdict.event_key == "tr_1@2026-11-22T10:24:05+00:00"
    assert verdict.details == {"signed": "no"}
    # Without that, the news of the refund would pass for a copy of that of the payment.
    other, again = (PSP.check_event(b"id=tr_1", {}, context()) for _time in range(2))
    assert other.event_key != again.event_key


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"id=",
        b"id=ord_1",
        b"id=tr_1%2F..",
        b"id=\xff",
        b"&".join([b"id=tr_1"] * 99),
        b"[]",
        b'{"id": "tr_1"}',
    ],
)
def test_webhook_about_nothing(body):
    verdict = PSP.check_event(body, {}, context())
    assert not verdict.authentic and verdict.event_key == ""


@pytest.mark.parametrize("secret", ["old", "new"])
def test_signed_event_with_either_secret(secret):
    body, headers = signed_event(secret, type="payment.paid")
    verdict = PSP.check_event(body, headers, context())
    assert verdict.authentic
    assert (verdict.event_key, verdict.provider_reference) == ("event_1", "tr_1")
    assert verdict.details == {"signed": "yes", "type": "payment.paid"}


def test_signed_event_without_a_number():
    body, headers = signed_event(id=None)
    assert PSP.check_event(body, headers, context()).event_key.startswith("sha256:")


def test_event_of_a_refund_is_about_its_payment():
    embedded = {"entity": {"paymentId": "tr_2"}}
    body, headers = signed_event(entityId="re_1", _embedded=embedded)
    assert PSP.check_event(body, headers, context()).provider_reference == "tr_2"


def test_event_about_something_else_is_applied_to_nothing():
    body, headers = signed_event(entityId="pl_1")
    verdict = PSP.check_event(body, headers, context())
    assert verdict.authentic and verdict.provider_reference == ""


@pytest.mark.parametrize("secrets", [(), ("",), ("", "new")])
def test_no_secret_means_no_trust(secrets):
    """Core's Stripe goes on without one."""
    body, headers = signed_event("")
    credentials = replace(CREDENTIALS, webhook_secrets=secrets)
    verdict = PSP.check_event(body, headers, context(credentials=credentials))
    assert not verdict.authentic and verdict.reason


@given(st.text())
def test_wrong_signature(signature):
    body, _headers = signed_event()
    headers = {"X-Mollie-Signature": signature}
    assert not PSP.check_event(body, headers, context()).authentic


@pytest.mark.parametrize(
    "spoil",
    [
        lambda signature: signature[:-1] + "x",
        lambda signature: signature[:-1],
        lambda signature: signature.upper(),
        # What a web server makes of bytes that are no text.
        lambda signature: signature + "\udcff",
    ],
)
def test_signature_that_is_nearly_right(spoil):
    body, headers = signed_event()
    headers = {name: spoil(value) for name, value in headers.items()}
    assert not PSP.check_event(body, headers, context()).authentic


@given(st.binary(), st.dictionaries(st.text(), st.text()))
def test_nonsense_never_fails(body, headers):
    PSP.check_event(body, headers, context())


# --- over HTTP ----------------------------------------------------------------------


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


# --- customers and mandates -----------------------------------------------------


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
    found = PSP.read_search(shop.send(PSP.search_request(since=0, until=0)).json())
    assert [update.reference for update in found[:2]] == ["INV/2", "INV/2026/00042-1"]
    assert shop.send(PSP.revoke_request(customer, paid.mandate)).status_code == 204
    assert shop.send(charge).status_code == 422


@pytest.mark.parametrize("number", ["", "tr_1", "cst_1/../x", "mdt_"])
def test_customers_and_mandates_lead_nowhere_else(number):
    with pytest.raises(PspError):
        PSP.revoke_request(number, "mdt_1")
    with pytest.raises(PspError):
        PSP.revoke_request("cst_1", number)


def test_lists_that_cannot_be_read():
    assert PSP.search_request(since=0, until=0, page=1) is None
    for payload in ({}, {"_embedded": []}, {"_embedded": {"payments": None}}, []):
        with pytest.raises(PayloadError):
            PSP.read_search(payload)
    with pytest.raises(PspError):
        PSP.read_customer({"id": "tr_1"})
