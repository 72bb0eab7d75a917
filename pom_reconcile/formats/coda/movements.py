"""From the records of one movement (21 to 33) to a transaction."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from functools import lru_cache

from ..base import TransactionDraft
from .accounts import counterparty_account
from .codes import lookup
from .control import NOT_A_DATE
from .free import drop_accounts, read_free
from .informations import read_informations
from .records import (
    MOVEMENT,
    MOVEMENT_2,
    MOVEMENT_3,
    STRIDE,
)
from .structured import REASON, RETURN_TYPES, read_structured
from .values import day, money

#: Types of totals: their customer reference is the payment file's, not the payment's.
TOTALS = frozenset("127")
BIC = re.compile(r"[A-Z]{6}[A-Z0-9]{2}(?:[A-Z0-9]{3})?")
_first = MOVEMENT.getter(
    "bank_reference",
    "sign",
    "amount",
    "value_date",
    "code",
    "structured",
    "communication",
    "date",
)
_second = MOVEMENT_2.getter(
    "communication", "customer_reference", "bic", ("filler", "purpose"), line=1
)
#: What a record 22 says of a return, beside the purposes.
_returned = MOVEMENT_2.getter(
    "filler", "return_type", "return_reason", "category_purpose", "purpose", line=1
)
#: By the line it stands on: a record 22 may be absent.
_third = {
    line: MOVEMENT_3.getter("account", "name", "communication", line=line)
    for line in (1, 2)
}
#: Where the kinds of the records stand, by line.
_KINDS = [slice(line * STRIDE, line * STRIDE + 2) for line in range(4)]
REFERENCE_WIDTH = 35
#: Two references in one field: of the payment file and of the payment.
TWO_REFERENCES = re.compile(r"(\S.{12}) {9}(.{12}\S)")
BLANK = " " * 53

Warn = Callable[..., None]


def build(text: str, number: int, own: tuple[str, str], warn: Warn) -> TransactionDraft:
    """Return the :class:`TransactionDraft` of a movement or a detail.

    :param text: the 21 record and those that follow it, 128 characters each, with LF
        between them.
    :param number: line of the 21 record.
    :param own: number and currency of the account: they are no reference, and no
        foreign currency.
    :param warn: called with a line, a message and its values for what is odd.
    :raises ValueError: when the amount can't be read.
    """
    draft, structured, communication = _read_first(text, number, warn)
    second, third, lines = _read_more(draft, text)
    joined = False
    if structured == "1":
        # A record 22 that is absent still takes its place in the columns.
        content = communication + (second or BLANK) + third
        read_structured(draft, content, own[1])
    else:
        joined = read_free(draft, communication + second + third)
    if len(text) > lines * STRIDE:
        read_informations(draft, text[lines * STRIDE :], joined)
    if draft.references and not draft.structured_type:
        drop_accounts(draft, own[0])
    return draft


def _read_first(text: str, number: int, warn: Warn):
    """Return a draft, "1" if the communication has a structure, and its beginning."""
    (
        bank_reference,
        sign,
        amount,
        value_date,
        code,
        structured,
        communication,
        booked,
    ) = _first(text)
    draft = TransactionDraft(money(amount, sign))
    draft.code, draft.code_text = lookup(code)
    draft.bank_reference = bank_reference.rstrip()
    draft.raw = text
    draft.line_number = number
    try:
        draft.date = day(booked)
        draft.value_date = day(value_date)
    except ValueError:
        draft.date = read_day(booked, number, warn)
        draft.value_date = read_day(value_date, number, warn)
    return draft, structured, communication


def _read_more(draft, text: str) -> tuple[str, str, int]:
    """Return what records 22 and 23 have of the communication, and how many records
    there were so far."""
    second = third = ""
    line = 1
    if text[_KINDS[1]] == "22":
        second = _read_second(draft, text)
        line = 2
    if text[_KINDS[line]] == "23":
        third = _read_third(draft, text, line)
        line += 1
    return second, third, line


def read_day(text: str, number: int, warn: Warn) -> date | None:
    """Return a date, ``None`` with a warning for what isn't one."""
    try:
        return day(text)
    except ValueError:
        warn(number, NOT_A_DATE, text=text)
        return None


def _read_second(draft, text: str) -> str:
    communication, reference, bic, rest = _second(text)
    reference = reference.strip()
    if reference.strip("0"):
        _read_customer_reference(draft, reference)
    draft.counterparty_bic = read_bic(bic)
    if not rest.isspace():
        _read_return(draft, text)
    return communication


def _read_customer_reference(draft, reference: str) -> None:
    two = len(reference) == REFERENCE_WIDTH and TWO_REFERENCES.fullmatch(reference)
    of_file, of_payment = two.groups() if two else (reference, reference)
    if draft.code[0] in TOTALS:
        draft.payment_information_id = of_file.rstrip()
        return
    draft.end_to_end_id = of_payment.lstrip()
    if two:
        draft.payment_information_id = of_file.rstrip()


@lru_cache(maxsize=4096)
def read_bic(text: str) -> str:
    """Return the BIC, empty when the field holds something else (as old files do)."""
    text = text.rstrip()
    return text if BIC.fullmatch(text) else ""


def _read_return(draft, text: str) -> None:
    filler, return_type, reason, category_purpose, purpose = _returned(text)
    # Files from before 2.5 have a reference of the bank across these columns.
    if not filler.isspace():
        return
    draft.return_type = RETURN_TYPES.get(return_type, "")
    draft.return_reason = reason if REASON.fullmatch(reason) else ""
    draft.category_purpose = category_purpose.strip()
    draft.purpose = purpose.strip()


def _read_third(draft, text: str, line: int) -> str:
    account, name, communication = _third[line](text)
    draft.counterparty_account = counterparty_account(account)
    draft.counterparty_name = name.strip()
    return communication
