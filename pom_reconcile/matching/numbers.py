"""Document numbers in their usual spellings.

``INV/2026/00042`` is also written ``INV 2026 42``, ``inv-2026-00042``,
``INV202600042``, ``2026/00042``, ``factuur 42``; and several as
``INV/2026/00042, 43 en 45``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

_TOKEN = re.compile(r"[^\W\d_]+|\d+")

#: Words that say that a number of an invoice follows.
CUES = frozenset(
    "FACTUUR FACTUURNR FACTUURNUMMER FACTUREN FACT FACTURE FACTURES FAKTUUR INVOICE"
    " INVOICES INV RECHNUNG RECHNUNGEN RECHNUNGSNR RECHNUNGSNUMMER RG RE CREDITNOTA"
    " CREDITNOTE GUTSCHRIFT AVOIR FT FA".split()
)
_AFTER_CUE = frozenset("NR NO N NUM NUMMER NUMERO NUMBER NRS NOS".split())
_AND = frozenset("EN ET UND AND PLUS OOK U".split())
_TO = frozenset("TM T M TOT TO BIS AU A THROUGH".split())

_GAP = 4  # characters between two parts of one number
_PARTS = 5  # parts of one number
_RANGE = 20  # documents in a range
_DIGITS = 9  # of a sequence number
DAYS = 31
_DAY = re.compile("20[0-9]{2}[01][0-9][0-3][0-9]")
_WITH_YEAR = re.compile(r"(.*\||)(20[0-9]{2})0*([1-9][0-9]{0,5})")
_YEAR = re.compile("20[0-9]{2}")
_GOES_ON = re.compile("[/.-][0-9]")


class Token(NamedTuple):
    text: str
    start: int
    end: int

    @property
    def plain(self) -> str:
        """Without leading zeros."""
        return _plain(self.text)


class Spelling(NamedTuple):
    """One way to read some consecutive tokens as a number.

    :ivar key: parts without leading zeros, joined by ``|``.
    :ivar compact: parts as written, without anything between.
    :ivar first, last: positions of its tokens.
    :ivar width: digits of its last part as written.
    """

    key: str
    compact: str
    first: int
    last: int
    width: int


@lru_cache(maxsize=2**16)
def number_keys(name: str) -> tuple[str, str]:
    """Give (key, compact) of a document's own number, as in :class:`Spelling`.

    >>> number_keys("INV/2026/00042")
    ('INV|2026|42', 'INV202600042')
    """
    parts = _TOKEN.findall(name.upper())
    return "|".join(map(_plain, parts)), "".join(parts)


@lru_cache(maxsize=2**16)
def short_keys(name: str) -> tuple[str, ...]:
    """Give the keys of what people leave of a number: no prefix, a year of two digits.

    >>> short_keys("INV/2026/00042")
    ('2026|42', 'INV|26|42', '26|42', '202600042')
    """
    written = _TOKEN.findall(name.upper())
    if len(written) < 2 or written[0].isdecimal():
        return ()
    parts = list(map(_plain, written))
    keys = ["|".join(parts[1:])] if len(parts) > 2 else []
    if len(parts) > 2 and _YEAR.fullmatch(parts[1]):
        short = [parts[1][2:].lstrip("0"), *parts[2:]]
        keys += ["|".join([parts[0], *short]), "|".join(short)]
    return (*keys, "".join(written[1:]))


def split_year(key: str) -> str:
    """Give the key of a number whose year and count were written in one, '' if none.

    >>> split_year("INV|20260042"), split_year("INV|42")
    ('INV|2026|42', '')
    """
    found = _WITH_YEAR.fullmatch(key)
    return f"{found[1]}{found[2]}|{found[3]}" if found else ""


def is_telling(name: str) -> bool:
    """Tell if a number can hardly be anything else: a day, a period, a quantity.

    >>> is_telling("INV/2026/00042"), is_telling("11/2026"), is_telling("20260042")
    (True, False, True)
    """
    digits = sum(map(str.isdecimal, name))
    return len(number_keys(name)[0]) > 4 and (digits > 6 or name[:1].isalpha())


def sequence_number(name: str) -> int | None:
    """Give the last number of a document's number.

    >>> sequence_number("INV/2026/00042")
    42
    """
    digits = [part for part in _TOKEN.findall(name) if part.isdecimal()]
    return int(digits[-1]) if digits else None


@lru_cache(maxsize=2**15)
def tokenize(text: str) -> tuple[Token, ...]:
    """Cut a text in runs of letters and runs of digits."""
    return tuple(Token(m.group(), *m.span()) for m in _TOKEN.finditer(text))


@lru_cache(maxsize=2**15)
def spellings(text: str) -> tuple[Spelling, ...]:
    """Give every run of close tokens that ends in digits, longest first.

    The number of them is linear in the length of the text.
    """
    tokens = tokenize(text)
    found = [s for first in range(len(tokens)) for s in _from(tokens, first)]
    return tuple(sorted(found, key=lambda s: (s.first - s.last, s.first)))


def _plain(part: str) -> str:
    return part.lstrip("0") or "0"


def _from(tokens: tuple[Token, ...], first: int) -> Iterator[Spelling]:
    key = compact = ""
    for last in range(first, min(first + _PARTS, len(tokens))):
        token = tokens[last]
        if last > first and token.start - tokens[last - 1].end > _GAP:
            return
        key = f"{key}|{token.plain}" if key else token.plain
        compact += token.text
        if token.text.isdecimal():
            yield Spelling(key, compact, first, last, len(token.text))


def cued(text: str) -> tuple[tuple[str, int], ...]:
    """Give (bare number as written, its position) after a word for invoice.

    A year, or a month before its year, is no number of an invoice.

    >>> cued("BETALING FACTUUR NR. 00042"), cued("FACTURE 11/2026")
    ((('00042', 3),), ())
    """
    tokens = tokenize(text)
    found = []
    for position, token in enumerate(tokens):
        if token.text in CUES:
            at = position + 1
            while at < len(tokens) and tokens[at].text in _AFTER_CUE:
                at += 1
            if _is_bare(tokens[at : at + 2]):
                found.append((tokens[at].text, at))
    return tuple(found)


def _is_bare(tokens: tuple[Token, ...]) -> bool:
    if not tokens or not tokens[0].text.isdecimal() or len(tokens[0].text) > _DIGITS:
        return False
    return not any(_YEAR.fullmatch(token.text) for token in tokens)


def is_datelike(spelling: Spelling) -> bool:
    """Tell if a number without prefix may be a day or a month.

    >>> [(s.compact, is_datelike(s)) for s in spellings("2026/11 2026/011")[-4:]]
    [('2026', False), ('11', True), ('2026', False), ('011', False)]
    """
    if spelling.key[0].isalpha():
        return False
    last = spelling.compact[-spelling.width :]
    day = spelling.width < 3 and int(last) <= DAYS
    return day or _DAY.fullmatch(spelling.compact) is not None


def is_fragment(text: str, spelling: Spelling) -> bool:
    """Tell if a number without prefix is a piece out of the middle of another one.

    >>> text = "VF2026/11/0037"
    >>> next(is_fragment(text, s) for s in spellings(text) if s.key == "2026|11")
    True
    """
    tokens = tokenize(text)
    first, last = tokens[spelling.first], tokens[spelling.last]
    before = tokens[spelling.first - 1] if spelling.first else None
    return (
        first.text.isdecimal()
        and before is not None
        and before.end == first.start
        and before.text not in CUES | _AFTER_CUE
        and _GOES_ON.match(text, last.end) is not None
    )


def continued(text: str, spelling: Spelling) -> tuple[str, ...]:
    """Give keys of the numbers that follow a full one and share its first parts.

    >>> text = "INV/2026/00042, 43 EN 45"
    >>> full = next(s for s in spellings(text) if s.key == "INV|2026|42")
    >>> continued(text, full)
    ('INV|2026|43', 'INV|2026|45')
    """
    tokens = tokenize(text)
    stem, _, previous = spelling.key.rpartition("|")
    keys, numbers = [], [previous]
    for number in _following(text, tokens, spelling.last, numbers):
        keys.append(f"{stem}|{number}")
    return tuple(keys)


def _following(
    text: str, tokens: tuple[Token, ...], at: int, numbers: list[str]
) -> Iterator[str]:
    to = False
    for position in range(at + 1, len(tokens)):
        token, gap = tokens[position], tokens[position].start - tokens[position - 1].end
        if gap > _GAP:
            return
        if token.text in _TO:
            to = True
        elif token.text.isdecimal() and len(token.text) <= _DIGITS:
            between = text[tokens[position - 1].end : token.start].strip()
            yield from _range(numbers[-1], token.plain, to or between == "-")
            numbers.append(token.plain)
            to = False
        elif token.text not in _AND:
            return


def _range(previous: str, number: str, to: bool) -> Iterator[str]:
    low, high = int(previous), int(number)
    if to and low < high <= low + _RANGE:
        yield from map(str, range(low + 1, high))
    yield number


def sequence_numbers(text: str) -> frozenset[int]:
    """Give every number of a text that may be the last part of a document's number,
    with what lies within a range."""
    plain = [int(t.text) for t in tokenize(text) if t.text.isdecimal()]
    near = [
        number
        for low, high in zip(plain, plain[1:], strict=False)
        if low < high <= low + _RANGE
        for number in range(low + 1, high)
    ]
    return frozenset(n for n in plain + near if 0 < n < 10**_DIGITS)
