"""How the money of the simulated Bancontact Pro reaches the merchant's bank account.

    for payout in pay_out(psp, bulked=True):
        bank.receive(payout.amount, "Bancontact", communication=payout.text)

Remittance texts after https://docs.bancontactpro.com (guides "Payouts, Bulking &
Remittance Information" and "Reconciliation"); that the parts of an individual one are
separated by a blank is a guess.
"""

import secrets
from collections import defaultdict
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal

from .bancontact_pro import BancontactPro
from .bancontact_records import Merchant, Payment
from .service import iso, now


@dataclass(frozen=True)
class Payout:
    """
    :param amount: in euros, less the refunds.
    :param text: remittance information of the transfer, 140 characters at most.
    :param entries: of the ledger, that it is for.
    """

    merchant: Merchant
    payment: Payment
    entries: tuple[dict, ...]
    bulked: bool = True
    fee: int = 0
    number: str = field(default_factory=lambda: secrets.token_hex(12))
    created_at: datetime = field(default_factory=now)

    @property
    def payment_ids(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(entry["paymentId"] for entry in self.entries))

    @property
    def cents(self) -> int:
        fees = self.fee * len(self._of("payment"))
        return self._sum("payment") - self._sum("refund") - fees

    @property
    def amount(self) -> Decimal:
        return Decimal(self.cents) / 100

    @property
    def text(self) -> str:
        if self.bulked:
            return "-".join(self._bulk_parts())[:140]
        return " ".join(filter(None, self._individual_parts()))[:140]

    def _bulk_parts(self) -> tuple[str, ...]:
        return (
            f"{self.created_at:%Y%m%d}",
            self.number,
            self._bulk_id(),
            "PQ-BulkRecon",
            self.merchant.number,
        )

    def _individual_parts(self) -> tuple[str, ...]:
        asked = self.payment.asked
        return (
            "Payconiq",
            self.payment.id,
            asked.get("shopName", "")[:23],
            asked.get("reference", "")[:35],
            asked.get("description", "")[:46],
        )

    def _bulk_id(self) -> str:
        return self.payment.asked.get("bulkId", "")[:35] or "NONE"

    def _of(self, kind: str) -> list[dict]:
        return [entry for entry in self.entries if entry["kind"] == kind]

    def _sum(self, kind: str) -> int:
        return sum(entry["amount"] for entry in self._of(kind))

    def as_json(self, merchant: Merchant) -> dict:
        return {
            "payoutId": self.number,
            "merchantId": merchant.number,
            "bulkId": self._bulk_id(),
            "iban": merchant.iban,
            "payoutStatus": "SUCCEEDED",
            "payoutDate": iso(self.created_at),
            "payoutCurrency": "EUR",
            "totalPayments": len(self._of("payment")),
            "totalRefunds": len(self._of("refund")),
            "totalPaymentAmount": self._sum("payment"),
            "totalRefundAmount": self._sum("refund"),
            "payoutAmount": self.cents,
        }

    def details(self, kind: str) -> list[dict]:
        return [
            {
                "paymentId": entry["paymentId"],
                "payoutId": self.number,
                "paymentProfileId": self.merchant.ppid,
                "merchantName": self.merchant.name,
                "paymentChannel": "ONLINE",
                "currency": "EUR",
                "amount": entry["amount"],
                "reference": entry["reference"],
                "transactionDate": entry["at"],
                **({"refundId": entry["number"]} if kind == "refund" else {}),
            }
            for entry in self._of(kind)
        ]


def pay_out(psp: BancontactPro, *, bulked: bool = True, fee: int = 0) -> list[Payout]:
    """Pay out what is in the ledger and wasn't paid out before.

    :param bulked: one transfer for each merchant and bulk id (the default of the real
        service), or one for each payment.
    :param fee: cents kept for each payment; the real service keeps none.
    """
    groups = defaultdict(list)
    for entry in psp.entries:
        if not entry.get("paid_out"):
            entry["paid_out"] = True
            payment = psp.payments[entry["paymentId"]]
            bulk = entry["ppid"], payment.asked.get("bulkId", "")
            groups[bulk if bulked else payment.id].append(entry)
    made = []
    for entries in groups.values():
        payment = psp.payments[entries[0]["paymentId"]]
        made.append(Payout(payment.merchant, payment, tuple(entries), bulked, fee))
    psp.payouts += made
    return made
