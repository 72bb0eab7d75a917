from odoo import fields, models
from odoo.tools import email_normalize

from ..tools.channels import CHANNELS, OUR_METHODS

CHANNEL_SELECTION = [(channel.code, channel.label) for channel in CHANNELS.values()]


class ResPartner(models.Model):
    _inherit = "res.partner"

    invoice_sending_method = fields.Selection(
        selection_add=[
            (method, f"by {channel.label}") for method, channel in OUR_METHODS.items()
        ]
    )
    pom_policy_id = fields.Many2one(
        "pom.reminder.policy",
        string="Reminder Policy",
        company_dependent=True,
        help="Instead of the company's policy.",
    )
    pom_no_reminders = fields.Boolean(
        string="No Reminders", help="This customer is never reminded by itself."
    )
    pom_hold = fields.Boolean(string="Hold Reminders")
    pom_hold_until = fields.Date(
        string="Hold Until", help="Last day of the hold. Empty: until it's lifted."
    )
    pom_hold_reason = fields.Char(string="Reason of the Hold")
    pom_delivery_ids = fields.One2many(
        "pom.delivery", "partner_id", string="Payment Requests"
    )
    pom_request_ids = fields.One2many(
        "pom.payer.request", "partner_id", string="Requests of the Debtor"
    )

    # -- where a channel reaches somebody ----------------------------------------------

    def _pom_address(self, channel):
        """Where the channel reaches this partner; '' when it can't.

        :param str channel: code in :data:`CHANNELS`
        """
        self.ensure_one()
        if self._pom_refuses(channel):
            return ""
        return getattr(self, f"_pom_address_{channel}")() or ""

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

    def _pom_address_collector(self):
        return self.display_name
