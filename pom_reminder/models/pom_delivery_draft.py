from markupsafe import Markup

from odoo import api, models
from odoo.fields import Command

from odoo.addons.pom_message.models.pom_delivery_short import SHORT
from odoo.addons.pom_message.tools.delivery_code import new_code, new_short


class PomDelivery(models.Model):
    """Messages that exist in memory only, to be looked at."""

    _inherit = "pom.delivery"

    @api.model
    def _draft(self, values, moves, rows, lang):
        """
        :param dict values: those of :meth:`_ask`, without ``moves`` and ``parts``
        :param list rows: id of the invoice, due date and amount of what is asked
        """
        partner = self.env["res.partner"].browse(values["partner_id"])
        # Of several a link is made when they are asked for; here any shows the place.
        link = moves[:1].sudo().pom_paylink_id
        delivery = self.with_context(lang=lang).new(
            {
                **values,
                "move_ids": [Command.set(moves.ids)],
                "paylink_id": link.id,
                "code": new_code(),
                # As long as the one that leaves: parts are counted, and paid.
                "short_token": values["channel"] in SHORT and new_short(),
                "lang": lang,
                "currency_id": moves[:1].currency_id.id,
                "address": partner._pom_address(values["channel"]),
                "parts": rows,
                "amount": self._sum(rows),
            }
        )
        delivery.update(delivery._words())
        return delivery

    def _picture(self):
        """As it would be read, as HTML."""
        if self.channel in ("sms", "whatsapp"):
            return Markup("<p>%s</p>") % (self.short_text or "")
        if self.channel == "letter":
            return self.env["ir.qweb"]._render(
                "pom_message.report_letter_page", {"o": self}, lang=self.lang
            )
        return self._mail_bodies()[0]
