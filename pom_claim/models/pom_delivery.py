from odoo import fields, models


class PomDelivery(models.Model):
    """What a message asks on top is owed once it has left."""

    _inherit = "pom.delivery"

    interest_periods = fields.Json(
        readonly=True, help="How the interest was counted, by id of the invoice."
    )

    def _after_sent(self, day):
        # EXTENDS 'pom_message'
        super()._after_sent(day)
        self.env["pom.claim"].sudo()._note_asked(self, day)

    def _after_lost(self, day):
        # EXTENDS 'pom_message'
        super()._after_lost(day)
        self.env["pom.claim"].sudo()._note_lost(self)

    def _debt_columns(self):
        # EXTENDS 'pom_reminder': whoever collects is told what else is owed.
        def asked(kind):
            return lambda move: self._cents(
                move,
                sum(c.left for c in move.pom_claim_ids if c.kind == kind),
            )

        return {
            **super()._debt_columns(),
            self.env._("Costs"): asked("costs"),
            self.env._("Interest"): asked("interest"),
            self.env._("Compensation"): asked("compensation"),
        }
