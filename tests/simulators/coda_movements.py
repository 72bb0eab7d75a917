"""Movements written as CODA: records 21 to 33."""

from __future__ import annotations

import re
from collections.abc import Iterator

from odoo.addons.pom_payment.tools.references import spelled
from odoo.addons.pom_reconcile.formats.base import Transaction
from odoo.addons.pom_reconcile.formats.coda.movements import TOTALS
from odoo.addons.pom_reconcile.formats.coda.pairs import Pairs
from odoo.addons.pom_reconcile.formats.coda.records import LAYOUTS
from odoo.addons.pom_reconcile.formats.coda.structured import (
    RETURN_TYPES,
    structured_text,
)
from odoo.addons.pom_reconcile.formats.coda.structures import (
    INFORMATION_WIDTH,
    INFORMATIONS,
    MOVEMENT_WIDTH,
    MOVEMENTS,
)
from odoo.addons.pom_reconcile.formats.references import find_references

from .coda_fields import compose, day_digits, money_digits, sign_digit, write_pairs

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


class MovementWriter:
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
        record = compose(
            LAYOUTS[kind],
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
            sign=sign_digit(transaction.amount),
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
        spelled(item.value) for item in transaction.references if item not in known
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
