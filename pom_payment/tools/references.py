"""Structured payment references: the Belgian OGM-VCS, ISO 11649 (RF), Swiss QR.

Odoo's own Belgian check compares remainders, so it takes 00 for 97, 98 for 01 and 99
for 02. This one is strict. Sources: Febelfin, *OGM-VCS* (ten digits and what is left of
them by 97, written 97 for 0); ISO 11649:2009 and ISO 7064 (modulo 97-10); SIX, *Swiss
Payment Standards* (QR reference, recursive modulo 10).
"""

import re

NOT_ALNUM = re.compile(r"[^0-9A-Za-z]")
OGM_SPELLING = re.compile(r"[+*\s]*\d{3}\s*/?\s*\d{4}\s*/?\s*\d{5}[+*\s]*", re.ASCII)
OGM_IN_TEXT = re.compile(r"(?<!\d)\d{3}\s*/?\s*\d{4}\s*/?\s*\d{5}(?!\d)", re.ASCII)
RF_IN_TEXT = re.compile(
    r"\bRF\d\d(?:[A-Z0-9]{1,21}\b|(?: [A-Z0-9]{4}){0,5}(?: [A-Z0-9]{1,4})?\b)",
    re.ASCII | re.IGNORECASE,
)
#: Of the recursive check digit, by carry and digit.
_QRR_TABLE = (0, 9, 4, 6, 8, 2, 7, 1, 3, 5)
_VALUES = {c: str(int(c, 36)) for c in "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"}


def is_ogm(digits: str) -> bool:
    """Whether these are twelve digits, and the last two check the others.

    >>> is_ogm("123456789002"), is_ogm("123456789012"), is_ogm("+++123/4567/89002+++")
    (True, False, False)

    Remainder zero is written 97:

    >>> is_ogm("000000009797"), is_ogm("000000009700")
    (True, False)
    """
    return (
        len(digits) == 12
        and digits.isascii()
        and digits.isdecimal()
        and (int(digits[:10]) % 97 or 97) == int(digits[10:])
    )


def is_rf(compact: str) -> bool:
    """Whether this is an ISO 11649 reference, in capitals and without blanks.

    >>> is_rf("RF18539007547034"), is_rf("RF19539007547034")
    (True, False)
    """
    return (
        5 <= len(compact) <= 25
        and compact.startswith("RF")
        and compact.isascii()
        and compact.isalnum()
        and compact.isupper()
        and mod_97(compact[4:] + compact[:4]) == 1
    )


def is_qrr(digits: str) -> bool:
    """Whether 27 digits carry the check digit of a Swiss QR reference.

    >>> is_qrr("210000000003139471430009017"), is_qrr("210000000003139471430009018")
    (True, False)
    """
    carry = 0
    for digit in digits[:-1]:
        carry = _QRR_TABLE[(carry + int(digit)) % 10]
    return (10 - carry) % 10 == int(digits[-1])


def mod_97(compact: str) -> int:
    """What is left of letters and digits by 97, A counting as 10 and Z as 35: 1 for an
    RF reference or an IBAN whose first four stand at its end.

    >>> mod_97("539007547034BE68")
    1
    """
    return int("".join(map(_VALUES.__getitem__, compact))) % 97


def ogm_digits(reference: str) -> str | None:
    """The twelve digits of a valid OGM-VCS however it is spelled, else None.

    >>> ogm_digits("+++123/4567/89002+++")
    '123456789002'
    >>> ogm_digits("+++123/4567/89012+++")
    """
    if not OGM_SPELLING.fullmatch(reference):
        return None
    digits = NOT_ALNUM.sub("", reference)
    return digits if is_ogm(digits) else None


def rf_reference(reference: str) -> str | None:
    """A valid ISO 11649 reference without blanks, else None.

    >>> rf_reference("rf18 5390 0754 7034")
    'RF18539007547034'
    """
    plain = NOT_ALNUM.sub("", reference).upper()
    return plain if is_rf(plain) else None


def in_text(text: str) -> set[str]:
    """Structured references that stand in a text, compact.

    >>> sorted(in_text("Paid +++123/4567/89002+++ and RF18 5390 0754 7034"))
    ['123456789002', 'RF18539007547034']
    >>> in_text("Invoice 42")
    set()
    """
    found = {ogm_digits(match[0]) for match in OGM_IN_TEXT.finditer(text)}
    found |= {rf_reference(match[0]) for match in RF_IN_TEXT.finditer(text)}
    return {reference for reference in found if reference}


def spelled(compact: str) -> str:
    """A reference as it is printed on invoices.

    >>> spelled("123456789002"), spelled("RF18539007547034")
    ('+++123/4567/89002+++', 'RF18 5390 0754 7034')
    """
    return format_rf(compact) if compact.startswith("RF") else format_ogm(compact)


def format_ogm(digits: str) -> str:
    """Write twelve digits as Belgian banks print them.

    >>> format_ogm("123456789002")
    '+++123/4567/89002+++'
    """
    return f"+++{digits[:3]}/{digits[3:7]}/{digits[7:]}+++"


def format_rf(compact: str) -> str:
    """Write an ISO 11649 reference in groups of four.

    >>> format_rf("RF18539007547034")
    'RF18 5390 0754 7034'
    """
    return " ".join(compact[i : i + 4] for i in range(0, len(compact), 4))


def format_qrr(value: str) -> str:
    """Write a Swiss QR reference as on a QR bill: two digits, then groups of five.

    >>> format_qrr("210000000003139471430009017")
    '21 00000 00003 13947 14300 09017'
    """
    return " ".join((value[:2], *(value[i : i + 5] for i in range(2, len(value), 5))))
