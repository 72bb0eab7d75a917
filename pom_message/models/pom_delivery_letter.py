from odoo import models
from odoo.exceptions import UserError
from odoo.tools.pdf import merge_pdf

from odoo.addons.base.models.ir_actions_report import _wkhtml
from odoo.addons.pom_payment.tools import qr


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
        return letters._download(merged, self.env._("letters.pdf"))

    def _draw_letters(self):
        """The PDF of each, kept as what was sent."""
        report = self.env["ir.actions.report"]
        for letter in self:
            letter._date_today()
            data, _kind = report.with_context(lang=letter.lang)._render_qweb_pdf(
                "pom_message.report_letter", letter.ids
            )
            letter.attachment_id = self.env["ir.attachment"].create(
                {
                    "name": f"{letter.subject}.pdf",
                    "raw": data,
                    "res_model": letter._name,
                    "res_id": letter.id,
                }
            )

    def _date_today(self):
        """The day of posting is the one that counts: what depends on it is worded
        again. Hook.
        """

    def _letter_zoom(self):
        """By which a millimetre is one, so that the address is in the window: without
        the patched Qt (as Debian's) wkhtmltopdf draws it 96/75 as long.
        """
        return 1 if _wkhtml().is_patched_qt else 75 / 96

    def _letter_qr(self):
        return qr.data_uri(qr.svg(self.url))
