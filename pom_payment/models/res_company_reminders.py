import pytz

from odoo import fields, models


class ResCompany(models.Model):
    _inherit = "res.company"

    pom_reminders_stopped = fields.Boolean(
        string="Stop All Reminders",
        help="Nothing is planned and nothing is sent while this is set.",
    )
    pom_policy_consumer_id = fields.Many2one(
        "pom.reminder.policy",
        string="Reminders to Persons",
        help="Followed for customers that are persons. Empty: they aren't reminded.",
    )
    pom_policy_business_id = fields.Many2one(
        "pom.reminder.policy",
        string="Reminders to Businesses",
        help="Followed for customers that are companies. Empty: they aren't reminded.",
    )
    pom_thank_you = fields.Boolean(
        string="Thank for Payments",
        help="A short message when an invoice is paid that was asked for by e-mail or "
        "SMS.",
    )
    pom_postage = fields.Monetary(
        string="Postage of a Letter",
        help="Added to the costs of a reminder on paper where the law allows it.",
    )
    pom_letter_window = fields.Selection(
        selection=[("right", "Right (Belgium)"), ("left", "Left")],
        string="Window of Envelopes",
        default="right",
        required=True,
    )
    pom_whatsapp_phone = fields.Char(
        string="WhatsApp Phone Number ID",
        help="Of your WhatsApp Business account. Empty: a person sends the messages.",
        groups="base.group_system",
    )
    pom_whatsapp_token = fields.Char(
        string="WhatsApp Access Token", copy=False, groups="base.group_system"
    )
    pom_whatsapp_secret = fields.Char(
        string="WhatsApp App Secret",
        copy=False,
        groups="base.group_system",
        help="Without it no news about deliveries is believed.",
    )
    pom_whatsapp_verify = fields.Char(
        string="WhatsApp Verify Token", copy=False, groups="base.group_system"
    )
    pom_whatsapp_template = fields.Char(
        string="WhatsApp Template",
        default="payment_request",
        groups="base.group_system",
        help="Name of the approved template. Its text has four parameters: name, "
        "company, invoice and amount; its button ends in the link.",
    )
    pom_whatsapp_url = fields.Char(
        string="WhatsApp Address", groups="base.group_system"
    )

    def _pom_enterprise_number(self):
        return self.company_registry or self.vat or ""

    def _pom_now(self):
        """Local time of the company, without a zone."""
        zone = pytz.timezone(self.partner_id.tz or "Europe/Brussels")
        utc = fields.Datetime.now().replace(tzinfo=pytz.utc)
        return utc.astimezone(zone).replace(tzinfo=None)

    def _pom_bank_days(self):
        """Day of the newest bank statement line of each company.

        :rtype: dict[int, datetime.date]
        """
        lines = self.env["account.bank.statement.line"].sudo()
        return {
            company.id: day
            for company, day in lines._read_group(
                [
                    ("company_id", "in", self.ids),
                    ("journal_id.type", "=", "bank"),
                    ("state", "=", "posted"),
                ],
                ["company_id"],
                ["date:max"],
            )
        }

    def _pom_policy_for(self, partner):
        debtor = partner.commercial_partner_id
        return (
            self.pom_policy_business_id
            if debtor.is_company
            else self.pom_policy_consumer_id
        )
