"""The short code that tells by which message somebody came to the payment page.

It opens nothing: the link's token does. Two messages of one link must differ, no more.

What goes by phone has no room for both: there a word of 80 bits says which message it
is, and opens the page. Behind https://p.example.be/s/ it makes 39 characters.
"""

import re
import secrets

from odoo.addons.pom_payment.tools.link_token import ALPHABET, CONFUSED, SEPARATORS

LENGTH = 10
CODE = re.compile(f"[{ALPHABET}]{{{LENGTH}}}")
SHORT_LENGTH = 16
SHORT = re.compile(f"[{ALPHABET}]{{{SHORT_LENGTH}}}")


def new_code() -> str:
    """
    >>> len(new_code())
    10
    """
    return "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))


def normalize(typed: str) -> str | None:
    """
    >>> normalize(" 0123456789 "), normalize("012345678"), normalize("")
    ('0123456789', None, None)
    """
    plain = typed.strip().upper()
    return plain if CODE.fullmatch(plain) else None


def new_short() -> str:
    """
    >>> len(new_short())
    16
    """
    return "".join(secrets.choice(ALPHABET) for _ in range(SHORT_LENGTH))


def normalize_short(typed: str) -> str | None:
    """
    >>> normalize_short("7zk3 0o1l-abcd-efgh"), normalize_short("7zk3")
    ('7ZK30011ABCDEFGH', None)
    """
    plain = SEPARATORS.sub("", typed).upper().translate(CONFUSED)
    return plain if SHORT.fullmatch(plain) else None


def tagged(url: str, code: str) -> str:
    """
    >>> tagged("https://pay.example/p/7ZK3", "0123456789")
    'https://pay.example/p/7ZK3?d=0123456789'
    """
    return f"{url}?d={code}" if url and code else url


def tag_links(html: str, url: str, code: str) -> str:
    """The address with the code wherever it is a link's whole target: not in the
    picture of the QR code, whose address only begins like it.

    >>> tag_links('<a href="http://x/p/A">http://x/p/A</a> <img src="http://x/p/A/qr">',
    ...     "http://x/p/A", "0123456789")
    '<a href="http://x/p/A?d=0123456789">http://x/p/A</a> <img src="http://x/p/A/qr">'
    """
    return html.replace(f'href="{url}"', f'href="{tagged(url, code)}"')
