"""A callback is never lost, wherever the server dies."""

import time

import pytest

from tests.e2e import company
from tests.e2e.harness import Server, environment
from tests.simulators.bancontact_pro import BancontactPro

pytestmark = pytest.mark.e2e


def wait_for_answer(psp):
    deadline = time.monotonic() + 180
    while not any(callback.delivered for callback in psp.callbacks):
        assert time.monotonic() < deadline, psp.callbacks
        time.sleep(0.05)


def wait_until_tried(psp):
    deadline = time.monotonic() + 180
    while not any(callback.tries for callback in psp.callbacks):
        assert time.monotonic() < deadline, psp.callbacks
        time.sleep(0.05)


def test_server_killed_after_the_answer(world):
    """Stored and acknowledged, not yet applied: the provider won't send it again."""
    # No scheduler: what is stored stays as it is.
    with BancontactPro() as psp, Server(world, crons=0) as server:
        way = company.configure(world, server, psp)
        move_id, url = company.invoice(world)
        payment = company.begin(url, way).rpartition("/")[2]
        psp.pay(payment)
        wait_for_answer(psp)
        server.kill()
        assert company.payment_states(world, move_id)[0] == "not_paid"
        with environment(world) as env:
            assert env["pom.webhook.event"].search([]).mapped("state") == ["new"]
        with Server(world, port=server.port):
            states = company.wait_until_paid(world, move_id)
        assert states == ("paid", ["done"], 1)


def test_server_down_when_the_callback_comes(world):
    """The provider sends it again, and it's booked once."""
    with BancontactPro(retry_delays=[0.5] * 400) as psp, Server(world) as server:
        way = company.configure(world, server, psp)
        move_id, url = company.invoice(world)
        payment = company.begin(url, way).rpartition("/")[2]
        server.kill()
        psp.pay(payment)
        wait_until_tried(psp)
        assert company.payment_states(world, move_id)[0] == "not_paid"
        with Server(world, port=server.port):
            states = company.wait_until_paid(world, move_id)
        assert states == ("paid", ["done"], 1)
