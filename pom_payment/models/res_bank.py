from odoo import api, models, tools


class ResBank(models.Model):
    _inherit = "res.bank"

    @api.private
    @tools.ormcache("self.id", cache="stable")
    def _pom_bic(self):
        """Which a bank hardly ever changes, and each view of a page asks for.

        :rtype: str
        """
        return self.bic or ""

    def write(self, vals):
        result = super().write(vals)
        if "bic" in vals:
            self.env.registry.clear_cache("stable")
        return result
