"""What Stripe tells by itself: what is believed of it, and what it leads to."""

import hashlib
import hmac
import json
import time
from dataclasses import replace
from datetime import datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from .asked import CREDENTIALS, INTENT, MARK, PSP, SESSION, context, signed_event


def judged(about, **values):
    body, headers = signed_event(about, **values)
    return PSP.check_event(body, headers, context())


@pytest.mark.parametrize("secret", ["old", "new"])
def test_signed_with_either_secret(secret):
    verdict = judged(SESSION, secret=secret, type="checkout.session.completed")
    assert verdict.authentic and verdict.signed and not verdict.foreign
    assert (verdict.event_key, verdict.provider_reference) == ("evt_1", "cs_test_1")
    assert verdict.details == {"type": "checkout.session.completed"}


def test_event_without_a_number():
    assert judged(SESSION, id=None).event_key.startswith("sha256:")


@pytest.mark.parametrize("kind", ["refund", "dispute"])
def test_what_went_back_is_about_its_payment(kind):
    about = {"object": kind, "id": "re_1", "payment_intent": "pi_1"}
    assert judged(about).provider_reference == "pi_1"
    whole = {**about, "payment_intent": INTENT}
    assert judged(whole).provider_reference == "pi_1"
    assert judged({**about, "payment_intent": None}).foreign


def test_what_other_systems_do_is_none_of_our_business():
    """All addresses of an account hear of everything."""
    other = {**MARK, "pom_database": "db-2"}
    charge = {**INTENT, "metadata": {**MARK, "pom_kind": "charge"}}
    assert not judged(charge).foreign
    for about in (
        {**SESSION, "metadata": other},
        {**SESSION, "metadata": {}},
        {**charge, "metadata": {**other, "pom_kind": "charge"}},
        # The Session tells.
        INTENT,
        {"object": "customer", "id": "cus_1", "metadata": MARK},
        {},
    ):
        verdict = judged(about)
        assert verdict.authentic and verdict.foreign


@pytest.mark.parametrize("secrets", [(), ("",), ("", "new")])
def test_no_secret_means_no_trust(secrets):
    """Core's own form goes on without one."""
    body, headers = signed_event(SESSION, "")
    credentials = replace(CREDENTIALS, webhook_secrets=secrets)
    verdict = PSP.check_event(body, headers, context(credentials=credentials))
    assert not verdict.authentic and verdict.reason


def test_old_one_may_be_a_copy():
    assert judged(SESSION, age=290).authentic
    verdict = judged(SESSION, age=310)
    assert not verdict.authentic and "long ago" in verdict.reason
    body, headers = signed_event(SESSION)
    later = datetime.now(timezone.utc) + timedelta(minutes=6)
    assert not PSP.check_event(body, headers, context(received_at=later)).authentic


def test_several_signatures():
    """While one secret replaces the other: core only looks at the last."""
    body, headers = signed_event(SESSION)
    moment, proof, _other = headers["stripe-signature"].split(",")
    for parts in ([moment, proof, "v1=x"], [moment, "v1=x", proof], [proof, moment]):
        headers = {"Stripe-Signature": ",".join(parts)}
        assert PSP.check_event(body, headers, context()).authentic
    headers = {"Stripe-Signature": f"{moment},{proof.replace('v1', 'v0')}"}
    assert not PSP.check_event(body, headers, context()).authentic


@pytest.mark.parametrize(
    "spoil",
    [
        lambda given: given[:-7],
        lambda given: given.replace("v1=", "v1=\udcff"),
        lambda given: given.replace("t=1", "t=2"),
        lambda given: given.replace("t=1", "t=x"),
        lambda given: given.replace("t=1", "t=²"),
        lambda given: given.replace("t=1", "t=1" + "0" * 20),
    ],
)
def test_signature_that_is_nearly_right(spoil):
    body, headers = signed_event(SESSION)
    headers = {name: spoil(value) for name, value in headers.items()}
    assert not PSP.check_event(body, headers, context()).authentic


@given(st.binary(), st.dictionaries(st.text(), st.text()))
def test_nonsense_never_fails(body, headers):
    PSP.check_event(body, headers, context())


@pytest.mark.parametrize("event", [[], {}, {"data": []}, {"data": {"object": 1}}, None])
def test_signed_nonsense_is_about_nothing(event):
    body, moment = json.dumps(event).encode(), int(time.time())
    signed = f"{moment}.".encode() + body
    proof = hmac.new(b"new", signed, hashlib.sha256).hexdigest()
    headers = {"Stripe-Signature": f"t={moment},v1={proof}"}
    verdict = PSP.check_event(body, headers, context())
    assert verdict.authentic and verdict.foreign
