from odoo import api, models
from odoo.tools import SQL

#: Journals of money: an entry there tells of some, whoever typed it.
MONEY = ("bank", "cash", "credit")


class AccountMove(models.Model):
    """What is money, of all that settles a debt. The one definition of it, for an entry
    at hand and, word for word the same, for those that a query looks at.

    A payment that core notes without an entry isn't in the books, and settles nothing
    there yet: it is money on its way (``_pom_payments_without_entry``).
    """

    _inherit = "account.move"

    def _pom_is_money(self):
        """Whether money came with this entry."""
        if self.move_type != "entry":
            return False
        return bool(
            self.origin_payment_id
            or self.statement_line_id
            or self.journal_id.type in MONEY
            or ("pos_payment_ids" in self._fields and self.sudo().pos_payment_ids)
        )

    @api.model
    def _pom_sql_is_money(self, entry):
        """The same of each ``entry`` of a query.

        :param SQL entry: what the query calls it
        """
        self.flush_model(
            ["move_type", "origin_payment_id", "statement_line_id", "journal_id"]
        )
        at_a_till = SQL()
        if "pos_payment_ids" in self._fields:
            self.env["pos.payment"].flush_model(["account_move_id"])
            at_a_till = SQL(
                """OR EXISTS (SELECT FROM pos_payment till
                               WHERE till.account_move_id = %s.id)""",
                entry,
            )
        return SQL(
            """(%(entry)s.move_type = 'entry'
                AND (%(entry)s.origin_payment_id IS NOT NULL
                     OR %(entry)s.statement_line_id IS NOT NULL
                     OR EXISTS (SELECT FROM account_journal journal
                                 WHERE journal.id = %(entry)s.journal_id
                                   AND journal.type IN %(money)s)
                     %(at_a_till)s))""",
            entry=entry,
            money=MONEY,
            at_a_till=at_a_till,
        )

    @api.model
    def _pom_sql_is_noted(self, entry):
        """Whether an ``entry`` settles debts without money: no credit note does so, nor
        what only settles a difference in rates.

        :param SQL entry: what the query calls it
        """
        return SQL(
            """(%(entry)s.move_type = 'entry'
                AND NOT %(is_money)s
                AND NOT EXISTS (SELECT FROM account_partial_reconcile rate
                                 WHERE rate.exchange_move_id = %(entry)s.id))""",
            entry=entry,
            is_money=self._pom_sql_is_money(entry),
        )
