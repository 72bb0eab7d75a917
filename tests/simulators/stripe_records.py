"""What the simulated Stripe knows, and how it reads what a merchant sends."""

import secrets
import string
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from .service import ApiError, now

ALPHABET = string.ascii_letters + string.digits
#: Of a payment method, as the API shows them.
MEANS = {
    "card": {"brand": "visa", "last4": "4242", "exp_month": 12, "exp_year": 2030},
    "bancontact": {
        "bank_name": "KBC",
        "iban_last4": "6769",
        "verified_name": "N. Claes",
    },
    "ideal": {"bank": "ing", "iban_last4": "4300"},
    "sepa_debit": {"bank_code": "096", "country": "BE", "last4": "6769"},
}
#: Methods whose money comes days later.
SLOW = ("sepa_debit",)
#: What can't be charged again itself, and gives a direct debit instead.
GENERATES = ("bancontact", "ideal")
PAYER = {"name": "Noémie Claes", "email": "noemie@klant.example"}


def new_id(prefix: str, length: int = 24) -> str:
    return f"{prefix}_{''.join(secrets.choice(ALPHABET) for _ in range(length))}"


class Declined(ApiError):
    """A charge that a bank refused: the answer has all that is known of it.

    :param error: as the API shows it
    """

    def __init__(self, error: dict):
        super().__init__(402, error["code"], error["message"])
        self.error = error


def refusal(message: str, code: str = "parameter_invalid", status: int = 400):
    return ApiError(status, code, message)


def missing(what: str, number: str) -> ApiError:
    return ApiError(404, "resource_missing", f"No such {what}: '{number}'")


def seconds(moment: datetime) -> int:
    return int(moment.timestamp())


@dataclass
class Payment:
    """A Session with what is paid in it, or a PaymentIntent by itself.

    :param asked: what the merchant sent.
    :param amount: in the smallest unit, what the payer pays in the end.
    :param session_id: '' when there is no Session.
    :param state: of the Session.
    :param intent_id: '' until the payer confirms.
    :param captured: money came in at that moment.
    """

    asked: dict
    amount: int
    currency: str
    merchant_id: str
    session_id: str = ""
    state: str = "open"
    intent_id: str = ""
    intent_status: str = "requires_payment_method"
    method: str = ""
    method_id: str = ""
    debit_id: str = ""
    error: dict | None = None
    created_at: datetime = field(default_factory=now)
    expires_at: datetime = field(default_factory=now)
    charge_id: str = ""
    paid_at: datetime | None = None
    refunds: list[dict] = field(default_factory=list)
    disputes: list[dict] = field(default_factory=list)

    @property
    def id(self) -> str:
        return self.session_id or self.intent_id

    @property
    def intent_asked(self) -> dict:
        """What the merchant said about the PaymentIntent."""
        return (
            self.asked.get("payment_intent_data", {}) if self.session_id else self.asked
        )

    @property
    def metadata(self) -> dict:
        return self.asked.get("metadata", {})

    @property
    def reference(self) -> str:
        return self.metadata.get("pom_reference", "")

    @property
    def customer(self) -> str | None:
        return self.asked.get("customer")

    @property
    def subjects(self) -> tuple[str, ...]:
        return self.session_id, self.intent_id, self.reference

    @property
    def is_setup(self) -> bool:
        """Only agreed to, and nothing paid."""
        return self.asked.get("mode") == "setup"

    @property
    def payment_status(self) -> str:
        if self.is_setup:
            return "no_payment_required"
        return "paid" if self.paid_at else "unpaid"

    @property
    def status(self) -> str:
        """For whoever looks: of the money where there is some."""
        return (
            "paid"
            if self.paid_at
            else self.state
            if self.session_id
            else self.intent_status
        )

    @property
    def refunded(self) -> int:
        gone = ("failed", "canceled")
        return sum(one["amount"] for one in self.refunds if one["status"] not in gone)


def amount_of(asked: dict) -> tuple[int, str]:
    """Of a Session: what its lines add up to."""
    total, currency = 0, ""
    if asked.get("mode") == "setup":
        return 0, known(asked.get("currency", ""))
    for line in asked.get("line_items", []):
        price = line.get("price_data", {})
        currency = price.get("currency", "")
        if not price.get("product_data", {}).get("name"):
            raise refusal("Missing required param: product_data[name].")
        total += whole(price.get("unit_amount")) * whole(line.get("quantity", "1"))
    return chargeable(total), known(currency)


def whole(value) -> int:
    if not isinstance(value, str) or not value.isascii() or not value.isdigit():
        raise refusal(f"Invalid integer: {value}")
    return int(value)


def chargeable(amount: int) -> int:
    if amount < 50:
        raise refusal("The amount must be at least €0.50.", "amount_too_small")
    return positive(amount)


def positive(amount: int) -> int:
    if amount < 1:
        raise refusal("The amount must be at least 1.", "amount_too_small")
    if amount > 99_999_999:
        raise refusal("The amount is too large.", "amount_too_large")
    return amount


def known(currency: str) -> str:
    if len(currency) != 3 or not currency.islower():
        raise refusal(f"Invalid currency: {currency}")
    return currency


def nested(pairs: Iterable[tuple[str, str]]) -> dict[str, Any]:
    """A form's fields, ``a[b][0]`` and ``a[]`` unfolded. What is empty is unset.

    >>> nested([("a[b][0]", "x"), ("a[b][1]", "y"), ("c[]", "z")])
    {'a': {'b': ['x', 'y']}, 'c': ['z']}
    """
    found: dict[str, Any] = {}
    for name, value in pairs:
        if value == "":
            continue
        first, *rest = name.replace("]", "").split("[")
        place, key = found, first
        for part in rest:
            place, key = place.setdefault(key, {}), part or str(len(place.get(key, {})))
        place[key] = value
    return {name: listed(value) for name, value in found.items()}


def listed(value):
    if not isinstance(value, dict):
        return value
    if value and all(key.isdigit() for key in value):
        return [listed(value[key]) for key in sorted(value, key=int)]
    return {key: listed(inner) for key, inner in value.items()}
