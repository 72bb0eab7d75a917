from odoo import models
from odoo.tools import formataddr
from odoo.tools.mail import generate_tracking_message_id


class PomDelivery(models.Model):
    """E-mail, through core's queue: it survives whatever happens to us."""

    _inherit = "pom.delivery"

    def _send_email(self):
        for delivery in self:
            delivery.message_id = generate_tracking_message_id(delivery.code)
        self.env["mail.mail"].sudo().create(self._mail_values())
        self.env.ref("mail.ir_cron_mail_scheduler_action").sudo()._trigger()

    def _mail_values(self):
        """One dict per message, in the order of the records."""
        threads = self.move_ids
        reply_to = threads._notify_get_reply_to() if threads else {}
        author = self.env.user.partner_id.id
        return [
            {
                "subject": delivery.subject,
                "body_html": body,
                "body": body,
                "email_from": delivery.company_id.email_formatted
                or self.env.user.email_formatted,
                "reply_to": reply_to.get(delivery.move_ids[:1].id),
                "email_to": formataddr((delivery.partner_id.name, delivery.address)),
                "author_id": author,
                "model": "account.move",
                "res_id": delivery.move_ids[:1].id,
                "message_id": delivery.message_id,
                "message_type": "email_outgoing",
                # Keeps what was said in the invoice's chatter once the mail is out.
                "is_notification": True,
                "auto_delete": True,
                "headers": repr({"Auto-Submitted": "auto-generated"}),
            }
            for delivery, body in zip(self, self._mail_bodies(), strict=True)
        ]

    def _mail_bodies(self):
        qweb = self.env["ir.qweb"]
        return [
            qweb._render(
                "pom_message.message_email",
                delivery._page_values(),
                lang=delivery.lang,
                minimal_qcontext=True,
            )
            for delivery in self
        ]

    def _page_values(self):
        """What the templates of e-mail and letter show."""
        in_lang = self.with_context(lang=self.lang)
        company, asks = self.company_id, self._asks()
        style = in_lang._style()
        pay = style["button"] or in_lang.env._("Pay now")
        return {
            "delivery": in_lang,
            "company": company,
            "moves": in_lang._moves_by_due(),
            "rows": in_lang._rows(),
            "later": in_lang._later(),
            "paragraphs": (in_lang.text or "").split("\n\n"),
            "legal": (in_lang.legal or "").splitlines(),
            "asks": asks,
            "has_button": self.kind != "thanks" and bool(self.url),
            "button": pay if asks else in_lang.env._("Open the page"),
            "button_first": asks and style["button_first"],
            "fill": style["color"] or company.email_secondary_color or "#1d4ed8",
            "on_fill": company.email_primary_color or "#ffffff",
            "money": in_lang._money,
            "day": in_lang._day,
        }

    def _style(self):
        """How the button is: its words and colour where they aren't the usual ones,
        and whether it comes before the text. Hook.
        """
        return {"button": "", "color": "", "button_first": False}
