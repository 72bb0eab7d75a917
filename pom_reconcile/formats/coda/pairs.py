"""Tables of fields, and how they are read as pairs of a name and a value.

Each line of a table is ``length kind name``; ``_`` as name is nothing to keep. Kinds:
``x`` text, ``c`` currency, ``n`` digits, ``m`` money (12 digits and 3 decimals), ``rN``
number with N decimals, ``d`` DDMMYY, ``y`` DDMMYYYY, ``t`` HHMM, ``s`` sign.
"""

from __future__ import annotations

from dataclasses import dataclass
from operator import itemgetter

from .values import day, scaled

Pairs = tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Item:
    name: str
    start: int
    length: int
    kind: str

    def read(self, text: str) -> str:
        """Return the readable value, empty when blank or zero.

        What isn't of its kind is given as it stands: nothing is lost.
        """
        part = text[self.start : self.start + self.length]
        if not part.strip(" " if self.kind == "x" else "0 "):
            return ""
        return READERS[self.kind](part) or part.strip()


def _read_day(part: str) -> str:
    try:
        found = day(part)
    except ValueError:
        return ""
    return found.isoformat() if found else ""


def _read_long_day(part: str) -> str:
    return _read_day(part[:4] + part[6:]) if part[4:6] in ("19", "20") else ""


def _read_number(decimals: int):
    def read(part):
        value = scaled(part, decimals)
        return "" if value is None else f"{value:f}"

    return read


def _read_currency(part: str) -> str:
    return part if part.isalpha() else ""


def _read_time(part: str) -> str:
    return f"{part[:2]}:{part[2:]}" if part.isdecimal() else ""


DECIMALS = {"m": 3, "r2": 2, "r3": 3, "r4": 4, "r6": 6, "r8": 8}
READERS = {
    "x": str.strip,
    "n": str.strip,
    "c": _read_currency,
    "s": lambda part: "debit" if part == "1" else "",
    "d": _read_day,
    "y": _read_long_day,
    "t": _read_time,
} | {kind: _read_number(decimals) for kind, decimals in DECIMALS.items()}


class Table(tuple):
    """The items of one type of communication, in the order of their columns."""

    def __init__(self, _items):
        self.names = [item.name for item in self]
        slices = [slice(item.start, item.start + item.length) for item in self]
        # Most are text only, and those are read for nearly every movement.
        texts_only = len(slices) > 1 and all(item.kind == "x" for item in self)
        self.texts = itemgetter(*slices) if texts_only else None


def table(definition: str) -> Table:
    items, start = [], 0
    for line in filter(str.strip, definition.splitlines()):
        length, kind, name = line.split(None, 2)
        items.append(Item(name, start, int(length), kind))
        start += int(length)
    return Table(item for item in items if item.name != "_")


def read_pairs(table: Table, text: str) -> Pairs:
    """Return name and value of each field that has one.

    >>> rate = table("15 m gross amount\\n15 m in its currency\\n12 r8 rate")
    >>> read_pairs(rate, "000000006730240000000056059600000832950600")
    (('gross amount', '6730.24'), ('in its currency', '56059.60'),
     ('rate', '8.329506'))
    """
    if table.texts:
        found = zip(table.names, map(str.strip, table.texts(text)), strict=True)
        return tuple([pair for pair in found if pair[1]])
    return tuple([(item.name, value) for item in table if (value := item.read(text))])
