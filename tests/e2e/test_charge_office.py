"""What an accountant does by hand with plans and charges, in a browser; what is noted
below them is in the company's language, Dutch.
"""

import re
from datetime import timedelta

import pytest
from playwright.sync_api import expect

from tests.e2e import charge_pictures, page_states
from tests.e2e.charge_run import make
from tests.e2e.harness import DEV, environment, log_in

pytestmark = pytest.mark.e2e

NAME = "pom_charge_office"
SHOTS = DEV / "charge_office"
STATE = ".o_statusbar_status .o_arrow_button_current"


@pytest.fixture(scope="module")
def house():
    SHOTS.mkdir(exist_ok=True)
    with charge_pictures.house(NAME) as server, server:
        yield server


@pytest.fixture(scope="module")
def desk(house, chromium):
    page = chromium.new_page(viewport={"width": 1440, "height": 1000})
    log_in(page, house.url)
    yield page
    page.close()


def opened(house, desk, record):
    action = {
        "pom.payment.plan": "pom_payment_plan.pom_payment_plan_action",
        "pom.charge": "pom_payment_charge.action_pom_charge",
        "pom.charge.consent": "pom_payment_charge.action_pom_charge_consent",
    }[record._name]
    desk.goto(f"{house.url}/odoo/action-{action}/{record.id}")
    desk.wait_for_selector(".o_form_view .o_form_sheet")


def confirm(desk):
    desk.click(".modal-footer .btn-primary")
    expect(desk.locator(".modal")).to_have_count(0)


# -- plans -----------------------------------------------------------------------------


def plan(env, name, *amounts):
    """One that somebody is to decide on."""
    move = page_states.invoice(env, page_states.debtor(env, name), 100, due=-9)
    today = env.company._pom_today()
    return env["pom.payment.plan"].create(
        {
            "move_ids": [(6, 0, move.ids)],
            "wished_by": "debtor",
            "line_ids": [
                (0, 0, {"day": today + timedelta(30 * n), "amount": amount})
                for n, amount in enumerate(amounts)
            ],
        }
    )


def test_what_changed_meanwhile_is_not_agreed_to(house, desk):
    with environment(NAME) as env:
        wish = plan(env, "Dina Claes", 61, 60)
    opened(house, desk, wish)
    with environment(NAME) as env:
        lines = env["pom.payment.plan"].browse(wish.id).line_ids
        lines[0].amount, lines[1].amount = 1, 120
    desk.click("button[name=action_agree]")
    desk.click(".modal-footer .btn-primary")
    expect(desk.locator(".modal-body")).to_contain_text("while you looked at it")
    desk.screenshot(path=SHOTS / "changed.png")
    desk.click(".modal-footer button")
    desk.reload()
    # Odoo shows what it remembers of this form, 61.00, until the server has answered.
    first = desk.locator("div[name=line_ids] .o_data_row").first
    expect(first.locator("[name=amount]")).to_have_text(re.compile(r"(?<!\d)1\.00"))
    desk.click("button[name=action_agree]")
    confirm(desk)
    expect(desk.locator(STATE)).to_have_text(re.compile("Running"))


def test_what_one_changes_oneself_is_agreed_to(house, desk):
    """Without saving it first."""
    with environment(NAME) as env:
        wish = plan(env, "Edgar Nys", 61, 60)
    opened(house, desk, wish)
    first = desk.locator("div[name=line_ids] .o_data_row").first
    first.locator("[name=amount]").click()
    first.locator("[name=amount] input").fill("21")
    desk.click("button[name=action_agree]")
    confirm(desk)
    expect(desk.locator(STATE)).to_have_text(re.compile("Running"))
    with environment(NAME) as env:
        lines = env["pom.payment.plan"].browse(wish.id).line_ids
        assert lines.mapped("amount") == [21, 100]


# -- charges ---------------------------------------------------------------------------


def charge(house, env, name):
    """A third of 121.00, which is planned for a day that comes."""
    move = page_states.invoice(env, page_states.debtor(env, name), 100, due=20)
    provider = env["payment.provider"].search([("code", "=", "mollie")], limit=1)
    card = env.ref("payment.payment_method_card")
    made = make(env, house.psp, provider, card, move)
    made.write({"state": "planned", "day": made._earliest()})
    return made


def test_lowered_and_skipped(house, desk):
    with environment(NAME) as env:
        planned = charge(house, env, "Fien Maes")
    opened(house, desk, planned)
    expect(desk.locator("[name=lowered_from]")).to_have_count(0)
    desk.locator("[name=amount] input").fill("30")
    desk.click(".o_form_button_save")
    expect(desk.locator("[name=lowered_from]")).to_contain_text("40.34")
    desk.screenshot(path=SHOTS / "lowered.png")
    desk.goto(f"{house.url}/odoo/action-pom_payment_charge.action_pom_charge")
    row = desk.locator(".o_data_row", has_text="Fien Maes").filter(has_text="30.00")
    expect(row).to_contain_text("40.34")
    desk.screenshot(path=SHOTS / "list.png")
    opened(house, desk, planned)
    desk.click("button[name=action_skip]")
    confirm(desk)
    expect(desk.locator(STATE)).to_have_text(re.compile("Skipped"))
    expect(desk.locator("[name=shown_reason]")).to_contain_text("Somebody of ours")
    desk.screenshot(path=SHOTS / "skipped.png")


def test_too_early_is_said(house, desk):
    with environment(NAME) as env:
        planned = charge(house, env, "Gust Baert")
        early = planned.day - timedelta(1)
    opened(house, desk, planned)
    desk.click("[name=day] button")
    field = desk.locator("[name=day] input")
    field.fill(early.strftime("%m/%d/%Y"))
    field.press("Tab")
    desk.click(".o_form_button_save")
    expect(desk.locator(".modal-body")).to_contain_text("choose a day from")
    desk.screenshot(path=SHOTS / "early.png")
    desk.click(".modal-footer button")
    desk.click(".o_form_button_cancel")


def test_paused_resumed_and_stopped(house, desk):
    with environment(NAME) as env:
        consent = charge(house, env, "Hugo Claes").consent_id
    opened(house, desk, consent)
    desk.click("button[name=action_pause]")
    expect(desk.locator(STATE)).to_have_text(re.compile("Paused"))
    desk.click("button[name=action_resume]")
    expect(desk.locator(STATE)).to_have_text(re.compile("Active"))
    desk.click("button[name=action_stop]")
    confirm(desk)
    expect(desk.locator(STATE)).to_have_text(re.compile("Stopped"))
    expect(desk.locator(".o-mail-Chatter")).to_contain_text("Iemand van ons besliste")
    desk.screenshot(path=SHOTS / "stopped.png", full_page=True)
    with environment(NAME) as env:
        ended = env["pom.charge.consent"].browse(consent.id)
        assert set(ended.charge_ids.mapped("state")) == {"stopped"}
        assert not ended.token_id.active
        told = ended.move_id.pom_delivery_ids.sorted("id")[-1]
        assert told.kind == "charge"
