"""From the records of one movement (21 to 33) to a transaction."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from functools import lru_cache

from ..base import Foreign, Reference, TransactionDraft
from ..references import MARKED, find_references, format_ogm, format_reference
from .accounts import counterparty_account
from .codes import lookup
from .communications import (
    INFORMATION_WIDTH,
    INFORMATIONS,
    MOVEMENT_WIDTH,
    MOVEMENTS,
    TEXTS,
    Pairs,
    read_pairs,
)
from .control import NOT_A_DATE
from .lazy import Lazy
from .records import (
    INFORMATION,
    INFORMATION_2,
    INFORMATION_3,
    MOVEMENT,
    MOVEMENT_2,
    MOVEMENT_3,
    STRIDE,
)
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
#: The field that holds a payment reference, by type of communication.
REFERENCE_FIELDS = {
    "100": "creditor reference",
    "101": "structured communication",
    "102": "structured communication",
    "105": "structured communication",
    "127": "communication",
}
OGM_TYPES = frozenset(("101", "102"))
NO_OGM = "0" * 12
#: The field with the amount in another currency, by type of communication.
FOREIGN = {"105": "gross amount in original currency", "113": "original amount"}
BIC = re.compile(r"[A-Z]{6}[A-Z0-9]{2}(?:[A-Z0-9]{3})?")
REASON = re.compile(r"[A-Z]{2}[A-Z0-9]{2}")
RF = re.compile(r"RF[0-9]{2}[A-Z0-9]{1,21}")
#: A structured communication that fills a field.
OGM_FIELD = re.compile(r"([0-9]{3})/?([0-9]{4})/?([0-9]{5})")
NUMBER = re.compile(r"[0-9]+\.[0-9]+")

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
_information = INFORMATION.getter("structured", "communication")
_PARTS = {
    "32": INFORMATION_2.slices["communication"],
    "33": INFORMATION_3.slices["communication"],
}
_FLAG = INFORMATION.slices["structured"].start
#: A record 31 behind another record that holds no structure.
FREE_INFORMATION = re.compile(rf"\n31.{{{_FLAG - 2}}}[^1]", re.DOTALL)
TEXT_WIDTH = 53 + 53 + 43
BLANK = " " * 53
BLANK_INFORMATION = " " * 105

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
    second = third = ""
    line = 1
    if text[_KINDS[1]] == "22":
        second = _read_second(draft, text)
        line = 2
    if text[_KINDS[line]] == "23":
        third = _read_third(draft, text, line)
        line += 1
    if structured == "1":
        # A record 22 that is absent still takes its place in the columns.
        content = communication + (second or BLANK) + third
        _read_structured(draft, content, own[1])
        joined = False
    else:
        content = communication + second + third
        draft.text = content.strip()
        draft.references = find_references(draft.text)
        joined = len(content) == TEXT_WIDTH and not content[-1].isspace()
    if len(text) > line * STRIDE:
        _read_informations(draft, text[line * STRIDE :], joined)
    if draft.references and not draft.structured_type:
        _drop_accounts(draft, own[0])
    return draft


def _drop_accounts(draft, own: str) -> None:
    """Drop what is the Belgian number of either side: it has the same check digits."""
    sides = (own, draft.counterparty_account)
    draft.references = tuple(
        [
            item
            for item in draft.references
            if not any(side.endswith(item.value) for side in sides)
        ]
    )


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


def _read_structured(draft, content: str, currency: str) -> None:
    kind = draft.structured_type = content[:3]
    digits = content[3:15]
    if kind in OGM_TYPES and digits.isdecimal() and digits.isascii():
        _read_ogm(draft, digits, content[15:])
        return
    body = content[3:].ljust(MOVEMENT_WIDTH)
    table = MOVEMENTS.get(kind)
    if table is None:
        draft.text = body.strip()
        draft.references = find_references(draft.text)
        return
    pairs = draft.structured = read_pairs(table, body)
    values = dict(pairs)
    draft.references = _coded_references(kind, values, body)
    draft.text = structured_text(kind, pairs, draft.references, body)
    if kind in FOREIGN:
        draft.foreign = _foreign(values, FOREIGN[kind], draft.amount, currency)
    elif kind == "127":
        _read_direct_debit(draft, values)


def _read_ogm(draft, digits: str, rest: str) -> None:
    draft.structured = ((REFERENCE_FIELDS["101"], digits),)
    draft.text = digits
    if digits != NO_OGM:
        draft.references = (Reference("ogm", digits),)
        draft.text = format_ogm(digits)
    if not rest.isspace():
        draft.text += " " + rest.strip()


def _coded_references(kind: str, values: dict, body: str) -> tuple[Reference, ...]:
    """Return the reference of a field that is made for one.

    The bank vouches for it, so check digits aren't asked for, unlike in free text.
    """
    if kind == "107":
        return find_references(values.get("communication", ""))
    text = values.get(REFERENCE_FIELDS.get(kind, ""), "")
    if kind in OGM_TYPES:
        # Twelve digits are the rule and were dealt with: this holds something else.
        text = body.strip()
    match = OGM_FIELD.fullmatch(text) or MARKED.search(text)
    if match:
        digits = "".join(match.groups())
        return (Reference("ogm", digits),) if digits != NO_OGM else ()
    value = text.replace(" ", "").upper()
    if RF.fullmatch(value):
        return (Reference("rf", value),)
    return find_references(text)


def structured_text(
    kind: str, pairs: Pairs, references: tuple[Reference, ...], body: str
) -> str:
    """Return what of a structured communication is for human eyes."""
    if kind in TEXTS:
        values = dict(pairs)
        return " ".join(filter(None, map(values.get, TEXTS[kind])))
    if references:
        return " ".join(map(format_reference, references))
    # A reference field that holds something else is shown as it stands.
    return body.strip() if kind in ("100", *OGM_TYPES) else ""


def _foreign(values: dict, name: str, amount: Decimal, currency: str):
    original, other = values.get(name, ""), values.get("currency", "")
    if other in ("", currency) or not NUMBER.fullmatch(original):
        return None
    rate = values.get("rate", "")
    return Foreign(
        Decimal(original).copy_sign(amount),
        other,
        Decimal(rate) if NUMBER.fullmatch(rate) else None,
    )


def _read_direct_debit(draft, values: dict) -> None:
    draft.mandate = values.get("mandate", "")
    draft.creditor_id = values.get("creditor identifier", "")
    reason = values.get("reason of return", "")
    if not draft.return_type:
        draft.return_type = RETURN_TYPES.get(values.get("type of return", ""), "")
    if not draft.return_reason and REASON.fullmatch(reason):
        draft.return_reason = reason


def _read_informations(draft, records: str, joined: bool) -> None:
    """Read records 3; ``joined`` is whether the movement's text filled its records.

    A text that does so goes on in the next one, in mid-word perhaps.
    """
    information = draft.information = Information(records)
    if not draft.counterparty_name:
        draft.counterparty_name = dict(information).get("counterparty", "")
    # In most files there is a single one, and no text in it.
    if records[_FLAG] == "1" and not FREE_INFORMATION.search(records):
        return
    texts: list[str] = [draft.text]
    for structured, content in _informations(records):
        if structured == "1":
            continue
        if joined:
            texts[-1] += content
        else:
            texts.append(content)
        joined = not content[-1].isspace()
    _set_texts(draft, [content.strip() for content in texts])


class Information(Lazy):
    """Name/value pairs of the structured records 3."""

    __slots__ = ()

    def values(self) -> Pairs:
        return tuple(
            pair
            for structured, content in _informations(self._text)
            if structured == "1"
            for pair in _information_pairs(content[:3], content[3:])
        )


def _informations(records: str) -> list[list[str]]:
    """Put records 32 and 33 behind their 31."""
    found: list[list[str]] = []
    last = ""
    for record in records.split("\n"):
        kind = record[:2]
        if kind == "31":
            found.append(list(_information(record)))
        else:
            # A record 32 that is absent still takes its place in the columns.
            if kind == "33" and last == "31" and found[-1][0] == "1":
                found[-1][1] += BLANK_INFORMATION
            found[-1][1] += record[_PARTS[kind]]
        last = kind
    return found


def _information_pairs(kind: str, body: str) -> Pairs:
    table = INFORMATIONS.get(kind)
    if table is None:
        value = body.strip()
        return ((f"information {kind}", value),) if value else ()
    return read_pairs(table, body.ljust(INFORMATION_WIDTH))


def _set_texts(draft, texts: list[str]) -> None:
    # A free text may have gone on: what was found in its beginning is found again.
    coded = draft.references if draft.structured_type else ()
    found = [item for text in texts for item in find_references(text)]
    draft.references = tuple(dict.fromkeys((*coded, *found)))
    draft.text = "\n".join(filter(None, texts))
