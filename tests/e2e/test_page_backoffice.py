"""What the creditor's own people see of the payment page, in Odoo's web client."""

import re

import pytest
from playwright.sync_api import expect

from tests.e2e import page_states
from tests.e2e.harness import DEV, environment, log_in

pytestmark = pytest.mark.e2e


@pytest.fixture
def office(page_server, chromium):
    """A window in which the administrator has logged in."""
    page = chromium.new_page(viewport={"width": 1440, "height": 1000})
    log_in(page, page_server.url)
    yield page
    page.close()


def test_preview_follows_the_settings(page_server, office):
    """Another colour and other letters show before they are saved, and aren't saved."""
    with environment(page_server.database) as env:
        page_states.invoice(env, page_states.debtor(env, "Lies Voet"), 40)
        before = env.company.pom_page_color
    office.goto(f"{page_server.url}/odoo/settings#account")
    frame = office.frame_locator("iframe[src*='/pom/preview/page/']")
    frame.locator(".amount").wait_for()
    office.click("[name=pom_page_font] input")
    office.click(".o_select_menu_item:has-text('Serif')")
    office.locator("[name=pom_page_color] input[type=color]").fill("#0a6b3d")
    button = frame.locator("button.first")
    office.wait_for_selector("iframe[src*='0a6b3d'][src*='serif']")
    expect(button).to_have_css("background-color", "rgb(10, 107, 61)")
    expect(button).to_have_css("font-family", re.compile("^Charter.*serif$"))
    office.screenshot(path=DEV / "page_settings.png")
    with environment(page_server.database) as env:
        assert env.company.pom_page_color == before


def test_requests_are_answered(page_server, office):
    """From the list to the message that is proposed as the answer."""
    with environment(page_server.database) as env:
        move = page_states.invoice(env, page_states.debtor(env, "Mia Wuyts"), 70)
        page_states.contest(env, move, 20)
        name = move.name
        action = env.ref("pom_payment.pom_payer_request_action").id
    office.goto(f"{page_server.url}/odoo/action-{action}")
    office.locator("tr.o_data_row", has_text=name).first.click()
    office.wait_for_selector(".o_form_view button[name=action_answer]")
    expect(office.locator(".o_form_view")).to_contain_text("De taart was nat.")
    office.screenshot(path=DEV / "page_request.png")
    office.click("button[name=action_answer]")
    office.wait_for_selector(".modal .o_mail_composer_form, .modal .o_form_view")
    subject = office.locator(".modal [name=subject] input")
    expect(subject).to_have_value(re.compile(re.escape(name)))
    office.click(".modal .btn-close")
    office.click("button[name=action_ask_accept]")
    # It can't be taken back: what the debtor wrote, and what he is going to read.
    asked = office.locator(".modal .o_form_view")
    expect(asked).to_contain_text("De taart was nat.")
    expect(asked.locator("[name=told]")).to_contain_text(name)
    office.screenshot(path=DEV / "page_decision.png")
    office.click(".modal button[name=action_decide]")
    office.wait_for_selector("button[name=action_reopen]")
    with environment(page_server.database) as env:
        assert (
            env["account.move"].search([("name", "=", name)]).pom_disputed_amount == 20
        )
