"""Payers who come back: whoever waits, waits for the books; whatever became of it, the
page says so.
"""

import threading
import time

import pytest
import requests
from playwright.sync_api import expect

from tests.e2e import page_states
from tests.e2e.harness import DEV, PHONE, environment
from tests.e2e.test_page_journey import DATABASE, new_invoice

pytestmark = pytest.mark.e2e
SHOTS = DEV / "payers"


@pytest.fixture
def server(page_server):
    return page_server


def demo(env):
    provider = env["payment.provider"].search([("code", "=", "demo")])[:1]
    return provider, provider.payment_method_ids.filtered("active")[:1]


def call(session, url, **params):
    answer = session.post(url, json={"jsonrpc": "2.0", "params": params}, timeout=60)
    assert "error" not in answer.json(), answer.text
    return answer.json().get("result")


def test_who_waits_waits_for_the_books(server):
    """The cron is at it: the payer's own page isn't told "done" before it's booked."""
    move_id, url, _total = new_invoice(30)
    token = url.rpartition("/")[2]
    session = requests.Session()
    with environment(DATABASE) as env:
        provider, method = demo(env)
        ids = {"provider_id": provider.id, "payment_method_id": method.id}
    begun = call(session, f"{server.url}/p/{token}/transaction", flow="direct", **ids)
    held = threading.Event()

    def booking():
        """What the cron does, slowly."""
        with environment(DATABASE) as env:
            tx = env["payment.transaction"].search(
                [("reference", "=", begun["reference"])]
            )
            tx._set_done()
            env.cr.commit()
            tx.lock_for_update(allow_referencing=True)
            held.set()
            time.sleep(1)
            tx._post_process()

    worker = threading.Thread(target=booking)
    worker.start()
    assert held.wait(60)
    polled = call(session, f"{server.url}/payment/status/poll")
    assert polled["state"] == "done"
    with environment(DATABASE) as env:
        tx = env["payment.transaction"].search([("reference", "=", begun["reference"])])
        assert tx.is_post_processed
        assert env["account.move"].browse(move_id).payment_state == "paid"
    worker.join(60)


def shoot(page, name):
    SHOTS.mkdir(exist_ok=True)
    page.screenshot(path=SHOTS / f"{name}.png", full_page=True)


def choose_core_s(page, url):
    """The way whose form is core's."""
    with environment(DATABASE) as env:
        provider, method = demo(env)
        way = f"{provider.id}-{method.id}"
    page.goto(url)
    shoot(page, "open")
    page.click(f"button[name=way][value='{way}']")
    page.wait_for_selector("button[name=o_payment_submit_button]:not([disabled])")


@pytest.mark.parametrize(
    "outcome,words",
    [
        ("done", ("paid", "Paid. Thank you!")),
        ("pending", ("in_progress", "A payment is in progress.")),
        ("cancel", ("open", "Nothing was charged.")),
        ("error", ("open", "Nothing was charged.")),
    ],
)
def test_everybody_lands_on_our_page(server, chromium, outcome, words):
    """With one of core's providers, too."""
    state, said = words
    _id, url, _total = new_invoice(30)
    page = chromium.new_page(**PHONE)
    choose_core_s(page, url)
    page.select_option("select[id*=simulated]", outcome)
    page.click("button[name=o_payment_submit_button]")
    page.wait_for_url(url)
    assert page.get_attribute("body", "data-state") in (state, "received")
    page.wait_for_selector(f"body[data-state={state}]")
    expect(page.locator("main")).to_contain_text(said)
    shoot(page, outcome)
    page.close()


@pytest.mark.parametrize("how", ["tag", "odoo"])
def test_a_script_that_cannot_be_loaded(server, chromium, how):
    """Words, and the way back to the other ways, in place of Odoo's own error."""
    _id, url, _total = new_invoice(30)
    page = chromium.new_page(**PHONE)
    page.route("https://psp.example/**", lambda route: route.abort())
    choose_core_s(page, url)
    assert not page.is_visible("#pom_unloaded")
    if how == "tag":
        page.evaluate(
            "document.head.append(Object.assign(document.createElement('script'),"
            "{src: 'https://psp.example/v3.js'}))"
        )
    else:
        page.evaluate(
            "void odoo.loader.modules.get('@web/core/assets')"
            ".loadJS('https://psp.example/v3.js')"
        )
    page.wait_for_selector("#pom_unloaded", state="visible")
    assert not page.is_visible("button[name=o_payment_submit_button]")
    page.wait_for_timeout(500)
    assert not page.is_visible(".modal")
    shoot(page, f"unloaded_{how}")
    page.click("#pom_unloaded a")
    page.wait_for_selector(".transfer")
    page.close()


def test_a_transfer_is_seen_by_who_has_the_page_open(server, chromium):
    """Once it's imported, by itself."""
    move_id, url, total = new_invoice(30)
    page = chromium.new_page(**PHONE)
    page.goto(url)
    assert page.get_attribute("body", "data-state") == "open"
    with environment(DATABASE) as env:
        move = env["account.move"].browse(move_id)
        bank = env["account.journal"].search([("type", "=", "bank")], limit=1)
        env["account.bank.statement.line"].create(
            {
                "journal_id": bank.id,
                "date": page_states.TODAY,
                "amount": total,
                "payment_ref": move.payment_reference,
            }
        )
    # Booked by then, where it's matched at once.
    page.wait_for_selector("body[data-state=received], body[data-state=paid]")
    expect(page.locator("main")).to_contain_text("Thank you!")
    shoot(page, "transfer")
    page.close()
