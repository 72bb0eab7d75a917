"""From a decoded transaction to the values of Odoo's statement line, without Odoo."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from markupsafe import Markup

from ..formats.base import Statement, Transaction
from ..formats.coda.codes import describe
from ..formats.references import format_ogm, format_rf
from .import_keys import digest

LABEL_WIDTH = 140
SPELLING = {"ogm": format_ogm, "rf": format_rf}
#: Puts a word of the bank's into the language of whoever imports.
Say = Callable[[str], str]


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


def fingerprint(transaction: Transaction) -> str:
    """Return what the line says, without what banks number anew in each file."""
    return digest(
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
        "partner_name": transaction.counterparty_name or False,
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
    the details.
    """
    last = statement.new_balance_date or transaction.date
    first = statement.old_balance_date or last
    day = transaction.date or last
    return day if first <= day <= last else last


def code_words(transaction: Transaction, say: Say = str) -> str:
    """Return the transaction code in words.

    >>> from decimal import Decimal
    >>> code_words(Transaction(Decimal(1), code="00150000"), str.upper)
    'CREDIT TRANSFER: TRANSFER IN YOUR FAVOUR'
    """
    return describe(transaction.code, say) or transaction.code_text


def label(transaction: Transaction, say: Say = str) -> str:
    """Return the reference in canonical spelling, else the first words there are."""
    spelled = [SPELLING[item.kind](item.value) for item in transaction.references]
    text = transaction.text.strip().split("\n")[0].strip()
    return (
        " ".join(spelled)
        or text[:LABEL_WIDTH].strip()
        or transaction.counterparty_name
        or code_words(transaction, say)
        or transaction.end_to_end_id
        or transaction.code
        or "-"
    )


def narration(transaction: Transaction, say: Say = str) -> Markup:
    """Return everything a person may want to read of the transaction, as HTML."""
    text = Markup("<br/>").join(filter(None, transaction.text.split("\n")))
    parts = [Markup("<p>%s</p>") % text] if text else []
    facts = [*_facts(transaction), *transaction.structured, *transaction.information]
    if facts:
        parts.append(_pairs(facts, say))
    if transaction.details:
        parts.append(_details(transaction.details, say))
    return Markup("").join(parts)


def _facts(transaction: Transaction) -> Iterator[tuple[str, str]]:
    for name in (
        "end_to_end_id",
        "payment_information_id",
        "mandate",
        "creditor_id",
        "return_type",
        "return_reason",
    ):
        if value := getattr(transaction, name):
            yield name, value
    if transaction.foreign:
        foreign = transaction.foreign
        rate = f" ({foreign.rate})" if foreign.rate else ""
        yield "original amount", f"{foreign.amount} {foreign.currency}{rate}"


def _pairs(pairs: Iterable[tuple[str, str]], say: Say) -> Markup:
    rows = Markup("").join(
        Markup("<li>%s: %s</li>") % (_heading(name, say), value)
        for name, value in pairs
    )
    return Markup("<ul>%s</ul>") % rows


def _heading(name: str, say: Say) -> str:
    """Say a name as the beginning of a line.

    >>> _heading("end_to_end_id", str)
    'End to end id'
    """
    word = say(str(name).replace("_", " "))
    return word[:1].upper() + word[1:]


def _details(items: Iterable[Transaction], say: Say) -> Markup:
    rows = Markup("").join(
        Markup("<li>%s %s</li>") % (item.amount, _one_line(item, say)) for item in items
    )
    return Markup("<ul>%s</ul>") % rows


def _one_line(item: Transaction, say: Say) -> str:
    text = item.text.replace("\n", " ")
    parts = (code_words(item, say), item.counterparty_name, text)
    return " – ".join(filter(None, parts))


def details(transaction: Transaction) -> dict:
    """Return all facts of the transaction in a form that JSON can hold."""
    values = {
        "ordinal": transaction.ordinal,
        "line_number": transaction.line_number,
        "date": _text(transaction.date),
        "value_date": _text(transaction.value_date),
        "code": transaction.code,
        "code_text": transaction.code_text,
        "amount": str(transaction.amount),
        "counterparty_name": transaction.counterparty_name,
        "counterparty_account": transaction.counterparty_account,
        "counterparty_bic": transaction.counterparty_bic,
        "references": [[item.kind, item.value] for item in transaction.references],
        "text": transaction.text,
        "structured_type": transaction.structured_type,
        "structured": [list(pair) for pair in transaction.structured],
        "end_to_end_id": transaction.end_to_end_id,
        "payment_information_id": transaction.payment_information_id,
        "mandate": transaction.mandate,
        "creditor_id": transaction.creditor_id,
        "return_type": transaction.return_type,
        "return_reason": transaction.return_reason,
        "category_purpose": transaction.category_purpose,
        "purpose": transaction.purpose,
        "bank_reference": transaction.bank_reference,
        "information": [list(pair) for pair in transaction.information],
        "details": [details(item) for item in transaction.details],
        "raw": transaction.raw.split("\n"),
    }
    if transaction.foreign:
        foreign = transaction.foreign
        values["foreign"] = {
            "amount": str(foreign.amount),
            "currency": foreign.currency,
            "rate": _text(foreign.rate),
        }
    return {
        name: value for name, value in values.items() if value not in ("", [], None)
    }


def _text(value) -> str | None:
    return None if value is None else str(value)
