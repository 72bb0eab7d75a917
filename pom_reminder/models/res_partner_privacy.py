from odoo import models

EXPORTED = ("display_name", "due_date", "planned_date", "channel", "state", "done_date")


class ResPartner(models.Model):
    _inherit = "res.partner"

    def _pom_exported(self):
        # EXTENDS 'pom_payment'
        return {**super()._pom_exported(), "reminders": ("pom.reminder", EXPORTED)}

    def _pom_personal(self):
        # EXTENDS 'pom_payment'
        found = self.env["pom.reminder"].search([("partner_id", "in", self.ids)])
        return {**super()._pom_personal(), "reminders": found}

    def _pom_kept(self):
        # EXTENDS 'pom_payment'
        if not self._pom_personal()["reminders"]:
            return super()._pom_kept()
        text = self.env._(
            "When this contact was reminded of which invoice, as a proof."
        )
        return [*super()._pom_kept(), text]
