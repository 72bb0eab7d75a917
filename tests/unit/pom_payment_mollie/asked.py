"""An order, and what Mollie says of it."""

import hashlib
import hmac
import json
from decimal import Decimal

from odoo.addons.pom_payment.psp.values import EventContext, PaymentOrder
from odoo.addons.pom_payment_mollie.psp.adapter import Credentials, Mollie

PSP = Mollie()
CREDENTIALS = Credentials("test_key", "pfl_1", webhook_secrets=("", "old", "new"))
PAYMENT = {
    "id": "tr_7UhSN1zuXS",
    "status": "paid",
    "profileId": "pfl_1",
    "amount": {"currency": "EUR", "value": "45.73"},
    "amountRefunded": {"currency": "EUR", "value": "5.00"},
    "amountChargedBack": {"currency": "EUR", "value": "40.73"},
    "metadata": {"reference": "INV/2026/00042-1"},
    "method": "bancontact",
    "details": {"consumerName": "Noémie", "consumerAccount": "BE71096123456769"},
    "settlementId": "stl_261122",
    "expiresAt": "2026-11-22T10:44:05+00:00",
    "paidAt": "2026-11-22T10:25:05+00:00",
    "_links": {
        "checkout": {"href": "https://www.mollie.com/checkout/1"},
        "mobileAppCheckout": {"href": "https://app.example/1"},
    },
}


def order(**values):
    usual = {
        "amount": Decimal("45.7"),
        "currency": "EUR",
        "reference": "INV/2026/00042-1",
        "callback_url": "https://odoo.example/cb",
        "return_url": "https://odoo.example/back",
    }
    return PaymentOrder(**{**usual, **values})


def context(**values):
    usual = {"credentials": CREDENTIALS, "callback_url": "https://odoo.example/cb"}
    return EventContext(**{**usual, **values})


def signed_event(secret="new", **values):
    event = {"resource": "event", "id": "event_1", "entityId": "tr_1", **values}
    body = json.dumps(event).encode()
    digest = hmac.new(secret.encode(), body, hashlib.sha256).hexdigest()
    return body, {"x-mollie-signature": f"sha256={digest}"}
