from odoo import api, models
from odoo.fields import Domain

from odoo.addons.pom_payment.models.account_move_debt import PAYABLE

#: Kinds of open items, and which items of the report they are.
KINDS = {
    "invoices": Domain("move_id.move_type", "in", PAYABLE),
    "credit_notes": Domain("move_id.move_type", "=", "out_refund"),
    "payments": Domain("move_id.move_type", "=", "entry")
    & (
        Domain("move_id.origin_payment_id", "!=", False)
        | Domain("move_id.statement_line_id", "!=", False)
    ),
}
KINDS["others"] = ~Domain.OR(KINDS.values())


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
        customer = "partner_id.commercial_partner_id"
        return (
            booked
            & Domain("account_id.account_type", "=", "asset_receivable")
            & self._of_group(scope, customer)
        )

    @api.model
    def _balance(self, scope):
        items = self.env["account.move.line"]
        return items._read_group(self._items(scope), [], ["balance:sum"])[0][0] or 0

    @api.model
    def _open_account(self, scope, kind="", *_more):
        name = self.env._("As the books say")
        if kind == "balance":
            items = self._of_companies(scope) & Domain("parent_state", "=", "posted")
            account = Domain("account_id.account_type", "=", "asset_receivable")
            return self._action("account.move.line", name, items & account, "list")
        if kind not in KINDS:
            return {}
        domain = self._open_rows(scope) & KINDS[kind]
        return self._action("pom.debtor.report", name, domain)
