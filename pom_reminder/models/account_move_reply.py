from odoo import fields, models


class AccountMove(models.Model):
    """A reply to a message that asked for several invoices is about all of them."""

    _inherit = "account.move"

    def _pom_receive_reply(self, message):
        # EXTENDS 'pom_payment': who answers a message has read it.
        super()._pom_receive_reply(message)
        answered = self._pom_messages_replied_to(
            self.env.context.get("pom_references", [])
        )
        unseen = answered.filtered(lambda delivery: not delivery.seen_date)
        unseen.seen_date = fields.Datetime.now()

    def _pom_messages_replied_to(self, references):
        deliveries = self.env["pom.delivery"].sudo()
        return deliveries.search([("message_id", "in", references)])

    def _pom_moves_replied_to(self, references):
        # EXTENDS 'pom_payment'
        asked = self._pom_messages_replied_to(references).move_ids.filtered(
            lambda move: move.commercial_partner_id == self.commercial_partner_id
        )
        return super()._pom_moves_replied_to(references) | asked
