from datetime import timedelta

from odoo import api, fields, models
from odoo.tools import SQL

from .pom_debt_figure import KEPT
from .pom_debt_figure_touched import TOUCHED

#: So many parts are counted while somebody waits.
AT_ONCE = 5000
#: What no invoice tells of (a customer's language, say) is known after so long.
ALL_AFTER = timedelta(hours=20)
#: When all of them were counted last.
COUNTED = "pom_overview.counted_at"


class PomDebtFigure(models.Model):
    """Large books: the rows are kept. Those of invoices that changed meanwhile are
    counted when somebody looks, and brought up to date by a scheduled job.
    """

    _inherit = "pom.debt.figure"

    def init(self):
        """What is kept can be counted anew: it's made afresh with each update."""
        columns = [
            SQL("%s %s", SQL.identifier(name), SQL(field.column_type[1]))
            for name, field in self._columns().items()
        ]
        kept, touched = SQL.identifier(KEPT), SQL.identifier(TOUCHED)
        self.env.cr.execute(SQL("DROP TABLE IF EXISTS %s, %s", kept, touched))
        self.env.cr.execute(
            SQL(
                "CREATE TABLE %s (id integer PRIMARY KEY, %s)",
                kept,
                SQL(", ").join(columns),
            )
        )
        self.env.cr.execute(
            SQL("CREATE TABLE %s (id bigserial PRIMARY KEY, move_id integer)", touched)
        )
        for index in (
            "(company_id, invoice_date)",
            "(partner_id)",
            "(move_id)",
            "(company_id) WHERE disputed > 0",
        ):
            self.env.cr.execute(SQL("CREATE INDEX ON %s %s", kept, SQL(index)))

    @property
    def _table_query(self):
        # EXTENDS 'pom_overview'
        if not self._is_kept():
            return super()._table_query
        # What waits to be written touches rows, too.
        self.env.flush_all()
        return SQL(
            """SELECT %(columns)s FROM %(kept)s
                WHERE move_id NOT IN (%(touched)s)
            UNION ALL SELECT %(columns)s FROM (%(fresh)s) fresh""",
            columns=self._all_columns(),
            kept=SQL.identifier(KEPT),
            touched=self._touched(),
            fresh=self._query_figures(self._touched()),
        )

    @api.model
    def _columns(self):
        return {
            name: field
            for name, field in self._fields.items()
            if field.store and field.column_type and name != "id"
        }

    @api.model
    def _all_columns(self):
        return SQL(", ").join(map(SQL.identifier, ("id", *self._columns())))

    @api.model
    def _is_kept(self):
        """Whether there are rows of the scheduled job."""
        query = SQL("SELECT EXISTS (SELECT FROM %s)", SQL.identifier(KEPT))
        return self.env.execute_query(query)[0][0]

    # -- the scheduled job -------------------------------------------------------------

    @api.model
    def _keep(self):
        """Bring the kept rows up to date, where there are too many to be counted when
        somebody looks; where there aren't, none is kept.
        """
        self.env.flush_all()
        is_large = self._is_large()
        if is_large and not self._notes_changes():
            # Who works at this moment doesn't know yet: the rows come next time.
            self._note_changes(True)
            return
        if not is_large:
            self._forget()
        elif self._is_kept() and not self._is_over():
            self._keep_touched()
        else:
            self._keep_all()

    @api.model
    def _forget(self):
        if self._notes_changes():
            self._note_changes(False)
        for table in (KEPT, TOUCHED):
            self.env.cr.execute(SQL("DELETE FROM %s", SQL.identifier(table)))

    @api.model
    def _is_over(self):
        said = self.env["ir.config_parameter"].sudo().get_param(COUNTED)
        counted = fields.Datetime.to_datetime(said or None)
        return not counted or counted < fields.Datetime.now() - ALL_AFTER

    @api.model
    def _keep_touched(self):
        """The rows of what changed; what changes meanwhile stays noted."""
        numbers = SQL("SELECT id, move_id FROM %s", SQL.identifier(TOUCHED))
        rows = self.env.execute_query(numbers)
        if not rows:
            return
        moves = SQL("SELECT unnest(%s)", sorted({move_id for _id, move_id in rows}))
        self._recount(SQL("known.move_id IN (%s)", moves), moves)
        self._done([number for number, _move in rows])

    @api.model
    def _keep_all(self):
        numbers = SQL("SELECT id FROM %s", SQL.identifier(TOUCHED))
        rows = self.env.execute_query(numbers)
        self._recount(SQL("TRUE"), None)
        self._done([row[0] for row in rows])
        now = fields.Datetime.to_string(fields.Datetime.now())
        self.env["ir.config_parameter"].sudo().set_param(COUNTED, now)

    @api.model
    def _done(self, numbers):
        """These are in the rows: of the numbers that this transaction saw."""
        query = "DELETE FROM %s WHERE id = ANY(%s)"
        self.env.cr.execute(SQL(query, SQL.identifier(TOUCHED), numbers))

    @api.model
    def _recount(self, which, moves):
        """
        :param SQL which: condition on the ``known`` rows that are counted anew
        :param SQL moves: ids of the invoices; None for all
        """
        table, names = SQL.identifier(KEPT), list(self._columns())
        # It's one long query: compiling it gains nothing.
        self.env.cr.execute("SET LOCAL jit = off")
        self.env.cr.execute(
            SQL(
                """
                WITH fresh AS MATERIALIZED (
                     SELECT id, %(columns)s FROM (%(query)s) row),
                     gone AS (DELETE FROM %(table)s known
                               WHERE %(which)s
                                 AND NOT EXISTS (SELECT FROM fresh
                                                  WHERE fresh.id = known.id))
                INSERT INTO %(table)s AS known (id, %(columns)s)
                SELECT id, %(columns)s FROM fresh
                    ON CONFLICT (id) DO UPDATE SET (%(columns)s) = ROW(%(new)s)
                 WHERE ROW(%(old)s) IS DISTINCT FROM ROW(%(new)s)
                """,
                table=table,
                which=which,
                query=self._query_figures(moves),
                columns=SQL(", ").join(map(SQL.identifier, names)),
                new=SQL(", ").join(SQL.identifier("excluded", name) for name in names),
                old=SQL(", ").join(SQL.identifier("known", name) for name in names),
            )
        )

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
