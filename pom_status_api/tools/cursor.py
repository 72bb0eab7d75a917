"""Where a list goes on: the last id that was seen, so that each page takes as long as
the first, however many there are.
"""

from __future__ import annotations

#: What a database's ids end with.
LARGEST = 2**31 - 1


def write(last: int) -> str:
    """
    >>> write(42)
    '42'
    """
    return str(last)


def read(text: str) -> int:
    """
    :param text: as it's described: digits, or nothing for the first page

    >>> read(""), read("42"), read("9999999999") == LARGEST
    (0, 42, True)
    """
    return min(int(text or 0), LARGEST)
