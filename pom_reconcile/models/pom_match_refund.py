from odoo import api, fields, models
from odoo.tools import SQL

#: What customers paid beyond what was due.
TOO_MUCH = ("surplus", "paid_twice")


class PomMatch(models.Model):
    """Whether there is anything to give back of what a customer paid too much."""

    _inherit = "pom.match"

    _pom_too_much_idx = models.Index(
        "(company_id) WHERE state = 'matched' AND flag IN ('surplus', 'paid_twice')"
    )

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
        rows = self.env.execute_query(
            SQL(
                """
                SELECT decision.id
                  FROM unnest(%s::int[]) AS item(id)
                  JOIN pom_match decision
                    ON decision.allocations
                       @> jsonb_build_array(jsonb_build_array(item.id))
                 WHERE decision.state = 'matched'
                """,
                items.ids,
            )
        )
        return self.browse({match_id for (match_id,) in rows})

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
        return self.env["account.bank.statement.line"].browse(
            line_id
            for (line_id,) in self.env.execute_query(
                SQL(
                    """
                    SELECT DISTINCT line.id
                      FROM unnest(%s::int[]) AS item(id)
                      JOIN pom_match_suggestion said
                        ON said.allocations
                           @> jsonb_build_array(jsonb_build_array(item.id))
                      JOIN account_bank_statement_line line
                        ON line.id = said.statement_line_id
                     WHERE line.is_reconciled IS NOT TRUE
                       AND line.amount < 0
                    """,
                    credit.ids,
                )
            )
        )
