from odoo import models

EXPORTED = ("display_name", "kind", "amount", "paid", "asked_on", "state")


class ResPartner(models.Model):
    _inherit = "res.partner"

    def _pom_exported(self):
        # EXTENDS 'pom_payment'
        return {**super()._pom_exported(), "claims": ("pom.claim", EXPORTED)}

    def _pom_personal(self):
        # EXTENDS 'pom_payment'
        found = self.env["pom.claim"].search([("partner_id", "in", self.ids)])
        return {**super()._pom_personal(), "claims": found}

    def _pom_kept(self):
        # EXTENDS 'pom_payment'
        if not self._pom_personal()["claims"]:
            return super()._pom_kept()
        text = self.env._("What was asked on top of which invoice, as a proof.")
        return [*super()._pom_kept(), text]
