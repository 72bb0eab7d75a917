"""Payment references: Belgian structured communications, ISO 11649, Dutch, Swiss.

The first two are found in texts, all are known in fields made for them. In texts only
what can't be anything else counts: it's kept with the transaction and shown as its
reference. What a text may mean besides, the matching looks for (``matching.text``): it
reads lines that other programs entered, and references that are cut or mistyped, too.
Sources: SIX, *Swiss Payment Standards* (QR reference, recursive modulo 10).
"""

from __future__ import annotations

import re

from odoo.addons.pom_payment.tools.references import (
    format_ogm,
    format_qrr,
    format_rf,
    is_ogm,
    mod_97,
)

from .base import Reference

# Standing alone: no letter, digit or joining sign beside it that would make it a part
# of an order number, a card number, a telephone number or an amount.
_LEFT = r"(?<![\w/+*#-])(?<!\d[.,])"
_RIGHT = r"(?![\w/+*-])(?![.,]\d)"

MARKED = re.compile(
    r"(?:\+\+\+|\*\*\*)\s*([0-9]{3})\s?/?\s?([0-9]{4})\s?/?\s?([0-9]{5})\s*"
    r"(?:\+\+\+|\*\*\*)"
)
SLASHED = re.compile(r"(?<![\w/])([0-9]{3})/([0-9]{4})/([0-9]{5})(?![\w/])")
BARE = re.compile(rf"{_LEFT}([0-9]{{12}}){_RIGHT}")
ISO = re.compile(
    rf"{_LEFT}(RF[0-9]{{2}}(?:[A-Z0-9]{{1,21}}"
    rf"|(?: [A-Z0-9]{{4}}){{1,5}}(?: [A-Z0-9]{{1,4}})?| [0-9]{{4,21}})){_RIGHT}",
    re.IGNORECASE | re.ASCII,
)
IBAN = re.compile(
    r"(?<!\w)(?!RF)[A-Z]{2}[0-9]{2}(?: ?[A-Z0-9]{4}){2,7}(?: ?[A-Z0-9]{1,3})?(?!\w)",
    re.IGNORECASE | re.ASCII,
)
#: Counts with wrong check digits too: it holds twelve digits that pass for a reference.
BELGIAN_IBAN = re.compile(r"(?<!\w)BE[0-9]{2}(?: ?[0-9]){12}(?!\w)", re.IGNORECASE)
#: Twelve digits after one of these words are something else than a reference.
OTHER_NUMBER = re.compile(
    r"\b(?:e-?mail|iban|rek\w*|compte|cpte|acc(?:oun)?t|konto|ean|gtin|upc|isbn|sku"
    r"|barcode|card|kaart|carte|karte|visa|maestro|mastercard|order|p\.?o|bestel\w*"
    r"|commande|ordre|bestellung|auftrag|tel|gsm|phone)\W{0,3}"
    r"(?:n[ro°]?|num\w*|number|nummer|id|code)?\W{0,3}$",
    re.IGNORECASE,
)
#: Cheap question before the dear ones: has the text what any of them needs?
CANDIDATE = re.compile(
    r"[0-9Rr](?:[0-9]{2}\s?/?\s?[0-9]{4}\s?/?\s?[0-9]{5}|[Ff][0-9]{2})"
)


#: How a reference is printed on an invoice, by kind.
SPELLING = {"ogm": format_ogm, "rf": format_rf, "nl": str, "qrr": format_qrr}


def format_reference(reference: Reference) -> str:
    """Write a reference the way it is printed on an invoice."""
    return SPELLING[reference.kind](reference.value)


def find_references(text: str) -> tuple[Reference, ...]:
    """Return the valid references standing alone in a free text, each once.

    >>> [ref.value for ref in find_references("fact. +++123/4567/89002+++ en rf18 5390 "
    ...     "0754 7034; BE68 5390 0754 7034, order 123456789002")]
    ['123456789002', 'RF18539007547034']
    """
    if not CANDIDATE.search(text):
        return ()
    found: dict[Reference, int] = {}
    for search in (_search_ogm, _search_rf):
        for reference, position in search(text):
            found.setdefault(reference, position)
    return tuple(sorted(found, key=found.get))


def _search_ogm(text: str):
    for pattern in (MARKED, SLASHED):
        for match in pattern.finditer(text):
            digits = "".join(match.groups())
            if is_ogm(digits):
                yield Reference("ogm", digits), match.start()
    for match in BARE.finditer(text):
        if is_ogm(match[1]) and not _is_other_number(text, match):
            yield Reference("ogm", match[1]), match.start()


def _is_other_number(text: str, match: re.Match) -> bool:
    if OTHER_NUMBER.search(text, 0, match.start()):
        return True
    return any(
        start < match.end() and match.start() < end for start, end in _numbers(text)
    )


def _numbers(text: str):
    """Yield where account numbers and creditor references begin and end."""
    for match in BELGIAN_IBAN.finditer(text):
        yield match.span()
    for pattern in (IBAN, ISO):
        for match in pattern.finditer(text):
            start, found = match.start(), _longest_valid(match[0].upper())
            yield start, start + len(found)


def _search_rf(text: str):
    for match in ISO.finditer(text):
        value = _longest_valid(match[1].upper()).replace(" ", "")
        if value:
            yield Reference("rf", value), match.start()


def _longest_valid(candidate: str) -> str:
    """Drop groups at the end, which may be words that follow, until it is valid.

    Words may happen to keep it valid, so digits alone are preferred.
    """
    groups = candidate.split(" ")
    texts = [" ".join(groups[:size]) for size in range(len(groups), 0, -1)]
    valid = [text for text in texts if len(text) > 4 and _is_checked(text)]
    digits = [text for text in valid if text[4:].replace(" ", "").isdecimal()]
    return next(iter(digits or valid), "")


def _is_checked(candidate: str) -> bool:
    """Whether the check digits are right, of an account number or a reference."""
    compact = candidate.replace(" ", "")
    return mod_97(compact[4:] + compact[:4]) == 1
