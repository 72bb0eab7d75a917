from odoo import api, models
from odoo.tools import SQL

from .pom_debt_figure_keeping import COUNTED

#: Where the open items of large books are kept.
OPEN = "pom_debt_open_kept"
#: Its columns, after the number of the journal item.
COLUMNS = {
    "move_id": "integer",
    "partner_id": "integer",
    "company_id": "integer",
    "currency_id": "integer",
    "kind": "varchar",
    "residual": "numeric",
    "date_maturity": "date",
    "is_plain": "boolean",
    "is_asked": "boolean",
}


class PomDebtFigure(models.Model):
    """What is open in large books is kept beside the rows: what of it is late, and when
    it may come, follows from that and the day. What changed since is looked at anew.
    """

    _inherit = "pom.debt.figure"

    def init(self):
        # EXTENDS 'pom_overview'
        super().init()
        table = SQL.identifier(OPEN)
        columns = [
            SQL("%s %s", SQL.identifier(name), SQL(kind))
            for name, kind in COLUMNS.items()
        ]
        self.env.cr.execute(SQL("DROP TABLE IF EXISTS %s", table))
        self.env.cr.execute(
            SQL(
                "CREATE TABLE %s (id integer PRIMARY KEY, %s)",
                table,
                SQL(", ").join(columns),
            )
        )
        for index in (
            "(move_id)",
            "(move_id) WHERE NOT is_plain",
            "(move_id) WHERE NOT is_asked",
        ):
            self.env.cr.execute(SQL("CREATE INDEX ON %s %s", table, SQL(index)))

    @api.model
    def _keeps_open(self):
        """Whether the scheduled job keeps what is open."""
        if not self._notes_changes():
            return False
        query = SQL("SELECT EXISTS (SELECT FROM %s)", SQL.identifier(OPEN))
        return self.env.execute_query(query)[0][0]

    @api.model
    def _open_anew(self):
        """
        :return: a query of the ids of documents of which what is kept says not enough
        """
        return SQL(
            "%s UNION SELECT move_id FROM %s WHERE NOT is_plain",
            self._touched(),
            SQL.identifier(OPEN),
        )

    @api.model
    def _recount(self, which, moves):
        # EXTENDS 'pom_overview'
        super()._recount(which, moves)
        table = SQL.identifier(OPEN)
        self.env.cr.execute(SQL("DELETE FROM %s known WHERE %s", table, which))
        self.env.cr.execute(
            SQL(
                "INSERT INTO %s (id, %s) %s",
                table,
                SQL(", ").join(map(SQL.identifier, COLUMNS)),
                self.env["pom.debtor.report"]._query_as_booked(moves),
            )
        )

    @api.model
    def _forget(self):
        # EXTENDS 'pom_overview'
        super()._forget()
        self._forget_open()

    @api.model
    def _forget_open(self):
        """Until the scheduled job has counted all again, all is looked at anew."""
        self.env.cr.execute(SQL("DELETE FROM %s", SQL.identifier(OPEN)))
        self.env["ir.config_parameter"].sudo().set_param(COUNTED, False)
