from odoo import models


class AccountBankStatementLine(models.Model):
    _inherit = "account.bank.statement.line"

    # Which of the lines that nobody matched are a debtor's: what each view of a page
    # asks, by name and by account (``res.partner._pom_bank_lines``).
    _pom_waiting_partner_idx = models.Index(
        "(partner_id) WHERE is_reconciled IS NOT TRUE AND amount > 0"
    )
    _pom_waiting_account_idx = models.Index(
        "(upper(regexp_replace(account_number, '[^[:alnum:]]', '', 'g'))) "
        "WHERE is_reconciled IS NOT TRUE AND amount > 0 AND partner_id IS NULL"
    )
