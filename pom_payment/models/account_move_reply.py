import re

from lxml import html

from odoo import models
from odoo.tools import html2plaintext
from odoo.tools.mail import email_normalize

from .account_move_debt import PAYABLE

#: What programs say of mails that no person wrote (RFC 3834, and older habits).
BY_A_PROGRAM = re.compile(r"auto-|bulk|junk|list", re.IGNORECASE)
QUOTED = re.compile(r"^>.*$", re.MULTILINE)


class MailThread(models.AbstractModel):
    _inherit = "mail.thread"

    def _message_route_process(self, message, message_dict, routes):
        # EXTENDS 'mail': who answers a reminder from the beach asks nothing.
        told = (message.get("Auto-Submitted", ""), message.get("Precedence", ""))
        references = re.findall(
            r"<[^<>\s]+>",
            f"{message.get('References', '')} {message.get('In-Reply-To', '')}",
        )
        return super(
            MailThread,
            self.with_context(
                pom_by_a_program=any(BY_A_PROGRAM.search(str(one)) for one in told),
                pom_references=references,
            ),
        )._message_route_process(message, message_dict, routes)


class AccountMove(models.Model):
    """A debtor who answers by e-mail asks as one who asks on the page does: somebody
    is told, and nobody is reminded before the answer.
    """

    _inherit = "account.move"

    def _message_post_after_hook(self, new_message, message_values):
        # EXTENDS 'account'
        result = super()._message_post_after_hook(new_message, message_values)
        if self._pom_is_reply(new_message):
            self._pom_receive_reply(new_message)
        return result

    def _pom_is_reply(self, message):
        """Whether a debtor wrote this about something that is still to be paid."""
        return (
            len(self) == 1
            and message.message_type == "email"
            and self.move_type in PAYABLE
            and not self.env.context.get("pom_by_a_program")
            and not message.author_id.user_ids.filtered(lambda user: not user.share)
            and bool(self.sudo().pom_paylink_id)
            and self.sudo().pom_standing.can_be_paid
        )

    def _pom_receive_reply(self, message):
        requests = self.env["pom.payer.request"].sudo()
        link = self.sudo().pom_paylink_id
        if not requests._is_allowed(link):
            return
        references = self.env.context.get("pom_references", [])
        values = {
            "text": self._pom_text_of_reply(message.body),
            "email": email_normalize(message.email_from or "") or "",
        }
        requests._receive(
            link, "question", values, self._pom_moves_replied_to(references)
        )

    def _pom_text_of_reply(self, body):
        """What was written, without what it answers."""
        if not body:
            return ""
        tree = html.fragment_fromstring(body, create_parent="div")
        for quoted in tree.xpath("//*[@data-o-mail-quote]"):
            quoted.drop_tree()
        text = html2plaintext(html.tostring(tree, encoding="unicode"))
        return QUOTED.sub("", text).strip()

    def _pom_moves_replied_to(self, references):
        """Invoices that a reply is about. Hook.

        :param list[str] references: ids of the messages that it answers
        """
        return self
