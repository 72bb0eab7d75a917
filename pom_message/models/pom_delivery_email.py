from markupsafe import Markup

from odoo import models
from odoo.tools import email_normalize_all, formataddr
from odoo.tools.mail import generate_tracking_message_id

from odoo.addons.pom_payment.tools import mail_html

from ..tools.failures import NO_SENDER


class PomDelivery(models.Model):
    """E-mail, through core's queue: it survives whatever happens to us."""

    _inherit = "pom.delivery"

    def _send_email(self):
        mute = self.filtered(lambda delivery: not delivery.company_id.pom_sender)
        mute._note_lost(NO_SENDER, state="failed")
        (self - mute)._queue_email()

    def _queue_email(self):
        for delivery in self:
            delivery.message_id = generate_tracking_message_id(delivery.code)
        self.env["mail.mail"].sudo().create(self._mail_values())
        self.env.ref("mail.ir_cron_mail_scheduler_action").sudo()._trigger()

    def _mail_values(self):
        """One dict per message, in the order of the records."""
        threads = self.move_ids
        reply_to = threads._notify_get_reply_to() if threads else {}
        sheets = {}
        return [
            {
                **delivery._mail(sheets),
                "reply_to": reply_to.get(delivery.move_ids[:1].id),
            }
            for delivery in self
        ]

    def _mail(self, sheets):
        shown = self._page_values()
        return {
            "subject": self.subject,
            "body_html": self._mail_sheet(self._mail_body(shown), sheets),
            "body": self._said(shown),
            "email_from": self.company_id.pom_sender,
            "email_to": self._mail_to(),
            "author_id": self.company_id.partner_id.id,
            "model": "account.move",
            "res_id": self.move_ids[:1].id,
            "message_id": self.message_id,
            "message_type": "email_outgoing",
            # Keeps what was said in the invoice's chatter once the mail is out.
            "is_notification": True,
            "auto_delete": True,
            "headers": repr({"Auto-Submitted": "auto-generated"}),
            "attachment_ids": [(4, file.id) for file in self._mail_files()],
        }

    def _mail_to(self):
        """Each of the addresses that the debtor has."""
        name = self.partner_id.pom_addressee
        addresses = email_normalize_all(self.address)
        return ", ".join(formataddr((name, address)) for address in addresses)

    def _mail_files(self):
        """The invoices as they were sent, where the creditor wants them along."""
        if not self.company_id.pom_attach_invoices or not self._asks():
            return self.env["ir.attachment"]
        return self.move_ids.invoice_pdf_report_id

    def _mail_bodies(self):
        """What is said, without the sheet around it."""
        return [delivery._mail_body(delivery._page_values()) for delivery in self]

    def _mail_body(self, shown):
        """
        :param dict shown: of :meth:`_page_values`
        """
        return self.env["ir.qweb"]._render(
            "pom_message.message_email", shown, lang=self.lang, minimal_qcontext=True
        )

    def _said(self, shown):
        """For the chatter, without the debtor's button: whoever clicks it is taken for
        somebody who has seen the message.
        """
        rows = [
            " · ".join((move.name or "", *about, amount))
            for move, about, amount in shown["rows"]
        ]
        total = shown["paid"] or (shown["asks"] and self._money(self.total))
        said = [
            *shown["paragraphs"],
            Markup("<br/>").join(rows),
            Markup("<strong>%s</strong>") % total if total else "",
            Markup("<br/>").join(shown["legal"]),
        ]
        return Markup().join(Markup("<p>%s</p>") % part for part in said if part)

    def _mail_sheet(self, body, sheets):
        """The whole e-mail.

        :param dict sheets: what was made for others of the same creditor; gets more
        """
        in_lang = self.with_context(lang=self.lang)
        return self.env["ir.qweb"]._render(
            "pom_payment.mail_sheet",
            {
                "sheet": {**in_lang._sheet(sheets), "brand": self._brand()},
                "lang": self.lang,
                "content": body,
                "teaser": in_lang._teaser(),
            },
            lang=self.lang,
            minimal_qcontext=True,
        )

    def _sheet(self, known):
        transfer = self._asks() and self._transfer()
        holder = transfer["holder"] if transfer else ""
        key = (self.company_id.id, self.lang, self._leads(), holder)
        if key not in known:
            known[key] = self.company_id.sudo()._pom_sheet(self._leads(), holder)
        return known[key]

    def _teaser(self):
        """What lists of messages show after the subject."""
        return self._money(self.total) if self._asks() else ""

    def _brand(self):
        return self.company_id._pom_brand(self._style()["color"])

    def _page_values(self):
        """What the templates of e-mail and letter show."""
        in_lang = self.with_context(lang=self.lang)
        asks, style = self._asks(), in_lang._style()
        pay = style["button"] or in_lang.env._("Pay now")
        label = pay if asks else in_lang.env._("Open the page")
        return {
            "delivery": in_lang,
            "company": self.company_id,
            "moves": in_lang._moves_by_due(),
            "rows": in_lang._described_rows(),
            "later": in_lang._later(),
            "paragraphs": in_lang._paragraphs(),
            "legal": (in_lang.legal or "").splitlines(),
            "asks": asks,
            "button": self._leads() and self.url and self._button(label),
            "button_first": asks and style["button_first"],
            "transfer": asks and in_lang._transfer(),
            "paid": in_lang._paid_in_words(),
            "money": in_lang._money,
            "day": in_lang._day,
        }

    def _leads(self):
        """Whether it leads to the page: then it says how one knows that it's real."""
        return self.kind != "thanks"

    def _paid_in_words(self):
        """What was received of the documents that somebody is thanked for; '' in other
        messages.
        """
        if self.kind != "thanks":
            return ""
        links = self.move_ids.sudo().pom_paylink_id
        paid = sum(link._paid_amount() for link in links)
        return self._money(paid) if paid > 0 else ""

    def _paragraphs(self):
        """Of the text; lines end where they did."""
        return [
            Markup("<br/>").join(paragraph.split("\n"))
            for paragraph in (self.text or "").split("\n\n")
        ]

    def _button(self, label):
        return Markup(mail_html.button(self.url, label, *self._brand()))

    def _described_rows(self):
        """For each part that is asked: document, what about it, amount."""
        return [
            (move, self._about(move, day), self._money(amount))
            for move, day, amount in self._rows()
        ]

    def _about(self, move, day):
        """The day, what for, and the reference of one part."""
        by = day and self.env._("to be paid by %s", self._day(day))
        reference = move.payment_reference
        reference = reference if reference != move.name else ""
        return [line for line in (by, move.pom_goods, reference) if line]

    def _transfer(self):
        """What somebody needs who pays from the own bank, for all of this together.

        :return: dict of ``holder``, ``iban`` and ``reference``; None when no account
            is known or it isn't one payment
        """
        moves = self._moves_by_due()
        account = moves[:1].partner_bank_id
        if not account or not self.paylink_id:
            return None
        return {
            "holder": account._pom_holder(),
            "iban": account.acc_number,
            "reference": self.paylink_id.sudo()._transfer_reference(moves),
        }

    def _restyled(self, body):
        """What core mails, with its button as this message has it."""
        style = self.with_context(lang=self.lang)._style()
        if not style["button"] and not style["color"]:
            return body
        return mail_html.restyled(body, style["button"], self._brand())

    def _mail_subject(self, subject):
        """The subject of what core mails. Hook.

        :param str subject: the usual one
        """
        return subject

    def _style(self):
        """How the button is: its words and colour where they aren't the usual ones,
        and whether it comes before the text. Hook.
        """
        return {"button": "", "color": "", "button_first": False}
