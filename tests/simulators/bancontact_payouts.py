"""How the money of the simulated Bancontact Pro reaches the merchant's bank account.

    for payout in payouts(psp, bulked=True):
        bank.receive(payout.amount, "Bancontact", communication=payout.text)

Remittance texts after https://docs.payconiq.be/guides/general/payoutremittance052025;
that the parts are separated by a blank is a guess.
"""

import secrets
from collections import defaultdict
from dataclasses import dataclass
from decimal import Decimal

from .bancontact_pro import BancontactPro
from .service import now


@dataclass(frozen=True)
class Payout:
    """
    :param amount: in euros, less the refunds.
    :param text: remittance information of the transfer, 140 characters at most.
    :param payment_ids: what it is for.
    """

    amount: Decimal
    text: str
    payment_ids: tuple[str, ...]


def payouts(psp: BancontactPro, *, bulked: bool = True, fee: int = 0) -> list[Payout]:
    """Pay out what is in the ledger and wasn't paid out before.

    :param bulked: one transfer for each merchant and bulk id (the default of the real
        service), or one for each payment.
    :param fee: cents kept for each payment.
    """
    groups = defaultdict(list)
    for entry in psp.entries:
        if not entry.get("paid_out"):
            entry["paid_out"] = True
            payment = psp.payments[entry["paymentId"]]
            bulk = entry["ppid"], payment.asked.get("bulkId", "")
            groups[bulk if bulked else payment.id].append(entry)
    return [payout(psp, entries, bulked, fee) for entries in groups.values()]


def payout(psp: BancontactPro, entries: list[dict], bulked: bool, fee: int) -> Payout:
    cents = sum(
        entry["amount"] - fee if entry["kind"] == "payment" else -entry["amount"]
        for entry in entries
    )
    ids = tuple(dict.fromkeys(entry["paymentId"] for entry in entries))
    payment = psp.payments[ids[0]]
    parts = bulk_text(payment) if bulked else individual_text(payment)
    return Payout(Decimal(cents) / 100, " ".join(filter(None, parts))[:140], ids)


def individual_text(payment) -> tuple[str, ...]:
    asked = payment.asked
    return (
        "Payconiq",
        payment.id,
        asked.get("shopName", "")[:23],
        asked.get("reference", "")[:35],
        asked.get("description", "")[:46],
    )


def bulk_text(payment) -> tuple[str, ...]:
    return (
        f"{now():%Y%m%d}",
        secrets.token_hex(12),
        payment.asked.get("bulkId", "")[:35],
        "PQ BulkRecon",
        payment.merchant_id,
    )
