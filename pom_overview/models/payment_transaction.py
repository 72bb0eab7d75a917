from odoo import api, models


class PaymentTransaction(models.Model):
    """A payment that is begun changes the figures."""

    _inherit = "payment.transaction"

    @api.model_create_multi
    def create(self, vals_list):
        transactions = super().create(vals_list)
        self.env["pom.debt.figure"]._touch(transactions.sudo().invoice_ids.ids)
        return transactions

    def _write_multi(self, vals_list):
        # EXTENDS 'base'
        super()._write_multi(vals_list)
        figures = self.env["pom.debt.figure"]
        figures._touch(figures._changed(self, vals_list).invoice_ids.ids)
