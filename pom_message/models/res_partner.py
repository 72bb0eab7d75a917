from odoo import fields, models
from odoo.tools import email_normalize

from odoo.addons.pom_payment.groups import ACCOUNTING

from ..tools.channels import CHANNELS, our_methods


class ResPartner(models.Model):
    _inherit = "res.partner"

    invoice_sending_method = fields.Selection(
        selection_add=[
            (method, f"by {channel.label}")
            for method, channel in our_methods(CHANNELS).items()
        ]
    )
    pom_delivery_ids = fields.One2many(
        "pom.delivery",
        "partner_id",
        string="Payment Requests",
        groups=ACCOUNTING,
    )

    # -- where a channel reaches somebody ----------------------------------------------

    def _pom_address(self, channel):
        """Where the channel reaches this partner; '' when it can't.

        :param str channel: code of one of ``pom.delivery._channels``
        """
        self.ensure_one()
        if self._pom_refuses(channel):
            return ""
        method = self.env["pom.delivery"]._channels()[channel].address
        return getattr(self, method)() or ""

    def _pom_refuses(self, channel):
        """Whether the debtor said no to it; the last word counts."""
        words = self.sudo().pom_consent_ids.filtered(
            lambda consent: consent.channel == channel
            and consent.company_id == self.env.company
        )
        return bool(words) and not words.sorted("id")[-1].given

    def _pom_reply_channel(self):
        """By which this debtor gets an answer in words of ours; '' when none reaches.

        Not WhatsApp, which carries none but the words of its approved templates.
        """
        wishes = dict.fromkeys((self.pom_channel, "email", "sms", "letter"))
        return next(
            (
                code
                for code in wishes
                if code and code != "whatsapp" and self._pom_address(code)
            ),
            "",
        )

    def _pom_address_email(self):
        if self.is_blacklisted:
            return ""
        return email_normalize(self.email or "")

    def _pom_address_sms(self):
        return self._phone_format(fname="phone") if self.phone else ""

    def _pom_address_whatsapp(self):
        return self._pom_address_sms()

    def _pom_address_letter(self):
        known = self.street and self.zip and self.city and self.country_id
        return self._display_address(without_company=True).strip() if known else ""

    def _pom_address_portal(self):
        users = self.sudo().user_ids.filtered("share")
        return users[:1].login

    def _pom_address_link(self):
        return self.display_name

    def _pom_address_task(self):
        return self.display_name
