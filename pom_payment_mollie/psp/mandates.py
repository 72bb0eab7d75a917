"""Customers who agree that later payments are charged to them, what they agreed with,
and why such a payment came to nothing.

Sources: https://docs.mollie.com/docs/recurring-payments, …/reference/get-mandate and
…/reference/get-payment (``failureReason``, ``bankReasonCode``).
"""

import re
from collections.abc import Mapping
from datetime import date
from types import MappingProxyType
from typing import Any

from odoo.addons.pom_payment.psp.base import Adapter
from odoo.addons.pom_payment.psp.reading import as_object, optional_text, text
from odoo.addons.pom_payment.psp.sepa import failure_of
from odoo.addons.pom_payment.psp.values import (
    ASK_PAYER,
    AUTHENTICATE,
    HARD,
    SOFT,
    Mandate,
    PaymentRequest,
    PspError,
)

CUSTOMER_ID = re.compile(r"cst_\w{1,64}", re.ASCII)
MANDATE_ID = re.compile(r"mdt_\w{1,64}", re.ASCII)
#: Core's codes: with these the first payment makes a mandate.
BY_PAYING = frozenset(
    {
        "apple_pay",
        "bancontact",
        "belfius",
        "card",
        "eps",
        "ideal",
        "kbc_cbc",
        "paypal",
    }
)
#: With these a payer can agree without paying anything.
WITHOUT_PAYING = frozenset({"card", "paypal"})
MANDATE_STATUS = {"valid": "valid", "pending": "pending", "invalid": "invalid"}
#: Of a card; the limits of the schemes are far away from the few tries that we make.
FAILURE: Mapping[str, str] = MappingProxyType(
    {
        "insufficient_funds": SOFT,
        "authentication_unavailable_acs": SOFT,
        "refused_by_issuer": SOFT,
        "card_declined": SOFT,
        "unknown_reason": SOFT,
        "authentication_required": AUTHENTICATE,
        "authentication_failed": AUTHENTICATE,
        "authentication_abandoned": AUTHENTICATE,
        "card_expired": ASK_PAYER,
        "invalid_cvv": ASK_PAYER,
        "invalid_card_holder_name": ASK_PAYER,
        "invalid_card_number": ASK_PAYER,
        "invalid_card_type": ASK_PAYER,
        "inactive_card": HARD,
        "possible_fraud": HARD,
    }
)


class MollieMandates(Adapter):
    keeps_mandates = True

    def agrees_by_paying(self, method: str) -> bool:
        return method in BY_PAYING

    def agrees_without_paying(self, method: str) -> bool:
        return method in WITHOUT_PAYING

    def customer_request(self, name: str, email: str, reference: str) -> PaymentRequest:
        body = {"name": name, "email": email, "metadata": {"reference": reference}}
        filled = {name: value for name, value in body.items() if value}
        return PaymentRequest("POST", "/customers", json=filled)

    def read_customer(self, payload) -> str:
        customer = text(as_object(payload, "customer"), "id")
        return numbered(customer, CUSTOMER_ID, "customer")

    def mandate_request(self, customer: str, mandate: str) -> PaymentRequest:
        return PaymentRequest("GET", mandate_path(customer, mandate))

    def read_mandate(self, payload) -> Mandate:
        mandate = as_object(payload, "mandate")
        is_card = text(mandate, "method") == "creditcard"
        return Mandate(
            # Of what we don't know nothing is charged.
            status=MANDATE_STATUS.get(text(mandate, "status"), "pending"),
            kind="card" if is_card else "direct_debit",
            hint=last_digits(mandate),
            expires=_day(optional_text(mandate, "details", "cardExpiryDate")),
        )

    def revoke_request(self, customer: str, mandate: str) -> PaymentRequest:
        return PaymentRequest("DELETE", mandate_path(customer, mandate))


def customer_path(customer: str) -> str:
    return f"/customers/{numbered(customer, CUSTOMER_ID, 'customer')}"


def mandate_path(customer: str, mandate: str) -> str:
    number = numbered(mandate, MANDATE_ID, "mandate")
    return f"{customer_path(customer)}/mandates/{number}"


def numbered(value: str, pattern: re.Pattern, what: str) -> str:
    """The id may come from a webhook, so it must not lead elsewhere."""
    if not pattern.fullmatch(value):
        raise PspError(f"{value!r} isn't a {what} of Mollie")
    return value


def last_digits(payload: Mapping[str, Any]) -> str:
    """Of the card or the account, as the payer knows it."""
    numbers = (
        optional_text(payload, "details", name)
        for name in ("cardNumber", "consumerAccount")
    )
    return next((number[-4:] for number in numbers if number), "")


def why_failed(payment: Mapping[str, Any]) -> tuple[str, str]:
    """
    :return: one of ``values.FAILURES``, '' when it isn't known; and Mollie's word
    """
    if payment.get("status") != "failed":
        return "", ""
    card = optional_text(payment, "details", "failureReason")
    bank = optional_text(payment, "details", "bankReasonCode")
    return FAILURE.get(card, "") or failure_of(bank), card or bank


def _day(written: str) -> date | None:
    try:
        return date.fromisoformat(written)
    except ValueError:
        return None
