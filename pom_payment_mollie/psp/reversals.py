"""Refunds and chargebacks of a payment, one by one.

Sources: https://docs.mollie.com/reference/list-refunds and …/list-chargebacks. A
chargeback that was won has ``reversedAt``.
"""

from odoo.addons.pom_payment.psp.base import Adapter
from odoo.addons.pom_payment.psp.reading import (
    as_object,
    optional_text,
    read_status,
    text,
)
from odoo.addons.pom_payment.psp.sepa import failure_of
from odoo.addons.pom_payment.psp.values import (
    CHARGEBACK,
    REFUND,
    PayloadError,
    PaymentRequest,
    Reversal,
)

from .events import PAYMENT_ID
from .payouts import LIMIT, list_items, read_amount

REFUND_STATUS = {
    "queued": "pending",
    "pending": "pending",
    "processing": "pending",
    "refunded": "done",
    "failed": "failed",
    "canceled": "cancelled",
}
LISTS = ("refunds", "chargebacks")


class MollieReversals(Adapter):
    def reversals_requests(self, provider_reference: str) -> tuple[PaymentRequest, ...]:
        if not PAYMENT_ID.fullmatch(provider_reference):
            return ()
        path = f"/payments/{provider_reference}"
        return tuple(
            PaymentRequest("GET", f"{path}/{name}", params={"limit": LIMIT})
            for name in LISTS
        )

    def read_reversals(self, payload) -> list[Reversal]:
        found = as_object(as_object(payload, "list").get("_embedded"), "list")
        name = next((name for name in LISTS if name in found), "")
        if not name:
            raise PayloadError("the list has neither refunds nor chargebacks")
        return [_reversal(item, name) for item in list_items(payload, name)]


def _reversal(item, name: str) -> Reversal:
    amount, currency = read_amount(item, "amount")
    if name == "refunds":
        word, _unknown = read_status(item, REFUND_STATUS)
        kind, status = REFUND, "undone" if word in ("failed", "cancelled") else word
    else:
        kind, status = CHARGEBACK, "undone" if item.get("reversedAt") else "done"
    why = failure_of(optional_text(item, "reason", "code"))
    return Reversal(text(item, "id"), kind, status, abs(amount), currency, why)
