from odoo import models


class PomDelivery(models.Model):
    """Portal, link only and tasks: no carrier is needed for these."""

    _inherit = "pom.delivery"

    def _send_portal(self):
        """A message on the invoice that the customer sees when logged in."""
        subtype = self.env.ref("mail.mt_comment").id
        bodies = self._mail_bodies()
        self.env["mail.message"].sudo().create(
            [
                {
                    "model": "account.move",
                    "res_id": move.id,
                    "subject": delivery.subject,
                    "body": body,
                    "author_id": delivery.company_id.partner_id.id,
                    "email_from": delivery.company_id.pom_sender,
                    "message_type": "comment",
                    "subtype_id": subtype,
                }
                for delivery, body in zip(self, bodies, strict=True)
                for move in delivery.move_ids
            ]
        )
        self._note_sent()

    def _notify_overtaken(self):
        """Tell that there is nothing to send any more."""
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": "warning",
                "message": self.env._(
                    "Nothing of this is due any more: it was paid, contested or put on "
                    "hold in the meantime."
                ),
                "next": {"type": "ir.actions.act_window_close"},
            },
        }

    def _do_portal(self):
        return self.action_open_invoices()

    def _send_link(self):
        self._by_hand()

    def _do_link(self):
        """The page, whose address can be copied from the list too."""
        return {"type": "ir.actions.act_url", "url": self.url, "target": "new"}

    def _send_task(self):
        for delivery in self:
            self._plan_calls(delivery.move_ids[:1], delivery.subject)
        self._note_sent()

    def _do_task(self):
        return self.action_open_invoices()

    def _do_email(self):
        return self.action_open_invoices()

    def _do_sms(self):
        return self.action_open_invoices()
