from odoo import api, fields, models

#: Who words a message, by its kind.
TEXTS = {"plan": "_texts_plan", "plan_late": "_texts_plan_late"}


class PomDelivery(models.Model):
    """Messages about payment plans."""

    _inherit = "pom.delivery"

    kind = fields.Selection(
        selection_add=[
            ("invoice",),
            ("plan", "Payment plan"),
            ("plan_late", "Late part"),
            ("thanks",),
        ],
        ondelete=dict.fromkeys(TEXTS, "cascade"),
    )

    @api.model
    def _asking_kinds(self):
        # EXTENDS 'pom_message'
        return (*super()._asking_kinds(), "plan_late")

    def _overtaken(self):
        # EXTENDS 'pom_message'
        late = self.filtered(lambda delivery: delivery.kind == "plan_late")
        standings = late.move_ids._pom_standings()
        return super()._overtaken() + late.filtered(
            lambda delivery: delivery._is_dead()
            or not any(standings[move.id].late_since for move in delivery.move_ids)
        )

    # -- words -------------------------------------------------------------------------

    def _texts(self):
        # EXTENDS 'pom_message'
        return (
            getattr(self, TEXTS[self.kind])()
            if self.kind in TEXTS
            else super()._texts()
        )

    def _texts_plan(self):
        return {
            "subject": self.env._("Your payment plan for {invoice}"),
            "text": "",
            "short_text": "",
        }

    def _texts_plan_late(self):
        return {
            "subject": self.env._("A part of {invoice} hasn't come in yet"),
            "text": self.env._(
                "Dear {name},\n\nThe part of your payment plan that was to be paid by "
                "{due} hasn't reached us yet: {amount}. Perhaps it is on its way; then "
                "thank you.\n\nPlease see that we have it by {deadline}: otherwise the "
                "plan ends, and all of it is due. Is that not possible? Tell us on the "
                "page."
            ),
            "short_text": self.env._(
                "{company}: the part of {due} for {invoice}, {amount}, hasn't come in "
                "yet. Please pay by {deadline}, or your payment plan ends: {url}"
            ),
        }
