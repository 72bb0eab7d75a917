from datetime import date

from odoo import models

from .pom_payer_request import UNANSWERED


class PomPayerRequest(models.Model):
    """A question is answered by an answer, and asked again by a reply to that."""

    _inherit = "pom.payer.request"

    def _message_post_after_hook(self, message, msg_vals):
        # EXTENDS 'mail'
        result = super()._message_post_after_hook(message, msg_vals)
        if message.message_type == "email":
            if not message.author_id.user_ids.filtered(lambda user: not user.share):
                self._note_asked_again()
        elif self._is_answer(message):
            self._close("answered")
        return result

    def _is_answer(self, message):
        """What a colleague writes to the debtor who asked, in the name of whomever: a
        note isn't.
        """
        return (
            self.kind == "question"
            and self.state in UNANSWERED
            and self.env.user._is_internal()
            and message.message_type == "comment"
            and message.author_id != self.partner_id
            and message.subtype_id == self.env.ref("mail.mt_comment")
        )

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

    # -- to whom, in which language ----------------------------------------------------

    def _contact_for_answer(self):
        """Of the address that was typed for it: whose it is reads as the debtor does.

        :rtype: res.partner
        """
        return self._partner_find_from_emails_single(
            [self.email],
            additional_values={self.email.lower(): {"lang": self._debtors_lang()}},
        )

    def _debtors_lang(self):
        return self.partner_id.lang or self.company_id.partner_id.lang

    def _notify_get_recipients(self, message, msg_vals=False, **kwargs):
        # EXTENDS 'mail': the sheet around an answer is in the language of the answer,
        # whatever a contact made of a typed address is said to read.
        found = super()._notify_get_recipients(message, msg_vals=msg_vals, **kwargs)
        for one in found:
            if not one.get("uid"):
                one["lang"] = self._debtors_lang()
        return found
