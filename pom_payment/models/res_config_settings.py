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
    pom_sweep_minutes = fields.Integer(
        config_parameter="pom_payment.sweep_minutes",
        default=5,
        help="How often a provider is asked about payments that are under way.",
    )
