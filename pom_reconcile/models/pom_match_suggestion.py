from decimal import Decimal

from odoo import api, fields, models
from odoo.exceptions import UserError

from ..matching.base import Allocation, Match
from ..tools.postings import BY_HAND, Item, Posting


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
        self.match_id._check_accountant()
        line = self.statement_line_id
        line.lock_for_update(allow_referencing=True)
        if not line._pom_filter_open():
            raise UserError(self.env._("This bank line isn't open any more."))
        posting = self._posting()
        company = line.company_id
        context = line.journal_id._pom_import_context()
        booking = self.env["pom.match.booking"].with_company(company)
        booking = booking.with_context(**context)
        posting.line = line.with_company(company).with_context(**context)
        booking._rewrite([posting])
        self.env["pom.match.settling"].with_context(**context)._settle([posting])
        if posting.error:
            raise UserError(posting.error)
        line._pom_forget_open()
        self.env["pom.match"]._record(
            [(line, posting.match)], {line.id: posting}, by_hand=True
        )
        return True

    def _posting(self) -> Posting:
        items = self._items()
        allocations = tuple(
            Allocation(item.settles[0], item.amount) for item in items if item.settles
        )
        return Posting(
            Match(
                line_id=self.statement_line_id.id,
                rule=BY_HAND,
                allocations=allocations,
                currency=self.currency_id.name,
                reason=self.reason_template,
                values=self.reason_values,
            ),
            items,
        )

    def _items(self) -> list[Item]:
        """Return an item per document, after a look at what is open of it now."""
        items = []
        for item_id, amount in self.allocations:
            debt = self.env["account.move.line"].browse(item_id).exists()
            left = Decimal(str(debt.amount_residual_currency)) if debt else 0
            if not debt or debt.reconciled or abs(Decimal(amount)) > abs(left):
                raise UserError(
                    self.env._(
                        "This suggestion is out of date: less is open by now. Use"
                        " “Match” on the bank line for new ones."
                    )
                )
            items.append(
                Item(debt.account_id.id, debt.partner_id.id, Decimal(amount), [debt.id])
            )
        if self.remainder:
            suspense = self.statement_line_id.journal_id.suspense_account_id
            items.append(Item(suspense.id, None, Decimal(str(self.remainder))))
        return items
