from odoo import models


class AccountMove(models.Model):
    """Invoices that are cancelled after they were paid at the bank."""

    _inherit = "account.move"

    def button_cancel(self):
        # EXTENDS 'account'
        result = super().button_cancel()
        terms = self.line_ids.filtered(lambda item: item.display_type == "payment_term")
        self.env["pom.match"].sudo()._of_items(terms)._note_freed()
        return result
