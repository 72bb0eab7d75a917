"""The account field of records 1, 8 and 2.3 (standard §7.5)."""

from __future__ import annotations

import re

from odoo.addons.pom_payment.tools.references import is_ogm

BBAN = re.compile(r"[0-9]{12}")
CURRENCY = re.compile(r"[A-Z]{3}")

#: Slices of (number, currency) in the 37 characters, by account structure:
#: Belgian BBAN, foreign BBAN, Belgian IBAN, foreign IBAN.
STRUCTURES = {
    "0": (slice(0, 12), slice(13, 16)),
    "1": (slice(0, 34), slice(34, 37)),
    "2": (slice(0, 31), slice(34, 37)),
    "3": (slice(0, 34), slice(34, 37)),
}
#: What the field must look like for the structure to be believed.
SHAPES = {
    "0": re.compile(r".{12} "),
    "1": re.compile(r""),
    "2": re.compile(r"[A-Z]{2}[0-9]{2}|[0 ]{16}"),
    "3": re.compile(r"[A-Z]{2}[0-9]{2}|[0 ]{16}"),
}


def own_account(field: str, structure: str) -> tuple[str, str]:
    """Return the number and currency of the statement's account.

    A Belgian number is given as IBAN. Both may be empty.

    >>> own_account("539007547034 EUR0BE".ljust(37), "0")
    ('BE68539007547034', 'EUR')
    """
    # Some banks leave the structure blank or wrong: then the field itself must tell.
    if structure not in SHAPES or not SHAPES[structure].match(field):
        structure = "0" if SHAPES["0"].match(field) else "3"
    number, currency = _split(field, STRUCTURES[structure])
    if structure == "0" and BBAN.fullmatch(number):
        number = to_iban(number)
    return number, currency


def counterparty_account(field: str) -> str:
    """Return the number of a counterparty's account, whose structure isn't stated.

    Twelve digits become an IBAN only if they are a valid Belgian number: they may be
    a card number or a foreign account as well.
    """
    if not field[12].isspace():
        number = field[:34].rstrip()
        return _number(number) if " " in number or number[0] == "0" else number
    number = _number(field[:12])
    # The check digits are made like those of a structured communication.
    return to_iban(number) if is_ogm(number) else number


def to_iban(bban: str) -> str:
    """Return the IBAN of a Belgian account number.

    >>> to_iban("539007547034")
    'BE68539007547034'
    """
    return f"BE{98 - int(bban + '111400') % 97:02d}{bban}"


def _split(field: str, slices) -> tuple[str, str]:
    number, currency = (field[item] for item in slices)
    return _number(number), currency if CURRENCY.fullmatch(currency) else ""


def _number(text: str) -> str:
    """Drop blanks; nothing but zeros is no number."""
    number = text.replace(" ", "")
    return number if number.strip("0") else ""
