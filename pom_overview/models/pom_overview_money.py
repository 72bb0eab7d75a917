from odoo import api, models
from odoo.fields import Domain
from odoo.tools import SQL

from odoo.addons.pom_payment.models.account_move_debt import PAYABLE

from ..tools.periods import weeks

#: Ages in the report of what is open: whose day has passed and that are asked.
LATE = ("1", "2", "3", "4")
#: Of the report, what is read of each item.
ITEM = (
    "id", "move_id", "partner_id", "age", "residual", "days_overdue", "expected_date",
)  # fmt: skip
#: So many customers are named.
TEN = 10
INVOICES = Domain("move_id.move_type", "in", PAYABLE)


class PomOverview(models.AbstractModel):
    """How much is open, of the report of all open items: as it is now, not as it was in
    a period.
    """

    _inherit = "pom.overview"

    @api.model
    def _money(self, scope, items):
        rows = [row for row in items if row["kind"] == "invoices"]
        tiles = {
            "open": (self.env._("Open"), lambda row: True),
            "overdue": (self.env._("Overdue"), lambda row: row["age"] in LATE),
            "agreed": (self.env._("In a plan, or charged"), lambda r: r["is_agreed"]),
            "this_week": (self.env._("Coming this week"), lambda r: r["week"] == 0),
            "next_week": (self.env._("Coming next week"), lambda r: r["week"] == 1),
        }
        shown = [
            self._money_tile(scope, label, code, self._sum_of(rows, is_meant))
            for code, (label, is_meant) in tiles.items()
        ]
        disputed = sum(row["disputed"] for row in rows)
        words = (self.env._("Disputed"), "disputed", disputed)
        shown.insert(3, self._money_tile(scope, *words))
        return {
            "code": "money",
            "title": self.env._("Money"),
            "hint": self.env._(
                "What is open now, whatever the period. Coming: by due date and the "
                "customer's usual delay."
            ),
            "tiles": shown,
            "tables": [self._ages(scope, rows), self._account(scope, items)],
        }

    @api.model
    def _money_tile(self, scope, label, code, amount):
        return self._tile(label, self._text_money(scope, amount), ["money", code])

    @api.model
    def _sum_of(self, rows, is_meant):
        return sum(row["amount"] for row in rows if is_meant(row))

    @api.model
    def _open_items(self, scope):
        """What is open, read once: summed by all that the page tells apart, and of
        kind ``late`` the customers who owe most that is late.

        :rtype: list[dict]
        """
        return self.env.execute_query_dict(
            SQL(
                """
                WITH item AS MATERIALIZED (%(items)s)
                SELECT kind, age, is_agreed, week,
                       SUM(residual) AS amount, COUNT(*) AS count,
                       COALESCE(SUM(disputed), 0) AS disputed,
                       NULL::int AS partner_id, NULL::int AS days
                  FROM item
              GROUP BY kind, age, is_agreed, week
             UNION ALL
               (SELECT 'late', NULL, NULL, NULL, SUM(residual), COUNT(*), 0,
                       partner_id, MAX(days_overdue)
                  FROM item
                 WHERE kind = 'invoices' AND age IN %(late)s
                   AND partner_id IS NOT NULL
              GROUP BY partner_id
              ORDER BY SUM(residual) DESC, partner_id
                 LIMIT %(most)s)
                """,
                items=self._query_items(scope),
                late=LATE,
                most=TEN,
            )
        )

    @api.model
    def _query_items(self, scope):
        report, week = self.env["pom.debtor.report"], weeks(scope.today)
        query = report._search(self._open_domain(scope))
        return SQL(
            """
            SELECT line.age, line.residual, line.partner_id, line.days_overdue,
                   CASE WHEN move.move_type IN %(payable)s THEN 'invoices'
                        WHEN move.move_type = 'out_refund' THEN 'credit_notes'
                        WHEN move.move_type = 'entry'
                         AND (move.origin_payment_id IS NOT NULL
                              OR move.statement_line_id IS NOT NULL)
                        THEN 'payments' ELSE 'others' END AS kind,
                   %(agreed)s AS is_agreed,
                   CASE WHEN line.expected_date <= %(this_week)s THEN 0
                        WHEN line.expected_date <= %(next_week)s THEN 1 END AS week,
                   CASE WHEN ROW_NUMBER() OVER (PARTITION BY line.move_id
                                                ORDER BY line.id) = 1
                        THEN move.pom_disputed_amount
                             / NULLIF(move.invoice_currency_rate, 0) END AS disputed
              FROM (%(items)s) line
              JOIN account_move move ON move.id = line.move_id
            """,
            payable=PAYABLE,
            agreed=self.env["account.move"]._pom_sql_agreed(),
            this_week=week[0][1],
            next_week=week[1][1],
            items=query.select(
                *(
                    SQL(
                        "%s AS %s",
                        report._field_to_sql(report._table, name, query),
                        SQL.identifier(name),
                    )
                    for name in ITEM
                )
            ),
        )

    @api.model
    def _open_domain(self, scope):
        customer = "partner_id.commercial_partner_id"
        return self._of_companies(scope) & self._of_group(scope, customer)

    @api.model
    def _ages(self, scope, rows):
        labels = self.env["pom.debtor.report"]._fields["age"]
        found = []
        for age, label in labels._description_selection(self.env):
            mine = [row for row in rows if row["age"] == age]
            amount = sum(row["amount"] for row in mine)
            count = sum(row["count"] for row in mine)
            door = ["money", "age", age]
            cells = [
                self._cell(self._text_money(scope, amount), float(amount), door),
                self._cell(self._text_count(count), count, door),
            ]
            found.append({"label": label, "cells": cells})
        return {
            "code": "ages",
            "title": self.env._("Open by age"),
            "columns": [self.env._("Age"), self.env._("Open"), self.env._("Parts")],
            "rows": found,
            "chart": {"kind": "bar", "series": [{"cell": 0}]},
        }

    @api.model
    def _open_money(self, scope, code="", age="", *_more):
        (first, last), (monday, sunday) = weeks(scope.today)
        domains = {
            "open": Domain.TRUE,
            "overdue": Domain("age", "in", LATE),
            "agreed": Domain("move_id", "in", self._agreed_ids(scope)),
            "disputed": Domain("move_id.pom_disputed_amount", ">", 0),
            "this_week": Domain("expected_date", "<=", last)
            & Domain("expected_date", ">=", first),
            "next_week": Domain("expected_date", ">=", monday)
            & Domain("expected_date", "<=", sunday),
            "age": Domain("age", "=", age),
        }
        if code not in domains:
            return {}
        domain = self._open_rows(scope) & INVOICES & domains[code]
        return self._action("pom.debtor.report", self.env._("Open invoices"), domain)

    @api.model
    def _open_rows(self, scope):
        """As :meth:`_open_domain`, of values that a browser can be given."""
        domain = self._of_companies(scope)
        if not scope.group:
            return domain
        report = self.env["pom.debtor.report"]
        groups = report._read_group(self._open_domain(scope), ["partner_id"])
        return domain & Domain("partner_id", "in", [row[0].id for row in groups])

    @api.model
    def _agreed_ids(self, scope):
        query = SQL(
            """SELECT DISTINCT line.move_id FROM account_move_line line
                WHERE line.company_id IN %s AND line.display_type = 'payment_term'
                  AND line.parent_state = 'posted' AND line.reconciled IS NOT TRUE
                  AND %s""",
            tuple(scope.companies.ids),
            self.env["account.move"]._pom_sql_agreed(),
        )
        return [row[0] for row in self.env.execute_query(query)]
