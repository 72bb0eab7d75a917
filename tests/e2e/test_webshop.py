"""A webshop without Odoo: 100 requests, killed and started again, and in the end it
knows of each what Odoo knows.
"""

import json
import subprocess
import sys
import time

import pytest
import requests

from tests.e2e import company
from tests.e2e.harness import ROOT, Server, environment, free_port
from tests.simulators.bancontact_pro import BancontactPro

pytestmark = pytest.mark.e2e

ORDERS = 100
#: Seconds for whatever is waited for, on a busy machine.
PATIENCE = 300


def subscribe(world, url):
    """
    :return: key of a new system that may ask for payments
    """
    with environment(world) as env:
        shop = env["pom.subscriber"].create(
            {
                "name": "Webshop",
                "url": url,
                "internal_networks": "127.0.0.0/8",
                "may_create": True,
                # Judges ask as fast as they can.
                "per_minute": 1_000_000,
            }
        )
        return env["pom.api.key"]._make(shop, "Webshop")


class Shop:
    """The program, and what it has kept."""

    def __init__(self, *arguments, folder):
        self.command = [sys.executable, "-m", "tests.e2e.webshop", *arguments]
        self.file = folder / "shop.json"
        self.process = None

    def __enter__(self):
        self.process = subprocess.Popen(self.command, cwd=ROOT)
        return self

    def __exit__(self, *error):
        self.process.kill()
        self.process.wait()

    @property
    def state(self):
        return json.loads(self.file.read_text()) if self.file.exists() else {}

    def wait_for(self, is_there):
        deadline = time.monotonic() + PATIENCE
        while not is_there(self.state):
            assert self.process.poll() is None, "the shop gave up"
            assert time.monotonic() < deadline, self.state
            time.sleep(0.1)


def statuses(world):
    """How each request stands in Odoo, by id of the invoice as the shop writes it."""
    with environment(world) as env:
        moves = env["pom.payment.request"].search([]).move_id
        return {str(move.id): move._pom_status_told() for move in moves}


def change_many(world, key, server, requests_made):
    """Some are paid in Odoo, some taken back, some changed."""
    with environment(world) as env:
        moves = env["account.move"].browse(one["invoice"] for one in requests_made[:30])
        for move in moves:
            wizard = env["account.payment.register"].with_context(
                active_model="account.move", active_ids=move.ids
            )
            wizard.create({}).action_create_payments()
    session = requests.Session()
    session.headers["Authorization"] = f"Bearer {key}"
    place = f"{server.url}/pom/api/v1/requests"
    for one in requests_made[30:35]:
        answer = session.post(f"{place}/{one['id']}/withdraw", timeout=60)
        assert answer.ok, answer.text
    for one in requests_made[35:40]:
        answer = session.patch(
            f"{place}/{one['id']}", json={"amount": "7.00"}, timeout=60
        )
        assert answer.ok, answer.text


def test_the_same_state_in_the_end(world, tmp_path):
    port = free_port()
    with BancontactPro() as psp, Server(world) as server:
        company.configure(world, server, psp)
        key = subscribe(world, f"http://127.0.0.1:{port}/")
        shop = Shop(
            server.url, key, str(tmp_path), str(port), str(ORDERS), folder=tmp_path
        )
        with shop:
            shop.wait_for(lambda state: len(state.get("requests", ())) >= 40)
        # Killed, in the middle of whatever it was at.
        with shop:
            shop.wait_for(lambda state: len(state["requests"]) == ORDERS)
        made = [shop.state["requests"][str(number)] for number in range(ORDERS)]
        assert len({one["id"] for one in made}) == ORDERS
        change_many(world, key, server, made)
        expected = statuses(world)
        assert len(expected) == ORDERS
        assert {"open", "paid", "reversed"} <= set(expected.values())
        with shop:
            shop.wait_for(lambda state: state["status"] == expected)
        assert statuses(world) == expected
