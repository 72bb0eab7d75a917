"""A newcomer's first quarter of an hour: from the addons just installed, with the
rights that installing gives, to the first invoice that a statement marks paid.

Everything is done in the browser. Pictures are kept in ``.dev/first``.
"""

import re

import pytest
from playwright.sync_api import expect

from tests.e2e.drop import drop
from tests.e2e.harness import DEV, Server, database, environment, log_in
from tests.simulators.bank import Bank

pytestmark = pytest.mark.e2e

IBAN = "BE68539007547034"
SHOTS = DEV / "first"
CARD = ".o_kanban_record:has([name=open_action]):has(.o_pom_import)"


@pytest.fixture
def fresh():
    """Name of a database that nobody has set anything in."""
    name = "pom_first_statement"
    database("new", name)
    yield name
    database("drop", name)


@pytest.fixture
def page(chromium):
    window = chromium.new_page(viewport={"width": 1440, "height": 900})
    window.set_default_timeout(240_000)
    expect.set_options(timeout=240_000)
    yield window
    window.close()


def test_from_install_to_the_first_matched_statement(fresh, page):
    SHOTS.mkdir(exist_ok=True)
    with Server(fresh, crons=0) as server:
        log_in(page, server.url)
        choose_belgian_accounts(page, server.url)
        number = invoice(page, server.url)
        import_statement(page, server.url, statement(number))
        see_it_paid(page, server.url, number)
    with environment(fresh) as env:
        boss = env.ref("base.user_admin")
        assert env.ref("account.group_account_user") not in boss.group_ids
        line = env["account.bank.statement.line"].search([])
        assert line.is_reconciled and not line.pom_match_id.by_hand
        assert line.journal_id.bank_account_id.sanitized_acc_number == IBAN


def choose_belgian_accounts(page, url):
    page.goto(f"{url}/odoo/settings#account")
    chart = ".o_field_widget[name=chart_template]"
    page.click(f"{chart} input")
    page.fill(f"{chart} input", "Belgium")
    page.click(".o_select_menu_item:has-text('Companies')")
    page.click(".o_form_button_save")
    # Odoo leaves the settings once the accounts are there.
    page.wait_for_selector(chart, state="detached")


def invoice(page, url):
    """Make and confirm one of 121.00: its number."""
    page.goto(f"{url}/odoo/action-account.action_move_out_invoice_type/new")
    page.fill("[name=partner_id] input", "Marie Peeters")
    # Which of the two depends on whether Odoo's directory of companies answers.
    create = ".o_m2o_dropdown_option_create, .o_m2o_dropdown_option_create_edit"
    page.locator(create).last.click()
    page.click(".modal .o_form_button_save")
    page.wait_for_selector(".modal", state="detached")
    page.click("[name=invoice_line_ids] .o_field_x2many_list_row_add a >> nth=0")
    row = page.locator("[name=invoice_line_ids] tr.o_selected_row")
    row.locator("[name=name] textarea, [name=name] input").first.fill("Work")
    row.locator("[name=price_unit] input").fill("100")
    page.click("button[name=action_post]")
    page.wait_for_selector(".o_arrow_button_current:has-text('Posted')")
    page.screenshot(path=SHOTS / "1-invoice.png")
    return re.search(r"INV/\d+/\d+", page.inner_text(".o_form_sheet"))[0]


def statement(number):
    bank = Bank(IBAN, holder="My Company")
    bank.receive("121.00", "Marie Peeters", "BE71096123456769", number)
    return bank.statement()


def import_statement(page, url, data):
    """Drop it on the card; the journal has no account yet and gets this one."""
    page.goto(f"{url}/odoo/accounting")
    page.wait_for_selector(f"{CARD} :text('Import Statements')")
    page.screenshot(path=SHOTS / "2-card.png")
    drop(page, CARD, [("first.cod", data)])
    page.wait_for_selector(f".modal :text('{IBAN}')")
    page.screenshot(path=SHOTS / "3-account.png")
    page.click(".modal button[name=action_pom_use_journal]")
    page.wait_for_selector(".modal :text('1 matched, 0 for you.')")
    page.screenshot(path=SHOTS / "4-summary.png")
    page.click(".modal button[name=action_pom_statements]")
    page.wait_for_selector(".o_list_view .o_data_row")


def see_it_paid(page, url, number):
    page.goto(f"{url}/odoo/action-account.action_move_out_invoice_type")
    row = page.locator("tr.o_data_row", has_text=number)
    expect(row).to_contain_text("Paid")
    page.screenshot(path=SHOTS / "5-paid.png")
