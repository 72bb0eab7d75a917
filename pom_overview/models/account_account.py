from odoo import models


class AccountAccount(models.Model):
    """Which accounts are receivable is asked of all that is open."""

    _inherit = "account.account"

    def _write_multi(self, vals_list):
        # EXTENDS 'base': whatever is stored passes here, computed values too.
        super()._write_multi(vals_list)
        figures = self.env["pom.debt.figure"].sudo()
        if figures._notes_changes() and any("account_type" in v for v in vals_list):
            figures._forget_open()
