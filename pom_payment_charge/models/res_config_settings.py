from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    pom_charge_offered = fields.Boolean(
        related="company_id.pom_charge_offered", readonly=False
    )
    pom_charge_card_days = fields.Integer(
        related="company_id.pom_charge_card_days", readonly=False
    )
    pom_charge_debit_days = fields.Integer(
        related="company_id.pom_charge_debit_days", readonly=False
    )
    pom_charge_bank_days = fields.Integer(
        related="company_id.pom_charge_bank_days", readonly=False
    )
    pom_charge_from = fields.Float(related="company_id.pom_charge_from", readonly=False)
    pom_charge_to = fields.Float(related="company_id.pom_charge_to", readonly=False)
