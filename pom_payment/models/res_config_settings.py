from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    pom_base_url = fields.Char(related="company_id.pom_base_url", readonly=False)
    pom_paylink_days = fields.Integer(
        related="company_id.pom_paylink_days", readonly=False
    )
    pom_epc_reference_field = fields.Selection(
        related="company_id.pom_epc_reference_field", readonly=False
    )
    pom_mail_template_id = fields.Many2one(
        related="company_id.pom_mail_template_id", readonly=False
    )
