"""Customers who agree that later payments are charged to them, and what they agreed
with: a PaymentMethod that hangs on the customer.

Source: https://docs.stripe.com/api/payment_methods.
"""

from calendar import monthrange
from collections.abc import Mapping
from datetime import date

from odoo.addons.pom_payment.psp.base import Adapter
from odoo.addons.pom_payment.psp.reading import as_object, text
from odoo.addons.pom_payment.psp.values import Mandate, PaymentRequest

from .events import REFERENCE
from .payments import last_digits
from .wire import get, number_of, numbered, post

#: Ways to pay that can't be kept for later when something is paid with them.
NEVER_KEPT = frozenset({"ideal", "wero"})
#: Core's codes of those with which a payer agrees on Stripe's page.
BY_PAYING = frozenset({"card", "bancontact", "sepa_direct_debit"})
WITHOUT_PAYING = BY_PAYING | {"ideal"}


class StripeMandates(Adapter):
    keeps_mandates = True

    def agrees_by_paying(self, method: str) -> bool:
        return method in BY_PAYING

    def agrees_without_paying(self, method: str) -> bool:
        return method in WITHOUT_PAYING

    def customer_request(self, name: str, email: str, reference: str) -> PaymentRequest:
        metadata = {REFERENCE: reference}
        fields = {"name": name, "email": email, "metadata": metadata}
        return post("/customers", fields)

    def read_customer(self, payload) -> str:
        return numbered(text(as_object(payload, "customer"), "id"), "cus")

    def revoke_request(self, customer: str, mandate: str) -> PaymentRequest:
        return post(f"/payment_methods/{numbered(mandate, 'pm')}/detach", {})

    def mandate_request(self, customer: str, mandate: str) -> PaymentRequest:
        return get(f"/payment_methods/{numbered(mandate, 'pm')}")

    def read_mandate(self, payload) -> Mandate:
        """Taken off its customer, it can't be charged any more."""
        method = as_object(payload, "payment method")
        kind = text(method, "type")
        return Mandate(
            status="valid" if number_of(method, "customer") else "invalid",
            kind="card" if kind == "card" else "direct_debit",
            hint=last_digits(method, kind),
            expires=_expiry(method.get("card")),
        )


def _expiry(card) -> date | None:
    """The last day of its last month."""
    if not isinstance(card, Mapping):
        return None
    year, month = card.get("exp_year"), card.get("exp_month")
    if not isinstance(year, int) or not isinstance(month, int):
        return None
    if not (1 <= month <= 12 and 2000 <= year < 10000):
        return None
    return date(year, month, monthrange(year, month)[1])
