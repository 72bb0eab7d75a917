"""From the records of one movement (21 to 33) to a transaction."""

from __future__ import annotations

import re
from collections.abc import Callable
from decimal import Decimal
from functools import lru_cache

from ..base import Foreign, Reference, TransactionDraft
from ..references import find_references, format_reference
from .accounts import counterparty_account
from .codes import describe
from .communications import (
    INFORMATION_WIDTH,
    INFORMATIONS,
    MOVEMENT_WIDTH,
    MOVEMENTS,
    TEXTS,
    Pairs,
    read_pairs,
)
from .records import INFORMATION, MOVEMENT, MOVEMENT_2, MOVEMENT_3
from .values import day, money

#: Types of totals: their customer reference is the payment file's, not the payment's.
TOTALS = frozenset("127")
RETURN_TYPES = {
    "1": "reject",
    "2": "return",
    "3": "refund",
    "4": "reversal",
    "5": "cancellation",
}
#: Why a direct debit was not paid (127, position 8), as far as it is said in words.
REFUSALS = {
    "1": "technical problem",
    "2": "unspecified reason",
    "3": "debtor disagrees",
    "4": "problem with the debtor's account",
}

BIC = re.compile(r"[A-Z]{6}[A-Z0-9]{2}(?:[A-Z0-9]{3})?")
REASON = re.compile(r"[A-Z]{2}[A-Z0-9]{2}")
PURPOSE = re.compile(r"[A-Z0-9]{4}")
OGM = re.compile(r"\d{12}")
RF = re.compile(r"RF\d\d[A-Z0-9]{1,21}")
#: A structured communication that fills a field, whatever its check digits.
MARKED_OGM = re.compile(r"[+*]{0,3}\s*(\d{3})\s?/?(\d{4})\s?/?(\d{5})\s*[+*]{0,3}")

_first = MOVEMENT.getter(
    "sequence",
    "detail",
    "bank_reference",
    "sign",
    "amount",
    "value_date",
    "code",
    "structured",
    "communication",
    "date",
)
_second = MOVEMENT_2.getter("communication", "customer_reference", "bic")
_returned = MOVEMENT_2.getter(
    "filler", "return_type", "return_reason", "category_purpose", "purpose"
)
_RETURNED = slice(MOVEMENT_2.slices["filler"].start, MOVEMENT_2.slices["purpose"].stop)
_third = MOVEMENT_3.getter("account", "name", "communication")
_information = INFORMATION.getter("structured", "communication")
_PARTS = {"32": slice(10, 115), "33": slice(10, 100)}

Note = Callable[..., None]


def build(records: list[str], number: int, currency: str, note: Note):
    """Return the :class:`TransactionDraft` of a movement or a detail.

    :param records: the 21 record and those that follow it, 128 characters each.
    :param number: line of the 21 record.
    :param currency: the account's, to tell whether another one is foreign.
    :param note: called with a message and its values for what is odd but bearable.
    :raises ValueError: when the amount can't be read.
    """
    (
        sequence,
        detail,
        bank_reference,
        sign,
        amount,
        value_date,
        code,
        structured,
        communication,
        booked,
    ) = _first(records[0])
    draft = TransactionDraft(
        amount=money(amount, sign),
        number=f"{sequence}.{detail}",
        date=_day(booked, note),
        value_date=_day(value_date, note),
        code=code,
        code_text=describe(code),
        bank_reference=bank_reference.rstrip(),
        raw=tuple(records),
        line_number=number,
    )
    parts = [communication, "", ""]
    informations = []
    for record in records[1:]:
        kind = record[:2]
        if kind == "22":
            parts[1] = _read_second(draft, record)
        elif kind == "23":
            parts[2] = _read_third(draft, record)
        elif kind == "31":
            informations.append([record, "", ""])
        elif informations:
            informations[-1][int(kind[1]) - 1] = record[_PARTS[kind]]
    if structured == "1":
        _read_structured(draft, parts, currency)
    else:
        _read_free(draft, "".join(parts).strip())
    if informations:
        _read_informations(draft, informations)
    return draft


def _day(text: str, note: Note):
    try:
        return day(text)
    except ValueError:
        note("“%(text)s” isn't a date; it is left empty.", text=text)
        return None


def _read_second(draft, record: str) -> str:
    communication, reference, bic = _second(record)
    reference = reference.strip()
    if reference.strip("0"):
        if draft.code[0] in TOTALS:
            draft.payment_information_id = reference
        else:
            draft.end_to_end_id = reference
    draft.counterparty_bic = read_bic(bic)
    if not record[_RETURNED].isspace():
        _read_return(draft, record)
    return communication


@lru_cache(maxsize=4096)
def read_bic(text: str) -> str:
    """Return the BIC, empty when the field holds something else (as old files do)."""
    text = text.rstrip()
    return text if BIC.fullmatch(text) else ""


def _read_return(draft, record: str) -> None:
    filler, return_type, reason, category_purpose, purpose = _returned(record)
    # Files from before 2.5 have a reference of the bank across these columns.
    if not filler.isspace():
        return
    draft.return_type = RETURN_TYPES.get(return_type, "")
    draft.return_reason = reason if REASON.fullmatch(reason) else ""
    draft.category_purpose = category_purpose.strip()
    draft.purpose = purpose.strip()


def _read_third(draft, record: str) -> str:
    account, name, communication = _third(record)
    draft.counterparty_account = counterparty_account(account)[0]
    draft.counterparty_name = name.strip()
    return communication


def _read_free(draft, text: str) -> None:
    if text:
        draft.text = text
        draft.references = find_references(text)


def _read_structured(draft, parts: list[str], currency: str) -> None:
    # A record 22 or 23 that is absent still takes its place in the columns.
    text = parts[0] + (parts[1] or " " * 53) + parts[2]
    kind, body = text[:3], text[3:].ljust(MOVEMENT_WIDTH)
    draft.structured_type = kind
    table = MOVEMENTS.get(kind)
    if table is None:
        _read_free(draft, body.strip())
        return
    draft.structured = read_pairs(table, body)
    values = dict(draft.structured)
    draft.references = _coded_references(kind, values, body)
    draft.text = structured_text(kind, draft.structured, body)
    draft.foreign = _foreign(kind, values, draft.amount, currency)
    if kind == "127":
        _read_direct_debit(draft, values)


def _coded_references(kind: str, values: dict, body: str) -> tuple[Reference, ...]:
    """Return the reference of a field that is made for one.

    The bank vouches for it, so check digits aren't asked for.
    """
    if kind == "100":
        value = values.get("creditor reference", "").replace(" ", "").upper()
        return (Reference("rf", value),) if RF.fullmatch(value) else ()
    if kind in ("101", "102", "105"):
        digits = values.get("structured communication", "")
        if OGM.fullmatch(digits) and digits.strip("0"):
            return (Reference("ogm", digits),)
        return find_references(body) if kind != "105" else ()
    if kind in ("107", "127"):
        return _references_in_field(values.get("communication", ""))
    return ()


def _references_in_field(text: str) -> tuple[Reference, ...]:
    match = MARKED_OGM.fullmatch(text)
    if match:
        return (Reference("ogm", "".join(match.groups())),)
    value = text.replace(" ", "").upper()
    if RF.fullmatch(value):
        return (Reference("rf", value),)
    return find_references(text)


def structured_text(kind: str, pairs: Pairs, body: str) -> str:
    """Return what of a structured communication is for human eyes."""
    values = dict(pairs)
    if kind in TEXTS:
        return " ".join(filter(None, map(values.get, TEXTS[kind])))
    references = _coded_references(kind, values, body)
    if references:
        return " ".join(map(format_reference, references))
    # A reference field that holds something else is shown as it stands.
    return body.strip() if kind in ("100", "101", "102") else ""


def _foreign(kind: str, values: dict, amount: Decimal, currency: str):
    name = {"105": "gross amount in original currency", "113": "original amount"}
    original = values.get(name.get(kind, ""))
    other = values.get("currency", "")
    if not original or other in ("", currency):
        return None
    rate = values.get("rate")
    try:
        return Foreign(
            Decimal(original).copy_sign(amount), other, Decimal(rate) if rate else None
        )
    except ArithmeticError:
        return None


def _read_direct_debit(draft, values: dict) -> None:
    draft.mandate = values.get("mandate", "")
    draft.creditor_id = values.get("creditor identifier", "")
    reason = values.get("reason of return", "")
    if not draft.return_type:
        draft.return_type = RETURN_TYPES.get(values.get("type of return", ""), "")
    if not draft.return_reason and REASON.fullmatch(reason):
        draft.return_reason = reason


def _read_informations(draft, informations: list[list[str]]) -> None:
    pairs: list[tuple[str, str]] = []
    texts: list[str] = []
    joined = False
    for record, second, third in informations:
        structured, communication = _information(record)
        if structured == "1":
            text = communication + (second or " " * 105) + third
            pairs += _information_pairs(text[:3], text[3:])
            continue
        text = communication + second + third
        if joined and texts:
            texts[-1] += text.rstrip()
        elif not text.isspace():
            texts.append(text.rstrip())
        # A text that fills its records goes on in the next one, in mid-word perhaps.
        joined = not text[-1:].isspace()
    draft.information = tuple(pairs)
    if not draft.counterparty_name:
        draft.counterparty_name = dict(pairs).get("counterparty", "")
    if texts:
        _add_texts(draft, texts)


def _information_pairs(kind: str, body: str) -> Pairs:
    table = INFORMATIONS.get(kind)
    if table is None:
        value = body.strip()
        return ((f"information {kind}", value),) if value else ()
    return read_pairs(table, body.ljust(INFORMATION_WIDTH))


def _add_texts(draft, texts: list[str]) -> None:
    texts = [text.strip() for text in texts]
    found = [ref for text in texts for ref in find_references(text)]
    draft.references = tuple(dict.fromkeys((*draft.references, *found)))
    draft.text = "\n".join(filter(None, [draft.text, *texts]))
