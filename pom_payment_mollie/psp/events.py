"""Whether an event is from Mollie, and about which payment: the classic webhook, which
only names one, and the signed ones.
"""

import hashlib
import hmac
import re
from collections.abc import Mapping
from datetime import datetime, timezone
from typing import Any
from urllib.parse import parse_qs

from odoo.addons.pom_payment.psp.reading import header, optional_text
from odoo.addons.pom_payment.psp.values import EventContext, EventVerdict

PAYMENT_ID = re.compile(r"tr_\w{1,64}", re.ASCII)
SIGNATURE = "sha256="


def judge_classic(body: bytes, context: EventContext) -> EventVerdict:
    payment_id = form_field(body, "id")
    if not PAYMENT_ID.fullmatch(payment_id):
        return EventVerdict(False, "no payment is named")
    moment = context.received_at or datetime.now(timezone.utc)
    return EventVerdict(
        True,
        event_key=f"{payment_id}@{moment.isoformat()}",
        provider_reference=payment_id,
        signed=False,
        details={"signed": "no"},
    )


def form_field(body: bytes, name: str) -> str:
    try:
        fields = parse_qs(body.decode(), max_num_fields=20)
    except ValueError:
        return ""
    return fields.get(name, [""])[0]


def judge_signed(
    body: bytes,
    event: Mapping[str, Any],
    headers: Mapping[str, str],
    credentials,
) -> EventVerdict:
    if not any(credentials.webhook_secrets):
        return EventVerdict(False, "no webhook secret is set")
    if not is_signed(body, header(headers, "X-Mollie-Signature"), credentials):
        return EventVerdict(False, "the signature doesn't fit")
    event_id = optional_text(event, "id")
    return EventVerdict(
        True,
        event_key=event_id or "sha256:" + hashlib.sha256(body).hexdigest(),
        provider_reference=payment_of(event),
        details={"signed": "yes", "type": optional_text(event, "type")},
    )


def is_signed(body: bytes, signatures: str, credentials) -> bool:
    """Whether one of the signatures was made with one of the secrets.

    All pairs are compared, so that the time taken tells nothing.
    """
    given = [one.strip().removeprefix(SIGNATURE) for one in signatures.split(",")]
    expected = [
        hmac.new(secret.encode(), body, hashlib.sha256).hexdigest()
        for secret in filter(None, credentials.webhook_secrets)
    ]
    return any(
        [
            hmac.compare_digest(one.encode(errors="replace"), other.encode())
            for one in given
            for other in expected
        ]
    )


def payment_of(event: Mapping[str, Any]) -> str:
    """The payment that an event is about: itself, or that of a refund or chargeback."""
    candidates = (
        optional_text(event, "entityId"),
        optional_text(event, "_embedded", "entity", "paymentId"),
    )
    return next((one for one in candidates if PAYMENT_ID.fullmatch(one)), "")
