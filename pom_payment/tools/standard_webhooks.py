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

PREFIX = "whsec_"
SECRET_BYTES = 32


def new_secret() -> str:
    """Make a secret, as it's shown to the administrator.

    >>> secret = new_secret()
    >>> secret.startswith("whsec_"), len(base64.b64decode(secret[6:]))
    (True, 32)
    """
    return PREFIX + base64.b64encode(secrets.token_bytes(SECRET_BYTES)).decode()


def signed_headers(
    secret: str, message_id: str, timestamp: int, body: bytes
) -> dict[str, str]:
    """Headers that prove that a message is ours and new.

    :param message_id: the same for each try of the same message
    :param timestamp: seconds since 1970; receivers refuse old ones
    """
    key = base64.b64decode(secret.removeprefix(PREFIX))
    message = f"{message_id}.{timestamp}.".encode() + body
    digest = hmac.new(key, message, hashlib.sha256).digest()
    return {
        "webhook-id": message_id,
        "webhook-timestamp": str(timestamp),
        "webhook-signature": f"v1,{base64.b64encode(digest).decode()}",
    }


def fingerprint(secret: str) -> str:
    """What a secret is found by, without telling it."""
    return hashlib.sha256(secret.encode()).hexdigest()
