"""The two balances between which a statement's entries lie.

Opening and closing booked (``OPBD``, ``CLBD``); the closing of the period before
(``PRCD``) opens too; pages of one statement end and begin with interim ones (``ITBD``).
Available and expected balances control nothing.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import NamedTuple

from .values import day, first, money, sign
from .xml import Node

OPENING, PREVIOUS, CLOSING, INTERIM = CODES = ("OPBD", "PRCD", "CLBD", "ITBD")


class Balance(NamedTuple):
    code: str
    amount: Decimal
    currency: str
    day: date | None
    #: What tells it from another of the same code.
    qualifier: str


def read_balances(statement: Node) -> list[Balance]:
    """Return the booked balances, in the order of the file.

    :raises ValueError: when an amount or a date can't be read.
    """
    found = []
    for node in statement.get("Bal", ()):
        code = first(node, ("Tp/CdOrPrtry/Cd", "Tp/CdOrPrtry/Prtry"))
        amount = money(node)
        if code in CODES and amount:
            name = first(node, ("Tp/SubTp/Cd", "Tp/SubTp/Prtry"))
            value = amount.value and (sign(node) or 1) * amount.value
            found.append(Balance(code, value, amount.currency, day(node, "Dt"), name))
    return found


def contradictions(balances: list[Balance]) -> list[tuple[Balance, Balance]]:
    """Return pairs of one code and different amounts that nothing tells apart."""
    pairs = []
    for code in (OPENING, PREVIOUS, CLOSING):
        first, *others = [*_plain(balances, code)] or [None]
        pairs += [(first, other) for other in others if other.amount != first.amount]
    return pairs


def between(balances: list[Balance], moved: Decimal, empty: bool):
    """Return opening and closing balance, ``None`` for what can't be known.

    :param moved: sum of the entries, which tells interim balances apart.
    :param empty: there is no entry, so one balance stands for both.
    """
    interims = [item for item in balances if item.code == INTERIM]
    opening = _one(balances, OPENING) or _one(balances, PREVIOUS)
    closing = _one(balances, CLOSING)
    if not opening and not closing and len(interims) > 1:
        opening, closing = _page(interims, moved)
    elif not opening and interims:
        due = closing.amount - moved if closing else None
        opening = _fitting(interims, due, interims[0])
    if not closing and interims:
        closing = _fitting(interims, opening.amount + moved, interims[-1])
    if empty:
        opening, closing = opening or closing, closing or opening
    return opening, closing


def _plain(balances: list[Balance], code: str) -> list[Balance]:
    same = [item for item in balances if item.code == code]
    return [item for item in same if not item.qualifier] or same[:1]


def _one(balances: list[Balance], code: str) -> Balance | None:
    return next(iter(_plain(balances, code)), None)


def _page(interims: list[Balance], moved: Decimal) -> tuple[Balance, Balance]:
    """Return begin and end of a page: their order isn't fixed, but the sum is."""
    first, last = interims[0], interims[-1]
    if first.amount + moved != last.amount and last.amount + moved == first.amount:
        return last, first
    return first, last


def _fitting(interims: list[Balance], due: Decimal | None, other: Balance) -> Balance:
    return next((item for item in interims if item.amount == due), other)
