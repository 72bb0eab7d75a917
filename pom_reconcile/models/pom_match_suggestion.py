from odoo import api, fields, models

from .pom_match_answer import CHARGES_KEPT


class PomMatchSuggestion(models.Model):
    """One answer that a person may give to a bank line that was left open."""

    _name = "pom.match.suggestion"
    _description = "Suggestion for a Bank Line"
    _order = "match_id, rank, id"

    match_id = fields.Many2one(
        "pom.match", required=True, readonly=True, ondelete="cascade", index=True
    )
    statement_line_id = fields.Many2one(
        "account.bank.statement.line",
        required=True,
        readonly=True,
        ondelete="cascade",
        index=True,
    )
    company_id = fields.Many2one("res.company", required=True, readonly=True)
    rank = fields.Integer(readonly=True)
    allocations = fields.Json(readonly=True)
    currency_id = fields.Many2one("res.currency", readonly=True)
    amount = fields.Monetary("Settled", readonly=True)
    remainder = fields.Monetary("Left", readonly=True)
    reason_template = fields.Char(readonly=True)
    reason_values = fields.Json(readonly=True)
    reason = fields.Char("What It May Be", compute="_compute_reason")
    partner_ids = fields.Many2many(
        "res.partner", string="With", compute="_compute_partners"
    )

    @api.depends("reason_template", "reason_values")
    @api.depends_context("lang")
    def _compute_reason(self):
        for suggestion in self:
            suggestion.reason = suggestion.match_id._sentence(
                suggestion.reason_template, suggestion.reason_values
            )

    @api.depends("allocations")
    def _compute_partners(self):
        item_ids = {
            item_id
            for suggestion in self
            for item_id, _amount in suggestion.allocations or ()
        }
        items = self.env["account.move.line"].browse(item_ids).exists()
        for suggestion in self:
            ids = {item_id for item_id, _amount in suggestion.allocations or ()}
            suggestion.partner_ids = items.filtered(
                lambda item, ids=ids: item.id in ids
            ).partner_id

    def action_accept(self):
        """Book the line as suggested; what it doesn't take stays on the line, open."""
        self.ensure_one()
        self.check_access("read")
        line = self.statement_line_id
        rest = "charges" if self.reason_template == CHARGES_KEPT else "open"
        self.env["pom.match.answer"]._book(
            line, self.allocations, rest=rest, suggestion=self
        )
        return True
