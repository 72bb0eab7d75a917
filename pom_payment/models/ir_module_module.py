from odoo import models

from ..installing import release


class IrModuleModule(models.Model):
    _inherit = "ir.module.module"

    def _check(self):
        # EXTENDS 'base', which calls it between an addon's tables and its data.
        result = super()._check()
        for module in self.filtered(lambda one: one.state == "to install"):
            release(self.env, module.name)
        return result
