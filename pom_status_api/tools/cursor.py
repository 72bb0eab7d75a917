"""Where a list goes on: the last id that was seen, so that each page takes as long as
the first, however many there are. Opaque to whoever hands it back.
"""

from __future__ import annotations

import base64
import binascii

#: What a database's ids end with.
LARGEST = 2**31 - 1


def write(last: int) -> str:
    """
    >>> write(42)
    'NDI'
    """
    return base64.urlsafe_b64encode(str(last).encode()).decode().rstrip("=")


def read(text: str) -> int:
    """
    >>> read(""), read(write(42))
    (0, 42)

    :raises ValueError: for what isn't one of ours
    """
    if not text:
        return 0
    try:
        raw = base64.b64decode(text + "=" * (-len(text) % 4), b"-_", validate=True)
        number = raw.decode("ascii")
    except (binascii.Error, UnicodeDecodeError, ValueError):
        raise ValueError(text) from None
    if not (number.isdecimal() and len(number) < 11 and int(number) <= LARGEST):
        raise ValueError(text)
    return int(number)
