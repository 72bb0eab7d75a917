from odoo import fields, models


class ResCompany(models.Model):
    _inherit = "res.company"

    pom_thank_you = fields.Boolean(
        string="Thank for Payments",
        help="A short message when an invoice is paid that was asked for by e-mail or "
        "SMS.",
    )
    pom_short_url = fields.Char(
        string="Short Address for SMS",
        help="A short domain of yours that leads to this Odoo, for example "
        "https://p.mycompany.be: links in text messages begin with it. Empty: the "
        "public address for payments.",
    )
    pom_attach_invoices = fields.Boolean(
        string="Attach Invoices to Reminders",
        help="The PDF of each invoice that is asked for, as it was sent.",
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

    def _pom_asks_nobody(self):
        """Whether nobody is asked for money by itself at all. Hook."""
        return False

    def _pom_short_base(self):
        """What addresses in text messages begin with, without a slash at the end."""
        return (self.pom_short_url or "").strip().rstrip("/") or self._pom_base_url()
