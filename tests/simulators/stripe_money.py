"""What happens at the simulated Stripe to money that came in: refunds, disputes,
payouts.
"""

from typing import Any

from .service import ApiError, now
from .stripe_payouts import Payout
from .stripe_records import Payment, missing, new_id, positive, seconds, whole


class Money:
    """Part of the service."""

    _lock: Any
    faults: Any
    entries: list
    payouts: list
    intents: dict
    book: Any
    tell: Any
    payment: Any

    #: What a refund is at first.
    refund_status = "succeeded"

    def refund(self, payment: Payment, asked: dict) -> dict:
        with self._lock:
            left = payment.amount - payment.refunded
            amount = positive(whole(asked.get("amount", str(left))))
            if not payment.paid_at or amount > left:
                code = "charge_already_refunded" if not left else "parameter_invalid"
                raise ApiError(400, code, "Refund amount is greater than what is left.")
            refund = {
                "id": new_id("re"),
                "object": "refund",
                "amount": amount,
                "charge": payment.charge_id,
                "created": seconds(now()),
                "currency": payment.currency,
                "failure_reason": None,
                "metadata": asked.get("metadata", {}),
                "payment_intent": payment.intent_id,
                "reason": asked.get("reason"),
                "status": self.refund_status,
            }
            payment.refunds.append(refund)
            self.book("refund", payment, amount, refund["id"])
        self.tell("refund.created", payment, refund)
        return refund

    def end_refund(self, payment_id: str, status: str, place: int = -1) -> dict:
        """
        :param status: succeeded, failed or canceled
        """
        payment = self.payment(payment_id)
        refund = payment.refunds[place]
        refund["status"] = status
        if status in ("failed", "canceled"):
            refund["failure_reason"] = "lost_or_stolen_card"
            self.book("refund_failure", payment, refund["amount"], refund["id"])
        kind = "refund.failed" if status == "failed" else "refund.updated"
        self.tell(kind, payment, refund)
        return refund

    def charge_back(self, payment_id: str, amount: int = 0, inquiry=False) -> dict:
        """The payer's bank takes the money back.

        :param amount: in the smallest unit, 0 for all.
        :param inquiry: it only asks, and no money moves.
        """
        payment = self.payment(payment_id)
        dispute = {
            "id": new_id("du"),
            "object": "dispute",
            "amount": amount or payment.amount,
            "balance_transactions": [],
            "charge": payment.charge_id,
            "created": seconds(now()),
            "currency": payment.currency,
            "payment_intent": payment.intent_id,
            "reason": "fraudulent",
            "status": "warning_needs_response" if inquiry else "needs_response",
        }
        payment.disputes.append(dispute)
        self.tell("charge.dispute.created", payment, dispute)
        if not inquiry:
            self._move(payment, dispute, -1, "dispute", "funds_withdrawn")
        return dispute

    def win(self, payment_id: str, place: int = -1) -> dict:
        """The bank gives it back."""
        payment = self.payment(payment_id)
        dispute = payment.disputes[place]
        dispute["status"] = "won"
        self._move(payment, dispute, 1, "dispute_reversal", "funds_reinstated")
        self.tell("charge.dispute.closed", payment, dispute)
        return dispute

    def lose(self, payment_id: str, place: int = -1) -> dict:
        payment = self.payment(payment_id)
        dispute = payment.disputes[place]
        dispute["status"] = "lost"
        self.tell("charge.dispute.closed", payment, dispute)
        return dispute

    def _move(self, payment, dispute: dict, sign: int, kind: str, word: str):
        move = {
            "id": new_id("txn"),
            "object": "balance_transaction",
            "amount": sign * dispute["amount"],
            "currency": payment.currency,
            "fee": 2000 if sign < 0 else 0,
        }
        dispute["balance_transactions"].append(move)
        self.book(kind, payment, dispute["amount"], dispute["id"])
        self.tell(f"charge.dispute.{word}", payment, dispute)

    def settle(self, fee: int = 35) -> Payout:
        """Pay out what wasn't paid out before.

        :param fee: in the smallest unit, kept for each payment.
        """
        with self._lock:
            fresh = [entry for entry in self.entries if not entry.get("paid_out")]
            for entry in fresh:
                entry["paid_out"] = True
            self.payouts.append(Payout(tuple(fresh), fee))
        return self.payouts[-1]

    # -- finding -----------------------------------------------------------------------

    def paid_with(self, asked: dict) -> Payment:
        """The payment that a request names."""
        for payment in self.intents.values():
            if payment.intent_id == asked.get("payment_intent"):
                return payment
            if payment.charge_id and payment.charge_id == asked.get("charge"):
                return payment
        number = asked.get("payment_intent") or asked.get("charge", "")
        raise missing("payment_intent", number)

    def find(self, kind: str, number: str) -> tuple[Payment, dict]:
        """A refund or dispute, and what it is of.

        :param kind: ``refunds`` or ``disputes``
        """
        for payment in self.intents.values():
            for one in getattr(payment, kind):
                if one["id"] == number:
                    return payment, one
        raise missing(kind.removesuffix("s"), number)
