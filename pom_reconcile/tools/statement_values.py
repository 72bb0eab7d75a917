"""From a decoded transaction to the values of Odoo's statement line, without Odoo."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields
from datetime import timedelta

from ..formats.base import Statement, Transaction
from ..formats.coda.identity import identity
from ..formats.dump import dump
from .import_keys import VERSION, digest
from .statement_words import Say, code_words, label, narration, partner_name

FACTS = tuple(item.name for item in fields(Transaction))


def booked(statement: Statement) -> Iterator[Transaction]:
    """Yield what becomes a line each: a batch that adds up gives its payments."""
    for transaction in statement.transactions:
        if transaction.batch and transaction.details:
            yield from transaction.details
        else:
            yield transaction


def statement_key(statement: Statement) -> str:
    """Return the key of a statement; its number plays no part, banks repeat them."""
    return digest(
        statement.account,
        statement.currency,
        statement.old_balance_date,
        statement.old_balance,
        statement.new_balance_date,
        statement.new_balance,
        statement.debit_total,
        statement.credit_total,
        statement.record_count,
    )


def opened(statement: Statement):
    """Return the day at whose end the old balance was what it is.

    ``None`` where that can't be known: of a single day it may be the balance of the
    morning, or that of another statement in the course of the day.
    """
    day = statement.old_balance_date
    if not day or not statement.opens_day:
        return day
    return None if day == statement.new_balance_date else day - timedelta(1)


def fingerprint(transaction: Transaction) -> str:
    """Return what the line says, without what banks number anew in each file.

    Of the format's own columns where it tells them: then it begins with
    :data:`VERSION`, and :func:`refingerprint` gives the same of a line that is there.
    """
    return refingerprint(transaction.date, transaction.raw) or digest(
        transaction.date,
        transaction.value_date,
        transaction.amount,
        transaction.code,
        transaction.counterparty_account,
        transaction.counterparty_name,
        transaction.end_to_end_id,
        transaction.text,
        *(f"{item.kind}:{item.value}" for item in transaction.references),
        *(f"{name}:{value}" for name, value in transaction.structured),
    )


def refingerprint(day, raw: str) -> str:
    """Return the fingerprint of the records of a transaction, '' where their format has
    none.

    :param day: of booking; records may lack it.
    """
    said = identity(raw)
    return f"{VERSION}{digest(day, said)}" if said else ""


def line_values(transaction: Transaction, statement: Statement, say: Say = str) -> dict:
    """Return the line's values; ``foreign`` and ``fingerprint`` are no fields.

    What persons read is in the language of ``say``; details and fingerprint are the
    same whoever imports.
    """
    return {
        "date": booking_date(transaction, statement),
        "amount": float(transaction.amount),
        "payment_ref": label(transaction, say),
        "account_number": transaction.counterparty_account or False,
        "partner_name": partner_name(transaction) or False,
        "transaction_type": code_words(transaction, say) or transaction.code or False,
        "narration": narration(transaction, say),
        "transaction_details": details(transaction),
        "pom_value_date": transaction.value_date,
        "pom_counterparty_bic": transaction.counterparty_bic or False,
        "pom_end_to_end_id": identifier(transaction.end_to_end_id),
        "pom_mandate": transaction.mandate or False,
        "raw_data": transaction.raw or False,
        "fingerprint": fingerprint(transaction),
        "foreign": transaction.foreign,
    }


def identifier(end_to_end_id: str) -> str | bool:
    """Return the payer's identifier, ``False`` where he gave none.

    >>> identifier("NOTPROVIDED"), identifier("INV-42")
    (False, 'INV-42')
    """
    given = end_to_end_id.strip()
    return False if given.upper() in ("", "NOTPROVIDED", "NOREF") else given


def booking_date(transaction: Transaction, statement: Statement):
    """Return the booking date, kept within the statement.

    A bank may book with an earlier date; on that date the line would lie among those of
    an earlier statement and break the chain of balances. The bank's own date is kept in
    the details. Where the statement was closed before it was opened, its dates say
    nothing, and the movement's own counts.
    """
    last = statement.new_balance_date or transaction.date
    first = statement.old_balance_date or last
    if first and last and first > last:
        return transaction.date or last
    day = transaction.date or last
    return day if first <= day <= last else last


def details(transaction: Transaction) -> dict:
    """Return all facts of the transaction in a form that JSON can hold.

    >>> from decimal import Decimal
    >>> details(Transaction(Decimal("12.50"), text="Thanks", raw="21...\\n22..."))
    {'amount': '12.50', 'ordinal': 1, 'text': 'Thanks', 'raw': ['21...', '22...']}
    """
    values = ((name, getattr(transaction, name)) for name in FACTS)
    return {
        name: FORMS.get(name, _plain)(value)
        for name, value in values
        if value or name == "amount"
    }


def _plain(value):
    return value if isinstance(value, str) else dump(value, {})


def _lists(rows) -> list[list]:
    return [list(row) for row in rows]


#: Facts that are kept in a form of their own.
FORMS = {
    "references": _lists,
    "structured": _lists,
    "information": _lists,
    "details": lambda items: [details(item) for item in items],
    "raw": lambda raw: raw.split("\n"),
}
