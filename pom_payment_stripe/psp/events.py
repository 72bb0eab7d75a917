"""Whether an event is from Stripe, for us, and about which payment.

Source: https://docs.stripe.com/webhooks. All addresses of an account get all of its
events, those of other systems too.
"""

import hashlib
import hmac
import time
from collections.abc import Mapping
from typing import Any

from odoo.addons.pom_payment.psp.reading import header, optional_text, parse_json
from odoo.addons.pom_payment.psp.values import EventContext, EventVerdict

from .wire import number_of

#: What we want to hear of. Sessions tell of what payers pay, intents of what is charged
#: without them.
EVENTS = (
    "checkout.session.completed",
    "checkout.session.async_payment_succeeded",
    "checkout.session.async_payment_failed",
    "checkout.session.expired",
    "payment_intent.succeeded",
    "payment_intent.processing",
    "payment_intent.payment_failed",
    "payment_intent.canceled",
    "refund.created",
    "refund.updated",
    "refund.failed",
    "charge.dispute.created",
    "charge.dispute.updated",
    "charge.dispute.closed",
    "charge.dispute.funds_withdrawn",
    "charge.dispute.funds_reinstated",
)
#: Older than this may be somebody's copy: a further try is signed anew.
TOLERANCE = 300
#: What we write on what we make, so that we know it again.
REFERENCE, DATABASE, KIND = "pom_reference", "pom_database", "pom_kind"
#: Charged without the payer.
CHARGE = "charge"


def judge(
    body: bytes, headers: Mapping[str, str], context: EventContext
) -> EventVerdict:
    secrets = [secret for secret in context.credentials.webhook_secrets if secret]
    if not secrets:
        return EventVerdict(False, "no webhook secret is set")
    moment, signatures = signed_parts(header(headers, "Stripe-Signature"))
    if not is_signed(body, moment, signatures, secrets):
        return EventVerdict(False, "the signature doesn't fit")
    now = context.received_at.timestamp() if context.received_at else time.time()
    if now - int(moment) > TOLERANCE:
        return EventVerdict(False, "signed too long ago")
    return authentic(body, context)


def signed_parts(value: str) -> tuple[str, list[str]]:
    """Time and signatures; others than those of scheme v1 count for nothing.

    >>> signed_parts("t=1,v1=a,v0=b,v1=c")
    ('1', ['a', 'c'])
    """
    parts = [part.strip().partition("=") for part in value.split(",")]
    moment = next((given for name, _is, given in parts if name == "t"), "")
    return moment, [given for name, _is, given in parts if name == "v1"]


def is_signed(body: bytes, moment: str, signatures: list[str], secrets) -> bool:
    """Whether one of the signatures was made with one of the secrets: there are two of
    each while one replaces the other. All pairs are compared, so that the time taken
    tells nothing.
    """
    if not moment.isascii() or not moment.isdigit() or len(moment) > 12:
        return False
    signed = moment.encode() + b"." + body
    expected = [
        hmac.new(secret.encode(), signed, hashlib.sha256).hexdigest()
        for secret in secrets
    ]
    return any(
        [
            hmac.compare_digest(one.encode(errors="replace"), other.encode())
            for one in signatures
            for other in expected
        ]
    )


def authentic(body: bytes, context: EventContext) -> EventVerdict:
    event = parse_json(body)
    about = event_object(event)
    payment, foreign = payment_of(about, context.credentials.database)
    number = optional_text(event, "id")
    return EventVerdict(
        True,
        event_key=number or "sha256:" + hashlib.sha256(body).hexdigest(),
        provider_reference=payment,
        foreign=foreign,
        details={"type": optional_text(event, "type")},
    )


def event_object(event) -> Mapping[str, Any]:
    data = event.get("data") if isinstance(event, Mapping) else None
    about = data.get("object") if isinstance(data, Mapping) else None
    return about if isinstance(about, Mapping) else {}


def payment_of(about: Mapping[str, Any], database: str) -> tuple[str, bool]:
    """
    :return: number of the payment, and whether it's none of ours
    """
    kind = about.get("object")
    if kind in ("refund", "dispute"):
        # Only the payment behind it bears our mark.
        payment = number_of(about, "payment_intent")
        return payment, not payment
    is_ours = optional_text(about, "metadata", DATABASE) == database
    is_charge = optional_text(about, "metadata", KIND) == CHARGE
    told = kind == "checkout.session" or kind == "payment_intent" and is_charge
    return optional_text(about, "id"), not (is_ours and told)
