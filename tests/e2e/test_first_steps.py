"""From an Odoo that doesn't know us to the first invoice that is paid, by the first
steps on the dashboard: how long that takes, and how it looks.
"""

import os
import time

import pytest
from playwright.sync_api import expect

from tests.e2e.harness import DEV, PHONE, Client, Server, database, log_in
from tests.e2e.test_readme import install, pay, read, set_up
from tests.simulators.bancontact_pro import BancontactPro

pytestmark = [pytest.mark.e2e, pytest.mark.slow]

NAME = f"pom_first_steps_{os.getpid()}"
#: Seconds that it may take.
TEN_MINUTES = 600
PICTURES = DEV / "first_steps"
CARD = "[name=action_pom_first_steps]"


def test_the_first_invoice_is_paid_within_ten_minutes(chromium):
    PICTURES.mkdir(exist_ok=True)
    database("base", NAME)
    try:
        with Server(NAME, crons=1) as server, BancontactPro() as psp:
            start = time.monotonic()
            boss = Client(server)
            install(boss, read()[1])
            print(f"installed after {time.monotonic() - start:.0f} s")
            boss = Client(server)
            set_up(boss, psp)
            settle(boss, server.url)
            page = chromium.new_page(viewport={"width": 1440, "height": 900})
            log_in(page, server.url)
            see(page, server.url, 2)
            page.screenshot(path=PICTURES / "dashboard.png")
            try_provider(page)
            see(page, server.url, 3)
            pay_oneself(chromium, page, psp)
            took = time.monotonic() - start
            print(f"the first invoice was paid after {took:.0f} s")
            assert took < TEN_MINUTES
            see(page, server.url, 4)
            page.click("[name=action_pom_know_first_steps]")
            page.locator(CARD).wait_for(state="detached")
            look_on_a_phone(chromium, server.url)
    finally:
        database("drop", NAME)


def settle(boss, url):
    """What the settings ask for, and that this machine is the internet."""
    [company] = boss.call("res.company", "search", [])
    values = {"pom_base_url": url, "pom_page_color": "#336699"}
    boss.call("res.company", "write", [company], values)
    allowed = ("pom_payment.internal_networks", "127.0.0.0/8")
    boss.call("ir.config_parameter", "set_param", *allowed)


def see(page, url, done):
    """How far the card says they are: what a provider reports is applied soon after."""
    deadline = time.monotonic() + 180
    words = page.locator(CARD)
    while time.monotonic() < deadline:
        page.goto(f"{url}/odoo/accounting")
        words.wait_for()
        if words.inner_text().strip() == f"First steps: {done} of 6":
            return
    raise AssertionError(words.inner_text())


def row(page, step):
    """On the list, to which the card leads."""
    page.click(CARD)
    found = page.locator(".o_data_row", has_text=step)
    found.wait_for()
    expect(page.locator(".o_data_row")).to_have_count(6)
    return found.get_by_role("button", name="Do It")


def try_provider(page):
    row(page, "Payment provider").click()
    page.locator(".o_kanban_record").get_by_text("Bancontact Pro", exact=True).click()
    page.click("button[name=action_pom_test_connection]")
    page.locator(".modal", has_text="Arrived, and the signature is right").wait_for()


def pay_oneself(chromium, page, psp):
    button = row(page, "An invoice to yourself")
    page.screenshot(path=PICTURES / "list.png")
    with page.expect_popup() as opened:
        button.click()
    opened.value.wait_for_selector("button.first")
    pay(chromium, opened.value.url, psp)


def look_on_a_phone(chromium, url):
    page = chromium.new_page(**{**PHONE, "viewport": {"width": 390, "height": 844}})
    log_in(page, url)
    page.goto(f"{url}/odoo/action-pom_payment.pom_first_step_look")
    cards = page.locator(".o_kanban_record:not(.o_kanban_ghost)")
    expect(cards).to_have_count(6)
    page.screenshot(path=PICTURES / "phone.png")
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    cards.filter(has_text="dry run").get_by_role("button", name="Do It").click()
    page.wait_for_selector(".o_form_view")
    page.close()
