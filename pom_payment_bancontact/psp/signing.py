"""Requests to Bancontact Pro that bear the merchant's own signature.

Sources: https://docs.bancontactpro.com, OpenAPI contracts "refund" 3.0.3 and "merchant
reconciliation" 3.0.1: a detached JWS (ES256) over the body, which is empty for a GET.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timezone
from typing import Any

from odoo.addons.pom_payment.psp.reading import format_time
from odoo.addons.pom_payment.psp.values import OrderError

from . import jws

CLAIM = "https://payconiq.com/"
CLAIMS = tuple(CLAIM + name for name in ("iat", "jti", "path", "iss", "sub"))


def merchant_claims(
    credentials,
    path: str,
    request_id: str,
    *,
    issuer: str = "Payconiq",
    now: datetime | None = None,
) -> dict[str, Any]:
    """JOSE header of a signed request.

    :param request_id: unique, the same when the request is repeated
    :param issuer: fixed for refunds, the merchant's number for payouts
    """
    return {
        "typ": "jose+json",
        "kid": credentials.signing_key_id,
        CLAIM + "sub": credentials.ppid,
        CLAIM + "iss": issuer,
        CLAIM + "iat": format_time(now or datetime.now(timezone.utc)),
        CLAIM + "jti": request_id,
        CLAIM + "path": path,
        "crit": list(CLAIMS),
    }


def sign(claims: Mapping[str, Any], body: bytes, credentials) -> str:
    """:raises OrderError: when the signing key is missing or wrong."""
    if not credentials.signing_key or not credentials.signing_key_id:
        raise OrderError("A signing key and its name are needed in the settings.")
    try:
        return jws.sign(claims, body, credentials.signing_key)
    except jws.JwsError as error:
        raise OrderError(f"The request can't be signed: {error}.") from error
