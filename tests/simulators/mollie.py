"""Mollie (API v2) as a real web server on loopback.

``python -m tests.simulators.mollie --port 8903`` runs it by itself, and in a test
``with Mollie() as psp:`` does, where ``psp.api_url`` is the API's address and
``psp.api_key`` and ``psp.profile_id`` belong to its merchant.

It follows https://docs.mollie.com, and does wrong what it is asked to do wrong: see
``FAULTS`` and ``service.COMMON_FAULTS``.
"""

import argparse
import base64
import hashlib
import hmac
import io
import json
import secrets
import threading
from datetime import datetime, timedelta

import qrcode

from .callbacks import Callback
from .mollie_records import (
    Customer,
    Payment,
    cents,
    euros,
    new_id,
    unprocessable,
)
from .mollie_settlements import Settlement
from .mollie_web import MollieApplication
from .service import ApiError, Service, iso, now

FAULTS = {
    "webhook_before_answer": "the merchant hears of a payment before it is answered",
    "unknown_status": "value: word that fetching a payment says",
    "wrong_amount": "value: cents that the payer pays too much (negative: too little)",
    "wrong_currency": "value: what the payer pays in",
    "late_mandate": "its bank tells the account of a first payment a day later",
    "forged": "signed events bear the signature of a forger",
    "two_signatures": "signed events bear one with an old secret as well",
}
EXPIRY_SECONDS = 900
CALLBACK_TIMEOUT = 15
#: Neither these nor the delays are documented.
RETRY_STATUSES = frozenset(range(300, 600))
RETRY_DELAYS = (60, 120, 300, 900, 3600)
#: How long an idempotency key is remembered, in seconds.
MEMORY_SECONDS = 3600

#: Status that each way out leads to.
OUTCOMES = {
    "pay": "paid",
    "cancel": "canceled",
    "fail": "failed",
    "expire": "expired",
    "authorize": "authorized",
    "wait": "pending",
}
PAYER = {
    "consumerName": "Noémie Van den Broeck",
    "consumerAccount": "BE71096123456769",
    "consumerBic": "GKCCBEBB",
}
#: Methods with a code, by mode.
SCANNED = {"live": ("ideal", "bancontact"), "test": ("ideal",)}
CARD = {"cardHolder": "N. Van den Broeck", "cardNumber": "6787", "cardLabel": "Visa"}


class Mollie(Service):
    """The simulated service.

    :param expiry_seconds: life of a payment.
    """

    ACTIONS = frozenset({*OUTCOMES, "charge_back", "win", "replay", "announce"})
    #: What a refund is at first.
    refund_status = "queued"

    def __init__(
        self,
        port: int = 0,
        *,
        expiry_seconds: float = EXPIRY_SECONDS,
        retry_delays=RETRY_DELAYS,
        callback_timeout: float = CALLBACK_TIMEOUT,
        api_key: str = "",
        seed: int = 0,
    ):
        self.expiry_seconds = expiry_seconds
        self.api_key = api_key or "live_" + secrets.token_hex(15)
        self.mode = self.api_key.split("_")[0]
        self.profile_id = new_id("pfl")
        #: Addresses that get signed events, each with its secret.
        self.signed_webhooks: dict[str, str] = {}
        self.customers: dict[str, Customer] = {}
        #: Why a mandate's card is refused, by number of the mandate.
        self.declines: dict[str, str] = {}
        #: Of the organization, to ask for settlements.
        self.access_token = "access_" + secrets.token_hex(15)
        self.settlements: list[Settlement] = []
        #: Most items of one page; 250 at the real one.
        self.page_size = 250
        self._answers: dict[str, tuple[datetime, str, dict]] = {}
        super().__init__(
            MollieApplication,
            port,
            faults=FAULTS,
            retry_delays=retry_delays,
            callback_timeout=callback_timeout,
            retry_statuses=RETRY_STATUSES,
            seed=seed,
        )
        self.api_url = self.url + "/v2"

    # --- what a payer or a test can do ------------------------------------------

    def pay(self, payment_id: str, *, late: bool = False) -> Payment:
        """
        :param late: even though the payment expired or failed before.
        """
        return self.finish(payment_id, "pay", late=late)

    def cancel(self, payment_id: str) -> Payment:
        return self.finish(payment_id, "cancel")

    def fail(self, payment_id: str, reason: str = "") -> Payment:
        """
        :param reason: of a card ``insufficient_funds`` or the like, of a direct debit
            the code that its bank gives, as AM04.
        """
        self.payment(payment_id).failure = reason
        return self.finish(payment_id, "fail")

    def expire(self, payment_id: str) -> Payment:
        return self.finish(payment_id, "expire")

    def authorize(self, payment_id: str) -> Payment:
        return self.finish(payment_id, "authorize")

    def wait(self, payment_id: str) -> Payment:
        """The payer started a bank transfer, whose money is still to come."""
        return self.finish(payment_id, "wait")

    def charge_back(
        self, payment_id: str, amount: int = 0, reason: str = ""
    ) -> Payment:
        """The payer's bank takes the money back.

        :param amount: cents, 0 for all.
        :param reason: code of a direct debit's bank; Mollie gives none for cards.
        """
        with self._lock:
            payment, number = self.payment(payment_id), new_id("chb")
            amount = amount or payment.amount
            payment.chargebacks.append(
                {
                    "resource": "chargeback",
                    "id": number,
                    "paymentId": payment.id,
                    "amount": euros(amount),
                    "reason": {"code": reason, "description": ""} if reason else None,
                    "createdAt": iso(now()),
                    "reversedAt": None,
                }
            )
            self.book("chargeback", payment, amount, number)
        self.announce(payment_id)
        return payment

    def win(self, payment_id: str, place: int = -1) -> dict:
        """The bank gives a chargeback back."""
        payment = self.payment(payment_id)
        chargeback = payment.chargebacks[place]
        chargeback["reversedAt"] = iso(now())
        self.announce(payment_id)
        return chargeback

    def end_refund(self, payment_id: str, status: str, place: int = -1) -> dict:
        """
        :param status: refunded, failed or canceled
        """
        refund = self.payment(payment_id).refunds[place]
        refund["status"] = status
        # Nobody is told of what was cancelled.
        if status != "canceled":
            self.announce(payment_id)
        return refund

    def settle(self, fee: int = 29) -> Settlement:
        """Pay out what wasn't paid out before.

        :param fee: cents kept for each payment.
        """
        with self._lock:
            fresh = [entry for entry in self.entries if not entry.get("paid_out")]
            for entry in fresh:
                entry["paid_out"] = True
            settlement = Settlement(tuple(fresh), len(self.settlements) + 1, fee)
            self.settlements.append(settlement)
        return settlement

    def announce(self, payment_id: str):
        """Tell the merchant to look at a payment."""
        payment = self.payment(payment_id)
        callbacks = [self._signed(payment, url) for url in self.signed_webhooks]
        if payment.asked.get("webhookUrl"):
            url = payment.asked["webhookUrl"]
            callbacks.append(self._classic(payment_id, payment.status, url))
        self.send(payment, callbacks)

    def announce_unknown(self, url: str, payment_id: str = "tr_unknown"):
        """Tell a merchant to look at a payment that isn't his, or that isn't."""
        self._sender.send_in_turn([self._classic(payment_id, "", url)])

    def sign_for(self, url: str) -> str:
        """Send signed events to an address as well; returns the secret."""
        self.signed_webhooks[url] = secrets.token_urlsafe(24)
        return self.signed_webhooks[url]

    # --- life of a payment --------------------------------------------------------

    def create(self, asked: dict) -> Payment:
        created, life = now(), timedelta(seconds=self.expiry_seconds)
        payment = Payment(
            asked, cents(asked["amount"]), created, created + life, self.profile_id
        )
        if payment.sequence != "oneoff":
            self._check_mandate(payment)
        with self._lock:
            self.payments[payment.id] = payment
        if payment.sequence == "recurring":
            self._charge(payment)
        self._expiry.run(self._time_out, payment, delay=self.expiry_seconds)
        if self.faults.take("webhook_before_answer", payment.subjects):
            self.announce(payment.id)
            self.wait_idle(1)
        return payment

    def finish(self, payment_id: str, action: str, *, late: bool = False) -> Payment:
        with self._lock:
            payment = self.payment(payment_id)
            if payment.paid_at or not (payment.is_open or late):
                raise unprocessable(f"it is {payment.status}")
            payment.status = OUTCOMES[action]
            if action == "pay":
                off = self.faults.take("wrong_amount", payment.subjects) or 0
                payment.amount = max(1, payment.amount + off) if off else payment.amount
                currency = self.faults.take("wrong_currency", payment.subjects)
                payment.currency = currency or payment.currency
                payment.paid_at = now()
                self.book("payment", payment, payment.amount)
                if payment.sequence == "first":
                    customer = self.customer(payment.asked["customerId"])
                    payment.mandate_id = customer.add_mandate(payment.method)
                    if self.faults.take("late_mandate", payment.subjects):
                        customer.pending.add(payment.mandate_id)
        self.announce(payment_id)
        return payment

    def add_customer(self, asked: dict) -> Customer:
        customer = Customer(asked)
        self.customers[customer.id] = customer
        return customer

    def customer(self, customer_id: str) -> Customer:
        if customer_id not in self.customers:
            raise ApiError(404, "Not Found", f"no customer {customer_id}")
        return self.customers[customer_id]

    def _check_mandate(self, payment: Payment):
        customer = self.customer(payment.asked.get("customerId", ""))
        if payment.sequence == "recurring":
            mandate_id = payment.asked.get("mandateId", "")
            if customer.mandates.get(mandate_id) == "":
                raise ApiError(410, "Gone", "The mandate is no longer available")
            if mandate_id not in customer.mandates.keys() - customer.pending:
                raise unprocessable("no suitable mandate found for customer")
            payment.mandate_id = mandate_id

    def _charge(self, payment: Payment):
        """A card is charged now; a direct debit takes days, until a test says "pay"."""
        customer = self.customer(payment.asked["customerId"])
        payment.status = "pending"
        if customer.mandates[payment.mandate_id] == "creditcard":
            if reason := self.declines.get(payment.mandate_id):
                self.fail(payment.id, reason)
            else:
                self.finish(payment.id, "pay")

    def refund(self, payment: Payment, asked: dict) -> dict:
        amount = cents(asked.get("amount"))
        with self._lock:
            if any(
                refund["amount"] == asked["amount"] and refund["status"] == "queued"
                for refund in payment.refunds
            ):
                raise ApiError(409, "Conflict", "a refund of this amount was just made")
            if not 0 < amount <= payment.amount - payment.refunded:
                raise unprocessable("the amount is too high")
            refund = {
                "resource": "refund",
                "id": new_id("re"),
                "paymentId": payment.id,
                "status": self.refund_status,
                "amount": asked["amount"],
                "description": asked.get("description", ""),
                "createdAt": iso(now()),
            }
            payment.refunds.append(refund)
            self.book("refund", payment, amount, refund["id"])
        self.announce(payment.id)
        return refund

    def remembered(self, key: str, request: str, answer) -> dict:
        """The answer to a request, the same one for the same key."""
        with self._lock:
            made_at, same, given = self._answers.get(key, (None, "", {}))
            if key and made_at and now() - made_at < timedelta(seconds=MEMORY_SECONDS):
                if same != request:
                    raise ApiError(400, "Bad Request", "key used otherwise")
                return given
            given = answer()
            self._answers[key] = now(), request, given
            return given

    def _time_out(self, payment: Payment):
        if payment.is_open:
            self.expire(payment.id)

    # --- what we tell -------------------------------------------------------------

    def _classic(self, payment_id: str, status: str, url: str) -> Callback:
        headers = {
            "content-type": "application/x-www-form-urlencoded",
            "user-agent": "Mollie HTTP client/1.0",
        }
        body = f"id={payment_id}".encode()
        return Callback(payment_id, status, url, headers, body)

    def _signed(self, payment: Payment, url: str) -> Callback:
        event = {
            "resource": "event",
            "id": "event_" + secrets.token_hex(8),
            "type": f"payment.{payment.status}",
            "entityId": payment.id,
            "createdAt": iso(now()),
            "_embedded": {"entity": self.as_json(payment)},
        }
        body = json.dumps(event).encode()
        signatures = [signature(self.signed_webhooks[url], body)]
        if self.faults.take("forged", payment.subjects):
            signatures = [signature("forged", body)]
        if self.faults.take("two_signatures", payment.subjects):
            signatures.insert(0, signature("an old secret", body))
        headers = {
            "content-type": "application/json",
            "X-Mollie-Signature": ",".join(signatures),
        }
        return Callback(payment.id, payment.status, url, headers, body)

    def as_json(self, payment: Payment, status: str = "", code: bool = False) -> dict:
        """
        :param status: to be shown instead of the real one.
        :param code: whether a code for the payer's phone was asked for; test keys get
            one for iDEAL only.
        """

        def money(amount):
            return {**euros(amount), "currency": payment.currency}

        shown = {
            "resource": "payment",
            "id": payment.id,
            "mode": self.mode,
            "status": status or payment.status,
            "profileId": self.profile_id,
            "amount": money(payment.amount),
            "description": payment.asked["description"],
            "metadata": payment.asked.get("metadata"),
            "method": payment.method if payment.paid_at else None,
            "sequenceType": payment.sequence,
            "createdAt": iso(payment.created_at),
            "expiresAt": iso(payment.expires_at),
            "_links": {"self": {"href": f"{self.api_url}/payments/{payment.id}"}},
        }
        if payment.asked.get("customerId"):
            shown["customerId"] = payment.asked["customerId"]
        if payment.mandate_id:
            shown["mandateId"] = payment.mandate_id
        if payment.is_open and payment.sequence != "recurring":
            href = f"{self.url}/checkout/{payment.id}"
            shown["_links"]["checkout"] = {"href": href}
            if code and payment.method in SCANNED[self.mode]:
                shown["details"] = {"qrCode": as_code(href)}
        if payment.paid_at:
            left = payment.amount - payment.refunded
            shown["paidAt"] = iso(payment.paid_at)
            shown["details"] = CARD if payment.method == "creditcard" else PAYER
            shown["amountRefunded"] = money(payment.refunded)
            shown["amountRemaining"] = money(left)
            shown["settlementId"] = f"stl_{payment.paid_at:%y%m%d}"
        if payment.failure:
            shown["details"] = failed(payment)
        if payment.charged_back:
            shown["amountChargedBack"] = money(payment.charged_back)
        return shown


def as_code(text: str) -> dict:
    drawn = io.BytesIO()
    qrcode.make(text, box_size=6).save(drawn)
    src = "data:image/png;base64," + base64.b64encode(drawn.getvalue()).decode()
    return {"height": 240, "width": 240, "src": src}


def failed(payment: Payment) -> dict:
    """Why it came to nothing."""
    if payment.failure.islower():
        return {"failureReason": payment.failure, "failureMessage": "Refused"}
    return {"bankReasonCode": payment.failure, "bankReason": "Refused"}


def signature(secret: str, body: bytes) -> str:
    return "sha256=" + hmac.new(secret.encode(), body, hashlib.sha256).hexdigest()


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--port", type=int, default=0)
    parser.add_argument("--expiry-seconds", type=float, default=EXPIRY_SECONDS)
    parser.add_argument("--retry-delays", type=float, nargs="*", default=RETRY_DELAYS)
    parser.add_argument("--api-key", default="")
    options = parser.parse_args()
    with Mollie(
        options.port,
        expiry_seconds=options.expiry_seconds,
        retry_delays=options.retry_delays,
        api_key=options.api_key,
    ) as psp:
        ready = {
            "url": psp.url,
            "api_url": psp.api_url,
            "api_key": psp.api_key,
            "profile_id": psp.profile_id,
        }
        print(json.dumps(ready), flush=True)
        try:
            threading.Event().wait()
        except KeyboardInterrupt:
            pass


if __name__ == "__main__":
    main()
