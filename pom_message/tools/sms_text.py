"""Text for SMS, so that a message doesn't cost two or three by accident.

Source: 3GPP TS 23.038, the GSM 7 bit default alphabet: 160 characters fit in a message,
153 in each of several; one character outside that alphabet makes it 70 and 67.
"""

import unicodedata
from collections.abc import Mapping
from math import ceil

from .placeholders import fill

PLAIN = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞ ÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?"
    "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà"
)
#: These take the place of two.
EXTENDED = frozenset("^{}\\[~]|€")
#: So many fit in a message.
ALONE = 160
#: A sender's name isn't cut to less.
SHORTEST = 10
#: Letters that consist of no base and sign.
OTHERS = {"œ": "oe", "Œ": "OE", "ł": "l", "Ł": "L", "đ": "d", "Đ": "D", "ı": "i"}
#: Characters that only look better, and what they stand for.
SIMPLER = str.maketrans(
    {
        "\u00a0": " ",
        "\u202f": " ",
        "\u2009": " ",
        "‘": "'",
        "’": "'",
        "“": '"',
        "”": '"',
        "–": "-",
        "—": "-",
        "…": "...",
        "\u200b": "",
        "\t": " ",
    }
)


def simplified(text: str) -> str:
    """Without the blanks and quotes that make a message expensive.

    >>> simplified("€\\u00a0121,00 – it’s due")
    "€ 121,00 - it's due"
    """
    return text.translate(SIMPLER)


def folded(text: str) -> str:
    """Letters that would make a message expensive without what makes them so; where
    that isn't enough, since it's another script, all stay as they are.

    >>> folded("Crêperie Ça va – Łódź"), folded("Cœur"), folded("Ω à")
    ('Creperie Ça va - Lodz', 'Coeur', 'Ω à')
    >>> folded("Жан, Crêperie")
    'Жан, Crêperie'
    """
    text = simplified(text)
    plain = "".join(map(_folded, text))
    return plain if all(map(is_plain, plain)) else text


def _folded(char: str) -> str:
    if is_plain(char):
        return char
    base = unicodedata.normalize("NFKD", char)[0]
    return base if is_plain(base) else OTHERS.get(char, char)


def is_plain(char: str) -> bool:
    return char in PLAIN or char in EXTENDED


def fitted(text: str, values: Mapping[str, str]) -> str:
    """The text filled in, in as few messages as it can be: accents are folded, and a
    sender's name that alone makes it one more is cut.

    >>> fitted("{company}: {url}", {"company": "Crêperie", "url": "https://x.be/s/7"})
    'Creperie: https://x.be/s/7'
    >>> cut = fitted("{company}" + "." * 150, {"company": "Crêperie de la Côte"})
    >>> cut[:10], len(cut), parts(cut)
    ('Creperie d', 160, 1)
    """
    found = folded(fill(text, values))
    name = values.get("company", "")
    over = size(found) - ALONE
    room = len(name) - over
    if over <= 0 or room < SHORTEST or not all(map(is_plain, found)):
        return found
    return folded(fill(text, {**values, "company": name[:room].rstrip()}))


def size(text: str) -> int:
    """How much of a message it takes, where all of it is plain."""
    return sum(1 + (char in EXTENDED) for char in text)


def parts(text: str) -> int:
    """How many messages the gateway counts.

    >>> parts("a" * 160), parts("a" * 161), parts("€" * 81), parts("ê" * 71), parts("")
    (1, 2, 2, 2, 1)
    """
    if all(map(is_plain, text)):
        return counted(size(text), ALONE, 153)
    return counted(len(text.encode("utf-16-be")) // 2, 70, 67)


def counted(length: int, alone: int, together: int) -> int:
    return 1 if length <= alone else ceil(length / together)
