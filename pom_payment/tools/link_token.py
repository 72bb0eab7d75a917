"""The secret in a payment link.

130 random bits in Crockford's base 32 (https://www.crockford.com/base32.html): no
letter can be taken for a digit, so the link can also be typed over from paper, and a
QR code stores such characters in 5.5 bits instead of 8.
"""

import re
import secrets

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
LENGTH = 26
CONFUSED = str.maketrans("OIL", "011")
SEPARATORS = re.compile(r"[\s-]+")
TOKEN = re.compile(f"[{ALPHABET}]{{{LENGTH}}}")


def new_token() -> str:
    """
    >>> len(new_token())
    26
    """
    return "".join([ALPHABET[byte & 31] for byte in secrets.token_bytes(LENGTH)])


def normalize(typed: str) -> str | None:
    """The token that somebody meant, or None when it can't be one.

    >>> normalize("7zk3-0o1l-abcd-efgh-jkmn-pqrs-tv")
    '7ZK30011ABCDEFGHJKMNPQRSTV'
    >>> normalize("nothing")
    """
    plain = SEPARATORS.sub("", typed).upper().translate(CONFUSED)
    return plain if TOKEN.fullmatch(plain) else None


def grouped(token: str) -> str:
    """As one can read it over from paper.

    >>> grouped("7ZK30011ABCDEFGHJKMNPQRSTV")
    '7ZK30-011AB-CDEFG-HJKMN-PQRSTV'
    """
    return "-".join([*(token[i : i + 5] for i in range(0, 20, 5)), token[20:]])
