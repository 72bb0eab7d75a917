"""Files of several bank accounts, in which open invoices are paid: for two servers."""

import base64
from datetime import timedelta

from tests.simulators.bank import Bank

ACCOUNTS, LINES = 4, 1_500
#: Not once, not matched, or of a file that failed.
WRONG = """
    SELECT (SELECT count(*) FROM pom_statement_import WHERE state <> 'done')
         + (SELECT abs(count(*) - (SELECT sum(total_lines) FROM pom_statement_import))
              FROM account_bank_statement_line line
              JOIN pom_statement_received file ON file.id = line.pom_received_id
             WHERE line.is_reconciled)"""


def hand_over(env):
    """Each file has as many lines as it takes for the background."""
    company = env.ref("base.main_company")
    user = env.ref("base.user_admin")
    env = env(user=user.id, context={"allowed_company_ids": company.ids})
    env["ir.config_parameter"].sudo().set_param("pom_reconcile.background_lines", "200")
    invoices = env["account.move"].search_fetch(
        [
            ("move_type", "=", "out_invoice"),
            ("state", "=", "posted"),
            ("payment_state", "=", "not_paid"),
            ("company_id", "=", company.id),
        ],
        ["amount_residual", "payment_reference", "partner_id"],
        limit=ACCOUNTS * LINES,
        # Of customers who pay on the same day, each account has some.
        order="payment_reference",
    )
    assert len(invoices) == ACCOUNTS * LINES, len(invoices)
    for number in range(ACCOUNTS):
        _one(env, number, invoices[number::ACCOUNTS])


def _one(env, number, invoices):
    iban = iban_of(number)
    journal = env["account.journal"].create(
        {"name": f"Bank {number}", "code": f"BK{number}", "type": "bank"}
    )
    journal.set_bank_account(iban)
    day = env.company._pom_today() - timedelta(days=2)
    bank = Bank(iban)
    for move in invoices:
        bank.receive(
            f"{move.amount_residual:.2f}",
            move.partner_id.name,
            iban_of(move.partner_id.id),
            move.payment_reference,
            date=day,
        )
    wizard = env["account.statement.import"].create(
        {
            "statement_file": base64.b64encode(bank.statement(day)),
            "statement_filename": f"{iban}.cod",
        }
    )
    assert wizard.import_file_button()["res_model"] == "pom.statement.import"


def iban_of(number):
    body = 7_360_000_000 + number
    bban = f"{body:010}{body % 97 or 97:02}"
    return f"BE{98 - int(bban + '111400') % 97:02}{bban}"
