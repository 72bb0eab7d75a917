from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    pom_plan_at_once = fields.Selection(
        related="company_id.pom_plan_at_once", readonly=False
    )
    pom_plan_most_parts = fields.Integer(
        related="company_id.pom_plan_most_parts", readonly=False
    )
    pom_plan_least_part = fields.Monetary(
        related="company_id.pom_plan_least_part",
        readonly=False,
        currency_field="currency_id",
    )
    pom_plan_most = fields.Monetary(
        related="company_id.pom_plan_most",
        readonly=False,
        currency_field="currency_id",
    )
    pom_plan_days = fields.Integer(related="company_id.pom_plan_days", readonly=False)
    pom_plan_first_now = fields.Boolean(
        related="company_id.pom_plan_first_now", readonly=False
    )
    pom_plan_late_days = fields.Integer(
        related="company_id.pom_plan_late_days", readonly=False
    )
    pom_plan_grace_days = fields.Integer(
        related="company_id.pom_plan_grace_days", readonly=False
    )
    pom_plan_costs = fields.Monetary(
        related="company_id.pom_plan_costs",
        readonly=False,
        currency_field="currency_id",
    )
    pom_plan_product_id = fields.Many2one(
        related="company_id.pom_plan_product_id", readonly=False
    )
