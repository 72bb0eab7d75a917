"""Amounts as people type them, and how much may be paid now."""

import re
from decimal import Decimal
from typing import NamedTuple

BLANKS = re.compile(r"[\s\u00a0\u202f€']|EUR", re.IGNORECASE)
NUMBER = re.compile(r"\d{1,9}(\.\d{0,2})?")


class Bounds(NamedTuple):
    """What may be paid now. ``least`` is ``asked`` when a part won't do."""

    least: Decimal
    asked: Decimal
    most: Decimal


def parse(typed: str) -> Decimal | None:
    """An amount typed with a comma or a point, or None.

    >>> [str(parse(t)) for t in ("50", "1.234,56", "1,234.56", "€ 12,5", "1.234")]
    ['50', '1234.56', '1234.56', '12.5', '1234']
    >>> parse("half"), parse("-5"), parse("")
    (None, None, None)
    """
    plain = BLANKS.sub("", typed)
    head, separator, cents = plain.rpartition(plain_separator(plain))
    if separator and len(cents) <= 2:
        plain = f"{head.replace('.', '').replace(',', '')}.{cents}"
    else:
        plain = plain.replace(".", "").replace(",", "")
    return Decimal(plain) if NUMBER.fullmatch(plain) else None


def plain_separator(text: str) -> str:
    """The last of comma and point: the one that may stand before cents."""
    return "," if text.rfind(",") > text.rfind(".") else "."


def choose(typed: str, bounds: Bounds) -> tuple[Decimal, str]:
    """
    :return: the amount to pay, and '' or what is wrong with the typed one:
        'unreadable', 'little' or 'much'

    >>> bounds = Bounds(Decimal(10), Decimal(80), Decimal(100))
    >>> choose("", bounds)
    (Decimal('80'), '')
    >>> choose("25", bounds), choose("9", bounds)[1], choose("101", bounds)[1]
    ((Decimal('25'), ''), 'little', 'much')
    """
    if not typed.strip():
        return bounds.asked, ""
    amount = parse(typed)
    if amount is None:
        return bounds.asked, "unreadable"
    if amount < bounds.least:
        return bounds.asked, "little"
    if amount > bounds.most:
        return bounds.asked, "much"
    return amount, ""
