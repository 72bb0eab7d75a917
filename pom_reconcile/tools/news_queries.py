"""SQL that finds the open bank lines that something new may concern; parameters by
name: ``accounts``, a query of the ids of receivable and payable accounts, and what
``WAITING_SINCE`` gives. A planner that is told that moment knows how little is new, and
reads no books from end to end.

As :mod:`.match_queries` finds what a line may settle, from the other side: by the words
of :func:`..matching.keys.kept_keys`.
"""

from .match_queries import COMPACT

_AMOUNT = "'=' || trim_scale(abs({0})::numeric)"

#: What a document has that a line may say.
_DOCUMENT = f"""
    m.payment_reference, '#' || m.sequence_number, {COMPACT % "m.name"},
    {COMPACT % "COALESCE(m.ref, '')"}, {_AMOUNT.format("m.amount_total")}"""

#: ``since``, some minutes before open lines were tried, and ``before``, the last
#: reconciliation of before that; nothing where none was.
WAITING_SINCE = """
    SELECT since, COALESCE((SELECT r.id FROM account_partial_reconcile r
                             WHERE r.create_date <= since
                             ORDER BY r.id DESC LIMIT 1), 0)
      FROM (SELECT min(pom_tried_on) - INTERVAL '5 minutes' AS since
              FROM account_bank_statement_line
             WHERE is_reconciled IS NOT TRUE AND pom_keys IS NOT NULL) waiting
     WHERE since IS NOT NULL"""

#: Lines that were tried and left open; what was posted, paid, opened again
#: or registered since the first of those moments: of the debtors all that is open, who
#: they are, and what was just paid of them. What others wrote bears the moment at which
#: they began, and is seen when they are through: some minutes later at most.
LINES_WITH_NEWS = f"""
    WITH waiting AS MATERIALIZED (
        SELECT s.id, s.pom_tried_on, s.pom_keys
          FROM account_bank_statement_line s
         WHERE s.is_reconciled IS NOT TRUE AND s.pom_keys IS NOT NULL
    ), settled AS MATERIALIZED (
        SELECT r.debit_move_id, r.credit_move_id, r.create_date
          FROM account_partial_reconcile r
         WHERE r.id > %(before)s
    ), items AS MATERIALIZED (
        SELECT l.move_id, l.partner_id, l.write_date AS moment
          FROM account_move_line l
         WHERE l.account_id = ANY(ARRAY(%(accounts)s))
           AND l.reconciled IS NOT TRUE
           AND l.parent_state = 'posted'
           AND l.write_date > %(since)s
     UNION ALL
        SELECT l.move_id, l.partner_id, d.create_date
          FROM settled d
          JOIN account_move_line l ON l.id IN (d.debit_move_id, d.credit_move_id)
    ), payments AS MATERIALIZED (
        SELECT y.id, y.partner_id, y.memo, y.payment_reference, y.amount,
               y.payment_transaction_id, y.write_date AS moment
          FROM account_payment y
         WHERE y.is_matched IS NOT TRUE
           AND y.write_date > %(since)s
    ), debtors AS MATERIALIZED (
        SELECT p.commercial_partner_id AS id, max(n.moment) AS moment
          FROM (SELECT partner_id, moment FROM items
             UNION ALL SELECT partner_id, moment FROM payments) n
          JOIN res_partner p ON p.id = n.partner_id
         GROUP BY p.commercial_partner_id
    ), news(words, moment) AS MATERIALIZED (
        SELECT ARRAY[{_DOCUMENT}], i.moment
          FROM items i
          JOIN account_move m ON m.id = i.move_id
     UNION ALL
        SELECT ARRAY[{_DOCUMENT}, {_AMOUNT.format("l.amount_residual_currency")},
                     {_AMOUNT.format("l.discount_amount_currency")}], d.moment
          FROM debtors d
          JOIN res_partner p ON p.commercial_partner_id = d.id
          JOIN account_move_line l
            ON l.partner_id = p.id
           AND l.account_id = ANY(ARRAY(%(accounts)s))
           AND l.reconciled IS NOT TRUE
          JOIN account_move m ON m.id = l.move_id
     UNION ALL
        SELECT ARRAY[lower(p.name), lower(p.email), b.sanitized_acc_number], d.moment
          FROM debtors d
          JOIN res_partner p ON p.commercial_partner_id = d.id
     LEFT JOIN res_partner_bank b ON b.partner_id = p.id AND b.active
     UNION ALL
        SELECT ARRAY[o.number], d.moment
          FROM debtors d
          JOIN pom_match_payer o ON o.partner_id = d.id
     UNION ALL
        SELECT ARRAY[y.memo, y.payment_reference, {_AMOUNT.format("y.amount")},
                     t.reference, upper(t.provider_reference), t.provider_reference,
                     t.pom_payout_reference], y.moment
          FROM payments y
     LEFT JOIN payment_transaction t ON t.id = y.payment_transaction_id
    )
    SELECT DISTINCT w.id
      FROM (SELECT unnest(words) AS word, moment FROM news) n
      JOIN (SELECT s.id, s.pom_tried_on, k.word
              FROM waiting s, jsonb_array_elements_text(s.pom_keys) k(word)) w
        ON w.word = n.word AND n.moment > w.pom_tried_on - INTERVAL '5 minutes'"""
