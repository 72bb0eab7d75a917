"""Signatures of what we push to third systems: Standard Webhooks 1.0.

Source: https://github.com/standard-webhooks/standard-webhooks, its specification:
HMAC-SHA256 over ``id.timestamp.body``, base64, in headers ``webhook-id``,
``webhook-timestamp`` (seconds) and ``webhook-signature`` (``v1,<signature>``); secrets
of 24 to 64 bytes, base64 after ``whsec_``. Most languages have a library to check them.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import secrets
from collections.abc import Iterable

PREFIX = "whsec_"
#: Keys to ask with are another thing: who can ask can't sign in our name.
KEY_PREFIX = "pomk_"
SECRET_BYTES = 32


def new_secret() -> str:
    """Make a secret, as it's shown to the administrator.

    >>> secret = new_secret()
    >>> secret.startswith("whsec_"), len(base64.b64decode(secret[6:]))
    (True, 32)
    """
    return PREFIX + base64.b64encode(secrets.token_bytes(SECRET_BYTES)).decode()


def signed_headers(
    secrets_: Iterable[str], message_id: str, timestamp: int, body: bytes
) -> dict[str, str]:
    """Headers that prove that a message is ours and new.

    :param secrets_: one, or two while one takes the other's place: receivers look for
        a signature that they can check
    :param message_id: the same for each try of the same message
    :param timestamp: seconds since 1970; receivers refuse old ones
    """
    message = f"{message_id}.{timestamp}.".encode() + body
    return {
        "webhook-id": message_id,
        "webhook-timestamp": str(timestamp),
        "webhook-signature": " ".join(_signature(one, message) for one in secrets_),
    }


def _signature(secret: str, message: bytes) -> str:
    key = base64.b64decode(secret.removeprefix(PREFIX))
    digest = hmac.new(key, message, hashlib.sha256).digest()
    return f"v1,{base64.b64encode(digest).decode()}"


def new_key() -> str:
    """Make a key to ask with, as it's shown once.

    >>> new_key().startswith("pomk_")
    True
    """
    return KEY_PREFIX + secrets.token_urlsafe(SECRET_BYTES)


def is_secret(text: str) -> bool:
    """Whether this is one to sign with: some systems were set up with it as their key.

    >>> is_secret(new_secret()), is_secret(new_key())
    (True, False)
    """
    return text.strip().startswith(PREFIX)


def fingerprint(secret: str) -> str:
    """What a secret is found by, without telling it."""
    return hashlib.sha256(secret.encode()).hexdigest()
