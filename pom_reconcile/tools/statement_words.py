"""What a person reads of a bank's transaction: its label, and all there is to know.

Each thing once, without needless blanks, codes in words, and no card's number.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator

from markupsafe import Markup

from ..formats.base import Transaction
from ..formats.camt.codes import describe as describe_iso
from ..formats.coda.codes import describe as describe_coda
from ..formats.coda.meanings import meaning
from ..formats.references import format_reference
from ..matching.rules.returned import CAUSES

LABEL_WIDTH = 140
#: Puts a word of the bank's into the language of whoever imports.
Say = Callable[[str], str]

CARD_NUMBER = "card number"
_SHOWN_DIGITS = 4
_TELLING = 8  # characters of a number that says the same wherever it stands
_NOT_ALNUM = re.compile(r"[\W_]+")


def code_words(transaction: Transaction, say: Say = str) -> str:
    """Return the transaction code in words.

    >>> from decimal import Decimal
    >>> code_words(Transaction(Decimal(1), code="00150000"), str.upper)
    'CREDIT TRANSFER: TRANSFER IN YOUR FAVOUR'
    >>> code_words(Transaction(Decimal(1), code="PMNT-ICDT-SALA"), str.upper)
    'CREDIT TRANSFER: WAGES'
    """
    code = transaction.code
    describe = describe_coda if code.isdecimal() and len(code) == 8 else describe_iso
    return describe(code, say) or transaction.code_text


def partner_name(transaction: Transaction) -> str:
    """Return the counterparty, of a card payment the shop as its terminal is called."""
    shop = ""
    if transaction.structured_type == "113":
        shop = dict(transaction.structured).get("terminal name", "")
    return squeezed(transaction.counterparty_name or shop)


def label(transaction: Transaction, say: Say = str) -> str:
    """Return the reference in canonical spelling, else the first words there are.

    Our own reference comes first on what a payment file was booked as; money that came
    back is marked.
    """
    said, own = _said(transaction, say), squeezed(transaction.payment_information_id)
    if own and own not in said:
        said = f"{own} {said}"
    if transaction.return_type:
        said = f"{_heading('returned', say)}: {said}"
    return said[:LABEL_WIDTH].rstrip()


def _said(transaction: Transaction, say: Say) -> str:
    return (
        " ".join(map(format_reference, transaction.references))
        or squeezed(transaction.text.strip().split("\n")[0])
        or partner_name(transaction)
        or code_words(transaction, say)
        or transaction.end_to_end_id
        or transaction.code
        or "-"
    )


def narration(transaction: Transaction, say: Say = str) -> Markup:
    """Return everything a person may want to read of the transaction, as HTML."""
    lines = list(filter(None, map(squeezed, transaction.text.split("\n"))))
    parts = [Markup("<p>%s</p>") % Markup("<br/>").join(lines)] if lines else []
    facts = list(_distinct(_facts(transaction, say), " ".join(lines)))
    if facts:
        parts.append(_pairs(facts, say))
    if transaction.details:
        parts.append(_details(transaction.details, say))
    return Markup("").join(parts)


def squeezed(text: str) -> str:
    """Return it without blanks at its ends, and single ones within.

    >>> squeezed("  JAN    PEETERS ")
    'JAN PEETERS'
    """
    return " ".join(text.split())


def masked(number: str) -> str:
    """Return the last four digits of a card's number.

    >>> masked("6703000000001234")
    '•••• 1234'
    """
    return f"•••• {number.strip()[-_SHOWN_DIGITS:]}"


def _facts(transaction: Transaction, say: Say) -> Iterator[tuple[str, str]]:
    for name in (
        "end_to_end_id",
        "payment_information_id",
        "mandate",
        "creditor_id",
        "return_type",
    ):
        if value := getattr(transaction, name):
            yield name, say(value) if name == "return_type" else value
    if code := transaction.return_reason:
        cause = CAUSES.get(code)
        yield "return_reason", f"{code}: {say(cause)}" if cause else code
    if transaction.foreign:
        foreign = transaction.foreign
        rate = f" ({foreign.rate})" if foreign.rate else ""
        yield "original amount", f"{foreign.amount} {foreign.currency}{rate}"
    for name, value in (*transaction.structured, *transaction.information):
        yield name, _in_words(name, value, transaction, say)


def _in_words(name: str, value: str, transaction: Transaction, say: Say) -> str:
    if name == CARD_NUMBER:
        return masked(value)
    if name == "reason of return" and value == transaction.return_reason:
        return ""
    word = meaning(name, value)
    return say(word) if word != value else squeezed(value)


def _distinct(facts: Iterable[tuple[str, str]], text: str):
    """Leave out what was said before: a name, a reference, words of the text."""
    seen, said = set(), _key(text)
    for name, value in facts:
        key = _key(value)
        telling = len(key) >= _TELLING or not key.isdecimal()
        if value and not (telling and (key in seen or (len(key) > 3 and key in said))):
            seen.add(key)
            yield name, value


def _key(text: str) -> str:
    return _NOT_ALNUM.sub("", text).upper()


def _pairs(pairs: Iterable[tuple[str, str]], say: Say) -> Markup:
    rows = Markup("").join(
        Markup("<li>%s: %s</li>") % (_heading(name, say), value)
        for name, value in pairs
    )
    return Markup("<ul>%s</ul>") % rows


def _heading(name: str, say: Say) -> str:
    """Say a name as the beginning of a line.

    >>> _heading("end_to_end_id", str)
    'End to end id'
    """
    word = say(str(name).replace("_", " "))
    return word[:1].upper() + word[1:]


def _details(items: Iterable[Transaction], say: Say) -> Markup:
    rows = Markup("").join(
        Markup("<li>%s %s</li>") % (item.amount, _one_line(item, say)) for item in items
    )
    return Markup("<ul>%s</ul>") % rows


def _one_line(item: Transaction, say: Say) -> str:
    parts = (code_words(item, say), item.counterparty_name, item.text)
    return " – ".join(filter(None, map(squeezed, parts)))
