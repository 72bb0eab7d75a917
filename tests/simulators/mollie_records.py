"""What the simulated Mollie knows, and what it takes from a merchant."""

import secrets
import string
from dataclasses import dataclass, field
from datetime import datetime

from .service import ApiError

OPEN = ("open", "pending", "authorized")
SEQUENCES = ("oneoff", "first", "recurring")
#: With these a payer agrees without paying anything.
FREE = ("creditcard", "paypal")
LENDING = ("billie", "billink", "in3", "klarna", "riverty", "voucher")
#: Ways to pay a first payment that make a mandate, and what is charged later on.
MANDATES = {
    "creditcard": "creditcard",
    "applepay": "creditcard",
    "bancontact": "directdebit",
    "belfius": "directdebit",
    "ideal": "directdebit",
    "kbc": "directdebit",
}


ALPHABET = string.ascii_letters + string.digits


def new_id(prefix: str) -> str:
    """As Mollie's look: ten letters and digits of both cases."""
    return f"{prefix}_{''.join(secrets.choice(ALPHABET) for _ in range(10))}"


def unprocessable(detail: str) -> ApiError:
    return ApiError(422, "Unprocessable Entity", detail)


@dataclass
class Payment:
    """
    :param asked: body of the request that made it.
    :param amount: cents, what the payer pays in the end.
    """

    asked: dict
    amount: int
    created_at: datetime
    expires_at: datetime
    merchant_id: str
    id: str = field(default_factory=lambda: new_id("tr"))
    status: str = "open"
    paid_at: datetime | None = None
    refunds: list[dict] = field(default_factory=list)
    chargebacks: list[dict] = field(default_factory=list)
    mandate_id: str = ""
    currency: str = "EUR"
    failure: str = ""

    @property
    def reference(self) -> str:
        metadata = self.asked.get("metadata")
        return metadata.get("reference", "") if isinstance(metadata, dict) else ""

    @property
    def method(self) -> str:
        """As the merchant chose it, else what most payers in Belgium choose."""
        asked = self.asked.get("method")
        return asked if isinstance(asked, str) else "bancontact"

    @property
    def sequence(self) -> str:
        return self.asked.get("sequenceType", "oneoff")

    @property
    def subjects(self) -> tuple[str, str]:
        return self.id, self.reference

    @property
    def is_open(self) -> bool:
        return self.status in OPEN

    @property
    def refunded(self) -> int:
        gone = ("failed", "canceled")
        kept = [refund for refund in self.refunds if refund["status"] not in gone]
        return sum(cents(refund["amount"]) for refund in kept)

    @property
    def charged_back(self) -> int:
        kept = [one for one in self.chargebacks if not one["reversedAt"]]
        return sum(cents(one["amount"]) for one in kept)


@dataclass
class Customer:
    """
    :param mandates: method by number; '' when revoked.
    :param pending: numbers of those whose account isn't known yet.
    :param card_expires: day as Mollie writes it.
    """

    asked: dict
    id: str = field(default_factory=lambda: new_id("cst"))
    mandates: dict[str, str] = field(default_factory=dict)
    pending: set[str] = field(default_factory=set)
    card_expires: str = "2030-12-31"

    def add_mandate(self, method: str) -> str:
        mandate_id = new_id("mdt")
        self.mandates[mandate_id] = MANDATES[method]
        return mandate_id

    def mandate(self, mandate_id: str) -> dict:
        if mandate_id not in self.mandates:
            raise ApiError(404, "Not Found", f"no mandate {mandate_id}")
        method = self.mandates[mandate_id]
        status = "valid" if method else "invalid"
        details = {"consumerName": "N. Van den Broeck", "consumerBic": "GKCCBEBB"}
        if method == "creditcard":
            details = {"cardNumber": "6787", "cardExpiryDate": self.card_expires}
        return {
            "resource": "mandate",
            "id": mandate_id,
            "customerId": self.id,
            "status": "pending" if mandate_id in self.pending else status,
            "method": method or "directdebit",
            "details": details,
        }

    def as_json(self) -> dict:
        known = ("name", "email", "locale", "metadata")
        shown = {name: self.asked.get(name) for name in known}
        return {"resource": "customer", "id": self.id, **shown}


def read_order(asked: dict) -> dict:
    if asked.get("sequenceType", "oneoff") not in SEQUENCES:
        raise unprocessable("the sequence type is unknown")
    is_free = asked.get("sequenceType") == "first" and asked.get("method") in FREE
    if cents(asked.get("amount")) < (0 if is_free else 1):
        raise unprocessable("the amount is too low")
    needed = ["description"]
    if asked.get("sequenceType") != "recurring":
        needed.append("redirectUrl")
    for name in needed:
        if not isinstance(asked.get(name), str) or not asked[name]:
            raise unprocessable(f"{name} is missing")
    if len(asked["description"]) > 255:
        raise unprocessable("the description is too long")
    if asked.get("method") in LENDING:
        check_lines(asked)
    return asked


def check_lines(asked: dict):
    """Who lends the payer the money wants to know who that is, and what for."""
    lines, payer = asked.get("lines") or [], asked.get("billingAddress") or {}
    if not lines or sum(signed_cents(line) for line in lines) != cents(asked["amount"]):
        raise unprocessable("the lines don't add up to the amount")
    if not payer.get("country") or len(payer.get("familyName", "")) < 2:
        raise unprocessable("the billing address isn't complete")


def signed_cents(line: dict) -> int:
    if line["quantity"] != 1 or line["unitPrice"] != line["totalAmount"]:
        raise unprocessable("unitPrice × quantity isn't totalAmount")
    return int(line["totalAmount"]["value"].replace(".", ""))


def cents(amount) -> int:
    if not isinstance(amount, dict) or amount.get("currency") != "EUR":
        raise unprocessable("the amount isn't in euros")
    whole, _point, rest = amount["value"].partition(".")
    if len(rest) != 2:
        raise unprocessable("two decimals are expected")
    return int(whole + rest)


def euros(amount: int) -> dict:
    return {"currency": "EUR", "value": f"{amount // 100}.{amount % 100:02d}"}
