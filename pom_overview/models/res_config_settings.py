from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    pom_price_sms = fields.Monetary(
        related="company_id.pom_price_sms",
        readonly=False,
    )
    pom_price_whatsapp = fields.Monetary(
        related="company_id.pom_price_whatsapp",
        readonly=False,
    )
    pom_price_letter = fields.Monetary(
        related="company_id.pom_price_letter",
        readonly=False,
    )
    pom_price_task = fields.Monetary(
        related="company_id.pom_price_task",
        readonly=False,
    )
