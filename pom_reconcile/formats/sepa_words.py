"""Texts of German banks that hold the fields of a SEPA payment: ``EREF+… SVWZ+…``."""

from __future__ import annotations

import re

_WORD = re.compile(
    r"(EREF|KREF|MREF|CRED|DEBT|SVWZ|ABWA|ABWE|COAM|OAMT|(?<![A-Z0-9])(?:IBAN|BIC))\+"
)


def sepa_words(text: str) -> dict[str, str]:
    """Return the fields by word, nothing when the text doesn't begin with one.

    >>> sepa_words("EREF+E2E-7 MREF+M1 SVWZ+Rechnung 17")
    {'EREF': 'E2E-7', 'MREF': 'M1', 'SVWZ': 'Rechnung 17'}
    >>> sepa_words("Rechnung 17 EREF+E2E-7")
    {}
    """
    if not _WORD.match(text):
        return {}
    _nothing, *pieces = _WORD.split(text)
    pairs = zip(pieces[::2], pieces[1::2], strict=True)
    fields: dict[str, str] = {}
    for word, value in pairs:
        fields.setdefault(word, value.strip())
    return fields
