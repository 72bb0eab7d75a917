"""The adapter for Stripe, on plain values."""

from dataclasses import replace
from decimal import Decimal
from urllib.parse import parse_qs

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from odoo.addons.pom_payment.psp.values import (
    STATUSES,
    OrderError,
    PayloadError,
    PspError,
    Search,
)
from odoo.addons.pom_payment_stripe.psp.adapter import describe
from odoo.addons.pom_payment_stripe.psp.payments import INTENT_STATUS
from odoo.addons.pom_payment_stripe.psp.wire import (
    VERSION,
    from_units,
    items,
    moment,
    next_page,
    to_units,
)

from tests.unit.shop import anything

from .asked import CHARGE, CREDENTIALS, INTENT, MARK, PSP, SESSION, order

#: Of a payment for which the payer may try again.
AGAIN = "requires_payment_method"


def sent(request):
    """Fields of a form; each has one value."""
    return {name: value for name, [value] in parse_qs(request.data.decode()).items()}


def test_what_is_posted():
    asked = order(
        communication="+++123/4567/89002+++",
        invoice_names=("INV/2026/00042",),
        locale="nl_BE",
        method="bancontact",
        idempotency_key="attempt-1",
    )
    request = PSP.payment_request(asked, CREDENTIALS)
    assert (request.method, request.endpoint) == ("POST", "/checkout/sessions")
    assert request.headers["Idempotency-Key"] == "attempt-1"
    shown = "+++123/4567/89002+++ INV/2026/00042"
    assert sent(request) == {
        "mode": "payment",
        "line_items[0][quantity]": "1",
        "line_items[0][price_data][currency]": "eur",
        "line_items[0][price_data][unit_amount]": "4573",
        "line_items[0][price_data][product_data][name]": shown,
        "success_url": "https://odoo.example/back",
        "cancel_url": "https://odoo.example/back",
        "client_reference_id": "INV/2026/00042-1",
        "locale": "nl",
        "metadata[pom_reference]": "INV/2026/00042-1",
        "metadata[pom_database]": "db-1",
        "payment_intent_data[description]": shown,
        "payment_intent_data[metadata][pom_reference]": "INV/2026/00042-1",
        "payment_intent_data[metadata][pom_database]": "db-1",
        "allowed_payment_method_types[0]": "bancontact",
        "adaptive_pricing[enabled]": "false",
    }
    headers = PSP.headers(CREDENTIALS)
    assert headers["Stripe-Version"] == VERSION
    assert (
        sent(PSP.payment_request(order(locale="ja_JP"), CREDENTIALS))["locale"]
        == "auto"
    )


def test_payer_who_agrees_and_payer_who_agreed():
    name = "payment_intent_data[setup_future_usage]"
    asked = sent(PSP.payment_request(order(customer="cus_1"), CREDENTIALS))
    assert (asked["customer"], asked[name]) == ("cus_1", "off_session")
    # Refused by Stripe for these: the payment goes on, and nothing is kept.
    asked = order(customer="cus_1", method="ideal")
    assert name not in sent(PSP.payment_request(asked, CREDENTIALS))
    again = PSP.payment_request(order(customer="cus_1", mandate="pm_1"), CREDENTIALS)
    asked = sent(again)
    assert again.endpoint == "/payment_intents"
    assert (asked["off_session"], asked["confirm"]) == ("true", "true")
    assert (asked["payment_method"], asked["metadata[pom_kind]"]) == ("pm_1", "charge")


@given(st.text(), st.lists(st.text()))
def test_descriptions_fit(description, names):
    asked = order(description=description, invoice_names=tuple(names))
    assert 0 < len(describe(asked)) <= 255


@pytest.mark.parametrize(
    ("amount", "currency", "units"),
    [
        ("45.73", "EUR", 4573),
        ("150", "JPY", 150),
        ("150", "ISK", 15000),
        ("1.230", "KWD", 1230),
        ("999999.99", "EUR", 99999999),
    ],
)
def test_units(amount, currency, units):
    assert to_units(Decimal(amount), currency) == units
    back = from_units({"amount": units}, "amount", currency)
    assert back == Decimal(amount)


@pytest.mark.parametrize(
    ("amount", "currency"),
    [
        ("0", "EUR"),
        ("-1", "EUR"),
        ("1.005", "EUR"),
        ("1.50", "JPY"),
        ("1.50", "ISK"),
        ("1.235", "KWD"),
        ("1000000", "EUR"),
        ("NaN", "EUR"),
    ],
)
def test_amount_that_can_not_be_paid(amount, currency):
    with pytest.raises(OrderError):
        to_units(Decimal(amount), currency)


def test_what_was_made():
    created = PSP.read_created(SESSION)
    assert created.redirect_url == SESSION["url"]
    assert created.expires_at.year == 2026
    for url in (None, "javascript:x"):
        with pytest.raises(PayloadError):
            PSP.read_created({**SESSION, "url": url})


def test_how_it_stands():
    update = PSP.read_update(SESSION)
    assert (update.status, update.amount) == ("done", Decimal("45.73"))
    # From now on the money's own number counts.
    assert (update.begun_as, update.provider_reference) == ("cs_test_1", "pi_1")
    assert (update.refunded, update.charged_back) == (Decimal(5), Decimal("45.73"))
    assert update.reference == PSP.wire_reference("INV/2026/00042-1")
    assert update.merchant_id == CREDENTIALS.merchant_id
    assert (update.mode, update.method) == ("test", "bancontact")
    assert (update.customer, update.mandate, update.mandate_hint) == (
        "cus_1",
        "pm_debit",
        "6769",
    )
    assert update.paid_at.year == 2026


def test_card_is_kept_itself():
    means = {"type": "card", "card": {"last4": "4242"}}
    charge = {**CHARGE, "payment_method_details": means, "disputed": False}
    update = PSP.read_update({**INTENT, "latest_charge": charge})
    assert (update.mandate, update.mandate_hint) == ("pm_1", "4242")
    assert not update.charged_back
    update = PSP.read_update({**INTENT, "setup_future_usage": None})
    assert update.mandate == ""


def test_nothing_generated_is_nothing_kept():
    """The debit may come later, or never."""
    means = {"type": "ideal", "ideal": {"generated_sepa_debit": None}}
    charge = {**CHARGE, "payment_method_details": means}
    assert PSP.read_update({**INTENT, "latest_charge": charge}).mandate == ""
    means = {"type": "ideal", "ideal": None}
    charge = {**CHARGE, "payment_method_details": means}
    assert PSP.read_update({**INTENT, "latest_charge": charge}).mandate == ""


def test_what_came_in_counts():
    """Not what was asked for."""
    intent = {**INTENT, "amount_received": 4473}
    for found in (intent, {**SESSION, "payment_intent": intent}):
        assert PSP.read_update(found).amount == Decimal("44.73")


@pytest.mark.parametrize(
    ("word", "paid", "intent", "status", "unknown"),
    [
        ("open", "unpaid", None, "pending", ""),
        ("open", "unpaid", AGAIN, "pending", ""),
        ("open", "unpaid", "requires_action", "pending", ""),
        ("complete", "unpaid", "processing", "pending", ""),
        ("complete", "unpaid", AGAIN, "failed", ""),
        ("complete", "unpaid", "canceled", "failed", ""),
        ("complete", "paid", "succeeded", "done", ""),
        ("expired", "unpaid", None, "expired", ""),
        ("thinking", "unpaid", None, "pending", "thinking/unpaid"),
        ("open", "perhaps", None, "pending", "open/perhaps"),
    ],
)
def test_status_of_a_session(word, paid, intent, status, unknown):
    found = intent and {**INTENT, "status": intent}
    update = PSP.read_update(
        {**SESSION, "status": word, "payment_status": paid, "payment_intent": found}
    )
    assert (update.status, update.unknown_status) == (status, unknown)
    assert update.untouched == (word == "open" and intent in (None, AGAIN))


def test_session_whose_payment_is_only_named():
    update = PSP.read_update({**SESSION, "payment_intent": "pi_1"})
    assert (update.provider_reference, update.amount) == ("pi_1", Decimal("45.73"))


def test_status_of_a_payment():
    assert set(INTENT_STATUS.values()) <= set(STATUSES)
    assert [w for w, s in INTENT_STATUS.items() if s == "done"] == ["succeeded"]
    update = PSP.read_update({**INTENT, "status": "dreaming", "latest_charge": "ch_1"})
    assert (update.status, update.unknown_status) == ("pending", "dreaming")
    failed = {**INTENT, "status": AGAIN}
    assert PSP.read_update(failed).status == "pending"
    # Charged without the payer, nobody can try again.
    failed["metadata"] = {**MARK, "pom_kind": "charge"}
    assert PSP.read_update(failed).status == "failed"


@pytest.mark.parametrize(
    "change",
    [
        {"amount_total": "4573"},
        {"amount_total": True},
        {"currency": None},
        {"id": "../customers"},
        {"object": "charge"},
        {"payment_intent": {**INTENT, "amount_received": None}},
    ],
    ids=str,
)
def test_nothing_is_guessed(change):
    with pytest.raises(PspError):
        PSP.read_update({**SESSION, **change})


@settings(max_examples=50)
@given(anything)
def test_anything_else_is_refused_in_words(payload):
    for read in (
        PSP.read_created,
        PSP.read_update,
        PSP.read_refund,
        PSP.read_customer,
        PSP.read_webhook,
        PSP.read_search,
        PSP.read_payouts,
        PSP.read_entries,
        PSP.read_reversals,
    ):
        with pytest.raises(PayloadError):
            read(payload)
    assert PSP.read_failure(503, payload).temporary


@pytest.mark.parametrize("number", ["", "../refunds", "cs_1/expire", "cs_é", "re_1"])
def test_number_leads_nowhere_else(number):
    for ask in (PSP.fetch_request, PSP.cancel_request):
        with pytest.raises(PspError):
            ask(number)


def test_failures():
    error = {"code": "card_declined", "decline_code": "stolen_card", "message": "No."}
    failure = PSP.read_failure(402, {"error": error})
    assert (failure.code, failure.message, failure.temporary) == (
        "card_declined",
        "No.",
        False,
    )
    busy = PSP.read_failure(409, {"error": {"type": "idempotency_error"}})
    assert (busy.code, busy.temporary) == ("idempotency_error", True)
    assert PSP.read_failure(500, {"error": "x"}).code == "500"


@pytest.mark.parametrize("seconds", ["1795000000", None, True, 10**20])
def test_time_that_cannot_be_read(seconds):
    assert moment({"created": seconds}, "created") is None


def test_last_page():
    request = PSP.search_request(Search(since=SINCE, until=SINCE))
    page = {"data": [{"id": "cs_1"}], "has_more": True}
    assert next_page(request, page).params["starting_after"] == "cs_1"
    assert next_page(request, {"data": [], "has_more": True}) is None
    assert next_page(request, {**page, "has_more": False}) is None
    assert PSP.search_request(Search(since=SINCE, until=SINCE, page=1)) is None


SINCE = moment({"created": 1795000000}, "created")


def test_nothing_is_believed_without_key_or_secret():
    assert PSP.is_ready(CREDENTIALS)
    assert not PSP.is_ready(replace(CREDENTIALS, api_key=""))
    assert not PSP.is_ready(replace(CREDENTIALS, webhook_secrets=("",)))


def test_secrets_stay_out_of_logs():
    assert "sk_test" not in repr(CREDENTIALS) and "old" not in repr(CREDENTIALS)


@pytest.mark.parametrize(
    ("key", "mode"),
    [("sk_test_a", "test"), ("rk_live_a", "live"), ("sk_org_a", ""), ("", "")],
)
def test_key_tells_its_mode(key, mode):
    assert PSP.mode(replace(CREDENTIALS, api_key=key)) == mode


def test_payment_tells_its_mode():
    assert PSP.read_update({**INTENT, "livemode": True}).mode == "live"
    assert PSP.read_update({**INTENT, "livemode": []}).mode == ""


@pytest.mark.parametrize("data", [None, {}, "pi_1"])
def test_a_list_that_is_none(data):
    with pytest.raises(PayloadError, match="can't be read"):
        items({"data": data}, "payments")
