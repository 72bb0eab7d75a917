from odoo import models

EXPORTED = ("create_date", "number")


class ResPartner(models.Model):
    _inherit = "res.partner"

    def _pom_exported(self):
        # EXTENDS 'pom_payment'
        return {**super()._pom_exported(), "paid_from": ("pom.match.payer", EXPORTED)}

    def _pom_personal(self):
        # EXTENDS 'pom_payment'
        accounts = self.env["pom.match.payer"].search([("partner_id", "in", self.ids)])
        return {**super()._pom_personal(), "paid_from": accounts}

    def _pom_erase(self):
        # EXTENDS 'pom_payment'
        super()._pom_erase()
        self._pom_personal()["paid_from"].unlink()
