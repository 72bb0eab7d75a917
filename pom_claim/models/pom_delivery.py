from odoo import fields, models


class PomDelivery(models.Model):
    """What a message asks on top is owed once it has left."""

    _inherit = "pom.delivery"

    interest_periods = fields.Json(
        readonly=True, help="How the interest was counted, by id of the invoice."
    )

    claims_before = fields.Json(
        readonly=True,
        help="What was open on top of each invoice when this was written, by id.",
    )

    def _overtaken(self):
        # EXTENDS 'pom_message': what was waived or paid since isn't asked.
        overtaken = super()._overtaken()
        told = self.filtered("claims_before")
        if not told:
            return overtaken
        now = self.env["pom.claim"].sudo()._lefts(told.move_ids)
        return overtaken | told.filtered(
            lambda delivery: any(
                now.get(key, []) != lefts
                for key, lefts in delivery.claims_before.items()
            )
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
