from odoo import api, models


class PaymentMethod(models.Model):
    _inherit = "payment.method"

    @api.model_create_multi
    def create(self, vals_list):
        # EXTENDS 'payment'
        methods = super().create(vals_list)
        self.env["payment.provider"]._pom_forget_ways()
        return methods

    def write(self, vals):
        # EXTENDS 'payment'
        result = super().write(vals)
        self.env["payment.provider"]._pom_forget_ways()
        return result

    def unlink(self):
        # EXTENDS 'payment'
        result = super().unlink()
        self.env["payment.provider"]._pom_forget_ways()
        return result
