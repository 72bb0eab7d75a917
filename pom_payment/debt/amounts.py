"""Amounts as people type them, and how much may be paid now."""

from __future__ import annotations

import re
from datetime import date  # noqa: F401 -- for the examples
from decimal import Decimal
from typing import NamedTuple

from .standing import Standing

BLANKS = re.compile(r"[\s\u00a0\u202f€']|EUR", re.IGNORECASE)
#: More than any currency's prices need.
NUMBER = re.compile(r"\d{1,15}(\.\d*)?")


class Bounds(NamedTuple):
    """What may be paid now. ``least`` is ``asked`` when a part won't do, without what
    is asked on top of the document: that alone can always be paid.
    """

    least: Decimal
    asked: Decimal
    most: Decimal


def bounds(standing: Standing, part_from: Decimal | None = None) -> Bounds:
    """Of one debt. With nothing to pay today, it's the next part; who pays what is
    contested pays all of it. A discount is for who pays that and no less.

    :param part_from: the smallest part that may be paid; None when a part won't do

    >>> from .facts import Due, Facts
    >>> from .standing import standing
    >>> today = date(2026, 11, 28)
    >>> debt = standing(Facts(dues=(Due(today, Decimal(80), Decimal(80)),)), today)
    >>> bounds(debt, Decimal(10))
    Bounds(least=Decimal('10'), asked=Decimal('80'), most=Decimal('80'))
    """
    most = standing.asked if standing.discount else standing.most
    ahead = standing.to_ask[0].left if standing.to_ask else most
    asked = standing.asked or ahead
    alone = standing.asked_alone or ahead
    least = alone if part_from is None else min(alone, part_from)
    return Bounds(least, asked, most)


def parse(typed: str, digits: int = 2) -> Decimal | None:
    """An amount typed with a comma or a point, or None.

    :param digits: that the currency has behind it

    >>> [str(parse(t)) for t in ("50", "1.234,56", "1,234.56", "€ 12,5", "1.234")]
    ['50', '1234.56', '1234.56', '12.5', '1234']
    >>> parse("half"), parse("-5"), parse("")
    (None, None, None)
    >>> [str(parse(t, 3)) for t in ("1.234", "1.234.567", "1 500 000 000,5")]
    ['1.234', '1234567', '1500000000.5']
    >>> str(parse("1.234", 0)), parse("12.50", 0)
    ('1234', None)
    """
    plain = BLANKS.sub("", typed)
    mark = plain_separator(plain)
    head, separator, cents = plain.rpartition(mark)
    # What comes more than once, or before three digits, separates thousands.
    if plain.count(mark) == 1 and not (len(cents) == 3 and digits < 3):
        if len(cents) > digits:
            return None
        plain = f"{head.replace('.', '').replace(',', '')}{separator and '.'}{cents}"
    else:
        plain = plain.replace(".", "").replace(",", "")
    return Decimal(plain) if NUMBER.fullmatch(plain) else None


def plain_separator(text: str) -> str:
    """The last of comma and point: the one that may stand before cents."""
    return "," if text.rfind(",") > text.rfind(".") else "."


def choose(typed: str, bounds: Bounds, digits: int = 2) -> tuple[Decimal, str]:
    """
    :param digits: that the currency has behind the comma
    :return: the amount to pay, and '' or what is wrong with the typed one:
        'unreadable', 'little' or 'much'

    >>> bounds = Bounds(Decimal(10), Decimal(80), Decimal(100))
    >>> choose("", bounds)
    (Decimal('80'), '')
    >>> choose("12.505", bounds)[1], choose("1.250,00", bounds)[1]
    ('unreadable', 'much')
    >>> choose("25", bounds), choose("9", bounds)[1], choose("101", bounds)[1]
    ((Decimal('25'), ''), 'little', 'much')
    """
    if not typed.strip():
        return bounds.asked, ""
    amount = parse(typed, digits)
    if amount is None:
        return bounds.asked, "unreadable"
    if amount < bounds.least:
        return bounds.asked, "little"
    if amount > bounds.most:
        return bounds.asked, "unreadable" if _may_be_cents(typed, bounds) else "much"
    return amount, ""


def _may_be_cents(typed: str, bounds: Bounds) -> bool:
    """Whether too much was typed only because three digits were read as thousands."""
    cents = parse(typed, 3)
    return cents is not None and cents <= bounds.most
