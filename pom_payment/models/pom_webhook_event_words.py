from odoo import api, fields, models

from ..tools.event_reasons import CONNECTION_TEST, FOREIGN, MISMATCH


class PomWebhookEvent(models.Model):
    """Why an event was held, or what failed, for whoever reads it."""

    _inherit = "pom.webhook.event"

    reason_values = fields.Json(
        readonly=True, help="What was wanted and what was found, by name."
    )
    shown_reason = fields.Text(
        string="Reason",
        compute="_compute_shown_reason",
        help="Why it was held, or what failed.",
    )

    @api.depends("reason", "reason_values")
    @api.depends_context("lang")
    def _compute_shown_reason(self):
        words = {
            CONNECTION_TEST: self.env._("A connection test."),
            FOREIGN: self.env._("No payment of ours has this number."),
        }
        for event in self:
            reason = words.get(event.reason, event.reason)
            if reason == MISMATCH:
                attempt = event.transaction_id.sudo()
                reason = attempt._pom_mismatches_in_words(event.reason_values or {})
            event.shown_reason = reason
