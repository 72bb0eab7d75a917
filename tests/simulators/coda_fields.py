"""The fields of CODA, written: the inverse of what the decoder reads from tables."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from odoo.addons.pom_reconcile.formats.coda.pairs import DECIMALS, Pairs, Table
from odoo.addons.pom_reconcile.formats.coda.records import Field, Layout


def compose(layout: Layout, **values) -> str:
    """Write a record: fields that are not given are blank or zero."""
    return "".join(_fill(item, values.get(item.name, "")) for item in layout.fields)


def _fill(field: Field, value) -> str:
    text = str(value)[: field.length]
    return (
        text.rjust(field.length, "0") if field.kind == "n" else text.ljust(field.length)
    )


def write_pairs(table: Table, pairs: Pairs, width: int) -> str:
    """Lay the values out again; the inverse of ``read_pairs``."""
    values = dict(pairs)
    text = ""
    for item in table:
        value = values.get(item.name, "")
        text = text.ljust(item.start)
        text += WRITERS[item.kind](value, item.length)[: item.length]
    return text.ljust(width)


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


WRITERS = {
    "x": _write_text,
    "n": _write_digits,
    "c": _write_text,
    "s": lambda value, length: "1" if value else "0",
    "d": _write_day,
    "y": _write_long_day,
    "t": _write_time,
} | {kind: _write_number(decimals) for kind, decimals in DECIMALS.items()}


def money_digits(value: Decimal) -> str:
    """Write the absolute amount as 15 digits, the inverse of ``values.money``.

    :raises ValueError: when it has more than three decimals or twelve digits.
    """
    digits = abs(value).scaleb(3)
    if digits != digits.to_integral_value() or digits >= 10**15:
        raise ValueError(f"{value} can't be written in CODA")
    return f"{int(digits):015d}"


def day_digits(value: date | None) -> str:
    """Write DDMMYY, zeros for an unknown date."""
    return value.strftime("%d%m%y") if value else "000000"


def sign_digit(amount: Decimal) -> str:
    """1 for what leaves the account."""
    return "1" if amount < 0 else "0"
