"""An order, and what Stripe says of it."""

import hashlib
import hmac
import json
import time
from decimal import Decimal

from odoo.addons.pom_payment.psp.values import EventContext, PaymentOrder
from odoo.addons.pom_payment_stripe.psp.adapter import Credentials, Stripe

PSP = Stripe()
CREDENTIALS = Credentials("sk_test_key", ("", "old", "new"), "db-1")
MARK = {"pom_reference": "INV/2026/00042-1", "pom_database": "db-1"}
CHARGE = {
    "id": "ch_1",
    "object": "charge",
    "amount_refunded": 500,
    "created": 1795000000,
    "disputed": True,
    "payment_method_details": {
        "type": "bancontact",
        "bancontact": {"generated_sepa_debit": "pm_debit", "iban_last4": "6769"},
    },
}
INTENT = {
    "id": "pi_1",
    "object": "payment_intent",
    "amount": 4573,
    "amount_received": 4573,
    "currency": "eur",
    "customer": "cus_1",
    "latest_charge": CHARGE,
    "livemode": False,
    "metadata": MARK,
    "payment_method": "pm_1",
    "setup_future_usage": "off_session",
    "status": "succeeded",
}
SESSION = {
    "id": "cs_test_1",
    "object": "checkout.session",
    "amount_total": 4573,
    "currency": "eur",
    "customer": "cus_1",
    "customer_details": {"name": "Noémie"},
    "expires_at": 1795000000,
    "livemode": False,
    "metadata": MARK,
    "payment_intent": INTENT,
    "payment_status": "paid",
    "status": "complete",
    "url": "https://checkout.stripe.com/c/pay/cs_test_1",
}


def order(**values):
    usual = {
        "amount": Decimal("45.73"),
        "currency": "EUR",
        "reference": "INV/2026/00042-1",
        "callback_url": "https://odoo.example/cb",
        "return_url": "https://odoo.example/back",
    }
    return PaymentOrder(**{**usual, **values})


def context(**values):
    usual = {"credentials": CREDENTIALS, "callback_url": "https://odoo.example/cb"}
    return EventContext(**{**usual, **values})


def signed_event(about, secret="new", age=0, **values):
    event = {"object": "event", "id": "evt_1", "data": {"object": about}, **values}
    body = json.dumps(event).encode()
    moment = int(time.time()) - age
    signed = f"{moment}.".encode() + body
    proof = hmac.new(secret.encode(), signed, hashlib.sha256).hexdigest()
    return body, {"stripe-signature": f"t={moment},v1={proof},v0=x"}
