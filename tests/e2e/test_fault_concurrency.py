"""What only happens with several processes: a real server with workers."""

from concurrent.futures import ThreadPoolExecutor

import pytest
import requests

from tests.simulators.bancontact_pro import BancontactPro

from . import fault_run
from .harness import Server, database, environment

NAME = "pom_e2e_faults"


@pytest.fixture(scope="module")
def world():
    database("world", NAME)
    with BancontactPro(retry_delays=(1, 2), callback_timeout=60) as psp:
        server = Server(NAME, workers=4)
        tokens = list(fault_run.prepare(NAME, psp, server.url, 4))
        with server:
            yield psp, server, tokens
    database("drop", NAME)


def press(server, token):
    return requests.post(
        f"{server.url}/p/{token}/pay",
        data=fault_run.WAY,
        allow_redirects=False,
        timeout=120,
    ).headers["Location"]


@pytest.mark.e2e
def test_two_tabs_and_a_double_click(world):
    """odoo/odoo#287890, odoo/odoo#23650: eight presses at once make one payment."""
    psp, server, tokens = world
    before = len(psp.payments)
    with ThreadPoolExecutor(8) as fingers:
        places = list(fingers.map(lambda _n: press(server, tokens[0]), range(8)))
    to_the_app = [place for place in places if place.startswith(psp.url)]
    assert len(to_the_app) == 1
    assert len(psp.payments) == before + 1
    assert sum(place.endswith(f"/p/{tokens[0]}") for place in places) == 7
    page = requests.get(f"{server.url}/p/{tokens[0]}", timeout=120).text
    assert to_the_app[0] in page


@pytest.mark.e2e
def test_the_same_news_in_every_worker_at_once(world):
    """odoo/odoo#268268, odoo/odoo#274010: many copies at the same time, one booking."""
    psp, server, tokens = world
    number = press(server, tokens[1]).rpartition("/")[2]
    psp.faults.inject("duplicate_callbacks", 7, times=1)
    psp.pay(number)
    psp.announce(number, ("AUTHORIZED", "SUCCEEDED", "EXPIRED"))
    assert psp.wait_idle()
    wait_for_paid(server, tokens[1])
    with environment(NAME) as env:
        tx = env["payment.transaction"].search([("provider_reference", "=", number)])
        payments = env["account.payment"].search(
            [("payment_transaction_id", "=", tx.id)]
        )
        assert (tx.state, len(payments)) == ("done", 1)


@pytest.mark.e2e
def test_killed_after_storing_loses_nothing(world):
    """The server dies with an event in its store, and goes on where it was."""
    psp, server, tokens = world
    number = press(server, tokens[2]).rpartition("/")[2]
    psp.faults.inject("slow_answer", 30, only="get", times=1)
    psp.pay(number)
    assert psp.wait_idle()
    server.kill()
    with environment(NAME) as env:
        event = env["pom.webhook.event"].search([("provider_reference", "=", number)])
        assert event.state == "new"
    server.start()
    fault_run.settle(NAME)
    wait_for_paid(server, tokens[2])


def wait_for_paid(server, token, seconds=180):
    for _try in range(seconds * 5):
        address = f"{server.url}/p/{token}/status.json"
        if requests.get(address, timeout=120).json()["state"] == "paid":
            return
        fault_run.time.sleep(0.2)
    raise AssertionError("not paid in time")
