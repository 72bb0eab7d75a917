"""What the simulated Bancontact Pro knows, and what it takes from a merchant."""

import re
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import requests
from werkzeug.wrappers import Request

from .service import ApiError
from .signing import verify_es256
from .web import read_json

CLAIM = "https://payconiq.com/"
CLAIMS = [CLAIM + name for name in ("iat", "jti", "path", "iss", "sub")]
MAX_CENTS = 999_999
SEPA = re.compile(r"[A-Za-z0-9 /?:().,'+-]*")
#: Longest value of each text of a new payment.
LENGTHS = {
    "reference": 35,
    "description": 140,
    "bulkId": 35,
    "posId": 36,
    "shopId": 36,
    "shopName": 36,
    "callbackUrl": 2048,
    "identifyCallbackUrl": 2048,
    "returnUrl": 2048,
}
PENDING = ("PENDING", "IDENTIFIED", "AUTHORIZED")


@dataclass
class Merchant:
    """
    :param jwks: key document (or its address) that refunds must be signed with; None
        takes any signature.
    """

    name: str
    api_key: str = field(default_factory=lambda: secrets.token_hex(18))
    ppid: str = field(default_factory=lambda: secrets.token_hex(12))
    iban: str = "BE43068999999501"
    jwks: Any = None

    @property
    def number(self) -> str:
        return self.ppid[::-1]


@dataclass
class Payment:
    """
    :param amount: cents, what the payer pays in the end.
    :param asked: body of the request that made it.
    :param payer: name and IBAN.
    :param refunds: by idempotency key.
    """

    merchant: Merchant
    amount: int
    asked: dict
    created_at: datetime
    expires_at: datetime
    payer: tuple[str, str]
    id: str = field(default_factory=lambda: secrets.token_hex(12))
    status: str = "PENDING"
    succeeded_at: datetime | None = None
    refunds: dict[str, dict] = field(default_factory=dict)

    @property
    def reference(self) -> str:
        return self.asked.get("reference", "")

    @property
    def merchant_id(self) -> str:
        return self.merchant.ppid

    @property
    def subjects(self) -> tuple[str, str]:
        return self.id, self.reference

    @property
    def is_open(self) -> bool:
        return self.status in PENDING

    @property
    def refundable(self) -> int:
        return self.amount - sum(refund["amount"] for refund in self.refunds.values())


def read_order(request: Request) -> dict:
    """A new payment's body; stricter than the real service, to find our mistakes."""
    asked = read_json(request)
    unknown = set(asked) - set(LENGTHS) - {"amount", "currency"}
    amount = asked.get("amount")
    if unknown:
        raise ApiError(400, "FIELD_INVALID", f"unknown {sorted(unknown)}")
    if type(amount) is not int or not 1 <= amount <= MAX_CENTS:
        raise ApiError(400, "FIELD_INVALID", f"amount {amount!r}")
    if asked.get("currency") != "EUR":
        raise ApiError(400, "FIELD_INVALID", "currency")
    for name, length in LENGTHS.items():
        check_text(name, asked.get(name, ""), length)
    return asked


def check_text(name: str, value: Any, length: int):
    if not isinstance(value, str) or len(value) > length:
        raise ApiError(400, "FIELD_INVALID", f"{name} is longer than {length}")
    if not name.endswith("Url") and not SEPA.fullmatch(value):
        raise ApiError(400, "FIELD_INVALID", f"{name} has other than SEPA characters")


def check_signature(request: Request, merchant: Merchant, issuer: str = "Payconiq"):
    """Signed with the merchant's own key, published by the merchant."""
    if merchant.jwks is None:
        return
    try:
        header = verify_es256(
            request.headers["Signature"], request.get_data(), read_jwks(merchant.jwks)
        )
    except Exception as error:
        raise ApiError(401, "UNAUTHORIZED", f"signature: {error!r}") from error
    if (
        header.get(CLAIM + "sub") != merchant.ppid
        or header.get(CLAIM + "iss") != issuer
        or header.get(CLAIM + "path") != request.path
        or not set(CLAIMS) <= header.keys()
        or sorted(header.get("crit", ())) != sorted(CLAIMS)
    ):
        raise ApiError(401, "UNAUTHORIZED", "signature: wrong claims")


def read_jwks(jwks: Mapping | str) -> Mapping:
    if isinstance(jwks, str):
        return requests.get(jwks, timeout=5).json()
    return jwks
