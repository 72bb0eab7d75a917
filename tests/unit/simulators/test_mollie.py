"""The simulated service by itself; the adapter's tests lean on the rest of it."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
import requests

from tests.simulators.mollie import Mollie
from tests.simulators.receiver import Receiver

ROOT = Path(__file__).resolve().parents[3]
ORDER = {
    "amount": {"currency": "EUR", "value": "45.73"},
    "description": "Brood",
    "redirectUrl": "http://127.0.0.1:1/back",
    "metadata": {"reference": "INV/1"},
}


@pytest.fixture(scope="module")
def psp():
    with Mollie(retry_delays=(0.02,), callback_timeout=60) as psp:
        yield psp


def post(psp, path, body, key=""):
    headers = {"Authorization": f"Bearer {psp.api_key}", "Idempotency-Key": key}
    return requests.post(psp.api_url + path, json=body, headers=headers, timeout=10)


def create(psp, **values) -> str:
    answer = post(psp, "/payments", {**ORDER, **values})
    assert answer.status_code == 201, answer.text
    return answer.json()["id"]


@pytest.mark.parametrize(
    "values",
    [
        {"amount": {"currency": "EUR", "value": "0.00"}},
        {"amount": {"currency": "EUR", "value": "1.5"}},
        {"amount": {"currency": "USD", "value": "1.50"}},
        {"amount": 45.73},
        {"description": ""},
        {"description": "x" * 256},
        {"redirectUrl": None},
    ],
    ids=str,
)
def test_order_that_is_wrong(psp, values):
    assert post(psp, "/payments", {**ORDER, **values}).status_code == 422


def test_key_is_for_one_request_only(psp):
    assert post(psp, "/payments", ORDER, key="k").status_code == 201
    other = {**ORDER, "description": "Taart"}
    assert post(psp, "/payments", other, key="k").status_code == 400


def test_refund_of_more_than_was_paid(psp):
    payment_id = create(psp)
    psp.pay(payment_id)
    amount = {"currency": "EUR", "value": "45.74"}
    path = f"/payments/{payment_id}/refunds"
    assert post(psp, path, {"amount": amount}).status_code == 422


def test_time_runs_out():
    with Receiver() as receiver, Mollie(expiry_seconds=0.05) as psp:
        payment_id = create(psp, webhookUrl=receiver.url)
        assert receiver.wait_for(1)[0].body == f"id={payment_id}".encode()
        assert psp.payments[payment_id].status == "expired"


def test_a_payment_ends_once(psp):
    payment_id = create(psp)
    psp.pay(payment_id)
    with pytest.raises(Exception, match="paid"):
        psp.cancel(payment_id)


def test_webhook_is_repeated(psp):
    answers = iter([500, 200])
    with Receiver(lambda received: next(answers)) as receiver:
        payment_id = create(psp, webhookUrl=receiver.url)
        psp.pay(payment_id)
        assert psp.wait_idle()
        assert psp.callbacks[-1].tries == [500, 200]


def test_wrong_amount_is_in_the_ledger(psp):
    psp.faults.inject("wrong_amount", -73, times=1)
    psp.pay(create(psp))
    ledger = requests.get(psp.url + "/_sim/ledger", timeout=10).json()
    assert ledger["entries"][-1]["amount"] == 4500


@pytest.mark.parametrize(
    ("action", "status"), [("pay", "paid"), ("cancel", "canceled"), ("steal", "open")]
)
def test_payer_decides(psp, action, status):
    payment_id = create(psp)
    page = f"{psp.url}/checkout/{payment_id}"
    assert "€ 45.73" in requests.get(page, timeout=10).text
    answer = requests.post(
        page, data={"action": action}, allow_redirects=False, timeout=10
    )
    assert answer.status_code == (400 if action == "steal" else 303)
    assert psp.payments[payment_id].status == status


def test_page_of_no_payment(psp):
    assert requests.get(f"{psp.url}/checkout/tr_0", timeout=10).status_code == 404


def test_signing_over_http(psp):
    body = {"url": "http://127.0.0.1:1/"}
    answer = requests.post(psp.url + "/_sim/signed-webhooks", json=body, timeout=10)
    assert answer.json()["secret"] == psp.signed_webhooks.pop(body["url"])


def test_as_a_program():
    command = [sys.executable, "-m", "tests.simulators.mollie", "--api-key", "test_x"]
    with subprocess.Popen(
        command, cwd=ROOT, stdout=subprocess.PIPE, text=True
    ) as process:
        try:
            ready = json.loads(process.stdout.readline())
            assert ready["api_key"] == "test_x"
            assert requests.get(ready["url"] + "/_sim/ledger", timeout=10).ok
        finally:
            process.terminate()
