"""A PSP's list of what a payout is made of, as it lets merchants download it."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable
from decimal import Decimal

from ..formats.base import FormatError, Transaction
from ..formats.camt import is_notification, read_notification
from ..matching.base import PayoutItem

#: Ids of payments, refunds and chargebacks: Mollie, Stripe, Bancontact (24 hex digits).
_ID = re.compile(r"(?:tr|re|chb|cpt|pi|ch|py|pyr|dp|du)_\w{6,}|[0-9a-f]{24}", re.I)

#: Headings of the column with the gross amount, best first, in small letters.
_GROSS = (
    "gross",
    "gross amount",
    "amount received",
    "amount",
    "bedrag",
    "brutobedrag",
    "montant",
    "montant brut",
    "betrag",
    "bruttobetrag",
)
_NO_ID = frozenset(("NOTPROVIDED", "NOREF", "NONREF"))
_AMOUNT = re.compile(r"[^\d,.\-]")


class PayoutListError(ValueError):
    """The list can't be read; the text says what is missing."""


def read_payout_list(data: bytes) -> tuple[PayoutItem, ...]:
    """Read a CSV with a heading, any separator, amounts with point or comma; or the
    bank's own list of what a total is made of, CAMT.054.

    >>> read_payout_list(b'ID;Amount\\ntr_7UhSN1zuXS;"1.234,50"\\n')[0].gross
    Decimal('1234.50')

    :raises PayoutListError: no column of ids, or none of amounts.
    """
    if is_notification(data):
        return _notified(data)
    rows = _rows(data)
    if len(rows) < 2:
        raise PayoutListError("no rows")
    heading, *body = rows
    ids, gross = _id_column(body, len(heading)), _gross_column(heading)
    return tuple(
        PayoutItem(row[ids].strip(), amount(row[gross]))
        for row in body
        if len(row) == len(heading) and _ID.fullmatch(row[ids].strip())
    )


def _notified(data: bytes) -> tuple[PayoutItem, ...]:
    try:
        payments = [
            one for found in read_notification(data) for one in found.payments()
        ]
    except FormatError as error:
        raise PayoutListError(str(error)) from error
    return tuple(PayoutItem(_identifier(one), one.amount) for one in payments)


def _identifier(payment: Transaction) -> str:
    """Return what a payment is known by: the payer's id, else its reference."""
    given = payment.end_to_end_id
    if given and given.upper() not in _NO_ID:
        return given
    references = [reference.value for reference in payment.references]
    return next(iter(references), payment.bank_reference)


def amount(text: str) -> Decimal:
    """Read an amount with either decimal sign.

    >>> amount("1,234.50 EUR"), amount("-12,00"), amount("7")
    (Decimal('1234.50'), Decimal('-12.00'), Decimal('7'))
    """
    digits = _AMOUNT.sub("", text)
    whole, _sign, cents = re.fullmatch(r"(.*?)(?:([.,])(\d{1,2}))?", digits).groups()
    try:
        return Decimal(re.sub(r"[.,]", "", whole) + (f".{cents}" if cents else ""))
    except ArithmeticError as error:
        raise PayoutListError(f"“{text}” is no amount") from error


def _rows(data: bytes) -> list[list[str]]:
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = data.decode("cp1252", "replace")
    heading = text.partition("\n")[0]
    separator = max(";,\t|", key=heading.count)
    return [row for row in csv.reader(io.StringIO(text), delimiter=separator) if row]


def _id_column(body: Iterable[list[str]], width: int) -> int:
    body = list(body)
    hits = [
        sum(bool(_ID.fullmatch(row[i].strip())) for row in body if i < len(row))
        for i in range(width)
    ]
    if not any(hits):
        raise PayoutListError("no payment ids")
    return hits.index(max(hits))


def _gross_column(heading: list[str]) -> int:
    names = [name.strip().lower() for name in heading]
    for name in _GROSS:
        if name in names:
            return names.index(name)
    raise PayoutListError("no column of amounts")
