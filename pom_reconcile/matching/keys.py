"""What a bank line says, as plain words that are kept: a line that was left open is
tried again when something new has one of them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from decimal import Decimal

from .base import BankLine, Keys
from .engine import needed_keys

_LAST_NUMBER = re.compile(r"([0-9]+)[^0-9]*\Z")


def kept_keys(line: BankLine) -> list[str]:
    """Give all by which something new may concern this line, each once.

    >>> import datetime
    >>> line = BankLine(id=1, amount=Decimal("121.00"), currency="EUR",
    ...     date=datetime.date(2026, 11, 22), text="+++000/0002/50176+++")
    >>> kept = kept_keys(line)
    >>> "+++000/0002/50176+++" in kept, "=121" in kept
    (True, True)
    """
    return sorted(_words(needed_keys([line])))


def last_number(text: str) -> str:
    """Give the last number in a text without leading zeros, '' for none.

    >>> last_number("INV/2026/00042"), last_number("dank u")
    ('42', '')
    """
    found = _LAST_NUMBER.search(text)
    return found[1].lstrip("0") if found else ""


def _words(keys: Keys) -> Iterable[str]:
    return {
        *keys.references,
        *keys.spellings,
        *keys.compact_names,
        *keys.ibans,
        *keys.tokens,
        *keys.end_to_end_ids,
        *keys.mandates,
        *(name.lower() for name in (*keys.names, *keys.raw_names, *keys.emails)),
        *(f"#{number}" for number in keys.sequence_numbers),
        *map(_amount, keys.amounts),
    }


def _amount(amount: Decimal) -> str:
    """As ``trim_scale`` of PostgreSQL writes it."""
    return f"={amount.normalize():f}"
