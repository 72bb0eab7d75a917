"""Where a supplier's e-invoice says that it can be paid online.

EN 16931 has no field for it: it's an external document (BT-124) among others, such as
time sheets and delivery notes, so that only its description (BT-123) tells. What it
says comes from outside, and is shown to a person before anything is opened.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from urllib.parse import urlsplit

#: Longer ones are no address that a person should open.
LONGEST = 500
#: How words of paying begin in the languages of the euro area's e-invoices.
PAYING = re.compile(
    r"(?<![^\W\d_])(?:pay|paie|beta+l|(?:be)?zahl|pag[oau]|płat|plat[eb])",
    re.IGNORECASE,
)
#: Nothing that a browser reads otherwise than it's shown.
PLAIN = re.compile(r"[!-~]+")


def page_of(references: Iterable[tuple[str, str]]) -> str:
    """The first address that says that one can pay there; '' if none does.

    :param references: address (BT-124) and description (BT-123) of each document

    >>> page_of([("https://a.example/hours.pdf", "Hours"),
    ...     ("https://a.example/p/7ZK3", "Betaal online")])
    'https://a.example/p/7ZK3'
    >>> page_of([("https://a.example/hours.pdf", "")])
    ''
    """
    return next(
        (
            url.strip()
            for url, description in references
            if PAYING.search(description or "") and host_of(url)
        ),
        "",
    )


def host_of(url: str) -> str:
    """Whose page it is, as a browser would look it up: letters of other alphabets that
    look like ours are seen. '' for what nobody should open.

    >>> host_of("https://pay.example/p/7ZK3"), host_of("http://pay.example/p/7ZK3")
    ('pay.example', '')
    >>> host_of("https://pay.example@evil.example/"), host_of("https://[x/")
    ('', '')
    """
    url = (url or "").strip()
    if not PLAIN.fullmatch(url) or len(url) > LONGEST or "\\" in url:
        return ""
    try:
        parts = urlsplit(url)
        is_plain = parts.scheme == "https" and "@" not in parts.netloc
        # Raises for a port that is none.
        return (parts.hostname or "") if is_plain and parts.port != 0 else ""
    except ValueError:
        return ""
