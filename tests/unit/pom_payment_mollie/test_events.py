"""What Mollie tells by itself: what is believed of it, and what it leads to."""

from dataclasses import replace
from datetime import datetime, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from .asked import CREDENTIALS, PSP, context, signed_event


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
