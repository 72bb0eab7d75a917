from odoo import models


class MailMail(models.Model):
    _inherit = "mail.mail"

    def _postprocess_sent_message(
        self, success_pids, success_emails, failure_reason=False, failure_type=None
    ):
        # EXTENDS 'mail': what the mail server said about messages to debtors.
        deliveries = (
            self.env["pom.delivery"]
            .sudo()
            .search([("message_id", "in", self.mapped("message_id"))])
        )
        if deliveries and failure_type:
            deliveries._note_lost(failure_reason or failure_type, state="failed")
        elif deliveries:
            deliveries._note_sent()
        return super()._postprocess_sent_message(
            success_pids,
            success_emails,
            failure_reason=failure_reason,
            failure_type=failure_type,
        )
