"""Paying in parts: a debtor on a phone, an accountant at a desk, each in a browser."""

import re

import pytest
from playwright.sync_api import expect

from tests.e2e import page_states
from tests.e2e.harness import DEV, PHONE, environment, log_in
from tests.e2e.test_page_states import AXE, RULES, VISITS, overflow, violations

pytestmark = pytest.mark.e2e
SHOTS = DEV / "plan"


@pytest.fixture
def phone(chromium):
    SHOTS.mkdir(exist_ok=True)
    context = chromium.new_context(**PHONE, bypass_csp=True)
    context.add_init_script(path=AXE)
    yield context.new_page()
    context.close()


def invoice(server, name, price):
    """Of somebody new; ids of the invoice, address of its page."""
    with environment(server.database) as env:
        partner = page_states.debtor(env, name)
        partner.lang = "en_US"
        move = page_states.invoice(env, partner, price, due=-9)
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


@pytest.fixture
def at_once(page_server):
    """Whoever asks for parts gets them."""
    yield agree(page_server, "all")
    agree(page_server, "nobody")


def agree(server, at_once):
    with environment(server.database) as env:
        env.company.pom_plan_at_once = at_once


@pytest.mark.usefixtures("at_once")
def test_a_debtor_asks_sees_and_agrees(page_server, phone):
    number, url = invoice(page_server, "Dina Claes", 100)
    phone.goto(f"{url}?lang=en_US")
    phone.click("text=I want to pay in parts")
    look_at(phone, "ask")
    phone.fill("#plan_count", "3")
    phone.click("text=Show the days and amounts")
    expect(phone.locator("form .note")).to_contain_text("40.34")
    assert overflow(phone) <= 0
    phone.screenshot(path=SHOTS / "seen.png", full_page=True)
    with environment(page_server.database) as env:
        assert not env["account.move"].browse(number).pom_plan_id
    phone.click("text=I agree to pay like this")
    expect(phone.locator("h1 .amount")).to_contain_text("40.34")
    phone.screenshot(path=SHOTS / "agreed.png", full_page=True)
    look_at(phone, "running")
    with environment(page_server.database) as env:
        move = env["account.move"].browse(number)
        assert move.pom_plan_id.state == "active"
        page_states.pay(env, move, 40.34)
    phone.reload()
    expect(phone.locator("table.parts")).to_contain_text("paid")
    look_at(phone, "paid_one")


def test_an_accountant_proposes_and_the_debtor_agrees(page_server, phone, chromium):
    number, url = invoice(page_server, "Edgar Nys", 90)
    office = chromium.new_page(viewport={"width": 1440, "height": 1000})
    log_in(office, page_server.url)
    office.goto(
        f"{page_server.url}/odoo/action-account.action_move_out_invoice_type/{number}"
    )
    office.click(".nav-link[name=pom_messages]")
    office.wait_for_selector("button[name=action_pom_new_plan]")
    office.screenshot(path=SHOTS / "invoice.png")
    office.click("button[name=action_pom_new_plan]")
    parts = office.locator("div[name=line_ids] .o_data_row")
    expect(parts).to_have_count(3)
    office.locator("div[name=count] input").fill("2")
    office.locator("div[name=count] input").press("Tab")
    expect(parts).to_have_count(2)
    expect(parts.first).to_contain_text("54.45")
    office.screenshot(path=SHOTS / "plan_new.png")
    office.click("button[name=action_offer]")
    expect(office.locator(".o_statusbar_status .o_arrow_button_current")).to_have_text(
        re.compile("Proposed")
    )
    office.screenshot(path=SHOTS / "plan_offered.png")
    phone.goto(f"{url}?lang=en_US")
    look_at(phone, "offered")
    phone.click("text=I agree to pay like this")
    expect(phone.locator("h1 .amount")).to_contain_text("54.45")
    office.reload()
    office.wait_for_selector("button[name=action_stop]")
    office.screenshot(path=SHOTS / "plan_running.png")
    office.goto(
        f"{page_server.url}/odoo/action-account.action_move_out_invoice_type/{number}"
    )
    office.wait_for_selector("[name=pom_plan_summary]")
    office.screenshot(path=SHOTS / "invoice_planned.png")
    office.goto(
        f"{page_server.url}/odoo/action-pom_payment_plan.pom_payment_plan_action"
    )
    office.wait_for_selector(".o_data_row")
    office.screenshot(path=SHOTS / "plans.png")
    small = chromium.new_page(viewport={"width": 400, "height": 800})
    log_in(small, page_server.url)
    with environment(page_server.database) as env:
        plan = env["account.move"].browse(number).pom_plan_id
        assert plan.line_ids.mapped("amount") == [54.45, 54.45]
        action = env.ref("pom_payment_plan.pom_payment_plan_action").id
        assert plan.line_ids.mapped("day")[0] == plan.agreed_on
    small.goto(f"{page_server.url}/odoo/action-{action}/{plan.id}")
    small.wait_for_selector("div[name=line_ids]")
    small.screenshot(path=SHOTS / "plan_small.png", full_page=True)
    office.goto(f"{page_server.url}/odoo/settings#account")
    office.locator("#pom_plan_at_once").scroll_into_view_if_needed()
    office.screenshot(path=SHOTS / "settings.png")
    small.close()
    office.close()
