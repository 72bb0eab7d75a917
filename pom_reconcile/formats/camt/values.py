"""Single values of a message: what a :data:`~.xml.Node` holds at a place."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

from ..coda.values import plain
from .xml import CURRENCY, Node

SIGNS = {"CRDT": 1, "DBIT": -1}
#: Never a sign but plus: the direction stands elsewhere.
AMOUNT = re.compile(r"\+?(?=\.?[0-9])([0-9]*)(?:\.([0-9]*))?")
MOST_DIGITS, MOST_DECIMALS = 18, 5
#: With a time or a zone behind it, perhaps: the day as written counts.
DAY = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})(?![0-9])")
TRUE = frozenset(("true", "1"))


class Money(NamedTuple):
    value: Decimal
    currency: str


class NotADate(ValueError):
    """The text isn't a date."""


def first(node: Node, paths: Iterable[str]) -> str:
    """Return the first text that isn't empty, empty where none is.

    >>> first({"Sts": "BOOK"}, ("Sts/Cd", "Sts")), first({}, ("Sts",))
    ('BOOK', '')
    """
    for path in paths:
        if found := node.get(path):
            return found
    return ""


def texts(node: Node, path: str) -> list[str]:
    """Return the texts of an element that may be repeated, without empty ones."""
    return [item for item in node.get(path, ()) if item]


def money(node: Node, path: str = "Amt") -> Money | None:
    """Return an amount without sign and its currency, which may be empty.

    :raises ValueError: when it isn't one.
    """
    found = node.get(path)
    return None if found is None else Money(decimal(found), node[path + CURRENCY])


@lru_cache(maxsize=4096)
def decimal(value: str) -> Decimal:
    """Read an amount as XML Schema and ISO 20022 write it.

    >>> decimal("000149.87"), decimal("+.5"), decimal("7.25000"), decimal("100")
    (Decimal('149.87'), Decimal('0.50'), Decimal('7.25'), Decimal('100.00'))

    :raises ValueError: when it isn't one.
    """
    match = AMOUNT.fullmatch(value)
    if not match:
        raise ValueError(value)
    digits, decimals = (part or "" for part in match.groups())
    if len(digits.lstrip("0") + decimals) > MOST_DIGITS:
        raise ValueError(value)
    if len(decimals.rstrip("0")) > MOST_DECIMALS:
        raise ValueError(value)
    return plain(Decimal(f"{digits or '0'}.{decimals or '0'}"))


def sign(node: Node) -> int:
    """Return 1 for a credit, -1 for a debit, 0 when neither is said."""
    return SIGNS.get(node.get("CdtDbtInd"), 0)


def day(node: Node, path: str) -> date | None:
    """Return a date that stands there, with a time or without, however nested.

    :raises NotADate: when something else does.
    """
    found = node.get(path + "/Dt")
    if not found:
        found = node.get(path + "/DtTm") or node.get(path)
    return read_day(found) if found else None


@lru_cache(maxsize=4096)
def read_day(value: str) -> date:
    """Read the calendar day of an ISO date or time, as it is written.

    >>> read_day("2026-11-26+01:00"), read_day("2026-06-13T23:30:00Z")
    (datetime.date(2026, 11, 26), datetime.date(2026, 6, 13))

    :raises NotADate: when it isn't one.
    """
    match = DAY.match(value)
    if not match:
        raise NotADate(value)
    try:
        return date(*map(int, match.groups()))
    except ValueError:
        raise NotADate(value) from None


def flag(node: Node, path: str) -> bool:
    """Whether an ``xs:boolean`` is there and true."""
    return node.get(path) in TRUE
