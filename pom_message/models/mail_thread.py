from odoo import api, models

from ..tools.failures import CAME_BACK


class MailThread(models.AbstractModel):
    _inherit = "mail.thread"

    @api.model
    def _routing_handle_bounce(self, email_message, message_dict):
        # EXTENDS 'mail': a message to a debtor came back.
        result = super()._routing_handle_bounce(email_message, message_dict)
        bounced = message_dict.get("bounced_msg_ids") or []
        deliveries = self.env["pom.delivery"].sudo()
        if bounced:
            lost = deliveries.search([("message_id", "in", bounced)])
            lost._note_lost(CAME_BACK)
        return result
