from odoo import api, fields, models
from odoo.tools import SQL

from ..tools.match_queries import IS_ABOUT

#: What customers paid beyond what was due.
TOO_MUCH = ("surplus", "paid_twice")
#: Decisions that settled some journal items, whether they still do.
SETTLED_BY = f"""
    SELECT DISTINCT decision.id
      FROM unnest(%s::int[]) AS item(id)
      JOIN pom_match decision ON decision.{IS_ABOUT}
     WHERE decision.state = 'matched'"""
#: Lines that left, that nobody has booked yet, and for which these are suggested.
PERHAPS_GIVEN_BACK = f"""
    SELECT DISTINCT line.id
      FROM unnest(%s::int[]) AS item(id)
      JOIN pom_match_suggestion said ON said.{IS_ABOUT}
      JOIN account_bank_statement_line line ON line.id = said.statement_line_id
     WHERE line.is_reconciled IS NOT TRUE
       AND line.amount < 0"""


class PomMatch(models.Model):
    """Whether there is anything to give back of what a customer paid too much."""

    _inherit = "pom.match"

    _pom_too_much_idx = models.Index(
        "(company_id) WHERE state = 'matched' AND flag IN ('surplus', 'paid_twice')"
    )

    # What settled an item: whoever cancels an invoice asks, and each view of a page, of
    # what a person took back.
    _pom_settled_idx = models.Index("USING gin (allocations jsonb_path_ops)")

    can_pay_back = fields.Boolean(
        string="Can Be Refunded",
        compute="_compute_can_pay_back",
        compute_sudo=True,
        help="Some of it was neither used nor paid back yet.",
    )

    @api.depends("state", "flag")
    def _compute_can_pay_back(self):
        for match in self:
            match.can_pay_back = (
                match.state == "matched"
                and match.flag in TOO_MUCH
                and match.statement_line_id.move_id.line_ids._pom_unapplied() > 0
            )

    @api.model
    def _of_items(self, items):
        """The decisions that settled these journal items, whether they still do.

        :param account.move.line items: terms of invoices
        """
        self.flush_model(["allocations", "state"])
        rows = self.env.execute_query(SQL(SETTLED_BY, items.ids))
        return self.browse(match_id for (match_id,) in rows)

    def _note_freed(self):
        """What these settled was cancelled: their money is the customer's again."""
        freed = self.filtered(
            lambda match: (
                match.flag not in TOO_MUCH
                and match.statement_line_id.move_id.line_ids._pom_unapplied() > 0
            )
        )
        freed.flag = "surplus"

    def _went_back(self, credit):
        """Bank lines that nobody has booked yet and by which this credit may have gone
        back to the customer already.
        """
        lines = self.env["account.bank.statement.line"]
        self.env["pom.match.suggestion"].flush_model(["allocations"])
        lines.flush_model(["is_reconciled", "amount"])
        rows = self.env.execute_query(SQL(PERHAPS_GIVEN_BACK, credit.ids))
        return lines.browse(line_id for (line_id,) in rows)
