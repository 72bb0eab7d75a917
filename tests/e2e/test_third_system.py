"""A webshop is told how invoices stand, the moment that it changes."""

import json
import time

import pytest

from tests.e2e import company
from tests.e2e.harness import Server, environment
from tests.simulators.bancontact_pro import BancontactPro
from tests.simulators.receiver import Receiver

pytestmark = pytest.mark.e2e

#: Seconds that "at once" may take on a busy machine; by itself the cron comes by every
#: ten minutes.
AT_ONCE = 180


def subscribe(world, url):
    with environment(world) as env:
        shop = env["pom.subscriber"].create(
            {"name": "Webshop", "url": url, "internal_networks": "127.0.0.0/8"}
        )
        return shop.secret


def told(receiver, status):
    """Wait until the shop was told this; return the message."""
    deadline = time.monotonic() + AT_ONCE
    while time.monotonic() < deadline:
        for received in receiver.received:
            data = json.loads(received.body)["data"]
            if data["status"] == status:
                return data
        time.sleep(0.02)
    raise AssertionError(f"never told of {status}: {receiver.received}")


def test_told_at_once(world):
    with BancontactPro() as psp, Receiver() as shop, Server(world) as server:
        way = company.configure(world, server, psp)
        subscribe(world, f"{shop.url}/status")
        move_id, url = company.invoice(world)
        assert told(shop, "open")["id"] == move_id
        payment = company.begin(url, way).rpartition("/")[2]
        told(shop, "in_progress")
        started = time.monotonic()
        psp.pay(payment)
        data = told(shop, "paid")
        print(f"told {time.monotonic() - started:.2f} s after the payer's yes")
        assert data["payments"][0]["by"] == "bancontact_pro"
