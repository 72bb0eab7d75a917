"""What an accountant does with matched bank lines, in a browser.

Pictures of every step are kept in ``.dev/match``.
"""

from datetime import date

import pytest
from playwright.sync_api import expect

from tests.e2e.harness import DEV, Server, environment, log_in
from tests.e2e.match_worker import bank_journal
from tests.simulators.bank import Bank

pytestmark = pytest.mark.e2e
DAY = date(2026, 11, 23)
SHOTS = DEV / "match"
DEBTOR = "BE71096123456769"


def invoice(env, name, amount, number=False):
    partner = env["res.partner"].create({"name": name})
    if number:
        env["res.partner.bank"].create({"acc_number": number, "partner_id": partner.id})
    move = env["account.move"].create(
        {
            "move_type": "out_invoice",
            "partner_id": partner.id,
            "invoice_date": "2026-11-01",
            "invoice_line_ids": [
                (0, 0, {"name": "Work", "price_unit": amount, "tax_ids": [(5,)]})
            ],
        }
    )
    move.action_post()
    return move


def make_books(env):
    """Open invoices, and a statement that pays some of them.

    :return: the file
    """
    exact, part = invoice(env, "Jan Peeters", 121), invoice(env, "An De Smet", 300)
    invoice(env, "Bakkerij Maes", 66.5, DEBTOR)
    for name in ("Els Claes", "Luc Claes"):
        invoice(env, name, 55)
    bank = Bank(bank_journal(env).bank_account_id.sanitized_acc_number)
    stranger = "BE43068999999501"
    lines = (
        ("121.00", "Peeters Jan", stranger, exact.payment_reference),
        ("100.00", "De Smet An", stranger, f"voorschot {part.payment_reference}"),
        ("66.50", "Bakkerij Maes", DEBTOR, "november"),
        ("121.00", "Peeters Jan", stranger, exact.payment_reference),
        ("55.00", "Claes", stranger, "bedankt"),
    )
    for amount, name, number, text in lines:
        bank.receive(amount, name, number, text, date=DAY)
    return bank.statement(DAY)


class Accountant:
    def __init__(self, page, server):
        self.page, self.url = page, server.url
        log_in(page, self.url)

    def open(self, action, wait):
        self.page.goto(f"{self.url}/odoo/action-{action}")
        self.page.wait_for_selector(wait)

    def shoot(self, name):
        self.page.wait_for_timeout(700)
        SHOTS.mkdir(exist_ok=True)
        self.page.screenshot(path=SHOTS / f"{name}.png")


def test_accountant(world, chromium):
    with environment(world) as env:
        data = make_books(env)
    with Server(world, crons=0) as server:
        page = chromium.new_page(viewport={"width": 1440, "height": 900})
        accountant = Accountant(page, server)
        import_statement(accountant, data)
        look_at_decisions(accountant)
        undo_one(accountant, world)
        accept_one(accountant, world)
        look_at_dashboard(accountant)


def import_statement(accountant, data):
    page = accountant.page
    action = "account_statement_import_file.account_statement_import_action"
    accountant.open(action, ".modal button[name=import_file_button]")
    page.set_input_files(
        ".modal input[type=file]",
        {"name": "day.cod", "mimeType": "text/plain", "buffer": data},
    )
    page.wait_for_function(
        "[...document.querySelectorAll('.modal input')]"
        ".some(item => item.value === 'day.cod')"
    )
    accountant.shoot("1-import")
    page.click(".modal button[name=import_file_button]")
    page.wait_for_selector(".modal", state="detached")
    accountant.shoot("2-imported")


def look_at_decisions(accountant):
    accountant.open("pom_reconcile.pom_match_action", "tr.o_data_row")
    accountant.shoot("3-decisions")
    rows = accountant.page.locator("tr.o_data_row")
    expect(rows).to_have_count(5)
    for words in ("exact amount", "less than its open amount", "already paid"):
        expect(rows.filter(has_text=words).first).to_be_visible()


def undo_one(accountant, name):
    page = accountant.page
    row = page.locator("tr.o_data_row:has-text('only')").filter(has_text="Maes")
    row.locator("button[name=action_undo]").click()
    page.wait_for_selector("tr.o_data_row:has-text('Undone')")
    accountant.shoot("4-undone")
    with environment(name) as env:
        line = bank_line(env, 66.5)
        assert not line.is_reconciled and line.pom_match_ids.state == "undone"


def accept_one(accountant, name):
    page = accountant.page
    row = page.locator("tr.o_data_row:has-text('bedankt')")
    row.locator("button[name=action_open_line]").click()
    page.locator(".o_kanban_record", has_text="bedankt").first.click()
    page.wait_for_selector("button[name=action_accept]")
    accountant.shoot("5-suggestions")
    page.locator(
        "tr:has-text('same open amount') button[name=action_accept]"
    ).first.click()
    page.wait_for_selector("button[name=action_accept]", state="detached")
    accountant.shoot("6-accepted")
    with environment(name) as env:
        line = bank_line(env, 55)
        assert line.is_reconciled and line.pom_match_id.by_hand


def bank_line(env, amount):
    domain = [("amount", "=", amount), ("date", "=", DAY)]
    return env["account.bank.statement.line"].search(domain)


def look_at_dashboard(accountant):
    accountant.open("account.open_account_journal_dashboard_kanban", ".o_kanban_record")
    accountant.shoot("7-dashboard")
    card = accountant.page.locator(".o_kanban_record", has_text="Bank").first
    expect(card).to_contain_text("Structured communication")
