"""Statements written as CODA: for simulated banks, samples and benchmarks.

The inverse of the decoder for what CODA can hold. Sequence numbers, record counts,
totals and the new balance are worked out here, so that the file is always consistent.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from decimal import Decimal

from odoo.addons.pom_reconcile.formats.base import Statement
from odoo.addons.pom_reconcile.formats.coda.charset import charset
from odoo.addons.pom_reconcile.formats.coda.records import COUNTED, LAYOUTS

from .coda_fields import compose, day_digits, money_digits, sign_digit
from .coda_movements import MovementWriter

BELGIAN_IBAN = re.compile(r"BE\d{14}")
IBAN = re.compile(r"[A-Z]{2}\d\d[A-Z0-9]+")


def write(statements: Iterable[Statement]) -> bytes:
    """Return a CODA file with these statements, lines ended by LF.

    ASCII where possible, else cp1252, else UTF-8. Of the statements, the balance,
    ``account``, ``currency``, dates, names and transactions are used; of a transaction
    also those without code (a plain transfer is assumed) or with references only.

    :raises ValueError: when an amount has more decimals or digits than CODA.
    """
    files = list(statements)
    records = [
        record
        for position, statement in enumerate(files, 1)
        for record in write_statement(statement, more=position < len(files))
    ]
    return _encode("".join(f"{record}\n" for record in records))


def write_statement(statement: Statement, more: bool = False) -> list[str]:
    """Return the records of one statement.

    :param more: whether another one follows in the same file.
    """
    records = [_header(statement), _old_balance(statement)]
    for ordinal, transaction in enumerate(statement.transactions, 1):
        records += MovementWriter(ordinal).write(transaction)
    if not _is_idle(statement):
        records.append(_new_balance(statement))
        records += _messages(statement.messages)
    records.append(_trailer(statement, records, more))
    return records


def _is_idle(statement: Statement) -> bool:
    """Whether the statement has no more to say than that nothing happened."""
    same_day = statement.old_balance_date == statement.new_balance_date
    return same_day and not (statement.transactions or statement.messages)


def _header(statement: Statement) -> str:
    return compose(
        LAYOUTS["0"],
        created=day_digits(statement.created or statement.new_balance_date),
        application="05",
        duplicate="D" if statement.duplicate else "",
        file_reference=statement.file_reference,
        addressee=statement.holder,
        bic=statement.bic,
        holder_id=statement.holder_id,
        version="2",
    )


def _old_balance(statement: Statement) -> str:
    structure, account = _account(statement)
    return compose(
        LAYOUTS["1"],
        record="1",
        structure=structure,
        number=statement.number,
        account=account,
        sign=sign_digit(statement.old_balance),
        balance=money_digits(statement.old_balance),
        date=day_digits(statement.old_balance_date),
        holder=statement.holder,
        description=statement.description,
        sequence=statement.sequence,
    )


def _new_balance(statement: Statement) -> str:
    moved = sum(item.amount for item in statement.transactions)
    balance = statement.old_balance + moved
    return compose(
        LAYOUTS["8"],
        record="8",
        number=statement.number,
        account=_account(statement)[1],
        sign=sign_digit(balance),
        balance=money_digits(balance),
        date=day_digits(statement.new_balance_date),
        link="1" if statement.messages else "0",
    )


def _messages(messages: tuple[str, ...]) -> Iterator[str]:
    for position, text in enumerate(messages, 1):
        yield compose(
            LAYOUTS["4"],
            record="4",
            sequence=position % 10**4,
            text=text,
            link="1" if position < len(messages) else "0",
        )


def _trailer(statement: Statement, records: list[str], more: bool) -> str:
    amounts = [item.amount for item in statement.transactions]
    return compose(
        LAYOUTS["9"],
        record="9",
        count=sum(_kind(record) in COUNTED for record in records) % 10**6,
        debit=money_digits(sum((a for a in amounts if a < 0), Decimal(0))),
        credit=money_digits(sum((a for a in amounts if a > 0), Decimal(0))),
        more="1" if more else "2",
    )


def _kind(record: str) -> str:
    return record[:2] if record[0] in "23" else record[0]


def _account(statement: Statement) -> tuple[str, str]:
    """Return the account structure and the 37 characters of the account field."""
    number, currency = statement.account, statement.currency
    if BELGIAN_IBAN.fullmatch(number):
        return "2", f"{number:<34}{currency}"
    return ("3" if IBAN.fullmatch(number) else "1"), f"{number:<34}{currency}"


def _encode(text: str) -> bytes:
    if text.isascii():
        return text.encode("ascii")
    try:
        data = text.encode("cp1252")
    except UnicodeEncodeError:
        return text.encode()
    return data if charset(data) == "cp1252" else text.encode()
