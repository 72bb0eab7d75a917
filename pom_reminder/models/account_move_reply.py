from odoo import models


class AccountMove(models.Model):
    """A reply to a message that asked for several invoices is about all of them."""

    _inherit = "account.move"

    def _pom_moves_replied_to(self, references):
        # EXTENDS 'pom_payment'
        answered = (
            self.env["pom.delivery"].sudo().search([("message_id", "in", references)])
        )
        asked = answered.move_ids.filtered(
            lambda move: move.commercial_partner_id == self.commercial_partner_id
        )
        return super()._pom_moves_replied_to(references) | asked
