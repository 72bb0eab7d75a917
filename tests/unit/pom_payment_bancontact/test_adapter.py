"""The adapter on plain values; on the wire it is tried in the files next to this."""

from dataclasses import replace
from datetime import datetime, timezone
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from odoo.addons.pom_payment.psp.reading import OUTSIDE_SEPA
from odoo.addons.pom_payment.psp.values import (
    STATUSES,
    OrderError,
    PayloadError,
    PaymentOrder,
    PspError,
)
from odoo.addons.pom_payment_bancontact.psp.adapter import (
    STATUS,
    BancontactPro,
    Credentials,
    describe,
    payment_path,
)

from tests.unit.shop import anything

PSP = BancontactPro()
CREDENTIALS = Credentials("secret-key", "5bb37284e35e2b29e363df22")
PAYMENT = {
    "paymentId": "687e0f4c373dbc4f381d31cd",
    "status": "SUCCEEDED",
    "amount": 4573,
    "currency": "EUR",
    "reference": "INV/2026/00042-1",
    "expiresAt": "2026-11-22T10:44:05.127Z",
    "succeededAt": "2026-11-22T10:25:05.127Z",
    "creditor": {"profileId": CREDENTIALS.ppid},
    "debtor": {"name": "Ivan", "iban": "***********42901"},
    "_links": {
        "deeplink": {"href": "https://pay.bancontact.net/pay/2/687e"},
        "checkout": {"href": "https://pay.bancontact.net/checkout/687e"},
        "qrcode": {
            "href": "https://qrcodegenerator.api.bancontact.net/qrcode"
            "?c=https%3A%2F%2Fpay.bancontact.net%2Fpay%2F2%2F687e&f=PNG"
        },
    },
}


def order(**values):
    usual = {
        "amount": Decimal("45.73"),
        "currency": "EUR",
        "reference": "INV/2026/00042-1",
        "callback_url": "https://odoo.example/cb",
        "return_url": "https://odoo.example/back",
    }
    return PaymentOrder(**{**usual, **values})


def test_what_is_posted():
    asked = order(
        communication="+++123/4567/89002+++", invoice_names=("INV/2026/00042",)
    )
    credentials = Credentials("k", "p", shop_name="Bäckerei", bulk_id="WEEK 47")
    request = PSP.payment_request(asked, credentials)
    assert (request.method, request.endpoint) == ("POST", "/v3/payments")
    assert request.json == {
        "amount": 4573,
        "currency": "EUR",
        "reference": "INV/2026/00042-1",
        "description": "+++123/4567/89002+++ INV/2026/00042",
        "callbackUrl": "https://odoo.example/cb",
        "returnUrl": "https://odoo.example/back",
        "bulkId": "WEEK 47",
        "shopName": "Backerei",
    }


def test_nothing_is_believed_before_key_and_profile_are_there():
    assert PSP.is_ready(CREDENTIALS)
    assert not PSP.is_ready(replace(CREDENTIALS, ppid=""))


def test_secrets_stay_out_of_logs():
    credentials = Credentials("secret-key", "p", signing_key="secret-pem")
    assert "secret" not in repr(credentials)
    assert PSP.headers(credentials) == {"Authorization": "Bearer secret-key"}


@pytest.mark.parametrize(
    ("amount", "currency"),
    [
        ("0", "EUR"),
        ("-1", "EUR"),
        ("10000", "EUR"),
        ("1.005", "EUR"),
        ("1", "USD"),
    ],
)
def test_order_that_bancontact_would_refuse(amount, currency):
    asked = order(amount=Decimal(amount), currency=currency)
    with pytest.raises(OrderError):
        PSP.payment_request(asked, CREDENTIALS)


@given(st.text(), st.text(), st.lists(st.text()))
def test_texts_fit_whatever_an_invoice_is_called(reference, description, names):
    asked = order(
        reference=reference, description=description, invoice_names=tuple(names)
    )
    body = PSP.payment_request(asked, CREDENTIALS).json
    for name, length in (("reference", 35), ("description", 140)):
        assert len(body.get(name, "")) <= length
        assert not OUTSIDE_SEPA.search(body.get(name, ""))


@given(st.text("AB/-0123456789", min_size=36, max_size=80), st.integers(0, 99))
def test_long_references_stay_apart(name, attempt):
    one, other = (PSP.wire_reference(f"{name}-{n}") for n in (attempt, attempt + 1))
    assert one != other


def test_description_names_each_invoice_once():
    asked = order(description="INV/1 and more", invoice_names=("INV/1", "INV/2"))
    assert describe(asked) == "INV/1 and more INV/2"


def test_what_was_made():
    created = PSP.read_created(PAYMENT)
    assert created.provider_reference == "687e0f4c373dbc4f381d31cd"
    assert created.redirect_url == "https://pay.bancontact.net/checkout/687e"
    assert created.deeplink == "https://pay.bancontact.net/pay/2/687e"
    assert created.qr_payload == "https://pay.bancontact.net/pay/2/687e"
    assert created.expires_at == datetime(
        2026, 11, 22, 10, 44, 5, 127000, tzinfo=timezone.utc
    )


@pytest.mark.parametrize("name", ["expireAt", "expiresAt"])
def test_both_spellings_of_the_end(name):
    payment = {**PAYMENT, "expiresAt": None, name: "2026-11-22T10:44:05Z"}
    assert PSP.read_created(payment).expires_at.minute == 44


def test_deeplink_is_enough():
    links = {"deeplink": PAYMENT["_links"]["deeplink"]}
    created = PSP.read_created({**PAYMENT, "_links": links})
    assert created.redirect_url == created.deeplink == created.qr_payload


@pytest.mark.parametrize(
    "links", [None, {}, {"deeplink": {"href": "javascript:alert(1)"}}]
)
def test_payer_is_sent_nowhere_else(links):
    with pytest.raises(PayloadError):
        PSP.read_created({**PAYMENT, "_links": links})


def test_how_it_stands():
    update = PSP.read_update(PAYMENT)
    assert (update.status, update.amount, update.currency) == (
        "done",
        Decimal("45.73"),
        "EUR",
    )
    assert update.merchant_id == CREDENTIALS.merchant_id
    assert (update.payer_name, update.payer_iban) == ("Ivan", "***********42901")
    assert update.is_final


def test_full_account_number_is_masked():
    debtor = {"iban": "BE68539007547034"}
    assert (
        PSP.read_update({**PAYMENT, "debtor": debtor}).payer_iban == "***********47034"
    )


def test_status_words_lead_to_ours():
    assert set(STATUS.values()) <= set(STATUSES)
    assert [word for word, status in STATUS.items() if status == "done"] == [
        "SUCCEEDED"
    ]


def test_unknown_status_is_pending():
    """odoo/odoo#225875: a new word must neither fail nor count as money."""
    update = PSP.read_update({**PAYMENT, "status": "PAID_IN_FULL"})
    assert (update.status, update.unknown_status) == ("pending", "PAID_IN_FULL")


@pytest.mark.parametrize("name", ["paymentId", "status", "amount", "currency"])
def test_nothing_is_guessed(name):
    with pytest.raises(PayloadError, match=name):
        PSP.read_update({k: v for k, v in PAYMENT.items() if k != name})


@settings(max_examples=50)
@given(anything)
def test_anything_else_is_refused_in_words(payload):
    for read in (PSP.read_created, PSP.read_update, PSP.read_refund, PSP.read_search):
        with pytest.raises(PayloadError):
            read(payload)
    assert PSP.read_failure(503, payload).temporary


def test_search_with_a_wrong_list():
    with pytest.raises(PayloadError):
        PSP.read_search({"details": None})


@pytest.mark.parametrize(
    ("reference", "path"),
    [
        ("687e", "/v3/payments/687e"),
        ("../../admin", "/v3/payments/..%2F..%2Fadmin"),
        ("1?x=y#z", "/v3/payments/1%3Fx%3Dy%23z"),
    ],
)
def test_payment_id_leads_nowhere_else(reference, path):
    """It may have come with a webhook, and our key is sent along."""
    assert payment_path(reference) == path


@pytest.mark.parametrize("reference", ["", ".", ".."])
def test_payment_id_that_no_payment_has(reference):
    with pytest.raises(PspError):
        PSP.fetch_request(reference)


@pytest.mark.parametrize(
    ("status", "payload", "code", "temporary"),
    [
        (404, {"code": "PAYMENT_NOT_FOUND"}, "PAYMENT_NOT_FOUND", False),
        (400, {"code": "TRY_AGAIN_LATER"}, "TRY_AGAIN_LATER", True),
        (429, {}, "429", True),
        (502, "<html>", "502", True),
    ],
)
def test_failures(status, payload, code, temporary):
    failure = PSP.read_failure(status, payload)
    assert (failure.code, failure.temporary) == (code, temporary)


@pytest.mark.parametrize("key", ["", "x" * 65])
def test_refund_needs_a_key_against_doubles(key):
    with pytest.raises(OrderError, match="idempotency"):
        PSP.refund_request("1", Decimal(1), "EUR", CREDENTIALS, idempotency_key=key)


@pytest.mark.parametrize(
    ("key", "name", "message"),
    [("", "k", "need"), ("pem", "", "need"), ("pem", "k", "private key")],
)
def test_refund_needs_a_signing_key(key, name, message):
    credentials = Credentials("k", "p", signing_key=key, signing_key_id=name)
    with pytest.raises(OrderError, match=message):
        PSP.refund_request("1", Decimal(1), "EUR", credentials, idempotency_key="k")


def test_key_tells_no_mode():
    assert PSP.mode(CREDENTIALS) == ""
