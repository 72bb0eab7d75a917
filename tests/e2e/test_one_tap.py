"""A debtor agrees on a phone, and pays the next invoice with one tap."""

import contextlib
import time
from concurrent.futures import ThreadPoolExecutor

import psycopg2
import pytest
import requests
from playwright.sync_api import expect

from tests.e2e import page_states
from tests.e2e.harness import DEV, PHONE, Server, environment
from tests.e2e.test_page_states import AXE, RULES, VISITS, overflow, violations
from tests.simulators.mollie import Mollie

pytestmark = pytest.mark.e2e
SHOTS = DEV / "one_tap"
#: Seconds after which a provider answers, while we wait for ten.
LATE = 6


def collect_with_mollie(env, url, psp):
    env["ir.config_parameter"].set_param("web.base.url", url)
    provider = env["payment.provider"].search([("code", "=", "mollie")], limit=1)
    provider.write(
        {
            "mollie_api_key": psp.api_key,
            "mollie_api_url": psp.api_url,
            "mollie_profile_id": psp.profile_id,
            "allow_tokenization": True,
            "state": "enabled",
            "is_published": True,
        }
    )
    card = env.ref("payment.payment_method_card")
    provider.payment_method_ids = card
    card.active = True


def new_invoice(world, price):
    with environment(world) as env:
        dora = [("name", "=", "Dora Maes")]
        partner = env["res.partner"].search(dora)
        partner = partner or page_states.debtor(env, "Dora Maes")
        partner.lang = "en_US"
        return page_states.invoice(env, partner, price).pom_payment_url


def look_at(page, name):
    """Readable on a phone, by everybody, in each language."""
    for language, _phone in VISITS:
        page.goto(f"{page.url.partition('?')[0]}?lang={language}")
        assert overflow(page) <= 0, (name, language)
        assert not violations(page, {"type": "tag", "values": RULES}), (name, language)
        page.screenshot(path=SHOTS / f"{name}_{language}.png", full_page=True)
    page.goto(f"{page.url.partition('?')[0]}?lang=en_US")


def test_one_tap(world, chromium):
    SHOTS.mkdir(exist_ok=True)
    with Mollie() as psp, Server(world) as server:
        with environment(world) as env:
            collect_with_mollie(env, server.url, psp)
        first, second = new_invoice(world, 100), new_invoice(world, 60)
        context = chromium.new_context(**PHONE, bypass_csp=True)
        context.add_init_script(path=AXE)
        page = context.new_page()
        page.goto(first)
        look_at(page, "agree")
        page.check("input[name=remember]")
        page.click("button.first")
        page.wait_for_url(f"{psp.url}/**")
        page.click("button:has-text('Pay')")
        page.wait_for_selector(".state.paid")
        page.goto(second)
        look_at(page, "saved")
        page.click("button.first:has-text('with one tap')")
        page.wait_for_selector(".state.paid")
        assert page.url.startswith(server.url)
        stranger = chromium.new_page(**PHONE)
        third = new_invoice(world, 30)
        stranger.goto(third)
        stranger.wait_for_selector("button.first")
        assert stranger.locator("form[action$='/again']").count() == 0
        page.goto(third)
        page.click("text=Forget these payment details")
        page.wait_for_selector("input[name=remember]")
        expect(page.locator("form[action$='/again']")).to_have_count(0)
        context.close()


def until(holds, timeout=180):
    deadline = time.monotonic() + timeout
    while not (found := holds()):
        assert time.monotonic() < deadline, holds
        time.sleep(0.1)
    return found


def paid(world):
    """What is known of payments that are there."""
    with contextlib.closing(psycopg2.connect(dbname=world)) as connection:
        cr = connection.cursor()
        cr.execute(
            """SELECT provider_reference, pom_redirect_url, token_id IS NOT NULL
                 FROM payment_transaction
                WHERE state = 'done'"""
        )
        return cr.fetchall()


def test_paid_before_the_answer(world):
    """A provider's news come before its answer: nothing of what the payer agreed to is
    lost, and no log has an error that is none.
    """
    with Mollie() as psp, Server(world) as server:
        with environment(world) as env:
            collect_with_mollie(env, server.url, psp)
            provider = env["payment.provider"].search([("code", "=", "mollie")])
            way = f"{provider.id}-{provider.payment_method_ids.id}"
        url = new_invoice(world, 100)
        psp.faults.inject("late_answer", LATE, times=1, only="create")
        with ThreadPoolExecutor(1) as finger:
            pressed = finger.submit(
                requests.post,
                f"{url}/pay",
                data={"way": way, "remember": "1"},
                allow_redirects=False,
                timeout=300,
            )
            [number] = until(lambda: list(psp.payments))
            psp.pay(number)
            until(lambda: paid(world))
            answer = pressed.result()
        assert answer.headers["Location"].startswith(psp.url)
        assert paid(world) == [(number, answer.headers["Location"], True)]
        assert "bad query" not in server.said()
