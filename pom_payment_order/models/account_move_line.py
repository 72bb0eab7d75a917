from odoo import models


class AccountMoveLine(models.Model):
    """Items that are put into an order."""

    _inherit = "account.move.line"

    def create_payment_line_from_move_line(self, payment_order):
        # EXTENDS 'account_payment_order': without what is contested, or covered by
        # money that is in the house.
        lines = super().create_payment_line_from_move_line(payment_order)
        lines._pom_fit()
        return lines.exists()
