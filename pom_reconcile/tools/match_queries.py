"""SQL that finds what a batch of bank lines may settle; parameters by name.

One text per question; :mod:`..models.pom_match_candidates` runs each once a batch.
Parameters: ``companies``, ``owners`` (debtors found by account, name or address) and
lists of what the lines say, as :class:`..matching.base.Keys` has them; ``is_noted``,
whether an entry ``e`` settles debts without money.
"""

#: Whether a decision or a suggestion is about a journal ``item``, in the words that
#: their indexes know; behind the name of either.
IS_ABOUT = "allocations @> jsonb_build_array(jsonb_build_array(item.id))"

#: A number without its separators, as ``Keys.compact_names`` has them.
COMPACT = r"regexp_replace(upper(%s), '[^A-Z0-9]', '', 'g')"

#: A number as ``Keys.number_keys`` has them: its parts, without leading zeros.
KEY = (
    r"regexp_replace(regexp_replace(regexp_replace(regexp_replace(upper(%s),"
    r" '[^A-Z0-9]+', '|', 'g'), '([A-Z])([0-9])', '\1|\2', 'g'),"
    r" '([0-9])([A-Z])', '\1|\2', 'g'), '(^|\|)0+(?=[0-9])', '\1', 'g')"
)

#: What is said of every journal item.
ITEM = """
    l.id, l.move_id, l.account_id, l.partner_id, l.currency_id,
    COALESCE(p.commercial_partner_id, l.partner_id) AS commercial_partner_id,
    l.amount_residual_currency AS residual,
    l.amount_currency - l.amount_residual_currency AS paid,
    l.date_maturity, l.discount_date,
    abs(l.amount_currency) - abs(l.discount_amount_currency) AS discount,
    m.name, m.ref, m.payment_reference, m.move_type, m.sequence_number,
    COALESCE(m.invoice_date, m.date) AS date,
    a.account_type"""

#: The words of a name, those that :func:`..matching.names.name_tokens` leaves out too.
WORDS = (
    r"regexp_split_to_array(upper(regexp_replace(normalize("
    r"replace(replace(%s, '.', ''), 'ß', 'ss'), NFKD),"
    r" '[^\u0001-\u007F]', '', 'g')), '[^A-Z0-9]+')"
)

#: Whose an account or an address is.
OWNERS = """
    SELECT p.commercial_partner_id
      FROM res_partner_bank b
      JOIN res_partner p ON p.id = b.partner_id
     WHERE b.sanitized_acc_number = ANY(%(ibans)s) AND b.active
     UNION
    SELECT partner_id
      FROM pom_match_payer
     WHERE number = ANY(%(ibans)s) AND company_id = ANY(%(companies)s)
     UNION
    SELECT commercial_partner_id
      FROM res_partner
     WHERE lower(email) = ANY(%(emails)s)"""

#: Who bears all words of a name, and maybe more; names have their words between blanks.
NAMESAKES = f"""
    SELECT p.commercial_partner_id, p.name
      FROM unnest(%(names)s) AS wanted(name)
      JOIN res_partner p ON {WORDS % "p.name"} @> string_to_array(wanted.name, ' ')"""

#: Names, addresses and accounts of debtors; then the accounts from which persons booked
#: money on them, alone and on others too.
PEOPLE = """
    WITH learnt AS (
        SELECT partner_id,
               array_agg(number) FILTER (WHERE NOT shared) AS alone,
               array_agg(number) FILTER (WHERE shared) AS shared
          FROM (SELECT p.partner_id, p.number,
                       EXISTS (SELECT 1 FROM pom_match_payer o
                                WHERE o.number = p.number
                                  AND o.company_id = ANY(%(companies)s)
                                  AND o.partner_id <> p.partner_id) AS shared
                  FROM pom_match_payer p
                 WHERE p.partner_id = ANY(%(owners)s)
                   AND p.company_id = ANY(%(companies)s)) seen
      GROUP BY partner_id
    )
    SELECT p.commercial_partner_id,
           array_agg(DISTINCT p.name),
           array_agg(DISTINCT p.email),
           array_agg(DISTINCT b.sanitized_acc_number),
           l.alone, l.shared
      FROM res_partner p
 LEFT JOIN res_partner_bank b ON b.partner_id = p.id AND b.active
 LEFT JOIN learnt l ON l.partner_id = p.commercial_partner_id
     WHERE p.commercial_partner_id = ANY(%(owners)s)
  GROUP BY p.commercial_partner_id, l.alone, l.shared"""

BILLS = "('in_invoice', 'in_refund', 'in_receipt')"

#: Kinds of accounts whose items are debts.
DEBTS = "('asset_receivable', 'liability_payable')"

#: What of a journal item says that it's open; payments are found otherwise.
IS_OPEN = """
           l.reconciled IS NOT TRUE
       AND l.parent_state = 'posted'
       AND l.company_id = ANY(%(companies)s)
       AND l.payment_id IS NULL
       AND l.amount_residual_currency <> 0"""

#: What is open and named, or of a debtor so found, or of a sum.
OPEN_ITEMS = f"""
    WITH open AS MATERIALIZED (
        SELECT {ITEM},
               COUNT(*) OVER (PARTITION BY m.id) AS parts
          FROM account_move_line l
          JOIN account_move m ON m.id = l.move_id
          JOIN account_account a ON a.id = l.account_id
     LEFT JOIN res_partner p ON p.id = l.partner_id
         WHERE {IS_OPEN}
           AND a.account_type IN {DEBTS}
           AND a.reconcile
    ), seed AS (
        SELECT DISTINCT commercial_partner_id
          FROM open
         WHERE payment_reference = ANY(%(spellings)s)
            OR sequence_number = ANY(%(sequences)s)
            OR {COMPACT % "name"} = ANY(%(compact)s)
            OR {COMPACT % "COALESCE(ref, '')"} = ANY(%(compact)s)
            OR commercial_partner_id = ANY(%(owners)s)
    )
    SELECT * FROM open
     WHERE abs(residual) = ANY(%(amounts)s)
        OR payment_reference = ANY(%(spellings)s)
        OR commercial_partner_id IN (SELECT * FROM seed)"""

#: Payments that were booked and wait for their money; cash never comes to a bank.
WAITING_PAYMENTS = f"""
    SELECT {ITEM},
           1 AS parts,
           TRUE AS waiting,
           y.id AS payment_id,
           y.memo,
           COALESCE(%(ordered_as)s, y.payment_reference, y.memo) AS end_to_end_id,
           v.code AS provider,
           v.pom_fee_account_id AS fee_account,
           t.reference AS transaction_reference,
           t.provider_reference,
           t.pom_payout_reference AS payout_reference
      FROM account_payment y
      JOIN account_move m ON m.id = y.move_id
      JOIN account_journal j ON j.id = m.journal_id
      JOIN account_move_line l
        ON l.move_id = m.id AND l.account_id = y.outstanding_account_id
      JOIN account_account a ON a.id = l.account_id
 LEFT JOIN res_partner p ON p.id = l.partner_id
 LEFT JOIN payment_transaction t ON t.id = y.payment_transaction_id
 LEFT JOIN payment_provider v ON v.id = t.provider_id
     WHERE y.is_matched IS NOT TRUE
       AND (v.id IS NOT NULL OR j.type <> 'cash')
       AND y.state IN ('in_process', 'paid')
       AND y.company_id = ANY(%(companies)s)
       AND y.date >= %(payments_since)s
       AND l.parent_state = 'posted'
       AND l.reconciled IS NOT TRUE
       AND l.amount_residual_currency <> 0
       AND a.reconcile"""

_APPLIED_TO = """
        SELECT y.id, d.move_id
          FROM chosen y
          JOIN account_move_line c
            ON c.move_id = y.move_id AND c.account_id <> y.outstanding_account_id
          JOIN account_partial_reconcile r ON r.{0}_move_id = c.id
          JOIN account_move_line d ON d.id = r.{1}_move_id"""

#: The documents that ``payments`` were applied to (an entry is sent to nobody): told
#: when they were made, or reconciled with them since. Its two sides are looked for one
#: after the other, each by its index.
APPLIED = f"""
    WITH chosen AS MATERIALIZED (
        SELECT id, move_id, outstanding_account_id
          FROM account_payment
         WHERE id = ANY(%(payments)s)
    ), applied AS (
        SELECT r.payment_id, r.invoice_id AS move_id
          FROM chosen y
          JOIN account_move__account_payment r ON r.payment_id = y.id
     UNION
{_APPLIED_TO.format("credit", "debit")}
     UNION
{_APPLIED_TO.format("debit", "credit")}
    )
    SELECT o.payment_id, d.payment_reference, d.name,
           CASE WHEN d.move_type IN {BILLS} THEN d.ref END AS ref
      FROM applied o
      JOIN account_move d ON d.id = o.move_id AND d.move_type <> 'entry'
     ORDER BY o.payment_id, d.id"""

_INVOICES = "('out_invoice', 'in_invoice', 'out_receipt', 'in_receipt')"
_PAID = "('paid', 'in_payment', 'partial')"

#: A document that may have been paid lately.
_IS_PAID = f"""
           m.company_id = ANY(%(companies)s)
       AND m.date >= %(paid_since)s
       AND m.move_type IN {_INVOICES}
       AND m.payment_state IN {_PAID}"""

#: Documents that a line names, each by its own kind of evidence.
IS_REFERENCED = "m.payment_reference = ANY(%(spellings)s)"
IS_NUMBERED = f"""
           {_IS_PAID}
       AND m.state = 'posted'
       AND m.sequence_number = ANY(%(sequences)s)
       AND (m.commercial_partner_id = ANY(%(owners)s)
            OR m.amount_total = ANY(%(amounts)s)
            OR {KEY % "m.name"} = ANY(%(number_keys)s)
            OR {COMPACT % "m.name"} = ANY(%(compact)s))"""
IS_OF_DEBTOR_AND_AMOUNT = f"""
           {_IS_PAID}
       AND m.commercial_partner_id = ANY(%(owners)s)
       AND m.amount_total = ANY(%(amounts)s)"""
IS_TRANSACTED = """(
           t.reference = ANY(%(tokens)s)
        OR upper(t.provider_reference) = ANY(%(tokens)s))"""
_BY_TRANSACTION = f"""
    SELECT r.invoice_id
      FROM payment_transaction t
      JOIN account_invoice_transaction_rel r ON r.transaction_id = t.id
     WHERE {IS_TRANSACTED}"""
# The bank's line settles the document, or the payment that a person entered for it.
BY_BANK_LINE = """
    SELECT d.move_id
      FROM account_bank_statement_line s
      JOIN account_move_line c ON c.move_id = s.move_id
      JOIN account_partial_reconcile r ON c.id IN (r.credit_move_id, r.debit_move_id)
      JOIN account_move_line d
        ON d.id IN (r.credit_move_id, r.debit_move_id) AND d.id <> c.id
     WHERE s.pom_end_to_end_id = ANY(%(end_to_end)s)
        OR s.pom_mandate = ANY(%(mandates)s)
     UNION
    SELECT f.move_id
      FROM account_bank_statement_line s
      JOIN account_move_line c ON c.move_id = s.move_id
      JOIN account_partial_reconcile r ON c.id IN (r.credit_move_id, r.debit_move_id)
      JOIN account_move_line d
        ON d.id IN (r.credit_move_id, r.debit_move_id) AND d.id <> c.id
      JOIN account_move_line e ON e.payment_id = d.payment_id AND e.id <> d.id
      JOIN account_partial_reconcile q ON e.id IN (q.credit_move_id, q.debit_move_id)
      JOIN account_move_line f
        ON f.id IN (q.credit_move_id, q.debit_move_id) AND f.id <> e.id
     WHERE s.pom_end_to_end_id = ANY(%(end_to_end)s)
        OR s.pom_mandate = ANY(%(mandates)s)"""

#: By which transaction, and which bank line, a document was paid last.
_LAST_TRANSACTION = """
    SELECT x.reference, x.provider_reference
      FROM account_invoice_transaction_rel r
      JOIN payment_transaction x ON x.id = r.transaction_id
     WHERE r.invoice_id = m.id AND x.state = 'done'
     ORDER BY x.id DESC LIMIT 1"""
_LAST_BANK_LINE = """
    SELECT s.pom_end_to_end_id AS end_to_end_id, s.pom_mandate AS mandate
      FROM account_partial_reconcile r
      JOIN account_move_line c
        ON c.id IN (r.credit_move_id, r.debit_move_id) AND c.id <> l.id
 LEFT JOIN account_move_line d ON d.payment_id = c.payment_id AND d.id <> c.id
 LEFT JOIN account_partial_reconcile q ON d.id IN (q.credit_move_id, q.debit_move_id)
 LEFT JOIN account_move_line e
        ON e.id IN (q.credit_move_id, q.debit_move_id) AND e.id <> d.id
      JOIN account_bank_statement_line s ON s.move_id IN (c.move_id, e.move_id)
     WHERE r.debit_move_id = l.id OR r.credit_move_id = l.id
     ORDER BY r.id DESC LIMIT 1"""


#: Whether an entry closed (some of) an item of a document, and no money.
_GIVEN_UP = """
    SELECT TRUE AS given_up
      FROM account_partial_reconcile r
      JOIN account_move_line c
        ON c.id IN (r.credit_move_id, r.debit_move_id) AND c.id <> l.id
      JOIN account_move e ON e.id = c.move_id
     WHERE (r.debit_move_id = l.id OR r.credit_move_id = l.id)
       AND %(is_noted)s
     LIMIT 1"""


def paid_items(named: str) -> str:
    """Give the query of what was paid lately: for a second payment, or a return.

    :param named: query of the documents' ids.
    """
    return f"""
    WITH named(id) AS ({named})
    SELECT {ITEM},
           1 AS parts,
           t.reference AS transaction_reference,
           t.provider_reference,
           b.end_to_end_id,
           b.mandate,
           g.given_up
      FROM named n
      JOIN account_move m ON m.id = n.id
      JOIN account_move_line l
        ON l.move_id = m.id AND l.display_type = 'payment_term'
      JOIN account_account a ON a.id = l.account_id
 LEFT JOIN res_partner p ON p.id = l.partner_id
 LEFT JOIN LATERAL ({_LAST_TRANSACTION}) t ON TRUE
 LEFT JOIN LATERAL ({_LAST_BANK_LINE}) b ON TRUE
 LEFT JOIN LATERAL ({_GIVEN_UP}) g ON TRUE
     WHERE l.company_id = ANY(%(companies)s)
       AND l.parent_state = 'posted'
       AND l.reconciled"""


PAID_ITEMS = paid_items(f"""
    SELECT m.id FROM account_move m WHERE {IS_REFERENCED}
     UNION
    SELECT m.id FROM account_move m WHERE {IS_NUMBERED}
     UNION
    SELECT m.id FROM account_move m WHERE {IS_OF_DEBTOR_AND_AMOUNT}
     UNION {_BY_TRANSACTION}
     UNION {BY_BANK_LINE}""")

#: Numbers of other companies' documents: what such a line says isn't meant for us.
ELSEWHERE = f"""
    SELECT m.id, m.company_id, m.name
      FROM account_move m
     WHERE NOT m.company_id = ANY(%(companies)s)
       AND m.state = 'posted'
       AND m.sequence_number = ANY(%(sequences)s)
       AND m.move_type IN ('out_invoice', 'out_refund')
       AND {KEY % "m.name"} = ANY(%(number_keys)s)"""
