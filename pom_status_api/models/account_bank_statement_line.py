from odoo import api, models


class AccountBankStatementLine(models.Model):
    """Money with the reference of an invoice changes how it stands, booked or not."""

    _inherit = "account.bank.statement.line"

    @api.model_create_multi
    def create(self, vals_list):
        lines = super().create(vals_list)
        lines.sudo().pom_named_id._pom_tell_later()
        return lines
