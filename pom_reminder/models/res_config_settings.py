from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    pom_reminders_stopped = fields.Boolean(
        related="company_id.pom_reminders_stopped", readonly=False
    )
    pom_policy_consumer_id = fields.Many2one(
        related="company_id.pom_policy_consumer_id", readonly=False
    )
    pom_policy_business_id = fields.Many2one(
        related="company_id.pom_policy_business_id", readonly=False
    )
    pom_postage = fields.Monetary(
        related="company_id.pom_postage",
        readonly=False,
        currency_field="currency_id",
    )
    pom_remind_days = fields.Integer(
        related="company_id.pom_remind_days", readonly=False
    )
