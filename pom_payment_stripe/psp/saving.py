"""Agreeing to later charges without paying anything now: a Session whose outcome is a
SetupIntent.

Source: https://docs.stripe.com/payments/save-and-reuse.
"""

from collections.abc import Mapping
from typing import Any

from odoo.addons.pom_payment.psp.reading import optional_text, text
from odoo.addons.pom_payment.psp.values import ZERO, PaymentOrder, PaymentUpdate

from .events import DATABASE, REFERENCE
from .payments import last_digits, reusable, session_values
from .wire import currency_of, numbered

SETUP = "setup"
SESSION_STATUS = {"open": "pending", "complete": "pending", "expired": "expired"}


def setup_fields(order: PaymentOrder, credentials) -> dict[str, Any]:
    return {
        "mode": SETUP,
        "currency": order.currency.lower(),
        "customer": numbered(order.customer, "cus"),
        "setup_intent_data": {
            "metadata": {REFERENCE: order.reference, DATABASE: credentials.database}
        },
    }


def read_setup(session: Mapping[str, Any]) -> PaymentUpdate:
    """No money, and perhaps what later payments can be charged to.

    :raises PayloadError: when it can't be read.
    """
    number, word = numbered(text(session, "id"), "cs"), text(session, "status")
    intent = session.get("setup_intent")
    intent = intent if isinstance(intent, Mapping) else {}
    attempt = intent.get("latest_attempt")
    attempt = attempt if isinstance(attempt, Mapping) else {}
    means = attempt.get("payment_method_details")
    means = means if isinstance(means, Mapping) else {}
    kind = optional_text(means, "type")
    agreed = word == "complete" and intent.get("status") == "succeeded"
    return PaymentUpdate(
        provider_reference=number,
        status="done" if agreed else SESSION_STATUS.get(word, "pending"),
        unknown_status="" if word in SESSION_STATUS else word,
        raw_status=word,
        untouched=word == "open",
        amount=ZERO,
        currency=currency_of(session),
        method=kind,
        mandate=reusable(intent, means, kind) if agreed else "",
        mandate_hint=last_digits(means, kind),
        **session_values(session),
    )
