from odoo import api, models
from odoo.fields import Domain
from odoo.tools import SQL

#: Kinds of open items in the report of them.
KINDS = ("invoices", "credit_notes", "payments", "others")


class PomOverview(models.AbstractModel):
    """How what is open comes to what the receivable accounts say."""

    _inherit = "pom.overview"

    @api.model
    def _account(self, scope, items):
        amounts = {
            kind: float(sum(row["amount"] for row in items if row["kind"] == kind))
            for kind in KINDS
        }
        booked = self._balance(scope)
        rest = booked - sum(amounts.values())
        labels = {
            "invoices": self.env._("Open invoices"),
            "credit_notes": self.env._("Credit notes that aren't applied yet"),
            "payments": self.env._("Payments that aren't applied yet"),
            "others": self.env._("Other entries"),
        }
        rows = [
            self._account_row(scope, labels[kind], amount, ["account", kind])
            for kind, amount in amounts.items()
            if kind == "invoices" or not scope.currency.is_zero(amount)
        ]
        if not scope.currency.is_zero(rest):
            words = self.env._("Not explained: look for entries that were changed")
            rows.append(self._account_row(scope, words, rest, None))
        title = self.env._("Balance of the receivable accounts")
        return {
            "code": "account",
            "title": self.env._("As the books say"),
            "columns": [self.env._("What"), self.env._("Amount")],
            "rows": rows,
            "total": self._account_row(scope, title, booked, ["account", "balance"]),
        }

    @api.model
    def _account_row(self, scope, label, amount, door):
        text = self._text_money(scope, amount)
        return {"label": label, "cells": [self._cell(text, float(amount), door)]}

    @api.model
    def _items(self, scope):
        """All that was ever booked on the receivable accounts.

        :rtype: Domain
        """
        booked = self._of_companies(scope) & Domain("parent_state", "=", "posted")
        return booked & Domain("account_id.account_type", "=", "asset_receivable")

    @api.model
    def _balance(self, scope):
        items = self.env["account.move.line"]
        if not scope.group:
            return items._read_group(self._items(scope), [], ["balance:sum"])[0][0] or 0
        query = items._search(self._items(scope))
        company, customer = (
            items._field_to_sql(items._table, name, query)
            for name in ("company_id", "partner_id")
        )
        # IS TRUE: the group is looked up for each item as they are read, once, instead
        # of the items of each customer.
        of_group = SQL(" OR ").join(
            SQL(
                "%s = %s AND (%s IN (%s)) IS TRUE",
                company,
                one.id,
                customer,
                self._query_customers(one, scope.group),
            )
            for one in scope.companies
        )
        query.add_where(SQL("(%s)", of_group))
        balance = items._field_to_sql(items._table, "balance", query)
        [[amount]] = self.env.execute_query(query.select(SQL("SUM(%s)", balance)))
        return amount or 0

    @api.model
    def _query_customers(self, company, group):
        """
        :return: a query of the ids of a group, to a company, contacts among them
        """
        is_tag, whole = isinstance(group, int), "commercial_partner_id"
        domain = (
            Domain(f"{whole}.category_id", "in", [group])
            if is_tag
            else Domain(whole, "in", self._customers(company, group))
        )
        partners = self.env["res.partner"].with_context(active_test=False)
        return partners._search(domain).select()

    @api.model
    def _open_account(self, scope, kind, row):
        name = self.env._("As the books say")
        if row or kind not in (*KINDS, "balance"):
            return None
        if kind == "balance":
            booked = self._open_rows(scope) & Domain("parent_state", "=", "posted")
            account = Domain("account_id.account_type", "=", "asset_receivable")
            return self._action("account.move.line", name, booked & account, "list")
        domain = self._open_rows(scope) & Domain("kind", "=", kind)
        return self._action("pom.debtor.report", name, domain)
