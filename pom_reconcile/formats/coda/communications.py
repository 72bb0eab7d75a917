"""Structured communications of movements and information records, as tables.

Source: CODA 2.6, annex I (types 100 to 127 in records 2, 001 to 011 in records 3); 107
was deleted in 2.4 and is given as older files have it. Each line of a table is
``length kind name``; ``_`` as name is nothing to keep. Kinds: ``x`` text, ``c``
currency, ``n`` digits, ``m`` money (12 digits and 3 decimals), ``rN`` number with N
decimals, ``d`` DDMMYY, ``y`` DDMMYYYY, ``t`` HHMM, ``s`` sign.

Names are what a person reads, and the keys by which the decoder takes a value. Within
records 3 they are unique over all types, so that pairs tell which type they came from.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from operator import itemgetter

from .values import day, day_digits, scaled

Pairs = tuple[tuple[str, str], ...]

MOVEMENT_WIDTH = 146
INFORMATION_WIDTH = 265


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

    def write(self, value: str) -> str:
        return WRITERS[self.kind](value, self.length)[: self.length]


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


def _write_text(value: str, length: int) -> str:
    return value.ljust(length)


def _write_digits(value: str, length: int) -> str:
    return value.rjust(length, "0")


def _write_number(decimals: int):
    def write(value, length):
        return f"{int(Decimal(value or 0).scaleb(decimals)):0{length}d}"

    return write


def _write_day(value: str, length: int) -> str:
    return day_digits(date.fromisoformat(value) if value else None)


def _write_long_day(value: str, length: int) -> str:
    return "".join(reversed(value.split("-"))).rjust(length, "0")


def _write_time(value: str, length: int) -> str:
    return value.replace(":", "").rjust(length, "0")


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
WRITERS = {
    "x": _write_text,
    "n": _write_digits,
    "c": _write_text,
    "s": lambda value, length: "1" if value else "0",
    "d": _write_day,
    "y": _write_long_day,
    "t": _write_time,
} | {kind: _write_number(decimals) for kind, decimals in DECIMALS.items()}


class Table(tuple):
    """The items of one type of communication, in the order of their columns."""

    def __init__(self, _items):
        self.names = [item.name for item in self]
        slices = [slice(item.start, item.start + item.length) for item in self]
        # Most are text only, and those are read for nearly every movement.
        texts_only = len(slices) > 1 and all(item.kind == "x" for item in self)
        self.texts = itemgetter(*slices) if texts_only else None


def _table(definition: str) -> Table:
    items, start = [], 0
    for line in filter(str.strip, definition.splitlines()):
        length, kind, name = line.split(None, 2)
        items.append(Item(name, start, int(length), kind))
        start += int(length)
    return Table(item for item in items if item.name != "_")


MOVEMENTS = {
    "100": _table("25 x creditor reference"),
    "101": _table("12 x structured communication"),
    "102": _table("12 x structured communication"),
    "103": _table("12 x number"),
    "105": _table(
        """
        15 m gross amount
        15 m gross amount in original currency
        12 r8 rate
        3 c currency
        12 x structured communication
        2 x country of principal
        15 m equivalent in EUR
        """
    ),
    "106": _table(
        """
        15 m amount
        15 m amount on which it is calculated
        12 r8 percentage
        1 n minimum
        15 m equivalent in EUR
        """
    ),
    "107": _table(
        """
        12 x direct debit number
        6 d pivot date
        30 x communication
        1 x reason for refusal
        11 x creditor number
        """
    ),
    "108": _table(
        """
        15 m amount
        15 m interest
        12 r8 interest rate
        6 d from
        6 d to
        """
    ),
    "111": _table(
        """
        1 n card scheme
        6 n point of sale
        3 n period
        6 n first transaction
        6 d date of first transaction
        6 n last transaction
        6 d date of last transaction
        1 n type of transaction
        16 x terminal name
        10 x terminal town
        """
    ),
    "113": _table(
        """
        16 x card number
        1 n card scheme
        6 n terminal
        6 n sequence number
        6 d date
        4 t time
        1 n type of transaction
        16 x terminal name
        10 x terminal town
        15 m original amount
        12 r8 rate
        3 c currency
        5 r2 volume
        2 n product
        5 r3 unit price
        """
    ),
    "114": _table(
        """
        1 n card scheme
        6 n point of sale
        3 n period
        6 n sequence number
        6 d date
        4 t time
        1 n type of transaction
        16 x terminal name
        10 x terminal town
        16 x transaction reference
        """
    ),
    "115": _table(
        """
        16 x card number
        1 n card scheme
        6 n terminal
        6 n sequence number
        6 d date
        4 t time
        6 d validation date
        6 n validation sequence number
        15 m original amount
        1 x conformity
        16 x terminal name
        10 x terminal town
        12 x message
        """
    ),
    "121": _table(
        """
        15 m amount of the bill
        6 d maturity date
        6 d conventional maturity date
        6 d date of issue
        11 n company number
        3 c currency
        3 x _
        13 x bill number
        12 r8 rate
        """
    ),
    "122": _table(
        """
        4 n days
        12 r8 rate
        15 m base amount
        1 n minimum
        13 x bill number
        6 d maturity date
        """
    ),
    "123": _table(
        """
        6 d start date
        6 d maturity date
        15 m base amount
        12 r8 percentage
        4 n days
        1 n minimum
        13 x guarantee number
        """
    ),
    "124": _table(
        """
        20 x card number
        1 n issuer
        12 x invoice number
        15 x identification number
        6 d date
        """
    ),
    "125": _table(
        """
        12 x credit account
        15 x extension
        15 m old balance
        15 m new balance
        15 m amount in foreign currency
        3 c currency
        6 d start date
        6 d end date
        12 r8 interest rate
        13 x reference
        """
    ),
    "126": _table(
        """
        15 x deposit number
        15 m amount
        15 m equivalent
        6 d start date
        6 d end date
        12 r8 interest rate
        15 m interest
        3 c currency
        12 r8 rate
        """
    ),
    "127": _table(
        """
        6 d settlement date
        1 n type of direct debit
        1 n scheme
        1 n paid or reason for refusal
        35 x creditor identifier
        35 x mandate
        62 x communication
        1 n type of return
        4 x reason of return
        """
    ),
}

#: The fields that read as a text, where a communication has any for human eyes.
TEXTS = {
    "103": ("number",),
    "107": ("communication",),
    "111": ("terminal name", "terminal town"),
    "113": ("terminal name", "terminal town"),
    "114": ("terminal name", "terminal town"),
    "115": ("terminal name", "terminal town", "message"),
    "127": ("communication",),
}

_BANK = """
    35 x {0}
    35 x {0} (2)
    35 x {0} (3)
    35 x {0} (4)
"""
_ORDER = """
    13 x {0} order
    15 x {0} file number
    13 x {0} customer reference
    2 x {0} code type
    15 x {0} code
"""

INFORMATIONS = {
    "001": _table(
        """
        70 x counterparty
        35 x counterparty street
        35 x counterparty locality
        35 x counterparty identification
        """
    ),
    "002": _table(_BANK.format("message of the bank")),
    "004": _table(_BANK.format("counterparty's bank")),
    "005": _table(_BANK.format("correspondent bank")),
    "006": _table(
        """
        30 x detail
        3 c detail currency
        15 m detail amount
        1 s detail sign
        3 n detail category
        """
    ),
    "007": _table(
        """
        7 n number of notes or coins
        6 r3 denomination
        15 m total of notes or coins
        """
    ),
    "008": _table(
        """
        70 x ultimate beneficiary
        35 x ultimate beneficiary identification
        """
    ),
    "009": _table(
        """
        70 x ultimate debtor
        35 x ultimate debtor identification
        """
    ),
    "010": _table(
        _ORDER.format("security")
        + """
        1 x number or nominal
        12 r4 number of securities
        3 c issue currency
        4 n securities per unit
        3 c quotation currency
        12 r4 quotation
        12 r8 exchange rate
        40 x security
        13 x bordereau
        8 x coupon number
        8 x coupon date
        30 x market
        8 y transaction date
        24 x nature of transaction
        15 m nominal value
        """
    ),
    "011": _table(
        _ORDER.format("coupon security")
        + """
        12 r4 number of coupons
        40 x coupon security
        3 c coupon currency
        14 r6 coupon amount
        1 n dividend or interest
        15 m foreign tax
        24 x nature of coupon
        6 x number of coupon
        6 d date of coupon
        12 r8 coupon exchange rate
        3 c coupon payment currency
        15 m coupon nominal value
        """
    ),
}


def read_pairs(table: Table, text: str) -> Pairs:
    """Return name and value of each field that has one.

    >>> read_pairs(MOVEMENTS["105"], "000000006730240000000056059600000832950600")
    (('gross amount', '6730.24'), ('gross amount in original currency', '56059.60'),
     ('rate', '8.329506'))
    """
    if table.texts:
        found = zip(table.names, map(str.strip, table.texts(text)), strict=True)
        return tuple([pair for pair in found if pair[1]])
    return tuple([(item.name, value) for item in table if (value := item.read(text))])


def write_pairs(table: Table, pairs: Pairs, width: int) -> str:
    """Lay the values out again; the inverse of :func:`read_pairs`."""
    values = dict(pairs)
    text = ""
    for item in table:
        text = text.ljust(item.start) + item.write(values.get(item.name, ""))
    return text.ljust(width)
