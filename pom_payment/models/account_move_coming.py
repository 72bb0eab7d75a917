from collections import defaultdict

from odoo import api, fields, models
from odoo.tools import SQL

from ..debt.facts import ATTEMPT, DIRECT_DEBIT, THROUGH_PROVIDER, Coming

#: Codes of payment methods by which the creditor collects: core's Enterprise addon and
#: OCA's ``account_payment_sepa_direct_debit``.
DIRECT_DEBITS = ("sdd", "sepa_direct_debit")
#: Days that a pending payment keeps others out when its provider stays silent: one of
#: ours is asked again and again, so a day without any answer is enough.
SILENT_DAYS = 1
#: Core's providers can't be asked, and a direct debit takes this long.
UNASKED_DAYS = 7

#: Of a line of OCA's payment orders.
ORDERED = ("move_line_id", "order_id", "amount_currency", "date", "state")
#: Columns of a transaction that say whether its money is on its way.
TELLING = (
    "state",
    "operation",
    "amount",
    "is_post_processed",
    "last_state_change",
    "pom_expires_at",
    "pom_problem",
    "pom_held_amount",
    "pom_silent_since",
    "invoice_ids",
)


class AccountMove(models.Model):
    """Money that is on its way to a debt: facts for its standing."""

    _inherit = "account.move"

    def _pom_coming(self, moving):
        """Money on its way: attempts, what was received or is held, and payments that
        the books don't show yet.

        :param account.move moving: those of these of which there may be some
        :rtype: dict[int, list[Coming]]
        """
        found = defaultdict(list)
        if moving.ids:
            for (
                move_id,
                kind,
                amount,
                moment,
                _id,
                currency_id,
                paid,
                part,
            ) in self.env.execute_query(
                SQL(" UNION ALL ").join(moving._pom_on_their_way())
            ):
                move = self.browse(move_id)
                # Looked at here: joining entries takes longer to plan than the rest.
                if paid and abs(move.amount_residual) != abs(move.amount_total):
                    continue
                if currency_id not in (None, move.currency_id.id):
                    amount = None
                amount = None if amount is None else move._pom_decimal(amount)
                day = moment and move.company_id._pom_local(moment).date()
                found[move_id].append(Coming(kind, amount, day, part))
        for move in self:
            if move._pom_is_collected() and not found[move.id]:
                found[move.id].append(Coming(DIRECT_DEBIT))
        return found

    def _pom_on_their_way(self):
        """Queries of money that is on its way: rows of invoice, kind, amount (none
        where one pays several), moment in UTC, id, id of the currency where that may
        be another than the invoice's, whether it only counts as long as the books have
        nothing as paid, and the day of the part that will be collected. Hook.

        :rtype: list[SQL]
        """
        queries = [
            self._pom_transactions_on_their_way(),
            self._pom_payments_without_entry(),
            self._pom_lines_with_reference(),
        ]
        if "account.payment.line" in self.env:
            queries.append(self._pom_payment_order_lines())
        if self._pom_knows_mandates():
            queries.append(self._pom_debits_to_come())
        return queries

    @api.model
    def _pom_sql_moving(self, move_id):
        """Subqueries of one value each, by what they are a sign of: none is set where
        nothing that :meth:`_pom_on_their_way` asks about a document can be. Of most
        there is nothing, and seeing that takes a look into an index. Hook: whoever adds
        a query there adds a sign of it here.

        :param SQL move_id: of the document
        :rtype: dict[str, SQL]
        """
        self.env["account.bank.statement.line"].flush_model(["pom_named_id"])
        signs = {
            "attempts": SQL(
                "(SELECT TRUE FROM account_invoice_transaction_rel rel"
                " WHERE rel.invoice_id = %s LIMIT 1)",
                move_id,
            ),
            "payments": SQL(
                "(SELECT TRUE FROM account_move__account_payment rel"
                " WHERE rel.invoice_id = %s LIMIT 1)",
                move_id,
            ),
            "named": SQL(
                "(SELECT TRUE FROM account_bank_statement_line named"
                " WHERE named.pom_named_id = %s"
                " AND named.is_reconciled IS NOT TRUE LIMIT 1)",
                move_id,
            ),
        }
        if "account.payment.line" in self.env or self._pom_knows_mandates():
            # Collected by orders or mandates: most of what there is.
            signs["orders"] = SQL("TRUE")
        return signs

    def _pom_transactions_on_their_way(self):
        self.env["payment.transaction"].flush_model(TELLING)
        now = fields.Datetime.now()
        ours = tuple(self.env["payment.provider"]._pom_adapters()) or ("",)
        return SQL(
            """
            SELECT rel.invoice_id,
                   CASE WHEN tx.state = 'done' THEN 'received'
                        WHEN tx.pom_problem IS NOT NULL THEN 'held'
                        ELSE 'attempt' END,
                   CASE WHEN NOT EXISTS (
                                 SELECT FROM account_invoice_transaction_rel other
                                  WHERE other.transaction_id = tx.id
                                    AND other.invoice_id <> rel.invoice_id)
                        THEN COALESCE(NULLIF(tx.pom_held_amount, 0), tx.amount) END,
                   COALESCE(tx.last_state_change, tx.create_date),
                   tx.id, NULL::int, FALSE, NULL::date
              FROM account_invoice_transaction_rel rel
              JOIN payment_transaction tx ON tx.id = rel.transaction_id
              JOIN payment_provider provider ON provider.id = tx.provider_id
             WHERE rel.invoice_id IN %(ids)s
               AND tx.operation IS DISTINCT FROM 'refund'
               AND CASE WHEN tx.state = 'done' THEN tx.is_post_processed IS NOT TRUE
                        WHEN tx.pom_problem IS NOT NULL THEN TRUE
                        WHEN provider.code IN ('none', 'custom') THEN FALSE
                        WHEN tx.state = 'authorized' THEN TRUE
                        WHEN tx.state = 'draft' THEN tx.pom_expires_at > %(now)s
                        WHEN tx.state <> 'pending' THEN FALSE
                        WHEN provider.code IN %(ours)s
                             AND tx.pom_callback_url IS NOT NULL
                        THEN COALESCE(tx.pom_silent_since > %(silent)s, TRUE)
                             OR tx.pom_expires_at > %(now)s
                        ELSE COALESCE(tx.last_state_change, tx.create_date)
                             > %(unasked)s END
            """,
            ids=tuple(self.ids),
            now=now,
            ours=ours,
            silent=fields.Datetime.subtract(now, days=SILENT_DAYS),
            unasked=fields.Datetime.subtract(now, days=UNASKED_DAYS),
        )

    def _pom_attempts_under_way(self):
        """Attempts to pay these that keep others out, the newest first.

        :rtype: payment.transaction
        """
        transactions = self.env["payment.transaction"]
        if not self.ids:
            return transactions
        rows = self.env.execute_query(self._pom_transactions_on_their_way())
        ids = {row[4] for row in rows if row[1] == ATTEMPT}
        return transactions.browse(sorted(ids, reverse=True))

    def _pom_payments_without_entry(self):
        """Registered, but in no entry yet, as where no outstanding account is set: they
        count as core's ``payment_state`` counts them.
        """
        self.env["account.payment"].flush_model(["state", "amount", "move_id", "date"])
        return SQL(
            """
            SELECT rel.invoice_id, 'registered',
                   CASE WHEN NOT EXISTS (
                                 SELECT FROM account_move__account_payment other
                                  WHERE other.payment_id = pay.id
                                    AND other.invoice_id <> rel.invoice_id)
                        THEN pay.amount END,
                   pay.date + TIME '12:00', NULL, pay.currency_id,
                   pay.state = 'paid', NULL
              FROM account_move__account_payment rel
              JOIN account_payment pay ON pay.id = rel.payment_id
             WHERE rel.invoice_id IN %s
               AND pay.move_id IS NULL
               AND pay.payment_type = 'inbound'
               AND pay.state IN ('in_process', 'paid')
            """,
            tuple(self.ids),
        )

    def _pom_left_of_named(self):
        """What money with the reference of one of these is for, at most.

        :return: what the books have open of each, by ids of it and its currency
        :rtype: dict[tuple[int, int], Decimal]
        """
        return {
            (move.id, move.currency_id.id): move._pom_decimal(move.amount_residual)
            for move in self
            if move.state == "posted" and move.amount_residual > 0
        }

    def _pom_lines_with_reference(self):
        """Bank lines with the reference of one of these that nobody matched yet: what
        came in is here, whoever sent it.
        """
        self.env["account.bank.statement.line"].flush_model(
            ["pom_named_id", "is_reconciled", "amount_residual"]
        )
        return SQL(
            """
            SELECT line.pom_named_id, 'received', abs(line.amount_residual),
                   line.create_date, NULL,
                   COALESCE(line.foreign_currency_id, line.currency_id), FALSE, NULL
              FROM account_bank_statement_line line
             WHERE line.pom_named_id IN %s
               AND line.is_reconciled IS NOT TRUE
               AND line.amount > 0
               AND line.amount_residual <> 0
            """,
            tuple(self.ids),
        )

    def _pom_payment_order_lines(self):
        """What OCA's payment orders will collect. Once an order is uploaded, its
        payments tell.
        """
        self.env["account.payment.line"].flush_model(ORDERED)
        self.env["account.payment.order"].flush_model(["payment_type", "state"])
        return SQL(
            """
            SELECT item.move_id, 'direct_debit', line.amount_currency,
                   COALESCE(line.date, item.date_maturity) + TIME '12:00', NULL, NULL,
                   FALSE, %s
              FROM account_payment_line line
              JOIN account_payment_order payments ON payments.id = line.order_id
              JOIN account_move_line item ON item.id = line.move_line_id
             WHERE item.move_id IN %s
               AND payments.payment_type = 'inbound'
               AND payments.state IN ('draft', 'open', 'generated')
            """,
            self._pom_sql_ordered_part(),
            tuple(self.ids),
        )

    @api.model
    def _pom_sql_ordered_part(self):
        """Day of the part that a payment ``line`` for an ``item`` collects. Hook."""
        return SQL("item.date_maturity")

    @api.model
    def _pom_knows_mandates(self):
        """Whether invoices name OCA's mandates."""
        return "account.banking.mandate" in self.env and "mandate_id" in self._fields

    def _pom_debits_to_come(self):
        """What a valid mandate is there for, and is in no order yet. Nobody collects
        again by itself what came back.
        """
        return SQL(
            """
            SELECT line.move_id, 'direct_debit',
                   line.amount_residual_currency - COALESCE(orders.amount, 0),
                   NULL, NULL, NULL, FALSE, line.date_maturity
              FROM account_move_line line
              JOIN account_move move ON move.id = line.move_id
 LEFT JOIN LATERAL (SELECT sum(ordered.amount_currency) AS amount
                      FROM account_payment_line ordered
                     WHERE ordered.move_line_id = line.id
                       AND ordered.state IN ('draft', 'open', 'generated')) orders
                ON TRUE
             WHERE line.move_id IN %s
               AND line.display_type = 'payment_term'
               AND line.amount_residual_currency > COALESCE(orders.amount, 0)
               AND %s
            """,
            tuple(self.ids),
            self._pom_sql_debited(),
        )

    @api.model
    def _pom_sql_debited(self):
        """Whether the creditor collects a ``line`` of a ``move`` with a mandate."""
        if not self._pom_knows_mandates():
            return SQL("FALSE")
        self.flush_model(["mandate_id"])
        self.env["account.banking.mandate"].flush_model(["state"])
        self.env["account.payment.line"].flush_model(ORDERED)
        return SQL(
            """(EXISTS (SELECT FROM account_banking_mandate mandate
                         WHERE mandate.id = move.mandate_id
                           AND mandate.state IN ('valid', 'final'))
                AND NOT EXISTS (SELECT FROM account_payment_line ordered
                                 WHERE ordered.move_line_id = line.id
                                   AND ordered.state = 'uploaded'
                                   AND %s))""",
            self._pom_sql_came_back(),
        )

    @api.model
    def _pom_sql_came_back(self):
        """Whether the bank sent back what was ``ordered``, as far as that is known:
        what is open though its order is uploaded. Hook.
        """
        return SQL("TRUE")

    def _pom_is_collected(self):
        """Whether the creditor collects it by the way to pay that was chosen; where
        there are OCA's mandates, those tell. Hook.
        """
        way = self.preferred_payment_method_line_id
        return way.code in DIRECT_DEBITS and not self._pom_knows_mandates()

    def _pom_ids_under_way(self):
        """Ids of those that are being paid through a provider: money that comes from
        elsewhere may be the same.

        :rtype: set[int]
        """
        if not self.ids:
            return set()
        rows = self.env.execute_query(self._pom_transactions_on_their_way())
        return {row[0] for row in rows if row[1] in THROUGH_PROVIDER}
