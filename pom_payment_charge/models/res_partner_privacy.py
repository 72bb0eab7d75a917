from odoo import models

CONSENTS = (
    "agreed_on",
    "kind",
    "state",
    "wording",
    "version",
    "lang",
    "ip",
    "agent",
    "most",
    "most_a_month",
    "until",
    "hint",
)
CHARGES = ("day", "charged_on", "amount", "state", "reason")


class ResPartner(models.Model):
    _inherit = "res.partner"

    def _pom_exported(self):
        # EXTENDS 'pom_payment'
        return {
            **super()._pom_exported(),
            "charge_consents": ("pom.charge.consent", CONSENTS),
            "charges": ("pom.charge", CHARGES),
        }

    def _pom_personal(self):
        # EXTENDS 'pom_payment'
        consents = self.env["pom.charge.consent"].search(
            [("partner_id", "in", self.ids)]
        )
        return {
            **super()._pom_personal(),
            "charge_consents": consents,
            "charges": consents.charge_ids,
        }

    def _pom_erase(self):
        # EXTENDS 'pom_payment': what was charged can be sent back for thirteen months,
        # and then the proof is needed.
        super()._pom_erase()
        consents = self._pom_personal()["charge_consents"]
        consents._stop("erased")
        consents.filtered(lambda consent: not consent.charge_ids).unlink()
