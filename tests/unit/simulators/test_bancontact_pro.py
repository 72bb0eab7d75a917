"""The simulated service by itself: what it promises to the tests that lean on it."""

import json
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
import requests

from tests.simulators.bancontact_pro import FAULTS, BancontactPro, Merchant
from tests.simulators.faults import Faults
from tests.simulators.receiver import Receiver
from tests.simulators.service import COMMON_FAULTS

ROOT = Path(__file__).resolve().parents[3]


@pytest.fixture(scope="module")
def running_psp():
    with BancontactPro(retry_delays=(0.02, 0.02), callback_timeout=60) as psp:
        yield psp


@pytest.fixture
def psp(running_psp):
    yield running_psp
    running_psp.faults.clear()
    running_psp.search_by = "offset"


@pytest.fixture
def receiver():
    with Receiver() as receiver:
        yield receiver


def api(psp, method, path, **values):
    headers = {"Authorization": f"Bearer {psp.api_key}"}
    return requests.request(
        method, psp.url + path, headers=headers, timeout=10, **values
    )


def create(psp, **values) -> str:
    body = {"amount": 4573, "currency": "EUR", "reference": "INV/1", **values}
    answer = api(psp, "POST", "/v3/payments", json=body)
    assert answer.status_code == 201, answer.text
    return answer.json()["paymentId"]


def statuses(receiver) -> list[str]:
    return [json.loads(received.body)["status"] for received in receiver.received]


# --- callbacks ----------------------------------------------------------------


@pytest.mark.parametrize("answer", [429, 500, 503, 504, 509])
def test_callback_is_repeated_as_it_was(psp, receiver, answer):
    answers = iter([answer, answer, 200])
    receiver.answer = lambda received: next(answers)
    psp.pay(create(psp, callbackUrl=receiver.url))
    assert psp.wait_idle()
    assert psp.callbacks[-1].tries == [answer, answer, 200]
    first, *others = [(r.headers, r.body) for r in receiver.received]
    assert others == [first, first]


@pytest.mark.parametrize("answer", [200, 204, 400, 403, 404, 502])
def test_other_answers_are_final(psp, receiver, answer):
    receiver.answer = lambda received: answer
    psp.pay(create(psp, callbackUrl=receiver.url))
    assert psp.wait_idle()
    assert psp.callbacks[-1].tries == [answer]
    assert psp.callbacks[-1].delivered is (answer == 200)


def test_no_answer_in_time_is_repeated(receiver):
    waits = iter([1])
    receiver.answer = lambda received: time.sleep(next(waits, 0)) or 200
    with BancontactPro(retry_delays=[0.02] * 50, callback_timeout=0.3) as hasty:
        hasty.pay(create(hasty, callbackUrl=receiver.url))
        assert hasty.wait_idle()
        first, *_slow_machine, last = hasty.callbacks[-1].tries
    assert (first, last) == ("ReadTimeout", 200)


def test_given_up_in_the_end(psp):
    with Receiver() as gone:
        url = gone.url
    psp.pay(create(psp, callbackUrl=url))
    assert psp.wait_idle()
    assert psp.callbacks[-1].tries == ["ConnectionError"] * 3
    assert not psp.callbacks[-1].delivered


def test_dropped(psp, receiver):
    psp.faults.inject("drop_callbacks", times=1)
    psp.pay(create(psp, callbackUrl=receiver.url))
    assert psp.wait_idle()
    assert receiver.received == [] and psp.callbacks[-1].dropped


def test_delayed(psp, receiver):
    psp.faults.inject("delay_callbacks", 0.2, times=1)
    started = time.monotonic()
    psp.pay(create(psp, callbackUrl=receiver.url))
    receiver.wait_for(1)
    assert time.monotonic() - started >= 0.2


def test_duplicated_and_replayed(psp, receiver):
    psp.faults.inject("duplicate_callbacks", 2, times=1)
    payment_id = create(psp, callbackUrl=receiver.url)
    psp.pay(payment_id)
    receiver.wait_for(3)
    psp.replay(payment_id)
    everything = receiver.wait_for(6)
    assert len({(r.body, r.headers["Signature"]) for r in everything}) == 1


@pytest.mark.parametrize(
    ("fault", "expected"),
    [
        ("authorized_first", ["AUTHORIZED", "SUCCEEDED"]),
        ("out_of_order", ["SUCCEEDED", "AUTHORIZED"]),
    ],
)
def test_order_of_announcements(psp, receiver, fault, expected):
    psp.faults.inject(fault, times=1)
    psp.pay(create(psp, callbackUrl=receiver.url))
    assert psp.wait_idle()
    assert statuses(receiver) == expected


def test_announced_as_told(psp, receiver):
    payment_id = create(psp, callbackUrl=receiver.url)
    psp.announce(payment_id, ("IDENTIFIED", "AUTHORIZED"))
    assert psp.wait_idle()
    assert statuses(receiver) == ["IDENTIFIED", "AUTHORIZED"]
    assert psp.payments[payment_id].status == "PENDING"


def test_nobody_to_call(psp):
    sent = len(psp.callbacks)
    psp.pay(create(psp))
    assert len(psp.callbacks) == sent


# --- life of a payment --------------------------------------------------------


def test_time_runs_out(receiver):
    with BancontactPro(expiry_seconds=0.1) as psp:
        payment_id = create(psp, callbackUrl=receiver.url)
        paid_id = create(psp)
        psp.pay(paid_id)
        receiver.wait_for(1)
        assert statuses(receiver) == ["EXPIRED"]
        assert psp.payments[payment_id].status == "EXPIRED"
        assert psp.payments[paid_id].status == "SUCCEEDED"


def test_a_payment_ends_once(psp):
    payment_id = create(psp)
    psp.pay(payment_id)
    for act in (psp.pay, psp.cancel, psp.expire):
        with pytest.raises(Exception, match="SUCCEEDED"):
            act(payment_id)


def test_ledger_tells_what_was_really_paid(psp):
    before = psp.ledger()
    psp.faults.inject("wrong_amount", -73, times=1)
    payment_id = create(psp)
    psp.pay(payment_id)
    after = requests.get(psp.url + "/_sim/ledger", timeout=10).json()
    assert after["paid"] - before["paid"] == 4500
    assert after["entries"][-1]["paymentId"] == payment_id
    assert after["entries"][-1]["ppid"] == psp.ppid


# --- the merchant's side --------------------------------------------------------


@pytest.mark.parametrize(
    "values",
    [
        {"amount": 0},
        {"amount": 1_000_000},
        {"amount": 45.73},
        {"amount": True},
        {"currency": "USD"},
        {"reference": "x" * 36},
        {"reference": "Noël"},
        {"description": "x" * 141},
        {"callbackUrl": 7},
        {"colour": "magenta"},
    ],
    ids=str,
)
def test_order_that_is_wrong(psp, values):
    body = {"amount": 4573, "currency": "EUR", **values}
    answer = api(psp, "POST", "/v3/payments", json=body)
    assert answer.status_code == 400
    assert answer.json()["code"] == "FIELD_INVALID"


@pytest.mark.parametrize("body", ["", "[]", "{"])
def test_body_that_is_none(psp, body):
    assert api(psp, "POST", "/v3/payments", data=body).status_code == 400


def test_answer_that_gets_lost(psp):
    """The payment is made, but the merchant isn't told."""
    psp.faults.inject("lost_answer", 503, times=1, only="create")
    known = len(psp.payments)
    body = {"amount": 1, "currency": "EUR"}
    assert api(psp, "POST", "/v3/payments", json=body).status_code == 503
    assert len(psp.payments) == known + 1


def test_answer_that_is_late(psp):
    """The payment is there, and can be paid, before the merchant is told."""
    psp.faults.inject("late_answer", 0.5, times=1, only="create")
    known = set(psp.payments)
    body = {"amount": 1, "currency": "EUR"}
    with ThreadPoolExecutor(1) as merchant:
        asked = merchant.submit(api, psp, "POST", "/v3/payments", json=body)
        while not (made := set(psp.payments) - known):
            time.sleep(0.01)
        assert not asked.done()
    assert {asked.result().json()["paymentId"]} == made


def test_answer_that_is_slow(psp):
    payment_id = create(psp)
    psp.faults.inject("slow_answer", 0.2, times=1, only=payment_id)
    started = time.monotonic()
    api(psp, "GET", f"/v3/payments/{payment_id}")
    assert time.monotonic() - started >= 0.2


def test_keys_at_both_addresses(psp):
    root, well_known = (
        requests.get(psp.url + path, timeout=10).json()
        for path in ("/", "/.well-known/jwks.json")
    )
    assert root == well_known
    assert {key["alg"] for key in root["keys"]} == {"ES256", "RS256"}


@pytest.mark.parametrize(
    ("spelling", "second"), [("offset", "limit=2&offset=2"), ("page", "page=1&size=2")]
)
def test_search_goes_by_pages(psp, spelling, second):
    psp.search_by = spelling
    for _payment in range(3):
        create(psp, reference=f"BY {spelling}")
    found = api(
        psp,
        "POST",
        f"/v3/payments/search?{second}",
        json={"reference": f"BY {spelling}"},
    ).json()
    assert (found["totalElements"], found["totalPages"]) == (3, 2)
    assert len(found["details"]) == found["size"] == 1


@pytest.mark.parametrize(
    ("path", "code"),
    [
        ("/v3/payments/1", "PAYMENT_NOT_FOUND"),
        ("/nowhere", "NOT_FOUND"),
    ],
)
def test_what_there_is_not(psp, path, code):
    answer = api(psp, "GET", path)
    assert (answer.status_code, answer.json()["code"]) == (404, code)


def test_refund_of_what_was_not_paid(psp):
    path = f"/v3/payments/{create(psp)}/refunds"
    answer = api(psp, "POST", path, json={"amount": 1, "currency": "EUR"})
    assert answer.json()["code"] == "PAYMENT_NOT_SUCCEEDED"


# --- the payer's side -----------------------------------------------------------


def test_payer_pays_and_goes_back(psp):
    payment_id = create(psp, returnUrl="http://127.0.0.1:1/back", description="Brood")
    page = f"{psp.url}/pay/2/{payment_id}"
    html = requests.get(page, timeout=10).text
    assert psp.merchants[0].name in html and "€ 45.73" in html and "Brood" in html
    assert psp.payments[payment_id].status == "PENDING"

    answer = requests.post(
        page, data={"action": "pay"}, allow_redirects=False, timeout=10
    )
    assert answer.status_code == 303
    assert answer.headers["Location"] == "http://127.0.0.1:1/back"
    assert psp.payments[payment_id].status == "SUCCEEDED"
    assert "<button" not in requests.get(page, timeout=10).text


@pytest.mark.parametrize(
    ("action", "status"),
    [("cancel", "CANCELLED"), ("fail", "AUTHORIZATION_FAILED"), ("steal", "PENDING")],
)
def test_other_buttons(psp, action, status):
    payment_id = create(psp, returnUrl="javascript:alert(1)")
    answer = requests.post(
        f"{psp.url}/pay/2/{payment_id}", data={"action": action}, timeout=10
    )
    assert answer.status_code == (400 if action == "steal" else 200)
    assert psp.payments[payment_id].status == status


def test_page_shows_what_it_was_told_as_text(psp):
    psp.add_merchant("<b>Bold</b>", api_key="bold")
    body = {"amount": 1, "currency": "EUR"}
    payment_id = requests.post(
        f"{psp.url}/v3/payments",
        json=body,
        headers={"Authorization": "Bearer bold"},
        timeout=10,
    ).json()["paymentId"]
    html = requests.get(f"{psp.url}/pay/2/{payment_id}", timeout=10).text
    assert "&lt;b&gt;Bold" in html and "<b>" not in html


def test_page_of_no_payment(psp):
    assert requests.get(f"{psp.url}/pay/2/1", timeout=10).status_code == 404


# --- faults -----------------------------------------------------------------------


def test_faults_over_http(psp):
    url = psp.url + "/_sim/faults"
    fault = {"name": "api_error", "value": 503, "times": 1, "only": "get"}
    assert requests.post(url, json=fault, timeout=10).json()["active"]
    payment_id = create(psp)
    path = f"/v3/payments/{payment_id}"
    assert [api(psp, "GET", path).status_code for _try in range(2)] == [503, 200]
    assert requests.get(url, timeout=10).json()["known"] == {**FAULTS, **COMMON_FAULTS}
    assert requests.delete(url, timeout=10).json()["active"] == []
    wrong = requests.post(url, json={"name": "earthquake"}, timeout=10)
    assert wrong.status_code == 400 and "earthquake" in wrong.json()["message"]


def test_actions_over_http(psp, receiver):
    payment_id = create(psp, callbackUrl=receiver.url)
    base = f"{psp.url}/_sim/payments/{payment_id}"
    assert requests.post(base + "/expire", timeout=10).json()["status"] == "EXPIRED"
    assert requests.post(base + "/pay", timeout=10).status_code == 422
    late = requests.post(base + "/pay", json={"late": True}, timeout=10)
    assert late.json()["status"] == "SUCCEEDED"
    words = {"statuses": ["AUTHORIZED"]}
    requests.post(base + "/announce", json=words, timeout=10)
    assert requests.get(psp.url + "/_sim/idle", timeout=10).json()["idle"]
    told = requests.get(psp.url + "/_sim/callbacks", timeout=10).json()
    assert [c["status"] for c in told if c["paymentId"] == payment_id] == [
        "EXPIRED",
        "SUCCEEDED",
        "AUTHORIZED",
    ]
    assert requests.post(base + "/dance", timeout=10).status_code == 404
    listed = requests.get(psp.url + "/_sim/payments", timeout=10).json()
    assert payment_id in [payment["paymentId"] for payment in listed]


def test_keys_and_merchants_over_http(psp):
    first = psp.keys.current.kid("ES256")
    rotated = requests.post(psp.url + "/_sim/keys/rotate", timeout=10).json()
    assert rotated["kid"] != first
    merchants = requests.post(
        psp.url + "/_sim/merchants", json={"name": "Derde Winkel"}, timeout=10
    ).json()
    assert merchants[-1]["name"] == "Derde Winkel" and merchants[-1]["api_key"]


def test_share_of_a_fault_is_about_right_and_repeatable():
    def run(seed):
        faults = Faults({"drop": ""}, seed)
        faults.inject("drop", share=0.1)
        return [bool(faults.take("drop")) for _time in range(1000)]

    assert 60 < sum(run(1)) < 140
    assert run(1) == run(1) != run(2)


def test_fault_for_one_only():
    faults = Faults({"drop": "", "delay": ""})
    faults.inject("drop", only="INV/1", times=1)
    faults.inject("delay", 5)
    assert faults.take("drop", ("INV/2",)) is None
    assert faults.take("drop", ("x", "INV/1")) is True
    assert faults.take("drop", ("x", "INV/1")) is None
    faults.clear("drop")
    assert [fault["name"] for fault in faults.active()] == ["delay"]
    assert faults.happened == {"drop": 1}


# --- by itself ----------------------------------------------------------------------


def test_only_this_machine_can_reach_it(psp):
    assert psp.url.startswith("http://127.0.0.1:")


def test_as_a_program():
    command = [sys.executable, "-m", "tests.simulators.bancontact_pro"]
    arguments = ["--api-key", "key", "--ppid", "profile", "--name", "Frituur"]
    with subprocess.Popen(
        command + arguments, cwd=ROOT, stdout=subprocess.PIPE, text=True
    ) as process:
        try:
            ready = json.loads(process.stdout.readline())
            assert (ready["api_key"], ready["ppid"]) == ("key", "profile")
            ledger = requests.get(ready["url"] + "/_sim/ledger", timeout=10).json()
            assert ledger == {"paid": 0, "refunded": 0, "entries": []}
        finally:
            process.terminate()


def test_merchants_have_secrets_of_the_right_length():
    merchant = Merchant("x")
    assert (len(merchant.api_key), len(merchant.ppid)) == (36, 24)
