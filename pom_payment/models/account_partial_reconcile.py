from odoo import models
from odoo.tools import SQL

#: Those of some reconciliations that money alone may not have settled: made with an
#: entry that is none, or with one that has more lines than its money and its debtor's.
#: No difference of exchange rates. Of most there are none.
PERHAPS_NOTED = """
    SELECT partial.id
      FROM account_partial_reconcile partial
      JOIN account_move_line credit ON credit.id = partial.credit_move_id
      JOIN account_move entry ON entry.id = credit.move_id
     WHERE partial.id IN %(ids)s
       AND (%(is_noted)s
            OR %(is_money)s
           AND (SELECT count(*) FROM account_move_line line
                 WHERE line.move_id = entry.id) > 2)
  ORDER BY partial.id"""


class AccountPartialReconcile(models.Model):
    """What settled a debt: money, or a note in the books, which may close an invoice
    that nobody paid.
    """

    _inherit = "account.partial.reconcile"

    def _pom_noted(self):
        """What of these was settled without money, in the currency of the debt: by an
        entry that is none, or written off beside the money of a payment. No credit
        note, no discount.

        :return: amounts above zero by id
        :rtype: dict[int, float]
        """
        if not self.ids:
            return {}
        self.flush_recordset()
        self.env["account.move.line"].flush_model(["move_id"])
        moves, entry = self.env["account.move"], SQL("entry")
        query = SQL(
            PERHAPS_NOTED,
            ids=tuple(self.ids),
            is_noted=moves._pom_sql_is_noted(entry),
            is_money=moves._pom_sql_is_money(entry),
        )
        rows = self.env.execute_query(query)
        perhaps = self.browse(key for (key,) in rows)
        if not perhaps:
            return {}
        fees = perhaps.credit_move_id.move_id._pom_fee_accounts()
        found = {}
        for partial in perhaps:
            owed = partial._pom_without_discount()
            noted = owed - partial._pom_money_of(owed, fees)
            if partial.debit_currency_id.compare_amounts(noted, 0) > 0:
                found[partial.id] = partial.debit_currency_id.round(noted)
        return found

    def _pom_without_discount(self):
        move = self.debit_move_id.move_id
        off = self.debit_move_id.discount_date and move._pom_discount_in(self)
        return self.debit_amount_currency - (off or 0)

    def _pom_money_of(self, owed, fees):
        """What of this came as money. That of an entry which settles several debts is
        for the first ones.

        :param float owed: what is settled, without a discount
        :param account.account fees: of ``account.move._pom_fee_accounts``
        """
        entry, currency = self.credit_move_id.move_id, self.debit_currency_id
        if not entry._pom_is_money():
            return 0
        kept = entry._pom_kept_on_the_way(currency, fees)
        if not entry._pom_written_off(currency) > kept:
            return owed
        before = entry.line_ids.matched_debit_ids.filtered(
            lambda one: one.id < self.id and one.debit_currency_id == currency
        )
        spent = sum(one._pom_without_discount() for one in before)
        return min(owed, max(entry._pom_received_in(currency) + kept - spent, 0))
