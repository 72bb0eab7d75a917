from odoo import fields, models
from odoo.tools import email_normalize_all

from odoo.addons.pom_payment.groups import ACCOUNTING

from ..tools.channels import CHANNELS, our_methods
from ..tools.phones import can_be_texted


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
        word = self._pom_last_word(channel)
        return bool(word) and not word.given

    def _pom_last_word(self, channel):
        words = self.sudo().pom_consent_ids.filtered(
            lambda consent: consent.channel == channel
            and consent.company_id == self.env.company
        )
        return words.sorted("id")[-1:]

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
        """All that are in the field, but those that want no mail."""
        # Core keeps the first one's plain form: of most there is only that.
        plain = self.email_normalized
        is_plain = plain and plain == self.email
        known = [plain] if is_plain else email_normalize_all(self.email or "")
        known = dict.fromkeys(known)
        if len(known) < 2:
            return "" if self.is_blacklisted else "".join(known)
        refused = self.env["mail.blacklist"].sudo().search([("email", "in", [*known])])
        return ", ".join(one for one in known if one not in refused.mapped("email"))

    def _pom_address_sms(self):
        """A number that texts reach: no landline, and of nobody who said stop."""
        number = self._pom_phone()
        return number if number and can_be_texted(number) else ""

    def _pom_phone(self):
        if not self.phone or self.sudo().phone_sanitized_blacklisted:
            return ""
        return self._phone_format(fname="phone") or ""

    def _pom_address_whatsapp(self):
        """Only of who said yes: Meta closes accounts that write to others."""
        return self._pom_phone() if self._pom_agrees("whatsapp") else ""

    def _pom_agrees(self, channel):
        """Whether the debtor said yes to it; the last word counts."""
        return self._pom_last_word(channel).given

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
