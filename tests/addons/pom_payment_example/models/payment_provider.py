from odoo import api, fields, models

from odoo.addons.pom_payment.psp import register

from ..psp.adapter import Example


class PaymentProvider(models.Model):
    _inherit = "payment.provider"

    code = fields.Selection(
        selection_add=[("example", "Example")], ondelete={"example": "set default"}
    )
    example_key = fields.Char(copy=False, groups="base.group_system")
    example_url = fields.Char(groups="base.group_system")

    @api.model
    def _pom_adapters(self):
        return register(super()._pom_adapters(), Example())

    def _pom_credentials_example(self):
        key = self.example_key or ""
        # Whose key it is, this service tells by how it begins.
        return Example.Credentials(self.example_url or "", key[:8], key)
