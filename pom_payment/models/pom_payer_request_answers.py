from datetime import date

from odoo import models

from .pom_payer_request import UNANSWERED


class PomPayerRequest(models.Model):
    """A question is answered by an answer, and asked again by a reply to that."""

    _inherit = "pom.payer.request"

    def _message_post_after_hook(self, message, msg_vals):
        # EXTENDS 'mail'
        result = super()._message_post_after_hook(message, msg_vals)
        if self._is_by_us(message):
            self._note_answered(message)
        elif message.message_type == "email":
            self._note_asked_again()
        return result

    def _is_by_us(self, message):
        return bool(message.author_id.user_ids.filtered(lambda user: not user.share))

    def _note_answered(self, message):
        """What a colleague writes to the debtor, a note isn't."""
        is_sent = message.message_type == "comment" and not message.is_internal
        is_sent = is_sent and message.subtype_id == self.env.ref("mail.mt_comment")
        if is_sent and self.kind == "question" and self.state in UNANSWERED:
            self._close("accepted")

    def _note_asked_again(self):
        """The debtor isn't satisfied with what was answered."""
        if self.env.context.get("pom_by_a_program"):
            return
        request = self.sudo()
        if request.state not in UNANSWERED:
            request.write(
                {"state": "in_progress", "deadline": self._deadline(self.company_id)}
            )
            request._keep_quiet(date.max)
            request._tell_owner()
