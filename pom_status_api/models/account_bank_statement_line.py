from odoo import models


class AccountBankStatementLine(models.Model):
    """Money with the reference of an invoice changes how it stands, booked or not."""

    _inherit = "account.bank.statement.line"

    def _pom_came(self):
        # EXTENDS 'pom_payment'
        super()._pom_came()
        self.sudo().pom_named_id._pom_tell_later()
