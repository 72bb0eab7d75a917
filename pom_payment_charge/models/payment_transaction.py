from odoo import fields, models


class PaymentTransaction(models.Model):
    """Payments with which somebody agrees to later charges, and those charges."""

    _inherit = "payment.transaction"

    pom_charge_consent_id = fields.Many2one(
        "pom.charge.consent",
        string="Agreed to Charges",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="set null",
    )
    pom_charge_id = fields.Many2one(
        "pom.charge",
        string="Charged Automatically",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="set null",
    )

    def _pom_is_agreed(self):
        # EXTENDS 'pom_payment': a consent of one tap isn't one to this, nor the
        # reverse: whose details these are is told by the consent itself.
        charge = self.pom_charge_id
        if not charge:
            return super()._pom_is_agreed() and not self._pom_is_standing()
        consent = charge.consent_id
        return consent.state == "active" and consent.token_id == self.token_id

    def _pom_is_standing(self):
        """Whether these details were saved with a standing consent."""
        consents = self.env["pom.charge.consent"].sudo()
        known = [("token_id", "=", self.token_id.id)]
        return bool(consents.search_count(known, limit=1))

    def _pom_after_booking(self):
        # EXTENDS 'pom_payment'
        super()._pom_after_booking()
        for tx in self.filtered(lambda tx: tx.state == "done"):
            if tx.pom_charge_consent_id.state == "waiting" and tx.token_id:
                tx.pom_charge_consent_id._begin(tx.token_id)
