"""The adapter for Mollie, on plain values."""

from dataclasses import replace
from decimal import Decimal
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from odoo.addons.pom_payment.psp.values import (
    STATUSES,
    OrderError,
    PayloadError,
    PspError,
)
from odoo.addons.pom_payment_mollie.psp.adapter import STATUS, describe
from odoo.addons.pom_payment_mollie.psp.order import amount_object

from tests.unit.shop import anything

from .asked import CREDENTIALS, PAYMENT, PSP, order


def test_what_is_posted():
    asked = order(
        communication="+++123/4567/89002+++",
        invoice_names=("INV/2026/00042",),
        locale="nl_BE",
        idempotency_key="attempt-1",
    )
    request = PSP.payment_request(asked, CREDENTIALS)
    assert (request.method, request.endpoint) == ("POST", "/payments")
    [(name, key)] = request.headers.items()
    assert name == "Idempotency-Key" and UUID(key).version == 4
    again = PSP.payment_request(asked, CREDENTIALS)
    assert again.headers == request.headers
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
    nowhere = {**PAYMENT["_links"], "checkout": {"href": "javascript:x"}}
    with pytest.raises(PayloadError, match="no page"):
        PSP.read_created({**PAYMENT, "_links": nowhere})


@pytest.mark.parametrize(
    ("src", "shown"),
    [
        ("data:image/png;base64,aGk=", True),
        ("https://qr.mollie.example/1.png", False),
        ("data:image/svg+xml;base64,aGk=", False),
        ('data:image/png;base64,aGk="onerror=', False),
    ],
)
def test_code_for_a_phone(src, shown):
    details = {"qrCode": {"height": 240, "width": 240, "src": src}}
    created = PSP.read_created({**PAYMENT, "details": details})
    assert created.qr_picture == (src if shown else "")


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


@pytest.mark.parametrize(
    ("key", "mode"),
    [("test_a", "test"), ("live_a", "live"), ("access_a", ""), ("", "")],
)
def test_key_tells_its_mode(key, mode):
    assert PSP.mode(replace(CREDENTIALS, api_key=key)) == mode


def test_payment_tells_its_mode():
    assert PSP.read_update(PAYMENT).mode == ""
    assert PSP.read_update({**PAYMENT, "mode": "test"}).mode == "test"
