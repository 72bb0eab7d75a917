"""What Stripe paid out, and what each payout consists of; refunds and disputes.

Sources: https://docs.stripe.com/api/payouts, …/balance_transactions, …/refunds,
…/disputes. Only payouts that Stripe makes by itself can be split up, and only when it
is done with it.
"""

from collections.abc import Mapping
from datetime import date, datetime, timedelta, timezone
from decimal import Decimal
from typing import Any

from odoo.addons.pom_payment.psp.base import Adapter
from odoo.addons.pom_payment.psp.reading import optional_text, read_status, text
from odoo.addons.pom_payment.psp.values import (
    CHARGEBACK,
    REFUND,
    ZERO,
    PayloadError,
    PaymentRequest,
    Payout,
    PayoutEntry,
    Reversal,
)

from .declines import FAILURE
from .wire import (
    LIMIT,
    currency_of,
    from_units,
    get,
    items,
    moment,
    next_page,
    number_of,
    numbered,
)

REFUND_STATUS = {
    "pending": "pending",
    "requires_action": "pending",
    "succeeded": "done",
    "failed": "failed",
    "canceled": "cancelled",
}


class StripePayouts(Adapter):
    def payouts_requests(
        self, since: date, until: date, credentials
    ) -> tuple[PaymentRequest, ...]:
        days = {"arrival_date[gte]": since, "arrival_date[lt]": until + timedelta(1)}
        params = {name: _midnight(day) for name, day in days.items()}
        return (get("/payouts", status="paid", limit=LIMIT, **params),)

    def read_payouts(self, payload) -> list[Payout]:
        return [
            _payout(item)
            for item in items(payload, "payouts")
            if item.get("status") == "paid"
            and item.get("automatic") is True
            and item.get("reconciliation_status") == "completed"
        ]

    def entries_requests(
        self, payout: Payout, credentials
    ) -> tuple[PaymentRequest, ...]:
        number = numbered(payout.number, "po")
        path = "/balance_transactions"
        return (get(path, "data.source", payout=number, limit=LIMIT),)

    def read_entries(self, payload) -> list[PayoutEntry]:
        """All but the payout itself, and what Stripe keeps."""
        return [
            PayoutEntry(reference, from_units(item, "amount", currency_of(item)))
            for item in items(payload, "balance transactions")
            if item.get("type") != "payout" and (reference := _source(item))
        ]

    def next_request(
        self, request: PaymentRequest, payload, credentials
    ) -> PaymentRequest | None:
        return next_page(request, payload)

    def reversals_requests(self, provider_reference: str) -> tuple[PaymentRequest, ...]:
        if not provider_reference.startswith("pi_"):
            return ()
        intent = numbered(provider_reference, "pi")
        return tuple(
            get(path, payment_intent=intent, limit=LIMIT)
            for path in ("/refunds", "/disputes")
        )

    def read_reversals(self, payload) -> list[Reversal]:
        read = {"refund": (REFUND, _refunded), "dispute": (CHARGEBACK, _disputed)}
        found = []
        for item in items(payload, "reversals"):
            if item.get("object") not in read:
                raise PayloadError("neither a refund nor a dispute")
            kind, status = read[item["object"]]
            currency = currency_of(item)
            amount = from_units(item, "amount", currency)
            number = text(item, "id")
            why = FAILURE.get(optional_text(item, "reason"), "")
            if kind == REFUND:
                why = ""
            found.append(Reversal(number, kind, status(item), amount, currency, why))
        return found


def _refunded(refund: Mapping[str, Any]) -> str:
    """What was given back may still turn out to have failed."""
    status, _unknown = read_status(refund, REFUND_STATUS)
    return "undone" if status in ("failed", "cancelled") else status


def _disputed(dispute: Mapping[str, Any]) -> str:
    """By what moved, not by its status: an inquiry moves nothing."""
    moves = dispute.get("balance_transactions")
    moves = moves if isinstance(moves, list) else []
    moved = sum((_signed(move) for move in moves), ZERO)
    if moved < 0:
        return "done"
    return "undone" if moves else "pending"


def _signed(move) -> Decimal:
    if not isinstance(move, Mapping):
        raise PayloadError("a movement can't be read")
    return from_units(move, "amount", currency_of(move))


def _midnight(day: date) -> str:
    return str(int(datetime(*day.timetuple()[:3], tzinfo=timezone.utc).timestamp()))


def _payout(item: Mapping[str, Any]) -> Payout:
    arrival = moment(item, "arrival_date")
    if not arrival:
        raise PayloadError("a payout has no date")
    currency = currency_of(item)
    # The bank's own reference comes days later, if at all.
    shown = optional_text(item, "trace_id", "value")
    return Payout(
        number=numbered(text(item, "id"), "po"),
        reference=shown or optional_text(item, "statement_descriptor") or item["id"],
        date=arrival.date(),
        amount=from_units(item, "amount", currency),
        currency=currency,
    )


def _source(item: Mapping[str, Any]) -> str:
    """Number that we know it by: payments by their intent, the rest by its own."""
    source = item.get("source")
    if isinstance(source, Mapping) and source.get("object") == "charge":
        return number_of(source, "payment_intent") or number_of(item, "source")
    return number_of(item, "source")
