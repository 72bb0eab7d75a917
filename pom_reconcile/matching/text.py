"""References in what people type and banks print, for the matching.

More than ``formats.references`` keeps of a file: references that a line end cuts, and
what was meant as one. Strict on purpose: a number counts as a Belgian structured
communication only with check digits 01..97, and only when it stands on its own: not
within an IBAN, an EAN, a card or an order number. Sources: Febelfin, "gestructureerde
mededeling" (modulo 97, 97 for 0); ISO 11649 (RF, modulo 97-10); ISO 13616 (length of an
IBAN per country).
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from odoo.addons.pom_payment.tools.references import is_ogm, is_rf, mod_97

# ISO 13616 registry; countries of the SEPA area.
_IBANS = (
    "AD24 AT20 BE16 BG22 CH21 CY28 CZ24 DE22 DK18 EE20 ES24 FI18 FR27 GB22 "
    "GI23 GR27 HR21 HU28 IE22 IS26 IT27 LI21 LT20 LU20 LV21 MC27 MT31 NL18 "
    "NO15 PL28 PT25 RO24 SE24 SI19 SK24 SM27 VA22"
)
IBAN_LENGTHS = {iban[:2]: int(iban[2:]) for iban in _IBANS.split()}

_IBAN_START = re.compile(r"(?<![A-Z0-9])([A-Z]{2})\d{2}(?=[ .\-]?[A-Z0-9])")
_RF_START = re.compile(r"(?<![A-Z0-9])RF\s?\d{2}")
_ALNUM = re.compile(r"[A-Z0-9]")
_NOT_ALNUM = re.compile(r"[^A-Z0-9]")
_DECORATED = re.compile(r"(\+{2,3}|\*{2,3}|#{2,3})([\d\s./,:\-]{12,30}?)\1")
_CLUSTER = re.compile(
    r"(?<![A-Z0-9@])(?:(?:OGM|VCS|REF|NR|MED|MEDEDELING|COMM|COMMUNICATION)(?=\d))?"
    r"(\d+(?:[ ./,:;_|*+\\\-\u2013\u2014]{1,3}\d+)*)(?![A-Z0-9@])"
)
# Twelve digits after one of these words are something else.
_OTHER_NUMBER = re.compile(
    r"\b(?:IBAN|REKENING|COMPTE|ACCOUNT|KONTO|EAN|GTIN|UPC|ISBN|KAART|CARTE|KARTE|CARD"
    r"|ORDER|BESTEL\w*|COMMANDE|BESTELLUNG|TEL|GSM|PHONE|E-?MAIL)\W{0,3}"
    r"(?:(?:N[RO°]?|NUM\w*|ID)\W{1,3})?$"
)
# Banks leave out blanks at line ends; the slashes make it a reference all the same.
_GLUED = re.compile(r"(?<![\d/])(\d{3}/\d{4}/\d{5})(?![\d/])")
_ENDS_PHRASE = re.compile(r"[;|]|[,:] ")
_GROUP = re.compile(r"\d+|[^\d]+")
_EMAIL = re.compile(r"[\w.+\-]+@[\w\-]+(?:\.[\w\-]+)+")
_TAG = re.compile(r"<(?:br|/?p|/?div|/?li)[^>]*>", re.IGNORECASE)
_OTHER_TAG = re.compile(r"<[^<>]*>")
_BLANKS = re.compile(r"[^\S\r\n]+")
_LINE_END = re.compile(r"\s*[\r\n]+\s*")

# Not 3-7-2: so a Belgian account number was written before IBAN, and its check digits
# are made like those of a structured communication.
_OGM_GROUPS = (3, 4, 5)
_WHOLE = {
    (12,),
    _OGM_GROUPS,
    (3, 9),
    (7, 5),
    (10, 2),
    (4, 4, 4),
    (3, 3, 3, 3),
    (2, 2, 2, 2, 2, 2),
}
_BY_3_4_5 = re.compile(r"\d{3}([./,:_\-])\d{4}\1\d{5}")
_SLASHED = re.compile(r"\d{3}/\d{4}/\d{5}")


@dataclass(frozen=True)
class Scan:
    """References in a text.

    :ivar valid: canonical, in order of appearance.
    :ivar broken: digits of what was clearly meant as one, but has wrong check digits.
    :ivar rest: the upper-case text without IBANs and references: with blanks for its
        line ends, and if it has any, also without them.
    """

    valid: tuple[str, ...]
    broken: tuple[str, ...]
    rest: tuple[str, ...]


def plain_text(markup: str) -> str:
    """Give the text of an HTML note, one line per block.

    >>> plain_text("<p>+++000/0002<br/>/50176+++</p>").split()
    ['+++000/0002', '/50176+++']
    """
    return html.unescape(_OTHER_TAG.sub("", _TAG.sub("\n", markup))).strip()


def canonical(reference: str) -> str:
    """Give the form that references are compared in: upper-case letters and digits.

    >>> canonical("+++000/0002/50176+++"), canonical("rf18 5390 0754 7034")
    ('000000250176', 'RF18539007547034')
    """
    return _NOT_ALNUM.sub("", reference.upper())


def is_structured(reference: str) -> bool:
    """Tell if a canonical reference is one that only a creditor can have given."""
    return is_rf(reference) or (len(reference) == 12 and reference.isdecimal())


def ogm_in_rf(reference: str) -> str:
    """Give the structured communication that an RF reference wraps, else ''.

    >>> ogm_in_rf("RF71000000250176")
    '000000250176'
    """
    body = reference[4:]
    return body if reference.startswith("RF") and is_ogm(body) else ""


def emails(text: str) -> tuple[str, ...]:
    """Give the e-mail addresses in a text, in lower case."""
    return tuple(_EMAIL.findall(text.lower())) if "@" in text else ()


@lru_cache(maxsize=2**15)
def scan(text: str) -> Scan:
    """Find the structured references of a text.

    A line end may cut a reference anywhere, so the text is read twice: with its line
    ends taken out, and with blanks in their place.

    >>> scan("Betaling +++000/0002/50\\n176+++, dank").valid
    ('000000250176',)
    >>> scan("van BE68 5390 0754 7034").valid
    ()
    """
    upper = _BLANKS.sub(" ", text.upper())
    spaced = _scan_line(_LINE_END.sub(" ", upper))
    if "\n" not in upper and "\r" not in upper:
        return spaced
    joined = _scan_line(_LINE_END.sub("", upper))
    valid = tuple(dict.fromkeys(spaced.valid + joined.valid))
    broken = () if joined.valid else tuple(dict.fromkeys(spaced.broken + joined.broken))
    return Scan(valid, broken, spaced.rest + joined.rest)


def _scan_line(upper: str) -> Scan:
    if not any(map(str.isdecimal, upper)):
        return Scan((), (), (upper,))
    text = _without_ibans(upper)
    found: list[str] = []
    broken: list[str] = []
    for take in (_take_rf, _take_decorated, _take_clusters, _take_glued):
        text = take(text, found, broken)
    return Scan(tuple(dict.fromkeys(found)), tuple(dict.fromkeys(broken)), (text,))


def _without_ibans(text: str) -> str:
    position = 0
    while start := _IBAN_START.search(text, position):
        end = _iban_end(text, start.start(), start.group(1))
        if end:
            text = f"{text[: start.start()]} | {text[end:]}"
        position = start.end()
    return text


def _iban_end(text: str, start: int, country: str) -> int:
    """Where the IBAN that starts here ends, 0 if there is none.

    A mistyped one counts too when it is spelled like an IBAN, in one piece or by four.
    """
    length = IBAN_LENGTHS.get(country)
    if not length:
        return 0
    end, compact = _collect(text, start, length)
    if len(compact) < length or _ALNUM.match(text, end):
        return 0
    piece = text[start:end]
    by_four = [compact[i : i + 4] for i in range(0, length, 4)]
    usual = piece == compact or re.split(r"[ .\-]", piece) == by_four
    return end if usual or mod_97(compact[4:] + compact[:4]) == 1 else 0


def _collect(text: str, start: int, length: int) -> tuple[int, str]:
    """Collect that many letters and digits, skipping single separators."""
    compact, position = "", start
    while len(compact) < length and position < len(text):
        character = text[position]
        if _ALNUM.match(character):
            compact += character
        elif character not in " .-" or not _ALNUM.match(text, position + 1):
            break
        position += 1
    return position, compact


def _take_rf(text: str, found: list[str], broken: list[str]) -> str:
    position = 0
    while start := _RF_START.search(text, position):
        ends = list(_rf_ends(text, start.start()))
        found += [compact for compact, _end in ends]
        position = start.end()
        if ends:
            text = text[: start.start()] + " | " + text[ends[0][1] :]
            position = start.start()
    return text


def _rf_ends(text: str, start: int):
    """Yield every valid reference that starts here, and where it ends.

    Nothing marks the end of a reference within a text, so each end of a word will do.
    """
    compact, gap = "", 0
    for position in range(start, len(text)):
        if not _ALNUM.match(text[position]):
            gap += 1
            if gap > 2:
                return
            continue
        gap = 0
        compact += text[position]
        if len(compact) > 25:
            return
        if not _ALNUM.match(text, position + 1) and is_rf(compact):
            yield compact, position + 1


def _take_decorated(text: str, found: list[str], broken: list[str]) -> str:
    for match in reversed(list(_DECORATED.finditer(text))):
        digits = re.sub(r"\D", "", match.group(2))
        if is_ogm(digits):
            found.append(digits)
        else:
            broken.append(digits)
        text = f"{text[: match.start()]} | {text[match.end() :]}"
    return text


def _take_clusters(text: str, found: list[str], broken: list[str]) -> str:
    for match in reversed(list(_CLUSTER.finditer(text))):
        offset = match.start(1)
        for start, end in reversed(list(_shaped(match.group(1)))):
            piece = match.group(1)[start:end]
            if "/" not in piece and _is_other_number(text[: offset + start]):
                continue
            digits = re.sub(r"\D", "", piece)
            if is_ogm(digits):
                found.append(digits)
                text = f"{text[: offset + start]} | {text[offset + end :]}"
            elif _SLASHED.fullmatch(piece):
                broken.append(digits)
    return text


def _take_glued(text: str, found: list[str], broken: list[str]) -> str:
    for match in reversed(list(_GLUED.finditer(text))):
        digits = re.sub(r"\D", "", match.group(1))
        if is_ogm(digits):
            found.append(digits)
            text = f"{text[: match.start()]} | {text[match.end() :]}"
    return text


def _is_other_number(before: str) -> bool:
    return _OTHER_NUMBER.search(before[-40:]) is not None


def _shaped(cluster: str):
    """Yield where, in a run of digits and separators, twelve digits are spelled like a
    structured communication."""
    parts = _GROUP.findall(cluster)
    groups, gaps = parts[::2], parts[1::2]
    sizes = tuple(map(len, groups))
    if sizes in _WHOLE or _BY_3_4_5.fullmatch(re.sub(r"\s", "", cluster)):
        yield 0, len(cluster)
        return
    starts = [sum(map(len, parts[: 2 * i])) for i in range(len(groups))]
    for first, last in _sentences(gaps):
        if sizes[first : last + 1] in _WHOLE - {(12,), _OGM_GROUPS}:
            yield starts[first], starts[last] + sizes[last]
    for i, size in enumerate(sizes):
        if size == 12 and all(_is_loose(gap) for gap in _around(gaps, i, i)):
            yield starts[i], starts[i] + 12
        if sizes[i : i + 3] == _OGM_GROUPS and gaps[i] == gaps[i + 1]:
            around = _around(gaps, i, i + 2)
            if all(_is_loose(gap) or gap != gaps[i] for gap in around):
                yield starts[i], starts[i + 2] + 5


def _sentences(gaps: list[str]) -> Iterator[tuple[int, int]]:
    """Give the first and last group of each piece between marks that end a phrase."""
    ends = [i for i, gap in enumerate(gaps) if _ENDS_PHRASE.search(gap)]
    if ends:
        yield from zip([0, *(i + 1 for i in ends)], [*ends, len(gaps)], strict=True)


def _around(gaps: list[str], first: int, last: int) -> list[str]:
    """Give the gaps before and after some groups."""
    return [gaps[i] for i in (first - 1, last) if 0 <= i < len(gaps)]


def _is_loose(gap: str) -> bool:
    """Tell if a gap separates two numbers, rather than two parts of one."""
    return any(separator in gap for separator in " ,:;|*+")
