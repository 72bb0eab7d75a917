"""Payment references in texts: Belgian structured communications and ISO 11649.

Only what can't be anything else counts: a wrong match costs more than a missed one.
Sources: Febelfin, *OGM-VCS* (ten digits and their remainder by 97, 97 for 0);
ISO 11649:2009.
"""

from __future__ import annotations

import re

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


def is_ogm(digits: str) -> bool:
    """Whether twelve digits carry the right check digits.

    >>> is_ogm("123456789002"), is_ogm("123456789012")
    (True, False)
    """
    return (int(digits[:10]) % 97 or 97) == int(digits[10:])


def is_rf(value: str) -> bool:
    """Whether an ISO 11649 reference without blanks carries the right check digits.

    >>> is_rf("RF18539007547034"), is_rf("RF19539007547034")
    (True, False)
    """
    return int("".join(str(int(c, 36)) for c in value[4:] + value[:4])) % 97 == 1


def format_ogm(digits: str) -> str:
    """Write twelve digits as Belgian banks print them.

    >>> format_ogm("123456789002")
    '+++123/4567/89002+++'
    """
    return f"+++{digits[:3]}/{digits[3:7]}/{digits[7:]}+++"


def format_rf(value: str) -> str:
    """Write an ISO 11649 reference in groups of four.

    >>> format_rf("RF18539007547034")
    'RF18 5390 0754 7034'
    """
    return " ".join(value[i : i + 4] for i in range(0, len(value), 4))


def format_reference(reference: Reference) -> str:
    """Write a reference the way it is printed on an invoice."""
    write = format_ogm if reference.kind == "ogm" else format_rf
    return write(reference.value)


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
    valid = [text for text in texts if len(text) > 4 and is_rf(text.replace(" ", ""))]
    digits = [text for text in valid if text[4:].replace(" ", "").isdecimal()]
    return next(iter(digits or valid), "")
