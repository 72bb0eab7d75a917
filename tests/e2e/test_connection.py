"""Test Connection against a real server: it says which of key, profile, address, event
and clock is wrong.
"""

import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
import requests

from tests.company import provider_of
from tests.e2e import company
from tests.e2e.gate import not_run
from tests.e2e.harness import Client, Server, database, environment, wake
from tests.simulators.bancontact_pro import BancontactPro

pytestmark = pytest.mark.e2e


NAME = "pom_e2e_connection"


@pytest.fixture(scope="module")
def shop():
    database("world", NAME)
    with BancontactPro(retry_delays=(0.5,)) as psp, Server(NAME) as server:
        company.configure(NAME, server, psp)
        yield psp, Client(server)
    database("drop", NAME)


def run(shop, **values):
    """What the test says about each thing, with these settings; as they were after."""
    _psp, client = shop
    with environment(NAME) as env:
        provider = provider_of(env, "bancontact_pro")
        keep = {field: provider[field] for field in values}
        provider.write(values)
        number = provider.id
    try:
        action = client.call("payment.provider", "action_pom_test_connection", [number])
        return read_lines(client, action["res_id"])
    finally:
        with environment(NAME) as env:
            provider_of(env, "bancontact_pro").write(keep)


def read_lines(client, test_id):
    lines = client.call(
        "pom.connection.test.line",
        "search_read",
        [["test_id", "=", test_id]],
        ["what", "verdict", "message"],
    )
    return {line["what"]: (line["verdict"], line["message"]) for line in lines}


def bad(lines):
    return {what for what, (verdict, _message) in lines.items() if verdict == "bad"}


def test_all_is_well(shop):
    """odoo/odoo#76525: "webhook secret is not configured" although it is."""
    lines = run(shop)
    assert not bad(lines), lines
    assert set(lines) >= {"Clock", "Webhook address", "Key", "Profile", "Signed event"}
    # Its payment was given up, and nobody was told about it.
    psp, _client = shop
    assert all(payment.status == "CANCELLED" for payment in psp.payments.values())


def test_wrong_key(shop):
    lines = run(shop, bancontact_api_key="x" * 36)
    assert bad(lines) == {"Key"}
    assert "UNAUTHORIZED" in lines["Key"][1]


def test_wrong_profile(shop):
    lines = run(shop, bancontact_ppid="f" * 24)
    assert {"Profile", "Signed event"} == bad(lines)
    assert "Correct the profile" in lines["Profile"][1]


def test_nobody_at_the_address(shop):
    lines = run(shop, bancontact_api_url="http://127.0.0.1:1")
    assert bad(lines) == {"Connection"}
    assert "Signed event" not in lines


def test_keys_that_cannot_be_had(shop):
    lines = run(shop, bancontact_jwks_url="http://127.0.0.1:1/")
    assert "Clock" in bad(lines)


@pytest.fixture
def elsewhere(shop):
    """Another server at the public address: several databases, or a wrong domain."""
    psp, _client = shop
    with environment(NAME) as env:
        env.company.pom_base_url = psp.url
    yield
    with environment(NAME) as env:
        env.company.pom_base_url = False


def test_address_of_another_database(shop, elsewhere):
    """odoo/odoo#162156, https://github.com/mollie/WooCommerce/issues/142: events that
    cannot reach the site.
    """
    lines = run(shop)
    assert "Webhook address" in bad(lines)
    assert "dbfilter" in lines["Webhook address"][1]


def test_clock(shop):
    """The keys come from a server whose clock is ten minutes ahead."""
    psp, _client = shop

    keys = requests.get(psp.jwks_url, timeout=5).content

    class Ahead(BaseHTTPRequestHandler):
        def date_time_string(self, timestamp=None):
            return super().date_time_string(time.time() + 600)

        def do_GET(self):
            self.send_response(200)
            self.end_headers()
            self.wfile.write(keys)

    with ThreadingHTTPServer(("127.0.0.1", 0), Ahead) as web:
        threading.Thread(target=web.serve_forever, daemon=True).start()
        address = f"http://127.0.0.1:{web.server_port}/"
        lines = run(shop, bancontact_jwks_url=address)
        web.shutdown()
    assert bad(lines) == {"Clock"}
    assert "clock is -" in lines["Clock"][1]


@pytest.fixture
def own_address(shop):
    yield
    with environment(NAME) as env:
        env.company.pom_base_url = False


@pytest.mark.parametrize(
    ("address", "words"),
    [
        ("{psp}", "something else than this database"),
        ("http://127.0.0.1:1", "nobody answers"),
        # Inside a network: nothing is sent there, or this would last for seconds.
        ("http://10.255.255.1", "inside your network"),
        ("{server}", ""),
    ],
)
def test_tried_when_a_key_is_saved(shop, own_address, address, words):
    """By the server's scheduler: saving never waits for it. The form tells, so that not
    the first payer finds out.
    """
    psp, client = shop
    with environment(NAME) as env:
        provider = provider_of(env, "bancontact_pro")
        number, key = provider.id, provider.bancontact_api_key
        action = env.ref("pom_payment.cron_reach").id
        env.company.pom_base_url = address.format(psp=psp.url, server=client.url)
    values = {"bancontact_api_key": key, "bancontact_ppid": psp.merchants[0].ppid}
    with not_run(NAME, action):
        before = tried(client, number)
        assert client.call("payment.provider", "write", [number], values)
        assert tried(client, number) == before
    row = tried_at(client, number, address.format(psp=psp.url, server=client.url))
    [form] = client.call("payment.provider", "read", [number], ["pom_reach_trouble"])
    assert words in (form["pom_reach_trouble"] or "")
    assert bool(form["pom_reach_trouble"]) is bool(words), row


def tried(client, number, *conditions):
    """What came out, where it was tried."""
    domain = [["provider_id", "=", number], *conditions]
    return client.call("pom.provider.reach", "search_read", domain)


def tried_at(client, number, address):
    """What came out at that address."""
    deadline = time.monotonic() + 180
    while not (rows := tried(client, number, ["url", "=like", f"{address}/pom/%"])):
        assert time.monotonic() < deadline
        wake(NAME)
        time.sleep(0.2)
    return rows[0]


def test_event_that_comes_later(shop):
    """Look Again finds it."""
    psp, client = shop
    psp.faults.inject("delay_callbacks", 9, times=1)
    with environment(NAME) as env:
        number = provider_of(env, "bancontact_pro").id
    action = client.call("payment.provider", "action_pom_test_connection", [number])
    assert bad(read_lines(client, action["res_id"])) == {"Signed event"}
    assert psp.wait_idle(120)
    client.call("pom.connection.test", "action_look_again", [action["res_id"]])
    assert not bad(read_lines(client, action["res_id"]))
