"""What a payment service that doesn't exist wants to be sent, and what it answers."""

import hmac
from collections import namedtuple

from odoo.addons.pom_payment.psp import base, reading, values

#: Its words for how a payment stands, in ours.
STATUS = {"new": "pending", "paid": "done", "stopped": "cancelled"}


class Example(base.Adapter):
    code = "example"
    label = "Example"
    Credentials = namedtuple("Credentials", "api_url merchant_id key")
    currencies = frozenset({"EUR"})
    default_methods = frozenset({"bancontact"})

    def headers(self, credentials):
        return {"Authorization": f"Bearer {credentials.key}"}

    def payment_request(self, order, credentials):
        body = {"cents": reading.to_cents(order.amount), "reference": order.reference}
        body |= {"news": order.callback_url, "back": order.return_url}
        return values.PaymentRequest("POST", "/payments", json=body)

    def read_created(self, payload):
        number, page = reading.text(payload, "id"), reading.text(payload, "page")
        return values.PaymentCreated(provider_reference=number, redirect_url=page)

    def fetch_request(self, provider_reference):
        return values.PaymentRequest("GET", f"/payments/{provider_reference}")

    def cancel_request(self, provider_reference):
        return values.PaymentRequest("DELETE", f"/payments/{provider_reference}")

    def read_update(self, payload):
        status, unknown = reading.read_status(payload, STATUS)
        return values.PaymentUpdate(
            provider_reference=reading.text(payload, "id"),
            reference=reading.text(payload, "reference"),
            status=status,
            amount=reading.from_cents(payload, "cents"),
            currency="EUR",
            merchant_id=reading.text(payload, "merchant"),
            unknown_status=unknown,
        )

    def check_event(self, body, headers, context):
        # It signs the bytes of the body: nothing of them is read before that is right.
        wanted = hmac.new(context.credentials.key.encode(), body, "sha256").hexdigest()
        sent = reading.header(headers, "signature")
        if not hmac.compare_digest(sent.encode(), wanted.encode()):
            return values.EventVerdict(False, "the signature doesn't fit")
        event = reading.parse_json(body)
        number, word = (reading.optional_text(event, name) for name in ("id", "status"))
        key = f"{number}:{word}"  # the same for each copy of the event
        return values.EventVerdict(True, event_key=key, provider_reference=number)
