from odoo import models

EXPORTED = ("create_date", "display_name", "state", "agreed_on", "amount", "summary")


class ResPartner(models.Model):
    _inherit = "res.partner"

    def _pom_exported(self):
        # EXTENDS 'pom_payment'
        found = super()._pom_exported()
        model, names = found["requests"]
        return {
            **found,
            "requests": (model, (*names, "plan_count", "plan_first_on")),
            "payment_plans": ("pom.payment.plan", EXPORTED),
        }

    def _pom_personal(self):
        # EXTENDS 'pom_payment'
        plans = self.env["pom.payment.plan"].search([("partner_id", "in", self.ids)])
        return {**super()._pom_personal(), "payment_plans": plans}

    def _pom_erase(self):
        # EXTENDS 'pom_payment': a plan about what is open is needed.
        super()._pom_erase()
        unsettled = self.env["account.move"]._pom_unsettled()
        plans = self._pom_personal()["payment_plans"]
        plans.filtered_domain([("move_ids", "not any", unsettled)]).unlink()
