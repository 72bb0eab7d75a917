from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    pom_thank_you = fields.Boolean(related="company_id.pom_thank_you", readonly=False)
    pom_letter_window = fields.Selection(
        related="company_id.pom_letter_window", readonly=False
    )
    pom_whatsapp_phone = fields.Char(
        related="company_id.pom_whatsapp_phone", readonly=False
    )
    pom_whatsapp_token = fields.Char(
        related="company_id.pom_whatsapp_token", readonly=False
    )
    pom_whatsapp_secret = fields.Char(
        related="company_id.pom_whatsapp_secret", readonly=False
    )
    pom_whatsapp_verify = fields.Char(
        related="company_id.pom_whatsapp_verify", readonly=False
    )
    pom_whatsapp_template = fields.Char(
        related="company_id.pom_whatsapp_template", readonly=False
    )
