from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL

from odoo.addons.pom_reminder.models.pom_debtor_report import QUIET

from .pom_debt_figure_open import OPEN

#: Open items that are kept, as the report has them. ``anew`` are the documents that are
#: looked at anew instead.
KEPT_ITEMS = """
    SELECT kept.id::bigint AS id, kept.move_id, kept.partner_id, kept.company_id,
           kept.currency_id, kept.kind, kept.residual, today.day, kept.date_maturity,
           kept.date_maturity AS late_since, quiet.until AS quiet_until,
           FALSE AS is_collected, NULL::date AS collected_on
      FROM %(table)s kept
      JOIN today ON today.company_id = kept.company_id
 LEFT JOIN %(quiet)s quiet ON quiet.id = kept.partner_id
     WHERE kept.is_plain AND kept.move_id NOT IN (%(anew)s)"""


class PomDebtorReport(models.Model):
    """Whoever comes from the overview's number finds its list by a word; of large books
    what is open is kept.
    """

    _inherit = "pom.debtor.report"

    pom_is_agreed = fields.Boolean(
        string="In a Plan, or Charged",
        compute="_compute_pom_is_agreed",
        search="_search_pom_is_agreed",
    )

    @api.depends("move_id")
    def _compute_pom_is_agreed(self):
        agreed = self.search([("pom_is_agreed", "=", True), ("id", "in", self.ids)])
        for item in self:
            item.pom_is_agreed = item in agreed

    @api.model
    def _search_pom_is_agreed(self, operator, value):
        if operator != "in":
            return NotImplemented
        self.env["account.move.line"].flush_model(["parent_state", "reconciled"])
        moves = SQL(
            """SELECT line.move_id FROM account_move_line line
                WHERE line.display_type = 'payment_term'
                  AND line.parent_state = 'posted' AND line.reconciled IS NOT TRUE
                  AND %s""",
            self.env["account.move"]._pom_sql_agreed(),
        )
        agreed = Domain("move_id", "in", moves)
        return agreed if True in value else ~agreed

    @api.model
    def _query_items(self, moves=None):
        # EXTENDS 'pom_reminder'
        figures = self.env["pom.debt.figure"]
        if moves or not figures._keeps_open():
            return super()._query_items(moves)
        anew = SQL(
            """SELECT move_id FROM told WHERE move_id IS NOT NULL
               UNION (%s)""",
            figures._open_anew(),
        )
        kept = SQL(KEPT_ITEMS, table=SQL.identifier(OPEN), quiet=SQL(QUIET), anew=anew)
        return SQL("%s UNION ALL %s", kept, super()._query_items(anew))

    @api.model
    def _query_as_booked(self, moves=None):
        """Open items as the journal items alone tell of them, whether these tell all
        there is (nothing is said about their document that another day brings), and
        whether it is asked.

        :param SQL moves: a query of the ids of some documents; None for all
        """
        knows_mandates = self.env["account.move"]._pom_knows_mandates()
        return SQL(
            """
            WITH %(known)s, item AS (%(items)s)
            SELECT line.id, line.move_id, line.partner_id, line.company_id,
                   line.currency_id, line.kind, line.residual, line.date_maturity,
                   move.pom_quiet_until IS NULL AND NOT line.is_collected AND %(free)s
                       AS is_plain,
                   NOT %(unasked)s AS is_asked
              FROM item line
              JOIN account_move move ON move.id = line.move_id
            """,
            known=self._sql_known(()),
            items=super()._query_items(moves),
            unasked=self.env["account.move"]._pom_sql_unasked(),
            free=SQL("move.mandate_id IS NULL") if knows_mandates else SQL("TRUE"),
        )
