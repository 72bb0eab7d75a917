from odoo import fields, models
from odoo.tools import split_every

from ..tools.channels import AWAY
from ..tools.failures import NO_SERVER
from ..tools.mail_failures import is_transient

#: So many mails are looked at together right before they leave.
AT_ONCE = 10


class MailMail(models.Model):
    _inherit = "mail.mail"

    def _send(self, *args, **kwargs):
        # EXTENDS 'mail': while a long queue is sent, debtors pay.
        if not self._pom_deliveries():
            return super()._send(*args, **kwargs)
        result = True
        for ids in split_every(AT_ONCE, self.ids):
            mails = self.browse(ids)._pom_still_right()
            result = super(MailMail, mails)._send(*args, **kwargs)
        return result

    def _pom_deliveries(self):
        names = [name for name in self.mapped("message_id") if name]
        return self.env["pom.delivery"].sudo().search([("message_id", "in", names)])

    def _pom_still_right(self):
        # The previous mails were committed; what is known is as old as that.
        self.env.invalidate_all()
        deliveries = self._pom_deliveries()
        names = set((deliveries - deliveries._drop_overtaken()).mapped("message_id"))
        overtaken = self.filtered(lambda mail: mail.message_id in names)
        going = self - overtaken
        # The invoice's chatter must not tell of a message that never left.
        overtaken.sudo().mail_message_id.unlink()
        return going

    def _postprocess_sent_message(
        self, success_pids, success_emails, failure_reason=False, failure_type=None
    ):
        # EXTENDS 'mail': what the mail server said about messages to debtors.
        deliveries = self._pom_deliveries()
        waiting = self.browse()
        if failure_type and is_transient(failure_type, failure_reason):
            since = fields.Datetime.now() - AWAY
            waiting = self.filtered(lambda mail: mail.create_date > since)
        names = set(waiting.mapped("message_id"))
        postponed = deliveries.filtered(lambda d: d.message_id in names)
        postponed.failure = failure_reason or NO_SERVER
        decided = deliveries - postponed
        if decided and failure_type:
            decided._note_lost(failure_reason or failure_type, state="failed")
        elif decided:
            decided._note_sent()
        result = super()._postprocess_sent_message(
            success_pids,
            success_emails,
            failure_reason=failure_reason,
            failure_type=failure_type,
        )
        postponed_names = set(postponed.mapped("message_id"))
        self.exists().filtered(lambda m: m.message_id in postponed_names).write(
            {"state": "outgoing"}
        )
        return result
