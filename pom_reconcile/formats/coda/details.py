"""Which details a movement keeps, and which of them may be booked in its place.

Types of movements (standard §5.4): 1 is a customer's total of details 5, 2 a bank's
total of details 6 and 7, a 7 has details 9 of its own; 3 is a simple amount that its
details 8 explain.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal
from itertools import count

from ..base import ZERO, Transaction, TransactionDraft, freeze
from . import control
from .codes import CHARGES, GROSS

#: Types that stand for their details; some banks give them type 0.
BATCH_TYPES = frozenset("012")
EXPLAINED, EXPLANATION = "3", "8"
NESTING, NESTED = "7", "9"

Warn = Callable[..., None]


def attach(total: TransactionDraft, details: list, warn: Warn) -> None:
    """Put details under their total, unless it should be their sum and isn't.

    :param details: the drafts that follow the total, in the order of the file.
    :param warn: called with a line, a message and its values when they are left out;
        their records are kept with those of the total.
    """
    details = _nest(details, warn)
    kind = total.code[0]
    kinds = {item.code[0] for item in details}
    found = sum(item.amount for item in details)
    adds_up = found == total.amount
    if adds_up or kind == EXPLAINED or kinds == {EXPLANATION}:
        total.details = details
        if adds_up and kinds == {EXPLANATION}:
            total.charges = _kept(total, details)
        total.batch = adds_up and kind in BATCH_TYPES and EXPLANATION not in kinds
        return
    values = {"number": control.number_of(total), "found": found, "due": total.amount}
    warn(total.line_number, control.DETAILS_DONT_ADD_UP, **values)
    total.raw = "\n".join([total.raw, *_all_raw(details)])


def _kept(total: TransactionDraft, details: list) -> Decimal:
    """Return what banks kept of an amount that is explained as one gross amount and
    charges only, else zero."""
    gross = [item.amount for item in details if item.code[5:8] == GROSS]
    others = [item for item in details if item.code[5:8] != GROSS]
    if len(gross) != 1 or any(item.code[5:8] not in CHARGES for item in others):
        return ZERO
    charged = gross[0] - total.amount
    return charged if charged > 0 and gross[0] * total.amount > 0 else ZERO


def _nest(details: list, warn: Warn) -> list:
    """Put the details of type 9 under the detail of type 7 before them."""
    result: list[TransactionDraft] = []
    children: dict[int, list] = {}
    for item in details:
        parent = result[-1] if result else None
        if parent and parent.code[0] == NESTING and item.code[0] == NESTED:
            children.setdefault(len(result) - 1, []).append(item)
        else:
            result.append(item)
    for index, items in children.items():
        attach(result[index], items, warn)
    return result


def _all_raw(details: list) -> Iterator[str]:
    for item in details:
        yield item.raw
        yield from _all_raw(item.details)


def finish(draft: TransactionDraft, ordinal: int) -> Transaction:
    """Give a draft and its details their places, and turn them into transactions."""
    draft.ordinal = ordinal
    if draft.details:
        draft.details = tuple(map(finish, draft.details, count(1)))
    return freeze(draft)


def is_dated(transaction: Transaction) -> bool:
    """Whether it and all its details have a booking date."""
    return transaction.date is not None and all(map(is_dated, transaction.details))


def dated(transaction: Transaction, when: date | None) -> Transaction:
    """Return it with the statement's date where it or a detail has none."""
    details = tuple([dated(item, when) for item in transaction.details])
    return replace(transaction, date=transaction.date or when, details=details)
