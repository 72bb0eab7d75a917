from odoo import api, models
from odoo.tools import SQL

from odoo.addons.pom_message.models.pom_delivery_credit import CREDIT_NOTE

#: Transactions by which no debtor begins to pay.
UNBEGUN = ("refund", "offline", "validation")


class PomDebtFigure(models.Model):
    """How a row is counted."""

    _inherit = "pom.debt.figure"

    @api.model
    def _query_figures(self, moves=None):
        """What was asked on top stands on an invoice's first part, what is contested on
        its last, so that sums are right.

        :param SQL moves: a query of the ids of some invoices; None for all
        """
        return SQL(
            """
            WITH credit AS (%(credit)s),
                 claim AS (%(claims)s),
                 attempt AS (%(attempts)s)
            SELECT %(columns)s
              FROM credit
              JOIN account_move_line line ON line.id = credit.id
              JOIN account_move move ON move.id = line.move_id
              JOIN (SELECT id, COUNT(*) OVER (PARTITION BY move_id) AS parts,
                           ROW_NUMBER() OVER (PARTITION BY move_id ORDER BY id) AS n
                      FROM credit) part ON part.id = line.id
              JOIN res_partner partner ON partner.id = move.partner_id
              JOIN res_partner debtor ON debtor.id = move.commercial_partner_id
         LEFT JOIN claim ON claim.move_id = line.move_id
         LEFT JOIN pom_delivery message ON message.id = credit.delivery_id
         LEFT JOIN attempt ON attempt.move_id = line.move_id
            """,
            credit=self.env["pom.delivery"]._query_credit(
                self._are(SQL("line.move_id"), moves)
            ),
            claims=self.env["account.move"]._pom_sql_claimed(),
            attempts=self._query_attempts(moves),
            columns=SQL(", ").join([self._books(), self._asking(), self._paying()]),
        )

    @api.model
    def _messages_of(self, moves):
        """How often each of these was asked, counted of them alone.

        :rtype: dict[int, int]
        """
        if not moves.ids:
            return {}
        for name, telling in self._depends.items():
            self.env[name].flush_model(telling)
        rows = self._query_figures(SQL("SELECT unnest(%s)", moves.ids))
        query = "SELECT move_id, MAX(messages) FROM (%s) figure GROUP BY move_id"
        return dict(self.env.execute_query(SQL(query, rows)))

    @api.model
    def _are(self, column, moves):
        """An array, since PostgreSQL then knows that they are few, and seeks them."""
        return SQL("%s = ANY(ARRAY(%s))", column, moves) if moves else SQL("TRUE")

    @api.model
    def _query_attempts(self, moves):
        """When a payment of each invoice was first begun by the debtor."""
        return SQL(
            """
            SELECT rel.invoice_id AS move_id, MIN(tx.create_date) AS begun
              FROM account_invoice_transaction_rel rel
              JOIN payment_transaction tx ON tx.id = rel.transaction_id
             WHERE tx.operation NOT IN %s AND %s
          GROUP BY rel.invoice_id
            """,
            UNBEGUN,
            self._are(SQL("rel.invoice_id"), moves),
        )

    @api.model
    def _books(self):
        """Columns that the books tell."""
        return SQL(
            """
            line.id, line.move_id, move.commercial_partner_id AS partner_id,
            line.company_id, line.journal_id, line.company_currency_id AS currency_id,
            CASE WHEN %s THEN 'business' ELSE 'consumer' END AS "group",
            COALESCE(partner.lang, debtor.lang) AS lang,
            move.invoice_date, line.date_maturity AS due_date,
            line.balance AS amount, line.amount_residual AS residual
            """,
            self.env["res.company"]._pom_sql_business(
                SQL.identifier("line", "company_id")
            ),
        )

    @api.model
    def _asking(self):
        """Columns of what was asked, contested and agreed to."""
        return SQL(
            """
            CASE WHEN part.n = 1 THEN COALESCE(claim.amount, 0)
                 ELSE 0 END AS claimed,
            CASE WHEN part.n = part.parts
                 THEN ROUND(COALESCE(move.pom_disputed_amount
                      / NULLIF(move.invoice_currency_rate, 0)::numeric, 0), 2)
                 ELSE 0 END AS disputed,
            EXISTS (SELECT FROM pom_payer_request_move_rel rel
                      JOIN pom_payer_request request ON request.id = rel.request_id
                     WHERE rel.move_id = line.move_id
                       AND request.kind = 'dispute') AS is_disputed,
            %s AS is_agreed,
            credit.asked_date, credit.asked_channel,
            LEAST(credit.seen_date, attempt.begun) AS seen_date,
            attempt.begun AS begun_date,
            credit.messages::int AS messages, credit.reminders::int AS reminders
            """,
            self.env["account.move"]._pom_sql_agreed(),
        )

    @api.model
    def _paying(self):
        """Columns of how it was paid."""
        return SQL(
            """
            credit.paid_on AS paid_date, credit.way, credit.method_id,
            credit.delivery_id, message.channel,
            credit.paid_on - move.invoice_date AS days_to_pay,
            credit.paid_on - line.date_maturity AS days_late,
            COALESCE(credit.paid_on <= line.date_maturity, FALSE) AS is_on_time,
            COALESCE(%s, FALSE) AS is_quick
            """,
            self._is_quick(),
        )

    @api.model
    def _is_quick(self):
        """Within 24 hours of the first message; what came by bank has no hour: on that
        day or the next. What a credit note settled nobody paid.
        """
        return SQL(
            """CASE WHEN credit.way = %s THEN FALSE
                    WHEN credit.paid_at IS NOT NULL
                    THEN credit.paid_at <= credit.asked_date + interval '24 hours'
                    ELSE credit.paid_on <= credit.asked_day + 1 END""",
            CREDIT_NOTE,
        )
