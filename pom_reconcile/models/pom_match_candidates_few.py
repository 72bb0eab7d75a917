from odoo import models

from ..matching.keys import last_number
from ..tools import key_queries as queries


class PomMatchCandidates(models.AbstractModel):
    """What a few bank lines may settle: by what they say, in books of any size."""

    _inherit = "pom.match.candidates"

    def _rows_by_keys(self, keys, context) -> list[dict]:
        """Return the items that :meth:`_rows` does; of the payments that wait, those
        that such lines may be about."""
        context = {**context, **queries.words(keys)}
        context.update(*self._select(queries.ACCOUNTS, context))
        self._look_up_documents(context)
        self._look_up_transactions(context)
        open_rows, paid_rows = self._rows_open(context), self._rows_paid(context)
        context["partners"] = list(_debtors_named(open_rows, paid_rows, context))
        return open_rows + paid_rows + self._rows_waiting(context)

    def _look_up_documents(self, context) -> None:
        """Note the ids of what the lines name, and what of it is of which interest."""
        query = queries.documents(context)
        found = self._select(query, context) if query else []
        context["documents"] = [row["id"] for row in found]
        for kind in ("referenced", "named", "paid"):
            context[kind] = [row["id"] for row in found if row[kind]]

    def _look_up_transactions(self, context) -> None:
        found = []
        if context["identifiers"]:
            found = self._select(queries.TRANSACTIONS, context)
        context["transactions"] = [row["id"] for row in found]
        context["transacted"] = [row["id"] for row in found if row["exact"]]

    def _rows_open(self, context) -> list[dict]:
        seeds = set(context["owners"])
        if context["named"] or context["sequences"]:
            found = self._select(queries.DEBTORS, context)
            seeds.update(row["id"] for row in found)
        context["seeds"] = list(seeds - {None})
        return self._select(queries.OPEN_ITEMS, context)

    def _rows_paid(self, context) -> list[dict]:
        borne = context["end_to_end"] or context["mandates"]
        if borne and self._select(queries.BANK_LINES, context):
            return self._select(queries.PAID_ITEMS_OF_LINES, context)
        if context["paid"] or context["transacted"]:
            return self._select(queries.PAID_ITEMS, context)
        return []

    def _rows_waiting(self, context) -> list[dict]:
        if not context["outstanding"]:
            return []
        found = self._select(queries.payments(context), context)
        context["payments"] = [row["id"] for row in found]
        return self._select(queries.PAYMENTS, context) if found else []


def _debtors_named(open_rows, paid_rows, context) -> set[int]:
    """Return whose other debts are of interest: not whoever just owes an amount."""
    debtors, ends = set(context["seeds"]), set(context["endings"])
    debtors |= {row["commercial_partner_id"] for row in paid_rows}
    for row in open_rows:
        texts = (row["name"], row["payment_reference"], row["ref"])
        if ends.intersection(last_number(text or "") for text in texts):
            debtors.add(row["commercial_partner_id"])
    return debtors - {None}
