from odoo import fields, models


class AccountBankStatement(models.Model):
    _inherit = "account.bank.statement"

    pom_received_ids = fields.One2many(
        "pom.statement.received", "statement_id", string="Received"
    )
    pom_warnings = fields.Text(related="pom_received_ids.warnings", string="Warnings")
    pom_forced = fields.Boolean(
        related="pom_received_ids.forced", string="Imported Anyway"
    )
