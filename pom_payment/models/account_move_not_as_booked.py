from odoo import api, fields, models
from odoo.tools import SQL

from .account_move_coming import DIRECT_DEBITS

#: What customers owe: each account by core's index of what isn't reconciled.
#: PostgreSQL would join whole tables (``OFFSET 0`` keeps it from that).
OWING = """
    SELECT line.id, line.move_id
      FROM (SELECT id FROM account_account
             WHERE account_type = 'asset_receivable' OFFSET 0) account
CROSS JOIN LATERAL (
           SELECT line.id, line.move_id
             FROM account_move_line line
            WHERE line.account_id = account.id AND %(owing)s
           OFFSET 0) line"""
#: What few documents, or customers, owe. An array, since PostgreSQL then knows that
#: they are few, and seeks them.
OWING_OF = """
    SELECT line.id, line.move_id
      FROM account_move_line line
     WHERE line.%(column)s = ANY(ARRAY(%(few)s))
       AND line.account_id = ANY(ARRAY(SELECT id FROM account_account
                                        WHERE account_type = 'asset_receivable'))
       AND %(owing)s"""

#: Models and fields that these questions read.
READ = {
    "account.bank.statement.line": ["is_reconciled", "partner_id", "account_number"],
    "account.move": [
        "commercial_partner_id",
        "payment_state",
        "pom_disputed_amount",
        "preferred_payment_method_line_id",
    ],
    "account.move.line": None,
    "account.payment": None,
    "payment.transaction": None,
    "pom.paylink": ["move_id", "withdrawn"],
}


class AccountMove(models.Model):
    """Which open invoices aren't as late as their journal items tell: as many as there
    are such, whatever the books.
    """

    _inherit = "account.move"

    @api.model
    def _pom_not_as_booked(self, companies, whenever=False):
        """Open invoices of which a plan was agreed to or money is on its way, and of
        those whose day has passed, what perhaps isn't asked.

        :param bool whenever: also of those whose day is still to come, and all of which
            the word for the debt says more than the books
        :rtype: account.move
        """
        for model, names in READ.items():
            self.env[model].flush_model(names)
        key = ("pom_not_as_booked", companies._ids, whenever)
        find = lambda: self._pom_ids_not_as_booked(companies, whenever)  # noqa: E731
        return self.sudo().browse(self._pom_read_once(key, find))

    @api.model
    def _pom_read_once(self, key, find):
        """What ``find()`` returns. A list finds, groups and counts, and asks for each:
        a transaction that wrote nothing sees the same each time. What is read is to be
        flushed before.
        """
        [(wrote, seen)] = self.env.execute_query(
            SQL(
                "SELECT pg_current_xact_id_if_assigned() IS NOT NULL,"
                " pg_current_snapshot()::text"
            )
        )
        if wrote:
            return find()
        cache, key = self.env.cr.cache, (key, seen)
        if key not in cache:
            cache[key] = find()
        return cache[key]

    @api.model
    def _pom_ids_not_as_booked(self, companies, whenever):
        # PostgreSQL would compile for seconds what it does in a few tenths of one.
        self.env.cr.execute("SET LOCAL jit = off")
        today = max(company._pom_today() for company in companies)
        owing = SQL(
            """line.reconciled IS NOT TRUE AND line.parent_state = 'posted'
           AND line.display_type = 'payment_term' AND line.company_id IN %s""",
            tuple(companies.ids),
        )
        late = SQL("%s AND line.date_maturity < %s", owing, today)
        when = owing if whenever else late
        union = SQL(" UNION ")
        with_money = SQL(
            """SELECT id FROM res_partner
                WHERE commercial_partner_id = ANY(ARRAY(%s))""",
            self.env["res.partner"]._pom_with_money(companies),
        )
        found = [
            self._pom_owing_of("move_id", union.join(self._pom_agreed()), owing),
            self._pom_owing_of("move_id", union.join(self._pom_on_its_way()), when),
            self._pom_owing_of("partner_id", with_money, when),
            self._pom_query_unasked(when, whenever),
        ]
        query = SQL("SELECT DISTINCT move_id FROM (%s) item", union.join(found))
        return tuple(row[0] for row in self.env.execute_query(query))

    @api.model
    def _pom_query_unasked(self, owing, whenever):
        unasked = self._pom_sql_unasked()
        if whenever:
            unasked = SQL("(%s OR %s)", unasked, self._pom_sql_worded())
        return SQL(
            """SELECT line.id, line.move_id FROM (%s) line
           CROSS JOIN LATERAL (SELECT * FROM account_move known
                                WHERE known.id = line.move_id OFFSET 0) move
                WHERE %s""",
            self._pom_perhaps_unasked(owing, whenever),
            unasked,
        )

    @api.model
    def _pom_owing_of(self, column, few, owing):
        """
        :param str column: of journal items, what ``few`` is a query of ids of
        :param SQL owing: condition on each ``line``
        :return: a query of the ids of items and their documents
        """
        return SQL(OWING_OF, column=SQL.identifier(column), few=few, owing=owing)

    @api.model
    def _pom_perhaps_unasked(self, owing, _whenever):
        """Items among which are all that aren't asked: a query of their ids, and of
        their documents'. Hook: whoever knows that they are few.
        """
        return SQL(OWING, owing=owing)

    @api.model
    def _pom_agreed(self):
        """Queries of the ids of documents that are paid on other days than they say, as
        agreed, some of them perhaps over. Hook.

        :rtype: list[SQL]
        """
        return [SQL("SELECT id FROM account_move WHERE FALSE")]

    @api.model
    def _pom_sql_agreed(self):
        """Whether the document of a ``line`` is one of these."""
        return SQL("line.move_id IN (%s)", SQL(" UNION ").join(self._pom_agreed()))

    @api.model
    def _pom_sql_worded(self):
        """Asked as others are, and another word for it: by bank lines that name it and
        that nobody matched. Hook.
        """
        return SQL(
            """EXISTS (SELECT FROM account_bank_statement_line named
                        WHERE named.pom_named_id = line.move_id
                          AND named.is_reconciled IS NOT TRUE)"""
        )

    @api.model
    def _pom_on_its_way(self):
        """Queries of the ids of documents for which money may be on its way.

        :rtype: list[SQL]
        """
        by_provider = SQL(
            """SELECT rel.invoice_id
                 FROM account_invoice_transaction_rel rel
                WHERE rel.transaction_id = ANY(ARRAY(
                      SELECT tx.id FROM payment_transaction tx
                       WHERE tx.pom_problem IS NOT NULL
                          OR tx.state IN ('pending', 'authorized')
                          OR tx.state = 'draft' AND tx.pom_expires_at > %s
                          OR tx.state = 'done'
                         AND tx.is_post_processed IS NOT TRUE))""",
            fields.Datetime.now(),
        )
        registered = SQL(
            """SELECT rel.invoice_id
                 FROM account_payment pay
                 JOIN account_move__account_payment rel ON rel.payment_id = pay.id
                WHERE pay.move_id IS NULL AND pay.state IN ('in_process', 'paid')"""
        )
        return [by_provider, registered]

    @api.model
    def _pom_sql_unasked(self):
        """Contested, blocked, taken back, or collected by the creditor."""
        return SQL(
            """(NOT EXISTS (SELECT FROM pom_paylink link
                             WHERE link.move_id = line.move_id
                               AND link.withdrawn IS NOT TRUE)
                OR move.pom_disputed_amount > 0
                OR move.payment_state = 'blocked'
                OR move.preferred_payment_method_line_id IN (
                       SELECT way.id FROM account_payment_method_line way
                         JOIN account_payment_method method
                           ON method.id = way.payment_method_id
                        WHERE method.code IN %s)
                OR %s%s)""",
            DIRECT_DEBITS,
            self._pom_sql_debited(),
            SQL(" OR line.id IN (%s)", self._pom_ordered())
            if "account.payment.line" in self.env
            else SQL(),
        )

    @api.model
    def _pom_ordered(self):
        """A query of the ids of items that OCA's payment orders will collect."""
        self.env["account.payment.line"].flush_model(["move_line_id", "order_id"])
        self.env["account.payment.order"].flush_model(["payment_type", "state"])
        return SQL(
            """SELECT ordered.move_line_id
                 FROM account_payment_order payments
                 JOIN account_payment_line ordered ON ordered.order_id = payments.id
                WHERE payments.payment_type = 'inbound'
                  AND payments.state IN ('draft', 'open', 'generated')
                  AND ordered.move_line_id IS NOT NULL"""
        )
