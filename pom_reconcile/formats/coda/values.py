"""Single values of CODA fields: amounts, rates, dates."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from functools import lru_cache

CREDIT, DEBIT = "0", "1"


def money(text: str, sign: str = "0") -> Decimal:
    """Read 15 digits, three of them decimals; the last is dropped when it is zero.

    >>> money("000000000012340"), money("000000000012345", "1")
    (Decimal('12.34'), Decimal('-12.345'))

    The sign of zero doesn't matter.

    :raises ValueError: when it isn't an amount or a sign.
    """
    if not text.isdecimal():
        raise ValueError(text)
    value = Decimal(f"{text[:14]}E-2" if text[14] == "0" else f"{text}E-3")
    if sign == DEBIT:
        return -value
    if sign != CREDIT and value:
        raise ValueError(sign)
    return value


def scaled(text: str, decimals: int) -> Decimal | None:
    """Read digits with a fixed number of decimals; ``None`` when blank or not digits.

    >>> scaled("000832950600", 8)
    Decimal('8.329506')
    """
    if not text.isdecimal():
        return None
    return plain(Decimal(int(text)).scaleb(-decimals))


def plain(value: Decimal, decimals: int = 2) -> Decimal:
    """Drop zeros at the end, but keep at least two decimals.

    >>> plain(Decimal("12.3000")), plain(Decimal("500"))
    (Decimal('12.30'), Decimal('500.00'))
    """
    value = value.normalize()
    if -value.as_tuple().exponent < decimals:
        value = value.quantize(Decimal(1).scaleb(-decimals))
    return value


@lru_cache(maxsize=4096)
def day(text: str) -> date | None:
    """Read DDMMYY; zeros and blanks mean unknown.

    >>> day("290224"), day("000000")
    (datetime.date(2024, 2, 29), None)

    :raises ValueError: when it isn't a date.
    """
    if not text.strip("0 "):
        return None
    if not text.isdecimal() or len(text) != 6:
        raise ValueError(text)
    year = int(text[4:])
    # CODA dates from 1985, and no statement speaks of a day that far ahead.
    return date(year + (2000 if year < 80 else 1900), int(text[2:4]), int(text[:2]))
