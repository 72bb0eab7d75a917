"""What the simulated Mollie pays out."""

from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal

from .mollie_records import euros, new_id
from .service import iso, now

#: Kind of ledger entry by the name of the list, and its sign.
LISTS = {"payments": ("payment", 1), "refunds": ("refund", -1)}
LISTS["chargebacks"] = ("chargeback", -1)


@dataclass(frozen=True)
class Settlement:
    """
    :param entries: of the ledger, that it is for.
    :param count: of the settlements of this month.
    """

    entries: tuple[dict, ...]
    count: int
    fee: int
    id: str = field(default_factory=lambda: new_id("stl"))
    settled_at: datetime = field(default_factory=now)

    @property
    def reference(self) -> str:
        """As on the bank statement."""
        return f"1234567.{self.settled_at:%y%m}.{self.count:02d}"

    @property
    def cents(self) -> int:
        signs = dict(LISTS.values())
        fees = self.fee * sum(entry["kind"] == "payment" for entry in self.entries)
        return sum(e["amount"] * signs[e["kind"]] for e in self.entries) - fees

    @property
    def amount(self) -> Decimal:
        return Decimal(self.cents) / 100

    def as_json(self) -> dict:
        return {
            "resource": "settlement",
            "id": self.id,
            "reference": self.reference,
            "createdAt": iso(self.settled_at),
            "settledAt": iso(self.settled_at),
            "status": "paidout",
            "amount": signed_euros(self.cents),
        }

    def details(self, name: str) -> list[dict]:
        kind, sign = LISTS[name]
        return [
            {
                "resource": kind,
                "id": entry["number"],
                "paymentId": entry["paymentId"],
                "amount": euros(entry["amount"]),
                "settlementAmount": signed_euros(sign * entry["amount"]),
                "settlementId": self.id,
            }
            for entry in self.entries
            if entry["kind"] == kind
        ]


def signed_euros(amount: int) -> dict:
    return {"currency": "EUR", "value": f"{Decimal(amount) / 100:.2f}"}
