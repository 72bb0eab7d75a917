from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    pom_letter_snailmail = fields.Boolean(
        related="company_id.pom_letter_snailmail", readonly=False
    )
