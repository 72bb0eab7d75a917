from odoo import api, models
from odoo.tools import SQL

from .pom_debt_figure import KEPT

#: So many parts are counted while somebody waits.
AT_ONCE = 5000


class PomDebtFigure(models.Model):
    """Large books: the rows are counted once an hour, and kept."""

    _inherit = "pom.debt.figure"

    def init(self):
        """What is kept can be counted anew: it's made afresh with each update."""
        columns = [
            SQL("%s %s", SQL.identifier(name), SQL(field.column_type[1]))
            for name, field in self._columns().items()
        ]
        self.env.cr.execute(SQL("DROP TABLE IF EXISTS %s", SQL.identifier(KEPT)))
        self.env.cr.execute(
            SQL(
                "CREATE TABLE %s (id integer PRIMARY KEY, %s)",
                SQL.identifier(KEPT),
                SQL(", ").join(columns),
            )
        )
        for names in (("company_id", "invoice_date"), ("partner_id",), ("move_id",)):
            self.env.cr.execute(
                SQL(
                    "CREATE INDEX ON %s (%s)",
                    SQL.identifier(KEPT),
                    SQL(", ").join(map(SQL.identifier, names)),
                )
            )

    @api.model
    def _columns(self):
        return {
            name: field
            for name, field in self._fields.items()
            if field.store and field.column_type and name != "id"
        }

    @api.model
    def _keep(self):
        """Bring the kept rows up to date, where there are too many to be counted when
        somebody looks; where there aren't, none is kept.
        """
        table, names = SQL.identifier(KEPT), list(self._columns())
        self.env.flush_all()
        if not self._is_large():
            self.env.cr.execute(SQL("DELETE FROM %s", table))
            return
        # It's one long query: compiling it gains nothing.
        self.env.cr.execute("SET LOCAL jit = off")
        columns = SQL(", ").join(map(SQL.identifier, names))
        self.env.cr.execute(
            SQL(
                """
                WITH fresh AS MATERIALIZED (
                     SELECT id, %(columns)s FROM (%(query)s) row),
                     gone AS (DELETE FROM %(table)s known
                               WHERE NOT EXISTS (SELECT FROM fresh
                                                  WHERE fresh.id = known.id))
                INSERT INTO %(table)s AS known (id, %(columns)s)
                SELECT id, %(columns)s FROM fresh
                    ON CONFLICT (id) DO UPDATE SET (%(columns)s) = ROW(%(new)s)
                 WHERE ROW(%(old)s) IS DISTINCT FROM ROW(%(new)s)
                """,
                table=table,
                query=self._query_figures(),
                columns=columns,
                new=SQL(", ").join(SQL.identifier("excluded", name) for name in names),
                old=SQL(", ").join(SQL.identifier("known", name) for name in names),
            )
        )

    @api.model
    def _kept_at(self):
        """When the rows were counted, in UTC; None when they are counted now."""
        cron = self.env.ref("pom_overview.cron_keep_figures").sudo()
        return cron.lastcall if self._is_kept() else None

    @api.model
    def _is_large(self):
        parts = self.env.execute_query(
            SQL(
                """SELECT COUNT(*) FROM (
                   SELECT FROM account_move_line
                    WHERE display_type = 'payment_term' AND parent_state = 'posted'
                    LIMIT %s) part""",
                AT_ONCE + 1,
            )
        )
        return parts[0][0] > AT_ONCE
