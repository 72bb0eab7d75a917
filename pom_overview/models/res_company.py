from odoo import fields, models

#: Channels that cost something each time, and what says how much.
PRICES = {
    "sms": "pom_price_sms",
    "whatsapp": "pom_price_whatsapp",
    "letter": "pom_price_letter",
    "task": "pom_price_task",
}


class ResCompany(models.Model):
    """What a message costs the company."""

    _inherit = "res.company"

    pom_price_sms = fields.Monetary(string="Cost of an SMS")
    pom_price_whatsapp = fields.Monetary(string="Cost of a WhatsApp Message")
    pom_price_letter = fields.Monetary(
        string="Cost of a Letter", help="Paper, postage and the work."
    )
    pom_price_task = fields.Monetary(string="Cost of a Call")
