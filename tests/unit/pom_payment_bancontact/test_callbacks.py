"""Callbacks that are real, forged, repeated, changed, or somebody else's.

What others got wrong: odoo/odoo#279417 and optiosteam/payconiq-client-php#2.
"""

import json
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from odoo.addons.pom_payment.psp.values import EventContext

from tests.simulators.receiver import Received


@pytest.fixture
def callback(shop, psp, receiver):
    """How to pay and get what the PSP sends then.

    Whatever faults are given happen to that callback.
    """

    def pay(**faults) -> Received:
        created = shop.create()
        for name, value in faults.items():
            psp.faults.inject(name, value, only=created.provider_reference)
        seen = len(receiver.received)
        psp.pay(created.provider_reference)
        return receiver.wait_for(seen + 1)[-1]

    return pay


@pytest.mark.parametrize(
    "faults",
    [
        {},
        {"iss": "payconiq"},
        {"iss": "PAYCONIQ"},
        {"alg": "RS256"},
        {"der_signature": True},
        {"iat_nanoseconds": True},
        {"iat_age": 24 * 3600},
    ],
    ids=str,
)
def test_real_ones_are_taken(shop, callback, faults):
    verdict = shop.judge(callback(**faults))
    assert verdict.authentic, verdict.reason
    assert verdict.details["jti"] and verdict.details["iat"]


@pytest.mark.parametrize(
    ("faults", "reason"),
    [
        ({"tamper_body": True}, "doesn't fit"),
        ({"forged": True}, "doesn't fit"),
        ({"unknown_kid": True}, "no EC key"),
        ({"foreign_ppid": "0" * 24}, "another product profile"),
        ({"other_path": "https://evil.example/"}, "another address"),
        ({"iss": "Evil"}, "issuer"),
        ({"no_signature": True}, "not a detached"),
    ],
    ids=str,
)
def test_others_are_refused(shop, callback, faults, reason):
    verdict = shop.judge(callback(**faults))
    assert not verdict.authentic
    assert reason in verdict.reason
    # A forger must not take the place of the real event.
    assert verdict.event_key == "" and verdict.provider_reference == ""


def test_address_with_a_switch_for_tests_switches_nothing(shop, callback):
    """odoo/odoo#279417: ``?mode=test`` skipped the signature."""
    received = callback(forged=True)
    shop.callback_url += "?mode=test"
    assert not shop.judge(received).authentic


def test_callback_of_another_merchant_to_our_address(shop, psp, receiver):
    """odoo/odoo#279417: another customer of the same PSP gives our address as his
    own, pays himself a cent, and the callback is perfectly signed.
    """
    other = psp.add_merchant()
    ours = shop.credentials
    shop.credentials = replace(ours, api_key=other.api_key, ppid=other.ppid)
    created = shop.create(amount="0.01")
    psp.pay(created.provider_reference)
    [received] = receiver.wait_for(1)
    assert shop.judge(received).authentic  # for the other one, that is
    shop.credentials = ours
    verdict = shop.judge(received)
    assert not verdict.authentic
    assert "another product profile" in verdict.reason


def test_payments_still_under_way_when_our_address_changes(shop, callback):
    received = callback()
    shop.fetch_keys()
    moved = EventContext(shop.credentials, "https://new.example/cb", shop.keys)
    assert not check(shop, received, moved).authentic
    moved = replace(moved, former_callback_urls=(shop.callback_url,))
    assert check(shop, received, moved).authentic


def test_copies_bear_the_same_key(shop, psp, receiver):
    """The very same headers and body may come again after 24 hours."""
    created = shop.create()
    psp.faults.inject("iat_age", 24 * 3600, times=1)
    psp.pay(created.provider_reference)
    receiver.wait_for(1)
    psp.replay(created.provider_reference)
    first, again = receiver.wait_for(2)
    assert (first.body, first.headers) == (again.body, again.headers)
    verdicts = {shop.judge(received).event_key for received in (first, again)}
    assert verdicts == {f"{created.provider_reference}:SUCCEEDED"}


def test_order_of_arrival_says_nothing(shop, psp, receiver):
    created = shop.create()
    psp.faults.inject("out_of_order", times=1)
    psp.pay(created.provider_reference)
    keys = [shop.judge(received).event_key for received in receiver.wait_for(2)]
    assert [key.split(":")[1] for key in keys] == ["SUCCEEDED", "AUTHORIZED"]
    assert shop.fetch(created.provider_reference).status == "done"


def test_body_is_never_what_counts(shop, callback):
    """Even a well signed one: the payment says what was paid."""
    received = callback(callback_amount=-4000)
    verdict = shop.judge(received)
    assert verdict.authentic
    assert json.loads(received.body)["amount"] == 573
    assert shop.fetch(verdict.provider_reference).amount == shop.order().amount


@pytest.mark.parametrize("same_name", [False, True])
def test_keys_that_were_renewed(shop, psp, callback, same_name):
    assert shop.judge(callback()).authentic
    psp.rotate_keys(same_name=same_name)
    received = callback()
    verdict = shop.check(received)
    assert not verdict.authentic and verdict.needs_fresh_keys
    fetches = shop.fetches
    assert shop.judge(received).authentic
    assert shop.fetches == fetches + 1


def test_keys_that_are_published_late(shop, psp, callback):
    """They sign with the new key while the old document is still handed out."""
    psp.rotate_keys(stale_fetches=1)
    received = callback()
    assert not shop.judge(received).authentic
    assert shop.judge(received).authentic


def test_no_keys_yet(shop, callback):
    verdict = shop.check(callback())
    assert not verdict.authentic and verdict.needs_fresh_keys


def test_what_is_not_to_be_mended_by_fresh_keys(shop, callback):
    """Strangers must not make us fetch keys with any nonsense."""
    for faults in ({"foreign_ppid": "x"}, {"iss": "x"}, {"no_signature": True}):
        assert not shop.check(callback(**faults)).needs_fresh_keys


@pytest.mark.parametrize("body", [b"", b"[]", b"{}", b'{"paymentId": 1}', b"\xff"])
def test_news_about_something_else_is_kept_but_applied_to_nothing(
    shop, signed_as, body
):
    """odoo/odoo#245777: a foreign event that is answered with an error gets the whole
    address switched off.
    """
    verdict = shop.judge(signed_as(body))
    assert verdict.authentic and verdict.provider_reference == ""
    assert verdict.event_key.startswith("sha256:")


@pytest.mark.parametrize(
    "claims",
    [
        {"crit": ["https://payconiq.com/exp"], "https://payconiq.com/exp": "2000"},
        {"crit": []},
        {"https://payconiq.com/jti": ...},
        {"https://payconiq.com/iss": ...},
        {"https://payconiq.com/iss": ["Payconiq"]},
        {"https://payconiq.com/sub": ..., "crit": ...},
        {"https://payconiq.com/path": ..., "crit": ...},
    ],
    ids=str,
)
def test_claims_that_are_wrong_though_signed(shop, signed_as, claims):
    """``...`` stands for a claim that is left out."""
    assert not shop.judge(signed_as(b"{}", **claims)).authentic


@pytest.mark.parametrize("unset", [None, False, ""])
@pytest.mark.parametrize("nothing", [..., None, ""])
@pytest.mark.parametrize("name", ["path", "sub"])
def test_provider_that_is_not_set_up_believes_nothing(
    shop, signed_as, name, nothing, unset
):
    """Core's Stripe goes on without a secret: that must not mean that all is well."""
    received = signed_as(
        b"{}", **{f"https://payconiq.com/{name}": nothing, "crit": ...}
    )
    shop.fetch_keys()
    context = EventContext(shop.credentials, shop.callback_url, shop.keys)
    if name == "path":
        context = replace(context, callback_url=unset)
    else:
        context = replace(context, credentials=replace(shop.credentials, ppid=unset))
    assert not check(shop, received, context).authentic


@pytest.mark.parametrize("iat", [0, "yesterday"])
def test_time_of_signing_only_informs(shop, signed_as, iat):
    assert shop.judge(signed_as(b"{}", **{"https://payconiq.com/iat": iat})).authentic


@pytest.fixture
def signed_as(shop, psp):
    """How the PSP itself would sign any body with any claims."""

    def sign(body: bytes, **claims) -> Received:
        payment = psp.payments[shop.create().provider_reference]
        header = {**psp._jose_header(payment, lambda name: None), **claims}
        header = {name: claim for name, claim in header.items() if claim is not ...}
        signature = psp.keys.current.sign(header, body)
        return Received("/", {"Signature": signature}, body)

    return sign


@given(signature=st.text(), body=st.binary(), data=st.data())
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_nonsense_is_refused_without_a_fault(shop, signature, body, data):
    name = data.draw(st.sampled_from(["signature", "Signature", "SIGNATURE", "x"]))
    assert not shop.check(Received("/", {name: signature}, body)).authentic


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(data=st.data())
def test_no_bit_can_be_changed(shop, captured, data):
    """Neither of the body nor of the signature."""
    assert shop.check(captured).authentic
    place = data.draw(st.integers(0, len(captured.body) - 1))
    bit = 1 << data.draw(st.integers(0, 7))
    body = bytearray(captured.body)
    body[place] ^= bit
    assert not shop.check(replace(captured, body=bytes(body))).authentic


@pytest.fixture
def captured(shop, callback):
    received = callback()
    assert shop.judge(received).authentic
    return received


def check(shop, received, context):
    return shop.adapter.check_event(received.body, received.headers, context)
