from odoo import api, fields, models

from odoo.addons.pom_message.tools.channels import Channel
from odoo.addons.pom_payment.tools.registry import by_code

#: Without a sending method: that is core's own, and sends by itself.
PEPPOL = Channel(
    "peppol",
    "Peppol",
    address="_pom_address_peppol",
    send="_send_peppol",
    do="_do_peppol",
)
#: Why one didn't arrive, in the words of :meth:`PomDelivery._failures`.
ONLY_INVOICES, NOT_TAKEN = "peppol_only_invoices", "peppol_not_taken"


class PomDelivery(models.Model):
    """Invoices that went by Peppol. Core sends them; what became of each is known."""

    _inherit = "pom.delivery"

    channel = fields.Selection(
        selection_add=[(PEPPOL.code, PEPPOL.label)], ondelete={PEPPOL.code: "cascade"}
    )

    @api.model
    def _channels(self):
        return super()._channels() | by_code([PEPPOL])

    def _send_peppol(self):
        """Peppol carries documents, no messages: another channel has to be tried."""
        self._note_lost(ONLY_INVOICES, "failed")

    @api.model
    def _failures(self):
        # EXTENDS 'pom_message'
        return {
            **super()._failures(),
            ONLY_INVOICES: self.env._(
                "By Peppol invoices can be sent, no other messages."
            ),
            NOT_TAKEN: self.env._("The access point didn't take or deliver it."),
        }

    def _do_peppol(self):
        return self.action_open_invoices()

    @api.model
    def _peppol_of(self, moves):
        """The newest message by Peppol of each of these invoices.

        :return: dict of message by id of invoice
        """
        found = self.search(
            [("channel", "=", PEPPOL.code), ("move_ids", "in", moves.ids)], order="id"
        )
        return {move.id: delivery for delivery in found for move in delivery.move_ids}

    def _note_peppol(self, state):
        """What the access point says became of it.

        :param str state: of ``account.move.peppol_move_state``
        """
        if state == "processing":
            self.write({"state": "queued", "failure": False})
            self._note_sent()
        elif state == "done":
            self._note_sent("delivered")
        elif state == "error":
            self._note_lost(NOT_TAKEN, "bounced")
