from odoo import api, models
from odoo.tools import SQL

from odoo.addons.pom_message.models.pom_delivery_credit import CREDIT_NOTE

from ..tools.periods import first_of
from .pom_debt_figure import KEPT

#: Where sums of the kept rows are.
CELLS = "pom_debt_figure_cells"
#: What rows that are put together have in common, and the type of its column.
KEYS = {
    "company_id": "integer",
    "day": "date",
    "group": "varchar",
    "asked_channel": "varchar",
    "way": "varchar",
    "lang": "varchar",
    "days_to_pay": "integer",
    "due_date": "date",
}
#: What is added up, of each row.
SUMS = {
    "parts": "1",
    "invoices": "is_one::int",
    "paid": "(paid_date IS NOT NULL)::int",
    "on_time": "COALESCE(is_on_time, FALSE)::int",
    "asked": "(asked_date IS NOT NULL)::int",
    "quick": "(asked_date IS NOT NULL AND is_quick)::int",
    "seen": "(asked_date IS NOT NULL AND seen_date IS NOT NULL)::int",
    "begun": "(asked_date IS NOT NULL AND begun_date IS NOT NULL)::int",
    "asked_paid": "(asked_date IS NOT NULL AND paid_date IS NOT NULL)::int",
    "paid_unreminded": "(paid_date IS NOT NULL AND reminders = 0)::int",
    "reminders": "reminders",
    "recovered": "CASE WHEN paid_date IS NOT NULL AND reminders > 0 THEN amount"
    " ELSE 0 END",
    "claimed": "claimed",
}
#: Of these, sums of money.
AMOUNTS = ("recovered", "claimed")
#: Columns of the rows that all of this is made of.
NEEDED = (
    "id", "move_id", "company_id", "group", "lang", "invoice_date", "due_date",
    "amount", "claimed", "asked_date", "asked_channel", "seen_date", "begun_date",
    "paid_date", "way", "reminders", "days_to_pay", "is_on_time", "is_quick",
)  # fmt: skip


class PomDebtFigure(models.Model):
    """What is over doesn't change: of months that are closed sums are kept. What did
    change is taken out of them as it was, and put in as it is.
    """

    _inherit = "pom.debt.figure"

    def init(self):
        # EXTENDS 'pom_overview'
        super().init()
        table = SQL.identifier(CELLS)
        columns = [
            *(
                SQL("%s %s", SQL.identifier(name), SQL(kind))
                for name, kind in KEYS.items()
            ),
            *(SQL("%s numeric", SQL.identifier(name)) for name in SUMS),
        ]
        self.env.cr.execute(SQL("DROP TABLE IF EXISTS %s", table))
        self.env.cr.execute(SQL("CREATE TABLE %s (%s)", table, SQL(", ").join(columns)))

    @api.model
    def _query_cells(self, rows, sign=1):
        """Sums of rows, without what a credit note settled: nobody was to pay it. An
        invoice is counted with the first of its parts, and has a day of its own as long
        as its month isn't over.

        :param SQL rows: a query of (at least) the columns that are needed
        :param int sign: -1 takes them out
        """
        sums = [
            SQL("SUM(%s) * %s AS %s", SQL(one), sign, SQL.identifier(name))
            for name, one in SUMS.items()
        ]
        companies = self.env["pom.debtor.report"]._companies()
        recent = first_of(min(company._pom_today() for company in companies))
        return SQL(
            """
            SELECT company_id, day, "group", asked_channel, way, lang, days_to_pay,
                   CASE WHEN paid_date IS NULL THEN due_date END AS due_date, %(sums)s
              FROM (SELECT *, ROW_NUMBER() OVER (PARTITION BY move_id ORDER BY id) = 1
                              AS is_one,
                           CASE WHEN invoice_date >= %(recent)s THEN invoice_date
                                ELSE date_trunc('month', invoice_date)::date END AS day
                      FROM (%(rows)s) known
                     WHERE way IS DISTINCT FROM %(credit_note)s) row
          GROUP BY 1, 2, 3, 4, 5, 6, 7, 8
            """,
            sums=SQL(", ").join(sums),
            recent=recent,
            rows=rows,
            credit_note=CREDIT_NOTE,
        )

    @api.model
    def _kept_cells(self):
        """
        :return: a query of sums as they are now
        """
        columns = SQL(", ").join(map(SQL.identifier, NEEDED))
        touched = self._touched()
        was = SQL(
            "SELECT %s FROM %s WHERE move_id = ANY(ARRAY(%s))",
            columns,
            SQL.identifier(KEPT),
            touched,
        )
        now = SQL("SELECT %s FROM (%s) now", columns, self._query_figures(touched))
        return SQL(
            "SELECT * FROM %s UNION ALL %s UNION ALL %s",
            SQL.identifier(CELLS),
            self._query_cells(was, -1),
            self._query_cells(now),
        )

    @api.model
    def _recount(self, which, moves):
        # EXTENDS 'pom_overview'
        super()._recount(which, moves)
        self._keep_cells()

    @api.model
    def _forget(self):
        # EXTENDS 'pom_overview'
        super()._forget()
        self.env.cr.execute(SQL("DELETE FROM %s", SQL.identifier(CELLS)))

    @api.model
    def _keep_cells(self):
        table = SQL.identifier(CELLS)
        rows = SQL("SELECT * FROM %s", SQL.identifier(KEPT))
        self.env.cr.execute(SQL("DELETE FROM %s", table))
        self.env.cr.execute(SQL("INSERT INTO %s %s", table, self._query_cells(rows)))
