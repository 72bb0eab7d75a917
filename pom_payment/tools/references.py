"""Structured payment references: the Belgian OGM-VCS and ISO 11649 (RF).

Odoo's own Belgian check compares remainders, so it takes 00 for 97, 98 for 01 and 99
for 02. This one is strict.
"""

import re

from stdnum import iso11649

NOT_ALNUM = re.compile(r"[^0-9A-Za-z]")
OGM_SPELLING = re.compile(r"[+*\s]*\d{3}\s*/?\s*\d{4}\s*/?\s*\d{5}[+*\s]*", re.ASCII)


def ogm_digits(reference: str) -> str | None:
    """The 12 digits of a valid OGM-VCS, else None.

    >>> ogm_digits("+++123/4567/89002+++")
    '123456789002'
    >>> ogm_digits("+++123/4567/89012+++")

    Remainder zero is written 97:

    >>> ogm_digits("000000009797"), ogm_digits("000000009700")
    ('000000009797', None)
    """
    if not OGM_SPELLING.fullmatch(reference):
        return None
    digits = NOT_ALNUM.sub("", reference)
    return digits if int(digits[10:]) == (int(digits[:10]) % 97 or 97) else None


def format_ogm(digits: str) -> str:
    """
    >>> format_ogm("123456789002")
    '+++123/4567/89002+++'
    """
    return f"+++{digits[:3]}/{digits[3:7]}/{digits[7:]}+++"


def rf_reference(reference: str) -> str | None:
    """A valid ISO 11649 reference without blanks, else None.

    >>> rf_reference("rf18 5390 0754 7034")
    'RF18539007547034'
    """
    plain = NOT_ALNUM.sub("", reference).upper()
    return plain if iso11649.is_valid(plain) else None
