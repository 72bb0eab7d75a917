import hmac
from typing import NamedTuple

from odoo.addons.pom_payment.psp import base, reading, values


def texts(payload, *names):
    return [reading.text(payload, name) for name in names]


class Credentials(NamedTuple):
    merchant_id: str
    key: str
    api_url: str


class Example(base.Adapter):
    code = "example"
    label = "Example"
    Credentials = Credentials
    currencies = frozenset({"EUR"})
    default_methods = frozenset({"bancontact"})

    def headers(self, credentials):
        return {"Authorization": f"Bearer {credentials.key}"}

    def payment_request(self, order, credentials):
        body = {"cents": reading.to_cents(order.amount), "reference": order.reference}
        body |= {"news": order.callback_url, "back": order.return_url}
        return values.PaymentRequest("POST", "/payments", json=body)

    def read_created(self, payload):
        return values.PaymentCreated(*texts(payload, "id", "page"))

    def fetch_request(self, provider_reference):
        return values.PaymentRequest("GET", f"/payments/{provider_reference}")

    def cancel_request(self, provider_reference):
        return values.PaymentRequest("DELETE", f"/payments/{provider_reference}")

    def read_update(self, payload):
        words = {"new": "pending", "paid": "done", "stopped": "cancelled"}
        status, unknown = reading.read_status(payload, words)
        number, reference, merchant = texts(payload, "id", "reference", "merchant")
        amount = reading.from_cents(payload, "cents")
        return values.PaymentUpdate(
            number, reference, status, amount, "EUR", merchant, unknown_status=unknown
        )

    def check_event(self, body, headers, context):
        wanted = hmac.new(context.credentials.key.encode(), body, "sha256").hexdigest()
        sent = reading.header(headers, "signature")
        if not hmac.compare_digest(sent.encode(), wanted.encode()):
            return values.EventVerdict(False, "the signature doesn't fit")
        event = reading.parse_json(body)
        number, word = (reading.optional_text(event, name) for name in ("id", "status"))
        return values.EventVerdict(True, "", f"{number}:{word}", number)
