from odoo import api, models
from odoo.fields import Domain
from odoo.tools import SQL

from ..tools.periods import weeks
from .pom_overview import GROUPS

#: Ages in the report of what is open: whose day has passed and that are asked.
LATE = ("1", "2", "3", "4")
AGES = ("0", *LATE, "5")
#: Of the report, what is read of each item.
ITEM = (
    "id", "move_id", "partner_id", "kind", "age", "residual", "days_overdue",
    "expected_date",
)  # fmt: skip
#: So many customers are named.
TEN = 10
INVOICES = Domain("kind", "=", "invoices")


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
        figures = self.env["pom.debt.figure"]
        [[disputed]] = figures._read_group(
            self._disputed_rows(scope), [], ["disputed:sum"]
        )
        words = (self.env._("Disputed"), "disputed", disputed or 0)
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
        # Both at one reading; by debtor there is nothing but what is late.
        return self.env.execute_query_dict(
            SQL(
                """
                WITH found AS MATERIALIZED (
                     SELECT CASE WHEN GROUPING(debtor_id) = 0 THEN 'late' ELSE kind
                                 END AS kind,
                            age, is_agreed, week, SUM(residual) AS amount,
                            COUNT(*) AS count, debtor_id AS partner_id,
                            MAX(days_overdue) AS days
                       FROM (SELECT *, CASE WHEN kind = 'invoices' AND age IN %(late)s
                                            THEN partner_id END AS debtor_id
                               FROM (%(items)s) item) item
                   GROUP BY GROUPING SETS (
                            (kind, age, is_agreed, week), (debtor_id)))
                SELECT * FROM found WHERE kind <> 'late'
             UNION ALL
               (SELECT * FROM found WHERE kind = 'late' AND partner_id IS NOT NULL
              ORDER BY amount DESC, partner_id
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
            SELECT line.kind, line.age, line.residual, line.partner_id,
                   line.days_overdue, %(agreed)s AS is_agreed,
                   CASE WHEN line.expected_date <= %(this_week)s THEN 0
                        WHEN line.expected_date <= %(next_week)s THEN 1 END AS week
              FROM (%(items)s) line
            """,
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
    def _open_money(self, scope, code, age):
        (first, last), (monday, sunday) = weeks(scope.today)
        domains = {
            "open": Domain.TRUE,
            "overdue": Domain("age", "in", LATE),
            "agreed": Domain("pom_is_agreed", "=", True),
            "this_week": Domain("expected_date", "<=", last)
            & Domain("expected_date", ">=", first),
            "next_week": Domain("expected_date", ">=", monday)
            & Domain("expected_date", "<=", sunday),
        }
        if (code, age) == ("disputed", ""):
            rows = self._disputed_rows(scope)
            return self._action("pom.debt.figure", self.env._("Disputed"), rows)
        if code == "age" and age in AGES:
            domains[code], age = Domain("age", "=", age), ""
        if age or code not in domains:
            return None
        domain = self._open_rows(scope) & INVOICES & domains[code]
        return self._action("pom.debtor.report", self.env._("Open invoices"), domain)

    @api.model
    def _open_rows(self, scope):
        """As :meth:`_open_domain`, of values that a browser can be given."""
        if scope.group not in GROUPS:
            return self._open_domain(scope)
        return Domain("partner_id", "!=", False) & Domain.OR(
            Domain("company_id", "=", company.id)
            & self._is_meant(company, scope.group, "partner_id.commercial_partner_id")
            for company in scope.companies
        )

    @api.model
    def _is_meant(self, company, group, customer):
        """As ``company._pom_sql_business`` says, of fields of the customer."""
        is_business = Domain(f"{customer}.vat", "not in", [False, "", "/"])
        is_business |= Domain(f"{customer}.company_registry", "not in", [False, ""])
        if company._pom_setup().business_by == "company":
            is_business |= Domain(f"{customer}.is_company", "=", True)
        return is_business if group == "business" else ~is_business

    @api.model
    def _disputed_rows(self, scope):
        """What is contested, which the report of open items doesn't say."""
        rows = self._of_companies(scope) & Domain("disputed", ">", 0)
        if scope.group in GROUPS:
            rows &= Domain("group", "=", scope.group)
        else:
            rows &= self._of_group(scope, "partner_id")
        return rows & Domain("residual", "!=", 0)
