"""Agreeing to a charge on a phone, with Mollie's page in between; then the accountant
looks at it.
"""

import pytest
from playwright.sync_api import expect

from tests.company import collect_with
from tests.e2e import page_states
from tests.e2e.harness import DEV, PHONE, Server, database, environment, log_in
from tests.e2e.test_page_states import AXE, RULES, VISITS, overflow, violations
from tests.simulators.mollie import Mollie

pytestmark = pytest.mark.e2e
NAME = "pom_charge_page"
SHOTS = DEV / "charge"


@pytest.fixture(scope="module")
def server():
    database("world", NAME)
    running = Server(NAME)
    with Mollie(retry_delays=(1, 2)) as psp:
        with environment(NAME) as env:
            env.company.write({"pom_base_url": running.url, "pom_charge_offered": True})
            card = env.ref("payment.payment_method_card")
            collect_with(
                env,
                psp,
                payment_method_ids=[(6, 0, card.ids)],
                allow_tokenization=True,
            )
        with running:
            yield running
    database("drop", NAME)


@pytest.fixture
def phone(chromium):
    SHOTS.mkdir(exist_ok=True)
    context = chromium.new_context(**PHONE, bypass_csp=True)
    context.add_init_script(path=AXE)
    yield context.new_page()
    context.close()


def invoice(server, name, price, due):
    with environment(server.database) as env:
        partner = page_states.debtor(env, name)
        partner.lang = "en_US"
        move = page_states.invoice(env, partner, price, due=due)
        return move.id, move.pom_payment_url


def look_at(page, name):
    """Readable on a phone, by everybody, in each language."""
    here = page.url
    for language, _phone in VISITS:
        page.goto(f"{here.partition('?')[0]}?lang={language}")
        assert overflow(page) <= 0, (name, language)
        assert not violations(page, {"type": "tag", "values": RULES}), (name, language)
        page.screenshot(path=SHOTS / f"{name}_{language}.png", full_page=True)
    page.goto(here)


def test_agreed_to_seen_and_stopped(server, phone, chromium):
    number, url = invoice(server, "Dina Claes", 121, 20)
    phone.goto(f"{url}?lang=en_US")
    look_at(phone, "choice")
    phone.click("a[href*='/later/due']")
    look_at(phone, "due")
    expect(phone.locator("input[name=agree]")).not_to_be_checked()
    phone.check("input[name=agree]")
    phone.click("button[name=way]")
    phone.click("button[value=pay]")
    phone.wait_for_url(f"{url}*")
    expect(phone.locator(".note")).to_contain_text("6787")
    look_at(phone, "running")
    office = chromium.new_context(viewport={"width": 1280, "height": 900}).new_page()
    log_in(office, server.url)
    office.goto(
        f"{server.url}/odoo/action-pom_payment_charge.action_pom_charge_consent"
    )
    office.locator("tr.o_data_row", has_text="Dina Claes").first.click()
    expect(office.locator(".o_form_view")).to_contain_text("6787")
    office.screenshot(path=SHOTS / "consent.png")
    office.goto(f"{server.url}/odoo/customer-invoices/{number}")
    expect(office.locator("[name=pom_charge_summary]")).to_contain_text("1 ×")
    office.screenshot(path=SHOTS / "invoice.png")
    office.context.close()
    phone.click("text=Stop: charge nothing")
    expect(phone.locator("button[name=way]").first).to_be_visible()


def test_every_time(server, phone):
    _number, url = invoice(server, "Emma Maes", 80, 0)
    phone.goto(f"{url}?lang=en_US")
    phone.click("a[href*='/later/every']")
    look_at(phone, "every")
    phone.click("summary")
    phone.fill("#most", "200")
    phone.fill("#month", "400")
    phone.click("text=Show what I would agree to")
    expect(phone.locator("form .note")).to_contain_text("200.00")
    phone.check("input[name=agree]")
    phone.click("button[name=way]")
    phone.click("button[value=pay]")
    phone.wait_for_url(f"{url}*")
    expect(phone.locator("body")).to_have_attribute("data-state", "paid")
    look_at(phone, "every_paid")
