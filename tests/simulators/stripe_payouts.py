"""What the simulated Stripe pays out."""

from dataclasses import dataclass, field
from datetime import datetime, timezone
from decimal import Decimal

from .service import now
from .stripe_records import new_id, seconds

#: Kind of ledger entry, its sign, and how a balance transaction calls it.
KINDS = {
    "payment": (1, "charge"),
    "refund": (-1, "refund"),
    "refund_failure": (1, "refund_failure"),
    "dispute": (-1, "adjustment"),
    "dispute_reversal": (1, "adjustment"),
}


@dataclass(frozen=True)
class Payout:
    """
    :param entries: of the ledger, that it is for.
    :param fee: in the smallest unit, kept for each payment.
    """

    entries: tuple[dict, ...]
    fee: int
    id: str = field(default_factory=lambda: new_id("po"))
    made_at: datetime = field(default_factory=now)

    @property
    def reference(self) -> str:
        """As on the bank statement."""
        return f"STRIPE {self.id[-10:].upper()}"

    @property
    def units(self) -> int:
        return sum(entry["net"] for entry in self.lines())

    @property
    def amount(self) -> Decimal:
        return Decimal(self.units) / 100

    def as_json(self) -> dict:
        day = datetime(*self.made_at.timetuple()[:3], tzinfo=timezone.utc)
        return {
            "id": self.id,
            "object": "payout",
            "amount": self.units,
            "arrival_date": seconds(day),
            "automatic": True,
            "created": seconds(self.made_at),
            "currency": "eur",
            "reconciliation_status": "completed",
            "statement_descriptor": self.reference,
            "status": "paid",
            "trace_id": {"status": "pending", "value": None},
        }

    def lines(self, sources=None) -> list[dict]:
        """Balance transactions.

        :param sources: gives an object whole, by its number.
        """
        found = []
        for place, entry in enumerate(self.entries):
            sign, kind = KINDS[entry["kind"]]
            fee = self.fee if entry["kind"] == "payment" else 0
            line = self._line(kind, sign * entry["amount"], fee, entry, sources)
            found.append({**line, "id": self._number(place)})
        return found

    def all_lines(self, sources=None) -> list[dict]:
        """With the payout's own."""
        own = {"source": self.id, "currency": "EUR"}
        line = self._line("payout", -self.units, 0, own, None)
        return [*self.lines(sources), {**line, "id": self._number(len(self.entries))}]

    def _number(self, place: int) -> str:
        return f"txn_{self.id[3:]}{place}"

    def _line(self, kind, amount, fee, entry, sources) -> dict:
        number = entry["source"]
        return {
            "object": "balance_transaction",
            "amount": amount,
            "created": seconds(self.made_at),
            "currency": entry["currency"].lower(),
            "fee": fee,
            "net": amount - fee,
            "reporting_category": kind,
            "source": sources(number) if sources else number,
            "status": "available",
            "type": kind,
        }
