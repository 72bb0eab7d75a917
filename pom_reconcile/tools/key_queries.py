"""What :mod:`.match_queries` finds, for a few lines: by what they say, instead of by
reading all that is open. The same items and documents; of the payments that wait, those
that such lines may be about.

Each part of a query is one look into one index, which has it as its purpose. Parameters
are those of :mod:`.match_queries` and of :func:`words`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from ..matching.base import BankLine, Keys
from ..matching.text import canonical
from .match_queries import (
    BILLS,
    BY_BANK_LINE,
    COMPACT,
    DEBTS,
    IS_NUMBERED,
    IS_OF_DEBTOR_AND_AMOUNT,
    IS_OPEN,
    IS_REFERENCED,
    IS_TRANSACTED,
    ITEM,
    WAITING_PAYMENTS,
    paid_items,
)

#: So many lines are few: two batches. In books with a thousand open items 500 lines
#: take as long either way; with twenty thousand, a quarter, in which the program has a
#: fifth of the items to look at.
FEW = 1_000

#: The number of an entry, from its name, as core's ``sequence_number`` has it.
NUMBER = r"substring(%s from '([0-9]{1,9})[^0-9]*$')::int"

#: The last number in what somebody wrote, without leading zeros.
LAST_NUMBER = r"ltrim(substring(%s from '([0-9]+)[^0-9]*$'), '0')"

#: Documents with a number that is neither ours nor a bank's: a supplier's, or what
#: somebody made up for a reference.
IS_BILL_WITH_NUMBER = f"state = 'posted' AND ref IS NOT NULL AND move_type IN {BILLS}"
HAS_OWN_REFERENCE = (
    "state = 'posted' AND move_type != 'entry'"
    " AND payment_reference != name AND left(payment_reference, 3) != '+++'"
)

#: Larger than any number that a document has, or than any id.
_MOST = 10**9


def are_few(lines: Iterable[BankLine]) -> bool:
    """Tell if looking up what these say, with their parts, is quicker."""
    return sum(1 + len(line.parts) for line in lines) <= FEW


def words(keys: Keys) -> dict[str, list]:
    """Give further parameters: what the lines say, as the indexes have it.

    ``numbers`` are the last numbers of documents, also of those whose year and count a
    line has in one; ``endings`` the same as somebody may have ended a memo with.
    ``identifiers`` are those of transactions, payouts and payments, ``orders`` those
    that are just a number.
    """
    last = {key.rpartition("|")[2] for key in keys.number_keys}
    last |= set(map(str, keys.sequence_numbers))
    identifiers = {canonical(word) for word in keys.tokens | keys.end_to_end_ids}
    return {
        "numbers": [int(number) for number in last if int(number) < _MOST],
        "endings": list(last),
        "identifiers": list(identifiers - {""}),
        "orders": [
            int(word) for word in identifiers if word.isdecimal() and int(word) < _MOST
        ],
        "memos": list(identifiers | keys.compact_names | keys.references),
        "signed": [sign * amount for amount in keys.amounts for sign in (1, -1)],
    }


def _parts(looks: Mapping[str, str], values: Mapping[str, list]) -> str:
    """Give one query of those looks whose values there are.

    :param looks: queries by the names of the values that they look for.
    """
    return " UNION ".join(
        look
        for names, look in looks.items()
        if all(values[name] for name in names.split())
    )


_DOCUMENTS = {
    "spellings": """
    SELECT id FROM account_move WHERE payment_reference = ANY(%(spellings)s)""",
    "numbers": """
    SELECT id FROM account_move
     WHERE state = 'posted'
       AND move_type != 'entry'
       AND sequence_number = ANY(%(numbers)s)""",
    "compact": f"""
    SELECT id FROM account_move
     WHERE state = 'posted' AND {COMPACT % "name"} = ANY(%(compact)s)
     UNION
    SELECT id FROM account_move
     WHERE state = 'posted' AND {COMPACT % "ref"} = ANY(%(compact)s)""",
    "endings": f"""
    SELECT id FROM account_move
     WHERE {IS_BILL_WITH_NUMBER} AND {LAST_NUMBER % "ref"} = ANY(%(endings)s)
     UNION
    SELECT id FROM account_move
     WHERE {HAS_OWN_REFERENCE}
       AND {LAST_NUMBER % "payment_reference"} = ANY(%(endings)s)""",
    "owners amounts": """
    SELECT id FROM account_move
     WHERE move_type != 'entry'
       AND commercial_partner_id = ANY(%(owners)s)
       AND amount_total = ANY(%(amounts)s)""",
}


def documents(values: Mapping[str, list]) -> str:
    """Give the query of the documents that lines name, '' if they can't name any:
    whether each was named by its reference, or else by more than its number's end, and
    whether it was paid and may be paid again.
    """
    found = _parts(_DOCUMENTS, values)
    return (
        found
        and f"""
    SELECT m.id,
           {IS_REFERENCED} AS referenced,
           {IS_REFERENCED}
           OR {COMPACT % "m.name"} = ANY(%(compact)s)
           OR {COMPACT % "m.ref"} = ANY(%(compact)s) AS named,
           ({IS_REFERENCED} OR ({IS_NUMBERED}) OR ({IS_OF_DEBTOR_AND_AMOUNT}))
           AND EXISTS (SELECT FROM account_move_line l
                        WHERE l.move_id = m.id AND l.reconciled) AS paid
      FROM account_move m
     WHERE m.id = ANY(ARRAY({found}))"""
    )


#: The transactions that lines name, and whether word by word.
TRANSACTIONS = f"""
    SELECT t.id, {IS_TRANSACTED} AS exact
      FROM payment_transaction t
     WHERE t.id = ANY(ARRAY(
           SELECT id FROM payment_transaction
            WHERE {COMPACT % "reference"} = ANY(%(identifiers)s)
            UNION
           SELECT id FROM payment_transaction
            WHERE {COMPACT % "provider_reference"} = ANY(%(identifiers)s)
            UNION
           SELECT id FROM payment_transaction
            WHERE {COMPACT % "pom_payout_reference"} = ANY(%(identifiers)s)))"""

#: Whether an earlier line bore one of these identifiers.
BANK_LINES = """
    SELECT id FROM account_bank_statement_line
     WHERE pom_end_to_end_id = ANY(%(end_to_end)s)
     UNION
    SELECT id FROM account_bank_statement_line WHERE pom_mandate = ANY(%(mandates)s)
     LIMIT 1"""

#: The accounts of debts, and those that payments wait on: few, and found one by one by
#: core's index of them.
ACCOUNTS = f"""
    WITH RECURSIVE outstanding AS (
        SELECT min(outstanding_account_id) AS id FROM account_payment
     UNION ALL
        SELECT (SELECT min(y.outstanding_account_id)
                  FROM account_payment y
                 WHERE y.outstanding_account_id > o.id)
          FROM outstanding o
         WHERE o.id IS NOT NULL
    )
    SELECT ARRAY(SELECT id FROM account_account
                  WHERE account_type IN {DEBTS} AND reconcile) AS debts,
           ARRAY(SELECT id FROM outstanding WHERE id IS NOT NULL) AS outstanding"""

_OPEN_ON = """
           SELECT l.{0}
             FROM account_move_line l
            WHERE l.account_id = ANY(%({1})s)
              AND l.reconciled IS NOT TRUE
              AND l.amount_residual_currency <> 0"""

#: Whose open items are ``named``, or have one of these numbers.
DEBTORS = f"""
    SELECT DISTINCT COALESCE(p.commercial_partner_id, l.partner_id) AS id
      FROM account_move_line l
 LEFT JOIN res_partner p ON p.id = l.partner_id
     WHERE l.id = ANY(ARRAY(
           SELECT id FROM account_move_line WHERE move_id = ANY(%(named)s)
            UNION {_OPEN_ON.format("id", "debts")}
              AND {NUMBER % "l.move_name"} = ANY(%(sequences)s)))
       AND l.account_id = ANY(%(debts)s)
       AND {IS_OPEN}"""

#: The same items as ``match_queries.OPEN_ITEMS``: of the amounts, of the documents
#: ``referenced``, of the debtors ``seeds``.
OPEN_ITEMS = f"""
    WITH found AS MATERIALIZED (
        SELECT l.id, l.move_id
          FROM account_move_line l
         WHERE l.account_id = ANY(%(debts)s)
           AND l.amount_residual_currency = ANY(%(signed)s)
           AND {IS_OPEN}
     UNION
        SELECT l.id, l.move_id
          FROM account_move_line l
         WHERE l.move_id = ANY(%(referenced)s)
     UNION
        SELECT l.id, l.move_id
          FROM account_move_line l
         WHERE l.partner_id = ANY(ARRAY(
                   SELECT id FROM res_partner
                    WHERE commercial_partner_id = ANY(%(seeds)s)))
           AND l.account_id = ANY(%(debts)s)
           AND {IS_OPEN}
    ), open AS MATERIALIZED (
        SELECT l.id, COUNT(*) OVER (PARTITION BY l.move_id) AS parts
          FROM account_move_line l
         WHERE l.move_id = ANY(ARRAY(SELECT move_id FROM found))
           AND l.account_id = ANY(%(debts)s)
           AND {IS_OPEN}
    )
    SELECT {ITEM},
           o.parts
      FROM open o
      JOIN account_move_line l ON l.id = o.id
      JOIN account_move m ON m.id = l.move_id
      JOIN account_account a ON a.id = l.account_id
 LEFT JOIN res_partner p ON p.id = l.partner_id
     WHERE o.id IN (SELECT id FROM found)"""

_PAID = """
    SELECT unnest(%(paid)s::int[])
     UNION
    SELECT invoice_id
      FROM account_invoice_transaction_rel
     WHERE transaction_id = ANY(%(transacted)s)"""

#: The same items as ``match_queries.PAID_ITEMS``: of the documents ``paid`` and of the
#: transactions ``transacted``; with or without those of earlier lines.
PAID_ITEMS = paid_items(_PAID)
PAID_ITEMS_OF_LINES = paid_items(f"{_PAID} UNION {BY_BANK_LINE}")

_WAITING = """
    SELECT y.id FROM account_payment y WHERE y.is_matched IS NOT TRUE AND """
_APPLIED_TO = """
    SELECT y.id
      FROM account_move_line d
      JOIN account_partial_reconcile r ON r.{0}_move_id = d.id
      JOIN account_move_line c ON c.id = r.{1}_move_id
      JOIN account_payment y ON y.move_id = c.move_id
     WHERE d.move_id = ANY(%(documents)s) AND y.is_matched IS NOT TRUE"""
_PAYMENTS = {
    "numbers": f"""{_WAITING} y.move_id = ANY(ARRAY(
           {_OPEN_ON.format("move_id", "outstanding")}
              AND {NUMBER % "l.move_name"} = ANY(%(numbers)s)))""",
    "transactions": f"{_WAITING} y.payment_transaction_id = ANY(%(transactions)s)",
    "identifiers": f"""{_WAITING}
           {COMPACT % "y.payment_reference"} = ANY(%(identifiers)s)""",
    "memos": f"{_WAITING} {COMPACT % 'y.memo'} = ANY(%(memos)s)",
    "endings": f"{_WAITING} {LAST_NUMBER % 'y.memo'} = ANY(%(endings)s)",
    "orders": f"{_WAITING} y.id = ANY(%(orders)s)",
    "documents": f"""{_WAITING} y.move_id = ANY(%(documents)s)
     UNION {_WAITING} y.id = ANY(ARRAY(
           SELECT payment_id FROM account_move__account_payment
            WHERE invoice_id = ANY(%(documents)s)))
     UNION {_APPLIED_TO.format("debit", "credit")}
     UNION {_APPLIED_TO.format("credit", "debit")}""",
}


def payments(values: Mapping[str, list]) -> str:
    """Give the query of the payments that wait and are of these transactions, bear an
    identifier or a number, or were applied to these documents; of the others of their
    debtors and of ``partners``; and of those of the amounts.
    """
    named = _parts(_PAYMENTS, values) or "SELECT NULL::int AS id WHERE FALSE"
    return f"""
    WITH named AS MATERIALIZED ({named}
    ), debtors AS MATERIALIZED (
        SELECT p.commercial_partner_id AS id
          FROM account_payment y
          JOIN account_move_line l
            ON l.move_id = y.move_id AND l.account_id = y.outstanding_account_id
          JOIN res_partner p ON p.id = l.partner_id
         WHERE y.id = ANY(ARRAY(SELECT id FROM named))
     UNION
        SELECT unnest(%(partners)s::int[])
    )
    SELECT id FROM named
     UNION {_WAITING} y.move_id = ANY(ARRAY({_OPEN_ON.format("move_id", "outstanding")}
              AND l.amount_residual_currency = ANY(%(signed)s)
            UNION {_OPEN_ON.format("move_id", "outstanding")}
              AND l.partner_id = ANY(ARRAY(
                  SELECT id FROM res_partner
                   WHERE commercial_partner_id = ANY(ARRAY(SELECT id FROM debtors))))))
"""


#: Of ``match_queries.WAITING_PAYMENTS`` those whose ids :func:`payments` found.
PAYMENTS = f"{WAITING_PAYMENTS} AND y.id = ANY(%(payments)s)"
