"""Stripe (API v1) as a real web server on loopback.

``python -m tests.simulators.stripe --port 8904`` runs it by itself, and in a test
``with Stripe() as psp:`` does, where ``psp.api_url`` is the API's address and
``psp.api_key`` belongs to its account. Stripe's own Python client can talk to it.

It follows https://docs.stripe.com, and does wrong what it is asked to do wrong: see
``FAULTS`` and ``service.COMMON_FAULTS``.
"""

import argparse
import hashlib
import hmac
import json
import secrets
import threading
from datetime import timedelta

from .callbacks import Callback
from .service import ApiError, Service, now
from .stripe_money import Money
from .stripe_objects import Objects
from .stripe_payouts import Payout
from .stripe_records import (
    SLOW,
    Declined,
    Payment,
    amount_of,
    chargeable,
    known,
    missing,
    new_id,
    refusal,
    seconds,
    whole,
)
from .stripe_web import StripeApplication

FAULTS = {
    "webhook_before_answer": "the merchant hears of a payment before it is answered",
    "unknown_status": "value: word that fetching a payment says",
    "wrong_amount": "value: cents that the payer pays too much (negative: too little)",
    "wrong_currency": "value: what the payer pays in",
    "forged": "events bear the signature of a forger",
    "two_signatures": "events bear one with an old secret as well",
    "old_signature": "value: seconds that the signature is old",
    "foreign_mark": "value: mark of another system that the payment bears",
}
EXPIRY_SECONDS = 24 * 3600
CALLBACK_TIMEOUT = 15
RETRY_STATUSES = frozenset(range(300, 600))
#: The exact times aren't published.
RETRY_DELAYS = (60, 300, 1800, 7200, 18000, 36000)
VERSION = "2026-10-28.endive"
#: Status that each way out leads to, of the Session and of its PaymentIntent.
OUTCOMES = {
    "pay": ("complete", "succeeded"),
    "wait": ("complete", "processing"),
    "authorize": ("complete", "requires_capture"),
    "cancel": ("expired", "canceled"),
    "expire": ("expired", "canceled"),
}


class Stripe(Money, Service):
    """The simulated service.

    :param expiry_seconds: life of a Session.
    """

    ACTIONS = frozenset({*OUTCOMES, "fail", "charge_back", "win", "replay"})

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
        self.api_key = api_key or new_id("sk_live", 24)
        #: Addresses that get events, as the API shows them, with their secrets.
        self.endpoints: dict[str, dict] = {}
        self.customers: dict[str, dict] = {}
        #: Of each payment method: its kind and customer; no customer once detached.
        self.methods: dict[str, dict] = {}
        self.intents: dict[str, Payment] = {}
        self.payouts: list[Payout] = []
        self._answers: dict[str, tuple[str, dict]] = {}
        super().__init__(
            StripeApplication,
            port,
            faults=FAULTS,
            retry_delays=retry_delays,
            callback_timeout=callback_timeout,
            retry_statuses=RETRY_STATUSES,
            seed=seed,
        )
        self.api_url = self.url + "/v1"
        self.shown = Objects(self.url, self.api_key.split("_")[1] == "live")

    def listen(self, url: str, events=("*",), version: str = VERSION) -> dict:
        """Register an address for events; its ``secret`` is told this once."""
        endpoint = {
            "id": new_id("we"),
            "object": "webhook_endpoint",
            "api_version": version,
            "enabled_events": list(events),
            "livemode": self.shown.live,
            "secret": "whsec_" + secrets.token_urlsafe(24),
            "status": "enabled",
            "url": url,
        }
        self.endpoints[endpoint["id"]] = endpoint
        return endpoint

    # --- what a payer or a test can do ------------------------------------------

    def payment(self, payment_id: str) -> Payment:
        return self.intents.get(payment_id) or super().payment(payment_id)

    def forget(self):
        super().forget()
        self.intents.clear()
        self._answers.clear()

    def replay(self, payment_id: str):
        super().replay(self.payment(payment_id).id)

    def pay(self, payment_id: str, *, late: bool = False, method: str = "") -> Payment:
        """
        :param late: even though the Session is over.
        :param method: what the payer chooses.
        """
        return self.finish(payment_id, "pay", late=late, method=method)

    def wait(self, payment_id: str) -> Payment:
        """The payer ordered a debit, whose money is still to come."""
        return self.finish(payment_id, "wait", method="sepa_debit")

    def authorize(self, payment_id: str) -> Payment:
        return self.finish(payment_id, "authorize")

    def cancel(self, payment_id: str) -> Payment:
        return self.finish(payment_id, "cancel")

    def expire(self, payment_id: str) -> Payment:
        return self.finish(payment_id, "expire")

    def fail(self, payment_id: str) -> Payment:
        """A card is refused, and the payer may take another; or a debit came to
        nothing.
        """
        with self._lock:
            payment = self.payment(payment_id)
            if payment.paid_at:
                raise refusal("it is paid", "intent_invalid_state")
            was_slow = payment.intent_status == "processing"
            self._confirm(payment, "")
            payment.intent_status = "requires_payment_method"
            payment.error = declined(payment.method)
        if was_slow and payment.session_id:
            self.tell("checkout.session.async_payment_failed", payment)
        self.tell("payment_intent.payment_failed", payment)
        return payment

    # --- life of a payment --------------------------------------------------------

    def create(self, asked: dict) -> Payment:
        """A Session."""
        if asked.get("mode") not in ("payment", "setup") or "success_url" not in asked:
            raise refusal("Missing required param: mode or success_url.")
        amount, currency = amount_of(asked)
        self._check_customer(asked)
        payment = Payment(
            asked,
            amount,
            currency,
            asked.get("metadata", {}).get("pom_database", ""),
            session_id=new_id("cs_live" if self.shown.live else "cs_test", 58),
            expires_at=now() + timedelta(seconds=self.expiry_seconds),
        )
        if mark := self.faults.take("foreign_mark", payment.subjects):
            for marked in (payment.metadata, payment.intent_asked["metadata"]):
                marked["pom_database"] = mark
        with self._lock:
            self.payments[payment.id] = payment
        self._expiry.run(self._time_out, payment, delay=self.expiry_seconds)
        if self.faults.take("webhook_before_answer", payment.subjects):
            self.tell("checkout.session.completed", payment)
            self.wait_idle(1)
        return payment

    def create_intent(self, asked: dict) -> Payment:
        """A payment without a page of Stripe's: typed on the merchant's own, or charged
        without the payer.
        """
        self._check_customer(asked)
        payment = Payment(
            asked,
            chargeable(whole(asked.get("amount"))),
            known(asked.get("currency", "")),
            asked.get("metadata", {}).get("pom_database", ""),
            intent_id=new_id("pi"),
        )
        with self._lock:
            self.payments[payment.id] = self.intents[payment.id] = payment
        if asked.get("confirm") == "true":
            self._charge(payment, asked.get("payment_method", ""))
        return payment

    def finish(
        self, payment_id: str, action: str, *, late: bool = False, method: str = ""
    ) -> Payment:
        with self._lock:
            payment = self.payment(payment_id)
            waits = payment.intent_status in ("processing", "requires_capture")
            over = payment.session_id and payment.state != "open" and not waits
            if payment.paid_at or (over and not late):
                raise refusal(f"it is {payment.status}", "intent_invalid_state")
            if action in ("pay", "wait", "authorize"):
                self._confirm(payment, method)
            payment.state, payment.intent_status = OUTCOMES[action]
            if action == "pay" and payment.is_setup:
                payment.debit_id = self.keep("sepa_debit", payment.customer)
            elif action == "pay":
                self._take(payment)
        self._tell_outcome(payment, action, waits)
        return payment

    def _confirm(self, payment: Payment, method: str):
        """The payer chose how to pay."""
        asked = payment.asked.get("allowed_payment_method_types") or ["card"]
        if not payment.intent_id and not payment.is_setup:
            payment.intent_id = new_id("pi")
            self.intents[payment.intent_id] = payment
        if not payment.method_id:
            payment.method = method or asked[0]
            payment.method_id = self.keep(payment.method, payment.customer)
            payment.charge_id = new_id("ch" if payment.method == "card" else "py")

    def _take(self, payment: Payment):
        payment.amount = max(
            1,
            payment.amount + (self.faults.take("wrong_amount", payment.subjects) or 0),
        )
        payment.currency = (
            self.faults.take("wrong_currency", payment.subjects) or payment.currency
        )
        payment.paid_at, payment.error = now(), None
        self.book("payment", payment, payment.amount, source=payment.charge_id)
        if payment.intent_asked.get("setup_future_usage") == "off_session":
            payment.debit_id = self.keep("sepa_debit", payment.customer)

    def _charge(self, payment: Payment, method_id: str):
        """A card now; a direct debit takes days, until a test says "pay"."""
        kept = self.methods.get(method_id)
        if not kept or kept["customer"] != payment.customer:
            raise missing("PaymentMethod", method_id)
        payment.method, payment.method_id = kept["type"], method_id
        payment.charge_id = new_id("ch")
        if refused := kept.get("declines"):
            payment.error = declined(payment.method, refused)
            raise Declined({**payment.error, "payment_intent": self.as_json(payment)})
        self.finish(payment.id, "wait" if payment.method in SLOW else "pay")

    def keep(self, kind: str, customer: str | None) -> str:
        """A payment method; its number."""
        number = new_id("pm")
        self.methods[number] = {"type": kind, "customer": customer}
        return number

    def _check_customer(self, asked: dict):
        customer = asked.get("customer")
        if customer and customer not in self.customers:
            raise missing("customer", customer)

    def remembered(self, key: str, request: str, answer) -> dict:
        """The answer to a request, the same one for the same key."""
        with self._lock:
            if key in self._answers:
                same, given = self._answers[key]
                if same != request:
                    raise ApiError(400, "idempotency_error", "key used otherwise")
                return given
            given = answer()
            if key:
                self._answers[key] = request, given
            return given

    def _time_out(self, payment: Payment):
        if payment.state == "open":
            self.expire(payment.id)

    def book(self, kind, payment, amount, number="", *, source=""):
        # EXTENDS Service
        super().book(kind, payment, amount, number or payment.intent_id)
        self.entries[-1]["source"] = source or number
        self.entries[-1]["currency"] = payment.currency.upper()

    # --- what we tell -------------------------------------------------------------

    def _tell_outcome(self, payment: Payment, action: str, waited: bool):
        session, intent = {
            "pay": ("completed", "succeeded"),
            "wait": ("completed", "processing"),
            "authorize": ("completed", "amount_capturable_updated"),
            "cancel": ("expired", "canceled"),
            "expire": ("expired", "canceled"),
        }[action]
        if payment.intent_id:
            self.tell(f"payment_intent.{intent}", payment)
        if payment.session_id:
            word = "async_payment_succeeded" if waited and action == "pay" else session
            self.tell(f"checkout.session.{word}", payment)

    def tell(self, kind: str, payment: Payment, about: dict | None = None):
        """
        :param kind: of event
        :param about: object that it is about, else the payment itself
        """
        if about is None:
            is_session = kind.startswith("checkout")
            show = self.shown.session if is_session else self.shown.intent
            about = show(payment)
        listening = [
            endpoint
            for endpoint in self.endpoints.values()
            if {"*", kind} & set(endpoint["enabled_events"])
        ]
        event = {
            "id": new_id("evt"),
            "object": "event",
            "created": seconds(now()),
            "data": {"object": about},
            "livemode": self.shown.live,
            "pending_webhooks": len(listening),
            "request": {"id": None, "idempotency_key": None},
            "type": kind,
        }
        self.send(payment, [self._signed(event, payment, one) for one in listening])

    def _signed(self, event: dict, payment: Payment, endpoint: dict) -> Callback:
        event = {**event, "api_version": endpoint["api_version"]}
        body = json.dumps(event).encode()
        age = self.faults.take("old_signature", payment.subjects) or 0
        keys = [endpoint["secret"]]
        if self.faults.take("forged", payment.subjects):
            keys = ["forged"]
        if self.faults.take("two_signatures", payment.subjects):
            keys.append("an old secret")
        headers = {
            "content-type": "application/json; charset=utf-8",
            "user-agent": "Stripe/1.0 (+https://stripe.com/docs/webhooks)",
            "Stripe-Signature": signature(keys, body, seconds(now()) - age),
        }
        status = payment.status
        return Callback(payment.id, status, endpoint["url"], headers, body)

    def as_json(self, payment: Payment) -> dict:
        if payment.session_id:
            return self.shown.session(payment)
        return self.shown.intent(payment)


def signature(keys: list[str], body: bytes, moment: int) -> str:
    signed = f"{moment}.".encode() + body
    proofs = [
        hmac.new(key.encode(), signed, hashlib.sha256).hexdigest() for key in keys
    ]
    return ",".join([f"t={moment}", *(f"v1={proof}" for proof in proofs), "v0=x"])


def declined(method: str, why="insufficient_funds") -> dict:
    """
    :param why: the bank's word, or True for the usual one
    """
    why = "insufficient_funds" if why is True else why
    code = why if why in ("authentication_required", "expired_card") else ""
    return {
        "type": "card_error",
        "code": code or "card_declined",
        "decline_code": why,
        "message": "Your card was declined.",
        "payment_method": {"type": method},
    }


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--port", type=int, default=0)
    parser.add_argument("--expiry-seconds", type=float, default=EXPIRY_SECONDS)
    parser.add_argument("--retry-delays", type=float, nargs="*", default=RETRY_DELAYS)
    parser.add_argument("--api-key", default="")
    options = parser.parse_args()
    with Stripe(
        options.port,
        expiry_seconds=options.expiry_seconds,
        retry_delays=options.retry_delays,
        api_key=options.api_key,
    ) as psp:
        ready = {"url": psp.url, "api_url": psp.api_url, "api_key": psp.api_key}
        print(json.dumps(ready), flush=True)
        try:
            threading.Event().wait()
        except KeyboardInterrupt:
            pass


if __name__ == "__main__":
    main()
