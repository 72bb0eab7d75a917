"""Mollie (API v2) as a real web server on loopback.

``python -m tests.simulators.mollie --port 8903`` runs it by itself, and in a test
``with Mollie() as psp:`` does, where ``psp.api_url`` is the API's address and
``psp.api_key`` and ``psp.profile_id`` belong to its merchant.

It follows https://docs.mollie.com, and does wrong what it is asked to do wrong: see
``FAULTS`` and ``service.COMMON_FAULTS``.
"""

import argparse
import hashlib
import hmac
import json
import secrets
import threading
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from werkzeug.wrappers import Request, Response

from .callbacks import Callback
from .service import ApiError, Service, iso, now
from .web import Application, as_response, back_to, page, payer_page, read_json, routes

FAULTS = {
    "webhook_before_answer": "the merchant hears of a payment before it is answered",
    "unknown_status": "value: word that fetching a payment says",
    "wrong_amount": "value: cents that the payer pays too much (negative: too little)",
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
OPEN = ("open", "pending", "authorized")
PAYER = {
    "consumerName": "Noémie Van den Broeck",
    "consumerAccount": "BE71096123456769",
    "consumerBic": "GKCCBEBB",
}


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
    id: str = field(default_factory=lambda: "tr_" + secrets.token_hex(5))
    status: str = "open"
    paid_at: datetime | None = None
    refunds: list[dict] = field(default_factory=list)
    charged_back: int = 0

    @property
    def reference(self) -> str:
        metadata = self.asked.get("metadata")
        return metadata.get("reference", "") if isinstance(metadata, dict) else ""

    @property
    def subjects(self) -> tuple[str, str]:
        return self.id, self.reference

    @property
    def is_open(self) -> bool:
        return self.status in OPEN

    @property
    def refunded(self) -> int:
        return sum(cents(refund["amount"]) for refund in self.refunds)


class Mollie(Service):
    """The simulated service.

    :param expiry_seconds: life of a payment.
    """

    ACTIONS = frozenset({*OUTCOMES, "charge_back", "replay", "announce"})

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
        self.api_key = api_key or "test_" + secrets.token_hex(15)
        self.profile_id = "pfl_" + secrets.token_hex(5)
        #: Addresses that get signed events, each with its secret.
        self.signed_webhooks: dict[str, str] = {}
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

    def fail(self, payment_id: str) -> Payment:
        return self.finish(payment_id, "fail")

    def expire(self, payment_id: str) -> Payment:
        return self.finish(payment_id, "expire")

    def authorize(self, payment_id: str) -> Payment:
        return self.finish(payment_id, "authorize")

    def wait(self, payment_id: str) -> Payment:
        """The payer started a bank transfer, whose money is still to come."""
        return self.finish(payment_id, "wait")

    def charge_back(self, payment_id: str, amount: int = 0) -> Payment:
        """The payer's bank takes the money back.

        :param amount: cents, 0 for all.
        """
        with self._lock:
            payment = self.payment(payment_id)
            payment.charged_back = amount or payment.amount
            self.book("chargeback", payment, payment.charged_back)
        self.announce(payment_id)
        return payment

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
        with self._lock:
            self.payments[payment.id] = payment
        self._expiry.run(self._time_out, payment, delay=self.expiry_seconds)
        if self.faults.take("webhook_before_answer", payment.subjects):
            self.announce(payment.id)
            self.wait_idle(1)
        return payment

    def finish(self, payment_id: str, action: str, *, late: bool = False) -> Payment:
        with self._lock:
            payment = self.payment(payment_id)
            if payment.paid_at or not (payment.is_open or late):
                raise ApiError(422, "Unprocessable Entity", f"it is {payment.status}")
            payment.status = OUTCOMES[action]
            if action == "pay":
                off = self.faults.take("wrong_amount", payment.subjects) or 0
                payment.amount = max(1, payment.amount + off)
                payment.paid_at = now()
                self.book("payment", payment, payment.amount)
        self.announce(payment_id)
        return payment

    def refund(self, payment: Payment, asked: dict) -> dict:
        amount = cents(asked.get("amount"))
        with self._lock:
            if any(refund["amount"] == asked["amount"] for refund in payment.refunds):
                raise ApiError(409, "Conflict", "a refund of this amount was just made")
            if not 0 < amount <= payment.amount - payment.refunded:
                raise ApiError(422, "Unprocessable Entity", "the amount is too high")
            refund = {
                "resource": "refund",
                "id": "re_" + secrets.token_hex(5),
                "paymentId": payment.id,
                "status": "queued",
                "amount": asked["amount"],
                "description": asked.get("description", ""),
                "createdAt": iso(now()),
            }
            payment.refunds.append(refund)
            self.book("refund", payment, amount)
        self.announce(payment.id)
        return refund

    def remembered(self, key: str, request: str, answer) -> dict:
        """The answer to a request, the same one for the same key."""
        with self._lock:
            made_at, same, given = self._answers.get(key, (None, "", {}))
            if key and made_at and now() - made_at < timedelta(seconds=MEMORY_SECONDS):
                if same != request:
                    raise ApiError(422, "Unprocessable Entity", "key used otherwise")
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

    def as_json(self, payment: Payment, status: str = "") -> dict:
        """
        :param status: to be shown instead of the real one.
        """
        shown = {
            "resource": "payment",
            "id": payment.id,
            "mode": self.api_key.split("_")[0],
            "status": status or payment.status,
            "profileId": self.profile_id,
            "amount": euros(payment.amount),
            "description": payment.asked["description"],
            "metadata": payment.asked.get("metadata"),
            "method": "bancontact" if payment.paid_at else None,
            "createdAt": iso(payment.created_at),
            "expiresAt": iso(payment.expires_at),
            "_links": {"self": {"href": f"{self.api_url}/payments/{payment.id}"}},
        }
        if payment.is_open:
            href = f"{self.url}/checkout/{payment.id}"
            shown["_links"]["checkout"] = {"href": href}
        if payment.paid_at:
            left = payment.amount - payment.refunded
            shown["paidAt"] = iso(payment.paid_at)
            shown["details"] = PAYER
            shown["amountRefunded"] = euros(payment.refunded)
            shown["amountRemaining"] = euros(left)
            shown["settlementId"] = f"stl_{payment.paid_at:%y%m%d}"
        if payment.charged_back:
            shown["amountChargedBack"] = euros(payment.charged_back)
        return shown


class MollieApplication(Application):
    ROUTES = routes(
        ("create", "POST", "/v2/payments"),
        ("get", "GET", "/v2/payments/<payment_id>"),
        ("give_up", "DELETE", "/v2/payments/<payment_id>"),
        ("refund", "POST", "/v2/payments/<payment_id>/refunds"),
        ("page", "GET POST", "/checkout/<payment_id>"),
        ("sim_sign", "POST", "/_sim/signed-webhooks"),
    )
    OPERATIONS = frozenset({"create", "get", "give_up", "refund"})

    def failure(self, http_status: int, code: str, message: str) -> Response:
        shown = {"status": http_status, "title": code, "detail": message}
        return as_response(shown, http_status)

    def on_create(self, request: Request) -> Response:
        self._check_key(request)
        asked = read_order(read_json(request))
        return self._once(request, lambda: self.psp.as_json(self.psp.create(asked)))

    def on_get(self, request: Request, payment_id: str) -> Response:
        payment = self._payment(request, payment_id)
        word = self.psp.faults.take("unknown_status", payment.subjects) or ""
        return as_response(self.psp.as_json(payment, status=word))

    def on_give_up(self, request: Request, payment_id: str) -> Response:
        payment = self._payment(request, payment_id)
        self.psp.cancel(payment_id)
        return as_response(self.psp.as_json(payment))

    def on_refund(self, request: Request, payment_id: str) -> Response:
        payment = self._payment(request, payment_id)
        asked = read_json(request)
        return self._once(request, lambda: self.psp.refund(payment, asked))

    def on_page(self, request: Request, payment_id: str) -> Response:
        payment = self.psp.payments.get(payment_id)
        if payment is None:
            return page("Unknown payment", "<p>There is no such payment.</p>", 404)
        if request.method == "GET":
            return show(payment)
        action = request.form.get("action", "")
        if action not in ("pay", "cancel", "fail"):
            return page("Unknown action", "<p>Please go back.</p>", 400)
        if payment.is_open:
            self.psp.finish(payment_id, action)
        return back_to(payment.asked.get("redirectUrl", "")) or show(payment)

    def on_sim_sign(self, request: Request) -> Response:
        url = read_json(request)["url"]
        return as_response({"secret": self.psp.sign_for(url)})

    def _once(self, request: Request, answer) -> Response:
        key = request.headers.get("Idempotency-Key", "")
        same = f"{request.path} {request.get_data(as_text=True)}"
        return as_response(self.psp.remembered(key, same, answer), 201)

    def _check_key(self, request: Request):
        if request.headers.get("Authorization") != f"Bearer {self.psp.api_key}":
            raise ApiError(401, "Unauthorized Request", "wrong API key")

    def _payment(self, request: Request, payment_id: str) -> Payment:
        self._check_key(request)
        return self.psp.payment(payment_id)


def show(payment: Payment) -> Response:
    """The page on which the payer decides."""
    amount = f"€ {payment.amount // 100:,}.{payment.amount % 100:02d}"
    rows = (
        ("Description", payment.asked["description"]),
        ("Status", payment.status),
    )
    buttons = (("pay", f"Pay {amount}"), ("cancel", "Cancel"), ("fail", "Fail"))
    return payer_page("with Mollie", amount, rows, buttons if payment.is_open else ())


def read_order(asked: dict) -> dict:
    if cents(asked.get("amount")) < 1:
        raise ApiError(422, "Unprocessable Entity", "the amount is too low")
    for name in ("description", "redirectUrl"):
        if not isinstance(asked.get(name), str) or not asked[name]:
            raise ApiError(422, "Unprocessable Entity", f"{name} is missing")
    if len(asked["description"]) > 255:
        raise ApiError(422, "Unprocessable Entity", "the description is too long")
    return asked


def cents(amount) -> int:
    if not isinstance(amount, dict) or amount.get("currency") != "EUR":
        raise ApiError(422, "Unprocessable Entity", "the amount isn't in euros")
    whole, _point, rest = amount["value"].partition(".")
    if len(rest) != 2:
        raise ApiError(422, "Unprocessable Entity", "two decimals are expected")
    return int(whole + rest)


def euros(amount: int) -> dict:
    return {"currency": "EUR", "value": f"{amount // 100}.{amount % 100:02d}"}


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
