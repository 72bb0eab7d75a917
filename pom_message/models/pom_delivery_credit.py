from datetime import datetime, time

from odoo import api, fields, models
from odoo.tools import SQL

from odoo.addons.pom_payment.models.account_move_debt import PAYABLE

from .pom_delivery_outcome import LOST

#: The ways in which a debt goes away. Nobody was to pay what a credit note settled, and
#: nobody paid what was settled without money, such as written off.
CREDIT_NOTE, NOTED = "credit_note", "noted"
WAYS = [
    ("online", "Payment page"),
    ("charge", "Charged by itself"),
    ("transfer", "Bank transfer"),
    ("registered", "Registered by hand"),
    (CREDIT_NOTE, "Credit note"),
    ("other", "Other entry"),
    (NOTED, "Settled without a payment"),
]


class PomDelivery(models.Model):
    """Which message made the debtor pay: the last one that left before the payment and
    arrived. What came by bank has a day and no hour: of that day only the first message
    of all is taken for it, since a transfer arrives on the day it's made or later.
    """

    _inherit = "pom.delivery"

    @api.model
    def _query_credit(self, lines):
        """How each part of invoices was asked and settled.

        :param SQL lines: condition on the journal items, called ``line``
        :return: a query with a row for each part: ``id`` of its journal item,
            ``move_id``, ``settled_on`` (day), ``paid_on`` (the same, unless it was
            settled without money), ``paid_at`` (in UTC; only of what a provider took),
            ``way``, ``method_id``, ``asked_date``, ``asked_day`` and
            ``asked_channel`` of the first message before the payment, ``seen_date``,
            ``delivery_id`` of the last one, how many ``messages`` and, among these,
            ``reminders``
        :rtype: SQL
        """
        return SQL(
            """
            WITH zone(company_id, name) AS (%(zones)s),
                 part AS (%(parts)s),
                 settled AS (%(settled)s),
                 message AS (%(messages)s)
            SELECT part.id, part.move_id, settled.settled_on,
                   settled.paid_on, settled.paid_at, settled.way, settled.method_id,
                   MIN(message.sent_date) FILTER (WHERE is_before) AS asked_date,
                   MIN(message.day) FILTER (WHERE is_before) AS asked_day,
                   (ARRAY_AGG(message.channel
                              ORDER BY message.sent_date, message.delivery_id)
                    FILTER (WHERE is_before))[1] AS asked_channel,
                   MIN(message.seen_date) AS seen_date,
                   (ARRAY_AGG(message.delivery_id
                              ORDER BY message.sent_date DESC, message.delivery_id DESC)
                    FILTER (WHERE is_before AND settled.way NOT IN %(unpaid)s)
                   )[1] AS delivery_id,
                   COUNT(*) FILTER (WHERE is_before) AS messages,
                   COUNT(*) FILTER (WHERE is_before AND message.kind <> 'invoice')
                       AS reminders
              FROM part
         LEFT JOIN settled ON settled.id = part.id
         LEFT JOIN message ON message.id = part.id
        CROSS JOIN LATERAL (
                SELECT message.sent_date IS NOT NULL
                   AND (settled.id IS NULL
                        OR message.sent_date <= settled.paid_at
                        OR settled.paid_at IS NULL
                       AND (message.day < settled.settled_on
                            OR message.day = settled.settled_on
                           AND message.day = message.first_day)) AS is_before) told
          GROUP BY part.id, part.move_id, settled.settled_on, settled.paid_on,
                   settled.paid_at, settled.way, settled.method_id
            """,
            zones=self._zones(),
            parts=self._query_parts(lines),
            settled=self._query_settled(),
            messages=self._query_messages(),
            unpaid=(CREDIT_NOTE, NOTED),
        )

    @api.model
    def _zones(self):
        companies = self.env["res.company"].sudo().search_fetch([], ["partner_id"])
        rows = [SQL("(%s, %s)", one.id, one._pom_zone()) for one in companies]
        return SQL("VALUES %s", SQL(", ").join(rows))

    @api.model
    def _query_parts(self, lines):
        return SQL(
            """
            SELECT line.id, line.move_id, line.date_maturity, line.reconciled,
                   zone.name AS zone, COUNT(*) OVER (PARTITION BY line.move_id) AS parts
              FROM account_move_line line
              JOIN account_move move ON move.id = line.move_id
              JOIN zone ON zone.company_id = line.company_id
             WHERE line.display_type = 'payment_term'
               AND line.parent_state = 'posted'
               AND line.balance > 0
               AND move.move_type IN %s
               AND (%s)
            """,
            PAYABLE,
            lines,
        )

    @api.model
    def _query_settled(self):
        """Of each ``part`` that nothing is open of, when and how the last of it came;
        what only rounds off (an exchange difference, a discount) says nothing of it.
        Who gives up a rest of some cents was paid; who gives up most of it wasn't.
        """
        entry = SQL("entry")
        return SQL(
            """
            SELECT part.id, last.settled_on, last.way,
                   CASE WHEN last.way <> %(noted)s THEN last.settled_on END AS paid_on,
                   CASE WHEN last.way <> %(noted)s THEN last.changed END AS paid_at,
                   CASE WHEN last.way <> %(noted)s THEN last.method_id END AS method_id
              FROM part
        CROSS JOIN LATERAL (
                SELECT credit.date AS settled_on,
                       tx.last_state_change AS changed,
                       tx.payment_method_id AS method_id,
                       CASE WHEN SUM(partial.amount) FILTER (WHERE is_noted) OVER ()
                               > COALESCE(SUM(partial.amount)
                                 FILTER (WHERE NOT is_noted) OVER (), 0)
                            THEN %(noted)s
                            WHEN tx.operation = 'offline' THEN 'charge'
                            WHEN tx.id IS NOT NULL THEN 'online'
                            WHEN entry.statement_line_id IS NOT NULL THEN 'transfer'
                            WHEN entry.move_type = 'out_refund' THEN %(credit_note)s
                            WHEN payment.id IS NOT NULL THEN 'registered'
                            ELSE 'other' END AS way
                  FROM account_partial_reconcile partial
                  JOIN account_move_line credit ON credit.id = partial.credit_move_id
                  JOIN account_move entry ON entry.id = credit.move_id
             LEFT JOIN account_payment payment ON payment.id = entry.origin_payment_id
             LEFT JOIN payment_transaction tx
                    ON tx.id = payment.payment_transaction_id
            CROSS JOIN LATERAL (SELECT %(is_noted)s, %(is_money)s)
                       AS kind(is_noted, is_money)
                 WHERE partial.debit_move_id = part.id
              ORDER BY (NOT is_money AND entry.move_type <> 'out_refund'),
                       credit.date DESC, partial.id DESC
                 LIMIT 1) last
             WHERE part.reconciled
            """,
            noted=NOTED,
            credit_note=CREDIT_NOTE,
            is_noted=self.env["account.move"]._pom_sql_is_noted(entry),
            is_money=self.env["account.move"]._pom_sql_is_money(entry),
        )

    @api.model
    def _query_messages(self):
        """What left about each ``part`` and wasn't lost: all that is said of an invoice
        with one part, and of one with several what asked that part.
        """
        return SQL(
            """
            SELECT part.id, message.id AS delivery_id, message.sent_date,
                   message.seen_date, message.channel, message.kind,
                   local.day, MIN(local.day) OVER (PARTITION BY part.id) AS first_day
              FROM part
              JOIN pom_delivery_move_rel rel ON rel.move_id = part.move_id
              JOIN pom_delivery message ON message.id = rel.delivery_id
        CROSS JOIN LATERAL (
                SELECT (message.sent_date AT TIME ZONE 'UTC'
                        AT TIME ZONE part.zone)::date) local(day)
             WHERE message.sent_date IS NOT NULL
               AND message.state NOT IN %(lost)s
               AND message.kind IN %(asking)s
               AND (part.parts = 1 OR message.kind = 'invoice'
                    OR part.date_maturity <= (
                       SELECT MAX((row->>1)::date)
                         FROM jsonb_array_elements(message.parts) row
                        WHERE (row->>0)::int = part.move_id))
            """,
            lost=LOST,
            asking=self._asking_kinds(),
        )

    # -- noting it on the messages -----------------------------------------------------

    def _note_settled(self):
        """Write down when what these asked was paid, and which of them made it so."""
        now, at, credited = fields.Datetime.now(), {}, set()
        for move_id, day, paid_at, delivery_id in self._credits(self.move_ids):
            # Noon is within that day, wherever the company is.
            moment = min(paid_at or datetime.combine(day, time(12)), now)
            at[move_id] = max(moment, at.get(move_id, moment))
            credited.add(delivery_id)
        for delivery in self:
            moment = max(at.get(move_id, now) for move_id in delivery.move_ids.ids)
            is_it = delivery.id in credited
            delivery.settled_date = moment
            delivery.paid_date = is_it and max(moment, delivery.sent_date)

    @api.model
    def _credits(self, moves):
        if not moves:
            return []
        self.env.flush_all()
        rows = self._query_credit(SQL("line.move_id IN %s", tuple(moves.ids)))
        return self.env.execute_query(
            SQL(
                "SELECT move_id, settled_on, paid_at, delivery_id FROM (%s) credit"
                " WHERE settled_on IS NOT NULL",
                rows,
            )
        )
