"""128.50 asked, 128.50 paid: a debtor on a phone, an accountant at a desk."""

import re

import pytest
from playwright.sync_api import expect

from tests.e2e import page_states
from tests.e2e.harness import DEV, PHONE, environment, log_in
from tests.e2e.test_page_states import AXE, RULES, VISITS, overflow, violations
from tests.odoo.pom_claim.common import claim, switch_on

pytestmark = pytest.mark.e2e
SHOTS = DEV / "claims"


@pytest.fixture
def phone(chromium):
    SHOTS.mkdir(exist_ok=True)
    context = chromium.new_context(**PHONE, bypass_csp=True)
    context.add_init_script(path=AXE)
    yield context.new_page()
    context.close()


def asked(server, name):
    """121.00 of somebody new, and 7.50 that a reminder asked; id and address."""
    with environment(server.database) as env:
        switch_on(env.company)
        partner = page_states.debtor(env, name)
        partner.lang = "en_US"
        move = page_states.invoice(env, partner, 100, due=-40)
        assert move.amount_total == 121
        claim(move)
        return move.id, move.pom_payment_url


def look_at(page, url, name):
    """Readable on a phone, by everybody, in each language."""
    for language, _phone in VISITS:
        page.goto(f"{url}?lang={language}")
        assert overflow(page) <= 0, (name, language)
        assert not violations(page, {"type": "tag", "values": RULES}), (name, language)
        page.screenshot(path=SHOTS / f"{name}_{language}.png", full_page=True)
    page.goto(f"{url}?lang=en_US")


def test_a_debtor_pays_what_was_asked(page_server, phone, chromium):
    number, url = asked(page_server, "Greet Baert")
    look_at(phone, url, "asked")
    expect(phone.locator("h1 .amount")).to_contain_text("128.50")
    phone.click("text=Pay the invoice only")
    expect(phone.locator("h1 .amount")).to_contain_text("121.00")
    phone.screenshot(path=SHOTS / "alone.png", full_page=True)
    phone.click("text=with what was asked on top")
    expect(phone.locator("h1 .amount")).to_contain_text("128.50")
    phone.click("button.first")
    phone.wait_for_url(f"{page_server.psp.url}/**")
    phone.click("button[value=pay], button:has-text('Pay')")
    phone.wait_for_selector(".state.paid")
    phone.screenshot(path=SHOTS / "paid.png", full_page=True)
    with environment(page_server.database) as env:
        move = env["account.move"].browse(number)
        assert move.pom_payment_status == "paid"
        assert [(c.state, c.paid) for c in move.pom_claim_ids] == [("paid", 7.5)]
        assert not move.transaction_ids.pom_double
    look_at_the_office(page_server, chromium, number)


def look_at_the_office(server, chromium, number):
    other, _url = asked(server, "Hugo Maes")
    office = chromium.new_page(viewport={"width": 1440, "height": 1000})
    log_in(office, server.url)
    for name, move_id in (("invoice_paid", number), ("invoice", other)):
        office.goto(
            f"{server.url}/odoo/action-account.action_move_out_invoice_type/{move_id}"
        )
        office.click(".nav-link[name=pom_messages]")
        office.wait_for_selector("div[name=pom_claim_ids] .o_data_row")
        office.screenshot(path=SHOTS / f"{name}.png", full_page=True)
    office.goto(f"{server.url}/odoo/action-pom_claim.pom_claim_action")
    office.wait_for_selector(".o_data_row")
    office.screenshot(path=SHOTS / "list.png")
    office.click(".o_data_row .o_data_cell")
    office.wait_for_selector("button[name=action_waive]")
    office.screenshot(path=SHOTS / "form.png")
    office.click("button[name=action_waive]")
    expect(office.locator(".o_statusbar_status .o_arrow_button_current")).to_have_text(
        re.compile("Waived")
    )
    office.goto(f"{server.url}/odoo/action-pom_claim.pom_interest_rate_action")
    office.wait_for_selector(".o_group_header")
    office.click(".o_group_header")
    office.wait_for_selector(".o_data_row")
    office.screenshot(path=SHOTS / "rates.png")
    office.goto(f"{server.url}/odoo/action-pom_reminder.pom_reminder_setup_open")
    office.wait_for_selector("div[name=claims]")
    office.screenshot(path=SHOTS / "setup.png", full_page=True)
    office.close()
