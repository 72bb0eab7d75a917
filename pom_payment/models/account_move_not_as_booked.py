from odoo import api, fields, models
from odoo.tools import SQL

from .account_move_coming import DIRECT_DEBITS

#: Ids of invoices of which customers still owe something, by their due ``line``, by
#: core's index of what isn't reconciled; further conditions on it and ``move`` follow.
OWING = SQL(
    """SELECT DISTINCT line.move_id
         FROM account_move_line line
         JOIN account_move move ON move.id = line.move_id
        WHERE line.account_id = ANY(ARRAY(SELECT id FROM account_account
                                           WHERE account_type = 'asset_receivable'))
          AND line.reconciled IS NOT TRUE
          AND line.parent_state = 'posted'
          AND line.display_type = 'payment_term'"""
)

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
        # PostgreSQL would compile for seconds what it does in a few tenths of one.
        self.env.cr.execute("SET LOCAL jit = off")
        today = max(company._pom_today() for company in companies)
        rows = self.env.execute_query(
            SQL(
                """
                %(owing)s AND line.company_id IN %(companies)s
                   AND (%(agreed)s OR %(day)s
                                  AND (%(on_its_way)s OR %(unasked)s OR %(here)s))
                """,
                owing=OWING,
                day=SQL("TRUE") if whenever else SQL("line.date_maturity < %s", today),
                companies=tuple(companies.ids),
                agreed=self._pom_sql_agreed(),
                on_its_way=self._pom_sql_on_its_way(),
                unasked=SQL(
                    "(%s OR %s)", self._pom_sql_unasked(), self._pom_sql_worded()
                )
                if whenever
                else self._pom_sql_unasked(),
                here=self._pom_sql_money_here(companies),
            )
        )
        return self.sudo().browse(row[0] for row in rows)

    @api.model
    def _pom_sql_agreed(self):
        """Paid on other days than the document's, as agreed. Hook."""
        return SQL("FALSE")

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
    def _pom_sql_on_its_way(self):
        return SQL(
            """(EXISTS (SELECT FROM account_invoice_transaction_rel rel
                          JOIN payment_transaction tx ON tx.id = rel.transaction_id
                         WHERE rel.invoice_id = line.move_id
                           AND (tx.pom_problem IS NOT NULL
                                OR tx.state IN ('pending', 'authorized')
                                OR tx.state = 'draft' AND tx.pom_expires_at > %s
                                OR tx.state = 'done'
                               AND tx.is_post_processed IS NOT TRUE))
                OR EXISTS (SELECT FROM account_move__account_payment rel
                             JOIN account_payment pay ON pay.id = rel.payment_id
                            WHERE rel.invoice_id = line.move_id
                              AND pay.move_id IS NULL
                              AND pay.state IN ('in_process', 'paid')))""",
            fields.Datetime.now(),
        )

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
            SQL(
                """ OR EXISTS (SELECT FROM account_payment_line ordered
                                 JOIN account_payment_order payments
                                   ON payments.id = ordered.order_id
                                WHERE ordered.move_line_id = line.id
                                  AND payments.payment_type = 'inbound'
                                  AND payments.state IN
                                      ('draft', 'open', 'generated'))"""
            )
            if "account.payment.line" in self.env
            else SQL(),
        )

    @api.model
    def _pom_sql_money_here(self, companies):
        """Of debtors who have money with us: as many as there are such."""
        return SQL(
            """EXISTS (SELECT FROM res_partner debtor
                        WHERE debtor.id = line.partner_id
                          AND debtor.commercial_partner_id IN (%s))""",
            self.env["res.partner"]._pom_with_money(companies),
        )
