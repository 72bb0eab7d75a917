"""What people type, as documents and mails can hold it."""

import re

#: What nobody sees, and on which e-invoices and mails break; but tabs and line ends.
UNSHOWN = re.compile(
    r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]"
)


def shown(text: str) -> str:
    """
    >>> shown("two\\x0b\\nlines\\x00")
    'two\\nlines'
    """
    return UNSHOWN.sub("", text)


def one_line(text: str) -> str:
    """In headers of mails a line end begins another one, or another recipient.

    >>> one_line("Marie\\r\\nBcc: all@shop.example\\x01 ")
    'Marie Bcc: all@shop.example'
    """
    return " ".join(shown(text).split())


def shortened(text: str, length: int) -> str:
    """On one line, and no longer than that.

    >>> shortened("Is this\\nfor March?", 40)
    'Is this for March?'
    >>> shortened("Is this for March?", 10)
    'Is this f…'
    """
    line = one_line(text)
    return line if len(line) <= length else f"{line[: length - 1].rstrip()}…"
