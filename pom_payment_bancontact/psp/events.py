"""Whether a callback is from Bancontact Pro, for us, and about which payment."""

from collections.abc import Mapping
from hashlib import sha256
from typing import Any

from odoo.addons.pom_payment.psp.reading import optional_text, parse_json
from odoo.addons.pom_payment.psp.values import EventContext, EventVerdict

from . import jws
from .signing import CLAIM, CLAIMS

ISSUER = "payconiq"


def check_claims(claims: Mapping[str, Any], context: EventContext) -> None:
    """Whether the callback is from them, and for our profile.

    :raises jws.JwsError: when it isn't.
    """
    jws.check_critical(claims, CLAIMS)
    issuer, profile = (claim(claims, name) for name in ("iss", "sub"))
    # Its case changed in 2026.
    if issuer.lower() != ISSUER:
        raise jws.JwsError(f"the issuer is {issuer!r}")
    if profile != context.credentials.ppid:
        raise jws.JwsError("signed for another product profile than ours")


def check_address(claims: Mapping[str, Any], context: EventContext) -> None:
    """Whether it was sent to us and not to somebody who hands it on.

    :raises jws.JwsError: when it wasn't.
    """
    path = claim(claims, "path")
    if path != context.callback_url and path not in context.former_callback_urls:
        raise jws.JwsError("signed for another address than our callback's")


def claim(claims: Mapping[str, Any], name: str) -> str:
    """A claim that must be there, so that nothing missing on our side can match it."""
    value = optional_text(claims, CLAIM + name)
    if not value:
        raise jws.JwsError(f"the claim {name!r} is missing")
    return value


def authentic_event(body: bytes, claims: Mapping[str, Any]) -> EventVerdict:
    details = {
        name: claims[CLAIM + name]
        for name in ("jti", "iat")
        if isinstance(claims.get(CLAIM + name), str)
    }
    payload = parse_json(body)
    payment_id = optional_text(payload, "paymentId")
    status = optional_text(payload, "status")
    if payment_id and status:
        key = f"{payment_id}:{status}"
    else:
        # From them, but about something else: kept, and applied to nothing.
        key = "sha256:" + sha256(body).hexdigest()
    return EventVerdict(
        True, event_key=key, provider_reference=payment_id, details=details
    )
