"""Adapter against the simulated service, over real HTTP."""

from dataclasses import replace
from datetime import datetime, timedelta, timezone
from decimal import Decimal

import pytest
from cryptography.hazmat.primitives.asymmetric import ec

from odoo.addons.pom_payment.psp.values import PaymentOrder, Search
from odoo.addons.pom_payment_bancontact.psp import jws

from .test_jws import pem

KEY = pem(ec.generate_private_key(ec.SECP256R1()))


@pytest.fixture
def refunding_shop(shop, psp):
    """A shop that may refund, since the PSP knows its key."""
    psp.merchants[0].jwks = {"keys": [jws.public_jwk(KEY, "shop-1")]}
    shop.credentials = replace(
        shop.credentials, signing_key=KEY, signing_key_id="shop-1"
    )
    yield shop
    psp.merchants[0].jwks = None


def refund_of(shop, created, amount="20.00", key="refund-1", **values):
    return shop.adapter.refund_request(
        created.provider_reference,
        Decimal(amount),
        "EUR",
        shop.credentials,
        idempotency_key=key,
        description="Terugbetaling INV/2026/00042",
        **values,
    )


def test_from_order_to_money(shop, psp, receiver):
    paid_before = psp.ledger()["paid"]
    created = shop.create()
    waiting = shop.fetch(created.provider_reference)
    assert (waiting.status, waiting.amount) == ("pending", Decimal("45.73"))
    assert created.expires_at > datetime.now(timezone.utc) + timedelta(minutes=19)

    psp.pay(created.provider_reference)
    [callback] = receiver.wait_for(1)
    verdict = shop.judge(callback)
    assert verdict.authentic, verdict.reason
    assert verdict.event_key == f"{created.provider_reference}:SUCCEEDED"
    update = shop.fetch(verdict.provider_reference)
    assert update.status == "done"
    assert update.reference == shop.adapter.wire_reference(shop.order().reference)
    assert update.merchant_id == shop.credentials.merchant_id
    assert update.payer_name and update.payer_iban.startswith("*")
    assert update.paid_at < datetime.now(timezone.utc) < update.expires_at
    assert psp.ledger()["paid"] - paid_before == 4573


@pytest.mark.parametrize(
    ("action", "status"),
    [("cancel", "cancelled"), ("fail", "failed"), ("expire", "expired")],
)
def test_other_ways_out_are_announced_too(shop, psp, receiver, action, status):
    created = shop.create()
    getattr(psp, action)(created.provider_reference)
    assert shop.judge(receiver.wait_for(1)[0]).authentic
    assert shop.fetch(created.provider_reference).status == status


def test_everything_that_a_long_invoice_can_hold_is_taken(shop):
    order = PaymentOrder(
        Decimal("9999.99"),
        "EUR",
        reference="Façade & Söhne / 2026 / a very long series / 00042",
        callback_url=shop.callback_url,
        return_url="http://127.0.0.1:1/",
        communication="RF18 5390 0754 7034",
        description="€ 9.999,99 voor <b>alles</b> " * 20,
        invoice_names=tuple(f"INV/{n}" for n in range(99)),
    )
    answer = shop.send(shop.adapter.payment_request(order, shop.credentials))
    assert answer.status_code == 201, answer.text
    update = shop.adapter.read_update(answer.json())
    assert update.reference == shop.adapter.wire_reference(order.reference)


def test_shop_gives_a_payment_up(shop, psp):
    """mollie/magento2#865: withdrawing also cancels at the provider."""
    created = shop.create()
    request = shop.adapter.cancel_request(created.provider_reference)
    assert shop.send(request).status_code == 204
    assert shop.fetch(created.provider_reference).status == "cancelled"
    answer = shop.send(request)
    failure = shop.adapter.read_failure(answer.status_code, answer.json())
    assert (failure.code, failure.temporary) == ("PAYMENT_NOT_PENDING", False)
    assert failure.trace


def test_search_finds_what_was_paid(shop, psp):
    long_name = "Verkoopfacturen van het filiaal in Antwerpen/2026"
    references = [f"{long_name}/1", f"{long_name}/2", f"{long_name}/2"]
    made = [shop.create(reference=reference) for reference in references]
    for created in made[:2]:
        psp.pay(created.provider_reference)
    now = datetime.now(timezone.utc)
    request = shop.adapter.search_request(
        Search(
            since=now - timedelta(minutes=1),
            until=now + timedelta(minutes=1),
            statuses=("done",),
            reference=references[1],
        )
    )
    [found] = shop.adapter.read_search(shop.send(request).json())
    assert found == shop.fetch(made[1].provider_reference)


@pytest.mark.parametrize("search_by", ["offset", "page"])
def test_search_in_parts_by_either_spelling(shop, psp, search_by, monkeypatch):
    """The contract and the clients in use spell it differently."""
    monkeypatch.setattr(psp, "search_by", search_by)
    name = f"MANY/{search_by}"
    made = {shop.create(reference=name).provider_reference for _n in range(61)}
    now = datetime.now(timezone.utc)
    found = [
        [
            update.provider_reference
            for update in shop.adapter.read_search(shop.send(request).json())
        ]
        for request in (
            shop.adapter.search_request(
                Search(
                    since=now - timedelta(minutes=1),
                    until=now + timedelta(minutes=1),
                    reference=name,
                    page=page,
                )
            )
            for page in range(3)
        )
    ]
    assert [len(part) for part in found] == [50, 11, 0]
    assert {*found[0], *found[1]} == made


def test_search_lags_while_fetching_does_not(shop, psp):
    psp.faults.inject("search_lag", 3600)
    created = shop.create(reference="LAG/1")
    now = datetime.now(timezone.utc)
    request = shop.adapter.search_request(
        Search(since=now - timedelta(hours=1), until=now + timedelta(hours=1))
    )
    assert shop.adapter.read_search(shop.send(request).json()) == []
    assert shop.fetch(created.provider_reference).status == "pending"


def test_refund_in_part_and_never_twice(refunding_shop, psp):
    shop, before = refunding_shop, psp.ledger()["refunded"]
    created = shop.create()
    psp.pay(created.provider_reference)
    answers = [shop.send(refund_of(shop, created)) for _again in range(2)]
    assert [answer.status_code for answer in answers] == [201, 201], answers[0].text
    refund, again = (shop.adapter.read_refund(answer.json()) for answer in answers)
    assert refund == again
    assert (refund.status, refund.amount) == ("pending", Decimal("20.00"))
    assert psp.ledger()["refunded"] - before == 2000

    request = shop.adapter.fetch_refund_request(
        created.provider_reference, refund.refund_reference
    )
    assert shop.adapter.read_refund(shop.send(request).json()).status == "done"


def test_how_a_refund_is_signed(refunding_shop, psp):
    """Refund API, "JWS-Request-Signature-Refund"."""
    moment = datetime(2026, 11, 22, 10, 24, 5, 127000, timezone.utc)
    request = refund_of(refunding_shop, refunding_shop.create(), now=moment)
    signature = jws.parse(request.headers["Signature"])
    jws.verify(signature, request.data, psp.merchants[0].jwks, ["ES256"])
    claim = "https://payconiq.com/"
    assert sorted(signature.header.pop("crit")) == sorted(
        claim + name for name in ("iat", "iss", "jti", "path", "sub")
    )
    assert signature.header == {
        "typ": "jose+json",
        "alg": "ES256",
        "kid": "shop-1",
        claim + "sub": psp.ppid,
        claim + "iss": "Payconiq",
        claim + "iat": "2026-11-22T10:24:05.127Z",
        claim + "jti": "refund-1",
        claim + "path": request.endpoint,
    }
    assert request.headers["Content-Type"] == "application/json"
    assert request.headers["Idempotency-Key"] == "refund-1"


def test_refund_of_more_than_was_paid(refunding_shop, psp):
    created = refunding_shop.create()
    psp.pay(created.provider_reference)
    request = refund_of(refunding_shop, created, amount="45.74")
    assert refunding_shop.send(request).status_code == 422


def test_refund_signed_with_another_key(refunding_shop, psp):
    created = refunding_shop.create()
    psp.pay(created.provider_reference)
    refunding_shop.credentials = replace(
        refunding_shop.credentials,
        signing_key=pem(ec.generate_private_key(ec.SECP256R1())),
    )
    answer = refunding_shop.send(refund_of(refunding_shop, created))
    assert answer.status_code == 401


def test_payer_s_account_for_a_refund_by_transfer(shop, psp):
    created = shop.create()
    psp.pay(created.provider_reference)
    request = shop.adapter.refund_iban_request(created.provider_reference)
    iban = shop.adapter.read_refund_iban(shop.send(request).json())
    assert iban.startswith("BE") and len(iban) == 16


def test_key_of_another_merchant(shop, psp):
    """Odoo with two companies: the one's key doesn't open the other's payments."""
    created = shop.create()
    other = psp.add_merchant()
    shop.credentials = replace(shop.credentials, api_key=other.api_key)
    answer = shop.send(shop.adapter.fetch_request(created.provider_reference))
    failure = shop.adapter.read_failure(answer.status_code, answer.json())
    assert failure.code == "PAYMENT_NOT_FOUND"


def test_wrong_key(shop):
    shop.credentials = replace(shop.credentials, api_key="wrong")
    answer = shop.send(shop.adapter.fetch_request("1"))
    failure = shop.adapter.read_failure(answer.status_code, answer.json())
    assert (failure.code, failure.temporary) == ("UNAUTHORIZED", False)


@pytest.mark.parametrize("status", [429, 503])
def test_psp_that_is_busy(shop, psp, status):
    psp.faults.inject("api_error", status, times=1, only="create")
    request = shop.adapter.payment_request(shop.order(), shop.credentials)
    answer = shop.send(request)
    assert shop.adapter.read_failure(answer.status_code, answer.json()).temporary
    assert shop.send(request).status_code == 201


@pytest.mark.parametrize("spelling", ["expireAt", "expiresAt", "both"])
def test_spellings_of_the_end(shop, psp, spelling):
    psp.faults.inject("expire_field", spelling)
    assert shop.create().expires_at > datetime.now(timezone.utc)


def test_end_that_is_not_told(shop, psp):
    psp.faults.inject("expire_field", "none")
    assert shop.create().expires_at is None


def test_word_that_is_not_known_yet(shop, psp):
    """odoo/odoo#225875."""
    created = shop.create()
    psp.faults.inject("unknown_status", "UNDER_REVIEW")
    update = shop.fetch(created.provider_reference)
    assert (update.status, update.unknown_status) == ("pending", "UNDER_REVIEW")


@pytest.mark.parametrize("cents", [-100, 100])
def test_wrong_amount_is_seen(shop, psp, cents):
    psp.faults.inject("wrong_amount", cents, times=1)
    created = shop.create()
    psp.pay(created.provider_reference)
    update = shop.fetch(created.provider_reference)
    assert update.status == "done"
    assert update.amount - shop.order().amount == Decimal(cents) / 100


def test_money_after_the_end_counts(shop, psp, receiver):
    created = shop.create()
    psp.expire(created.provider_reference)
    receiver.wait_for(1)
    assert shop.fetch(created.provider_reference).status == "expired"
    psp.pay(created.provider_reference, late=True)
    expired, succeeded = (shop.judge(r) for r in receiver.wait_for(2))
    assert expired.event_key != succeeded.event_key
    assert shop.fetch(created.provider_reference).status == "done"
