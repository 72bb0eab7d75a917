from odoo import models


class AccountMoveLine(models.Model):
    """What is booked, paid or undone changes the figures."""

    _inherit = "account.move.line"

    # The sum of an account, of years of books, is read from this alone.
    _pom_balance_idx = models.Index(
        "(account_id, company_id) INCLUDE (balance, partner_id)"
        " WHERE parent_state = 'posted'"
    )

    def _write_multi(self, vals_list):
        # EXTENDS 'base': whatever is stored passes here, computed values too.
        super()._write_multi(vals_list)
        figures = self.env["pom.debt.figure"]
        figures._touch(figures._changed(self, vals_list).move_id.ids)

    def unlink(self):
        # Core deletes a bank line's posted entry, too.
        figures = self.env["pom.debt.figure"]
        if figures._notes_changes():
            figures._touch(self.sudo().move_id.ids)
        return super().unlink()
