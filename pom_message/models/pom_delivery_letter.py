from odoo import models
from odoo.exceptions import UserError
from odoo.tools.pdf import merge_pdf

from odoo.addons.pom_payment.tools import qr

from ..report import letter_size

REPORT = "pom_message.report_letter"


class PomDelivery(models.Model):
    """Letters: drawn when they are printed, because the terms run from that day."""

    _inherit = "pom.delivery"

    def _send_letter(self):
        self._by_hand()

    def _do_letter(self):
        return self.action_print_letters()

    def action_print_letters(self):
        """One PDF with all these letters, each with its code; they count as posted."""
        self.check_access("write")
        letters = self.filtered(lambda delivery: delivery.channel == "letter")
        if not letters:
            raise UserError(self.env._("None of these is a letter."))
        letters = letters.sudo()._drop_overtaken().with_env(self.env)
        if not letters:
            return self._notify_overtaken()
        fresh = letters.filtered(lambda letter: not letter.attachment_id)
        fresh.sudo()._draw_letters()
        merged = merge_pdf([letter.attachment_id.raw for letter in letters.sudo()])
        fresh.sudo()._note_sent()
        return self.env["pom.download"]._fetch(self.env._("letters.pdf"), merged)

    def _draw_letters(self):
        """The PDF of each, kept as what was sent."""
        report = self.env["ir.actions.report"]
        for letter in self:
            letter._date_today()
            data, _kind = report.with_context(lang=letter.lang)._render_qweb_pdf(
                REPORT, letter.ids
            )
            letter.attachment_id = self.env["ir.attachment"].create(
                {
                    "name": f"{letter.subject}.pdf",
                    "raw": merge_pdf([data, *letter._letter_enclosures()]),
                    "res_model": letter._name,
                    "res_id": letter.id,
                }
            )

    def _date_today(self):
        """The day of posting is the one that counts: what depends on it is worded
        again. Hook.
        """

    def _letter_enclosures(self):
        """What goes behind the letter: the invoice that it's about, as it was made.

        :rtype: list[bytes]
        """
        if self.kind != "invoice":
            return []
        return [file.raw for file in self.move_ids.invoice_pdf_report_id if file.raw]

    def _letter_zoom(self):
        """By which a millimetre is one, so that the address is in the window."""
        return letter_size.zoom(self.env["ir.actions.report"], REPORT)

    def _letter_address(self):
        """Lines in the window: nothing there tells what the letter is about."""
        partner = self.partner_id
        address = partner._display_address(without_company=True)
        lines = [line.strip() for line in address.splitlines()]
        names = (partner.commercial_company_name, partner.pom_addressee)
        return [line for line in (*dict.fromkeys(names), *lines) if line]

    def _letter_qr(self):
        return qr.data_uri(qr.svg(self.url))

    def _letter_bank_code(self):
        """The bank-transfer code of what the letter asks in all; None if there is
        none.
        """
        transfer = self._asks() and self._transfer()
        if not transfer:
            return None
        account = self._moves_by_due()[:1].partner_bank_id
        return account._pom_qr_uri(self.total, self.currency_id, transfer["reference"])
