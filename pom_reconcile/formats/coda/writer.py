"""Statements written as CODA: for simulated banks, samples and benchmarks.

The inverse of the decoder for what CODA can hold. Sequence numbers, record counts,
totals and the new balance are worked out here, so that the file is always consistent.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from decimal import Decimal

from ..base import Statement, Transaction
from ..references import find_references, format_reference
from .charset import charset
from .communications import (
    INFORMATION_WIDTH,
    INFORMATIONS,
    MOVEMENT_WIDTH,
    MOVEMENTS,
    Pairs,
    write_pairs,
)
from .movements import RETURN_TYPES, TOTALS, structured_text
from .records import COUNTED, LAYOUTS
from .values import day_digits, money_digits

BELGIAN_IBAN = re.compile(r"BE\d{14}")
IBAN = re.compile(r"[A-Z]{2}\d\d[A-Z0-9]+")
UNKNOWN_INFORMATION = re.compile(r"information (\d{3})")

RETURN_DIGITS = {word: digit for digit, word in RETURN_TYPES.items()}
#: Name of a field of the information records to its type and place there.
INFORMATION_FIELDS = {
    item.name: (kind, item.start)
    for kind, table in INFORMATIONS.items()
    for item in table
}
REFERENCE_TYPES = {"ogm": "101", "rf": "100"}

#: Transaction codes (type, family, operation, category) by role, for transactions that
#: have none: credit, debit.
DEFAULT_CODES = {
    "simple": ("00150000", "00101000"),
    "total": ("20150000", "10107000"),
    "detail": ("60150000", "50101000"),
}

MOVEMENT_PARTS = (53, 53, 43)
INFORMATION_PARTS = (73, 105, 90)


def write(statements: Iterable[Statement]) -> bytes:
    """Return a CODA file with these statements, lines ended by LF.

    ASCII where possible, else cp1252, else UTF-8. Of the statements, the balance,
    ``account``, ``currency``, dates, names and transactions are used; of a transaction
    also those without code (a plain transfer is assumed) or with references only.

    :raises ValueError: when an amount has more decimals or digits than CODA.

    >>> from datetime import date
    >>> from ..base import Reference
    >>> data = write([Statement("BE68539007547034", "EUR", created=date(2026, 3, 2),
    ...     transactions=(Transaction(Decimal("12.50"), counterparty_name="Jan",
    ...         references=(Reference("ogm", "123456789002"),)),))])
    >>> [line[:2] for line in data.decode().splitlines()]
    ['00', '12', '21', '23', '80', '9 ']
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
        records += _Group(ordinal).write(transaction)
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
    return LAYOUTS["0"].format(
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
    return LAYOUTS["1"].format(
        record="1",
        structure=structure,
        number=statement.number,
        account=account,
        sign=_sign(statement.old_balance),
        balance=money_digits(statement.old_balance),
        date=day_digits(statement.old_balance_date),
        holder=statement.holder,
        description=statement.description,
        sequence=statement.sequence,
    )


def _new_balance(statement: Statement) -> str:
    moved = sum(item.amount for item in statement.transactions)
    balance = statement.old_balance + moved
    return LAYOUTS["8"].format(
        record="8",
        number=statement.number,
        account=_account(statement)[1],
        sign=_sign(balance),
        balance=money_digits(balance),
        date=day_digits(statement.new_balance_date),
        link="1" if statement.messages else "0",
    )


def _messages(messages: tuple[str, ...]) -> Iterator[str]:
    for position, text in enumerate(messages, 1):
        yield LAYOUTS["4"].format(
            record="4",
            sequence=position % 10**4,
            text=text,
            link="1" if position < len(messages) else "0",
        )


def _trailer(statement: Statement, records: list[str], more: bool) -> str:
    amounts = [item.amount for item in statement.transactions]
    return LAYOUTS["9"].format(
        record="9",
        count=sum(_kind(record) in COUNTED for record in records) % 10**6,
        debit=money_digits(sum((a for a in amounts if a < 0), Decimal(0))),
        credit=money_digits(sum((a for a in amounts if a > 0), Decimal(0))),
        more="1" if more else "2",
    )


def _kind(record: str) -> str:
    return record[:2] if record[0] in "23" else record[0]


def _sign(amount: Decimal) -> str:
    return "1" if amount < 0 else "0"


def _account(statement: Statement) -> tuple[str, str]:
    """Return the account structure and the 37 characters of the account field."""
    number, currency = statement.account, statement.currency
    if BELGIAN_IBAN.fullmatch(number):
        return "2", f"{number:<34}{currency}"
    return ("3" if IBAN.fullmatch(number) else "1"), f"{number:<34}{currency}"


class _Group:
    """The records of one booked movement, under one sequence number.

    Movements, details and information records count their detail number together.
    """

    def __init__(self, ordinal: int):
        self.sequence = ordinal % 10**4
        self.detail = -1
        self.records: list[str] = []

    def write(self, transaction: Transaction) -> list[str]:
        role = "total" if transaction.details else "simple"
        self._write_transaction(transaction, role)
        return self.records

    def _write_transaction(self, transaction: Transaction, role: str) -> None:
        self._write_movement(transaction, role)
        for detail in transaction.details:
            self._write_transaction(detail, "detail")

    def _add(self, kind: str, **values) -> None:
        record = LAYOUTS[kind].format(
            record=kind,
            sequence=self.sequence,
            detail=self.detail % 10**4,
            **values,
        )
        self.records.append(record)

    def _write_movement(self, transaction: Transaction, role: str) -> None:
        self.detail += 1
        code = transaction.code or DEFAULT_CODES[role][transaction.amount < 0]
        structured, text, extra = _communication(transaction)
        first, second, third = _cut(text, MOVEMENT_PARTS)
        has_third = bool(
            third.strip()
            or transaction.counterparty_account
            or transaction.counterparty_name
        )
        second_values = _second_values(transaction, code)
        has_second = bool(second.strip() or any(second_values.values()))
        informations = [*_informations(transaction.information), *_texts(extra)]
        link = "1" if informations else "0"
        self._add(
            "21",
            bank_reference=transaction.bank_reference,
            sign=_sign(transaction.amount),
            amount=money_digits(transaction.amount),
            value_date=day_digits(transaction.value_date),
            code=code,
            structured=structured,
            communication=first,
            date=day_digits(transaction.date),
            globalisation="1" if transaction.details else "0",
            next="1" if has_second or has_third else "0",
            link="0" if has_second or has_third else link,
        )
        if has_second:
            self._add(
                "22",
                communication=second,
                **second_values,
                next="1" if has_third else "0",
                link="0" if has_third else link,
            )
        if has_third:
            self._add(
                "23",
                account=transaction.counterparty_account,
                name=transaction.counterparty_name,
                communication=third,
                link=link,
            )
        for position, (flag, content) in enumerate(informations, 1):
            self.detail += 1
            last = position == len(informations)
            self._write_information(transaction, code, flag, content, last)

    def _write_information(self, transaction, code, flag, content, last) -> None:
        first, second, third = _cut(content, INFORMATION_PARTS)
        more = [bool(second.strip() or third.strip()), bool(third.strip())]
        link = "0" if last else "1"
        self._add(
            "31",
            bank_reference=transaction.bank_reference,
            code=code,
            structured=flag,
            communication=first,
            next="1" if more[0] else "0",
            link="0" if more[0] else link,
        )
        if more[0]:
            self._add(
                "32",
                communication=second,
                next="1" if more[1] else "0",
                link="0" if more[1] else link,
            )
        if more[1]:
            self._add("33", communication=third, link=link)


def _second_values(transaction: Transaction, code: str) -> dict[str, str]:
    total = code[0] in TOTALS
    return {
        "customer_reference": transaction.payment_information_id
        if total
        else transaction.end_to_end_id,
        "bic": transaction.counterparty_bic,
        "return_type": RETURN_DIGITS.get(transaction.return_type, ""),
        "return_reason": transaction.return_reason,
        "category_purpose": transaction.category_purpose,
        "purpose": transaction.purpose,
    }


def _communication(transaction: Transaction) -> tuple[str, str, list[str]]:
    """Return whether it is structured, its content, and the lines that don't fit."""
    kind = transaction.structured_type
    lines = transaction.text.split("\n")
    if kind in MOVEMENTS:
        body = write_pairs(MOVEMENTS[kind], transaction.structured, MOVEMENT_WIDTH)
        shown = structured_text(
            kind, transaction.structured, transaction.references, body
        )
        if lines[0] == shown:
            lines = lines[1:]
        return "1", kind + body, lines
    if kind:
        return "1", kind + lines[0], lines[1:]
    if transaction.references and not transaction.text:
        reference = transaction.references[0]
        return "1", REFERENCE_TYPES[reference.kind] + reference.value, []
    text = _with_references(lines[0], transaction)
    return "0", text[:149], [text[149:], *lines[1:]]


def _with_references(text: str, transaction: Transaction) -> str:
    """Add the references that the text doesn't hold, so that they aren't lost."""
    known = find_references(transaction.text)
    missing = [
        format_reference(item) for item in transaction.references if item not in known
    ]
    return " ".join([text, *missing])


def _texts(lines: list[str]) -> Iterator[tuple[str, str]]:
    width = sum(INFORMATION_PARTS)
    for line in lines:
        for start in range(0, len(line), width):
            yield "0", line[start : start + width]


def _informations(pairs: Pairs) -> Iterator[tuple[str, str]]:
    """Group name/value pairs into the information records they came from."""
    group: list[tuple[str, str]] = []
    last = ("", 0)
    for name, value in pairs:
        unknown = UNKNOWN_INFORMATION.fullmatch(name)
        place = (unknown[1], 0) if unknown else INFORMATION_FIELDS[name]
        if group and (place[0] != last[0] or place[1] <= last[1]):
            yield "1", _information(last[0], group)
            group = []
        group.append((name, value))
        last = place
    if group:
        yield "1", _information(last[0], group)


def _information(kind: str, pairs: list[tuple[str, str]]) -> str:
    table = INFORMATIONS.get(kind)
    if table is None:
        return kind + pairs[0][1]
    return kind + write_pairs(table, tuple(pairs), INFORMATION_WIDTH)


def _cut(text: str, widths: tuple[int, ...]) -> list[str]:
    parts, start = [], 0
    for width in widths:
        parts.append(text[start : start + width])
        start += width
    return parts


def _encode(text: str) -> bytes:
    if text.isascii():
        return text.encode("ascii")
    try:
        data = text.encode("cp1252")
    except UnicodeEncodeError:
        return text.encode()
    return data if charset(data) == "cp1252" else text.encode()
