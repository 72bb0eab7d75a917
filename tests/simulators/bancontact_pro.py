"""Bancontact Pro (merchant API v3) as a real web server on loopback.

``python -m tests.simulators.bancontact_pro --port 8901`` runs it by itself, and in a
test ``with BancontactPro() as psp:`` does, where ``psp.url`` is the API's address and
``psp.api_key`` and ``psp.ppid`` belong to its first merchant.

It follows https://docs.bancontactpro.com, and does wrong what it is asked to do wrong:
see ``FAULTS``. What it believes was paid is in its ledger, to be compared with ours.
"""

import argparse
import itertools
import json
import re
import secrets
import threading
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta, timezone
from typing import Any
from urllib.parse import quote, urlsplit

import requests
from markupsafe import escape
from werkzeug.exceptions import HTTPException
from werkzeug.routing import Map, Rule
from werkzeug.utils import redirect
from werkzeug.wrappers import Request, Response

from .faults import Faults
from .server import Jobs, WebServer
from .signing import SigningKeys, verify_es256

FAULTS = {
    # What a callback says
    "iss": "value: spelling of the issuer",
    "alg": "value: ES256 or RS256",
    "der_signature": "the signature is ASN.1 instead of r || s",
    "iat_nanoseconds": "nine digits after the point of the time of signing",
    "iat_age": "value: seconds that the signature is old",
    "unknown_kid": "signed with a key that is never published",
    "forged": "signed with a forger's key under the name of the real one",
    "foreign_ppid": "value: profile of another merchant that it is signed for",
    "other_path": "value: address that it is signed for",
    "tamper_body": "the amount is changed after signing",
    "callback_amount": "value: cents that the (well signed) callback is off",
    "no_signature": "the header is left out",
    # How it arrives
    "drop_callbacks": "never sent",
    "delay_callbacks": "value: seconds",
    "duplicate_callbacks": "value: further copies",
    "authorized_first": "AUTHORIZED is announced, then SUCCEEDED",
    "out_of_order": "SUCCEEDED is announced, then AUTHORIZED",
    # What the API says
    "wrong_amount": "value: cents that the payer pays too much (negative: too little)",
    "unknown_status": "value: word that fetching a payment says",
    "expire_field": "value: expireAt, expiresAt, both or none",
    "search_lag": "value: seconds until search finds a payment",
    "api_error": "value: HTTP status instead of doing it",
    "lost_answer": "value: HTTP status after having done it",
    "slow_answer": "value: seconds",
}

EXPIRY_SECONDS = 1200
CALLBACK_TIMEOUT = 15
RETRY_STATUSES = frozenset({429, 500, 503, 504, 509})
#: Seconds; the documentation only says "up to 24 hours".
RETRY_DELAYS = (5, 15, 60, 300, 900, *[3600] * 23)

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
PAYERS = (
    ("Ivan", "BE68539007547034"),
    ("Noémie Van den Broeck", "BE71096123456769"),
    ("J. Peeters-Claes", "BE62510007547061"),
)
#: Status that each button or test action leads to.
OUTCOMES = {
    "pay": "SUCCEEDED",
    "cancel": "CANCELLED",
    "fail": "AUTHORIZATION_FAILED",
    "expire": "EXPIRED",
}
PENDING = ("PENDING", "IDENTIFIED", "AUTHORIZED")


class ApiError(Exception):
    def __init__(self, http_status: int, code: str, message: str):
        super().__init__(message)
        self.http_status, self.code, self.message = http_status, code, message


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


@dataclass
class Payment:
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
    def subjects(self) -> tuple[str, str]:
        return self.id, self.reference

    @property
    def refunded(self) -> int:
        return sum(refund["amount"] for refund in self.refunds.values())


@dataclass
class Callback:
    """One announcement: each try sends the very same headers and body.

    :param tries: answers so far: an HTTP status, or the kind of error.
    :param dropped: never sent, as asked.
    """

    payment_id: str
    status: str
    url: str
    headers: dict[str, str]
    body: bytes
    tries: list[int | str] = field(default_factory=list)
    dropped: bool = False

    @property
    def delivered(self) -> bool:
        return 200 in self.tries


class BancontactPro:
    """The simulated service.

    :param expiry_seconds: life of a payment.
    :param retry_delays: seconds before each further try of a callback.
    :param seed: of the dice for faults with a share.
    """

    def __init__(
        self,
        port: int = 0,
        *,
        expiry_seconds: float = EXPIRY_SECONDS,
        retry_delays=RETRY_DELAYS,
        callback_timeout: float = CALLBACK_TIMEOUT,
        merchant: Merchant | None = None,
        seed: int = 0,
    ):
        self.expiry_seconds = expiry_seconds
        self.retry_delays = tuple(retry_delays)
        self.callback_timeout = callback_timeout
        self.keys = SigningKeys("simulator")
        self.faults = Faults(FAULTS, seed)
        self.merchants = [merchant or Merchant("Bakkerij De Kat BV")]
        self.payments: dict[str, Payment] = {}
        self.callbacks: list[Callback] = []
        self.entries: list[dict] = []
        self._payers = itertools.cycle(PAYERS)
        self._open_callbacks = 0
        self._state = threading.Condition(threading.RLock())
        self._jobs = Jobs(threads=16)
        self._server = WebServer(self._application, port)
        self.url = self._server.url
        self.jwks_url = self.url

    @property
    def api_key(self) -> str:
        return self.merchants[0].api_key

    @property
    def ppid(self) -> str:
        return self.merchants[0].ppid

    def start(self):
        self._server.start()
        return self

    def stop(self):
        self._server.stop()
        self._jobs.stop()

    def __enter__(self):
        return self.start()

    def __exit__(self, *error):
        self.stop()

    # --- what a test can do ---------------------------------------------------

    def add_merchant(self, name: str = "Andere Winkel BV", **values) -> Merchant:
        merchant = Merchant(name, **values)
        self.merchants.append(merchant)
        return merchant

    def pay(self, payment_id: str, *, late: bool = False) -> Payment:
        """The payer pays.

        :param late: even though the payment expired or was given up before.
        """
        return self._finish(payment_id, "pay", late=late)

    def cancel(self, payment_id: str) -> Payment:
        """The payer gives up."""
        return self._finish(payment_id, "cancel")

    def fail(self, payment_id: str) -> Payment:
        """The payer's bank refuses."""
        return self._finish(payment_id, "fail")

    def expire(self, payment_id: str) -> Payment:
        """The payment's time is up now."""
        return self._finish(payment_id, "expire")

    def announce(self, payment_id: str, *statuses: str):
        """Send callbacks that say these statuses, in this order, whatever is true."""
        payment = self.payments[payment_id]
        self._announce(payment, *(statuses or (payment.status,)))

    def replay(self, payment_id: str) -> int:
        """Send every callback of the payment again, byte by byte; say how many."""
        with self._state:
            old = [c for c in self.callbacks if c.payment_id == payment_id]
            copies = [
                Callback(c.payment_id, c.status, c.url, c.headers, c.body) for c in old
            ]
            self._send_in_turn(copies)
        return len(copies)

    def rotate_keys(self, **how):
        """See :meth:`SigningKeys.rotate`."""
        self.keys.rotate(**how)

    def ledger(self) -> dict:
        """What we believe was paid, in cents."""
        with self._state:
            paid, refunded = (
                sum(e["amount"] for e in self.entries if e["kind"] == kind)
                for kind in ("payment", "refund")
            )
            return {"paid": paid, "refunded": refunded, "entries": list(self.entries)}

    def wait_idle(self, timeout: float = 10) -> bool:
        """Wait until every callback arrived or was given up."""
        with self._state:
            return self._state.wait_for(lambda: not self._open_callbacks, timeout)

    # --- life of a payment ----------------------------------------------------

    def _create(self, merchant: Merchant, asked: dict) -> Payment:
        now = datetime.now(timezone.utc)
        payment = Payment(
            merchant,
            asked["amount"],
            asked,
            now,
            now + timedelta(seconds=self.expiry_seconds),
            next(self._payers),
        )
        with self._state:
            self.payments[payment.id] = payment
        self._jobs.run(self._time_out, payment.id, delay=self.expiry_seconds)
        return payment

    def _time_out(self, payment_id: str):
        if self.payments[payment_id].status in PENDING:
            self.expire(payment_id)

    def _finish(self, payment_id: str, action: str, late: bool = False) -> Payment:
        with self._state:
            payment = self.payments[payment_id]
            if payment.status == "SUCCEEDED" or (
                payment.status not in PENDING and not late
            ):
                raise ApiError(422, "PAYMENT_NOT_PENDING", payment.status)
            payment.status = OUTCOMES[action]
            if action == "pay":
                self._book_payment(payment)
        self._announce(payment, *self._statuses_to_announce(payment))
        return payment

    def _book_payment(self, payment: Payment):
        off = self.faults.take("wrong_amount", payment.subjects) or 0
        payment.amount = max(1, payment.amount + off)
        payment.succeeded_at = datetime.now(timezone.utc)
        self._book("payment", payment, payment.amount)

    def _book(self, kind: str, payment: Payment, amount: int):
        entry = {
            "kind": kind,
            "paymentId": payment.id,
            "reference": payment.reference,
            "ppid": payment.merchant.ppid,
            "amount": amount,
            "currency": "EUR",
            "at": iso(datetime.now(timezone.utc)),
        }
        self.entries.append(entry)

    def _statuses_to_announce(self, payment: Payment) -> tuple[str, ...]:
        if payment.status != "SUCCEEDED":
            return (payment.status,)
        if self.faults.take("out_of_order", payment.subjects):
            return "SUCCEEDED", "AUTHORIZED"
        if self.faults.take("authorized_first", payment.subjects):
            return "AUTHORIZED", "SUCCEEDED"
        return ("SUCCEEDED",)

    # --- callbacks ------------------------------------------------------------

    def _announce(self, payment: Payment, *statuses: str):
        if not payment.asked.get("callbackUrl"):
            return
        callbacks = [self._callback(payment, status) for status in statuses]
        copies = self.faults.take("duplicate_callbacks", payment.subjects) or 0
        delay = self.faults.take("delay_callbacks", payment.subjects) or 0
        if self.faults.take("drop_callbacks", payment.subjects):
            for callback in callbacks:
                callback.dropped = True
        self._send_in_turn(callbacks, delay)
        for _copy in range(copies):
            self.replay(payment.id)

    def _callback(self, payment: Payment, status: str) -> Callback:
        def fault(name):
            return self.faults.take(name, payment.subjects)

        shown = self._as_json(payment, status=status)
        shown["amount"] += fault("callback_amount") or 0
        body = json.dumps(shown).encode()
        keys = self.keys.current
        header = self._jose_header(payment, fault)
        if fault("unknown_kid"):
            keys = self.keys.unpublished
            header["kid"] = keys.kid(header["alg"])
        elif fault("forged"):
            keys = self.keys.unpublished
        signature = keys.sign(header, body, as_der=bool(fault("der_signature")))
        if fault("tamper_body"):
            body = json.dumps({**shown, "amount": shown["amount"] + 100}).encode()
        headers = {
            "signature": signature,
            "content-type": "application/json",
            "user-agent": "Payconiq Payments/v3",
        }
        if fault("no_signature"):
            del headers["signature"]
        return Callback(payment.id, status, payment.asked["callbackUrl"], headers, body)

    def _jose_header(self, payment: Payment, fault) -> dict:
        alg = fault("alg") or "ES256"
        signed_at = datetime.now(timezone.utc) - timedelta(
            seconds=fault("iat_age") or 0
        )
        return {
            "typ": "JOSE+JSON",
            "kid": self.keys.current.kid(alg),
            "alg": alg,
            CLAIM + "iat": iso(signed_at, 9 if fault("iat_nanoseconds") else 3),
            CLAIM + "jti": secrets.token_hex(8),
            CLAIM + "path": fault("other_path") or payment.asked["callbackUrl"],
            CLAIM + "iss": fault("iss") or "Payconiq",
            CLAIM + "sub": fault("foreign_ppid") or payment.merchant.ppid,
            "crit": CLAIMS,
        }

    def _send_in_turn(self, callbacks: list[Callback], delay: float = 0):
        to_send = [callback for callback in callbacks if not callback.dropped]
        with self._state:
            self.callbacks += callbacks
            self._open_callbacks += len(to_send)
        self._jobs.run(self._send_all, to_send, delay=delay)

    def _send_all(self, callbacks: list[Callback]):
        for callback in callbacks:
            self._send(callback)

    def _send(self, callback: Callback):
        answer = self._try_to_send(callback)
        with self._state:
            callback.tries.append(answer)
            if self._is_to_be_retried(callback):
                delay = self.retry_delays[len(callback.tries) - 1]
                self._jobs.run(self._send, callback, delay=delay)
                return
            self._open_callbacks -= 1
            self._state.notify_all()

    def _is_to_be_retried(self, callback: Callback) -> bool:
        answer = callback.tries[-1]
        mendable = isinstance(answer, str) or answer in RETRY_STATUSES
        return mendable and len(callback.tries) <= len(self.retry_delays)

    def _try_to_send(self, callback: Callback) -> int | str:
        """HTTP status of the answer, or the kind of error without an answer."""
        with requests.Session() as session:
            # A proxy of the machine has no business with loopback.
            session.trust_env = False
            try:
                return session.post(
                    callback.url,
                    data=callback.body,
                    headers=callback.headers,
                    timeout=self.callback_timeout,
                    allow_redirects=False,
                ).status_code
            except requests.RequestException as error:
                return type(error).__name__

    # --- what we tell -----------------------------------------------------------

    def _as_json(self, payment: Payment, status: str = "") -> dict:
        payer, iban = payment.payer
        page = f"{self.url}/pay/2/{payment.id}"
        itself = f"{self.url}/v3/payments/{payment.id}"
        shown = {
            "paymentId": payment.id,
            "status": status or payment.status,
            "createdAt": iso(payment.created_at),
            **self._expiry(payment),
            "amount": payment.amount,
            "currency": "EUR",
            "creditor": {
                "profileId": payment.merchant.ppid,
                "merchantId": payment.merchant.ppid[::-1],
                "name": payment.merchant.name,
                "iban": payment.merchant.iban,
                "callbackUrl": payment.asked.get("callbackUrl", ""),
            },
            "_links": {
                "self": {"href": itself},
                "deeplink": {"href": page},
                "checkout": {"href": page},
                "qrcode": {
                    "href": f"{self.url}/qrcode?c={quote(page, safe='')}&f=PNG&s=L"
                },
            },
        }
        for name in ("reference", "description", "bulkId"):
            if name in payment.asked:
                shown[name] = payment.asked[name]
        if shown["status"] in PENDING:
            shown["_links"]["cancel"] = {"href": itself}
        if payment.succeeded_at and shown["status"] == "SUCCEEDED":
            shown["succeededAt"] = iso(payment.succeeded_at)
            shown["debtor"] = {"name": payer, "iban": "*" * 11 + iban[-5:]}
            shown["_links"]["refund"] = {"href": f"{itself}/refunds"}
        return shown

    def _expiry(self, payment: Payment) -> dict[str, str]:
        which = self.faults.take("expire_field", payment.subjects) or "expiresAt"
        names = {"both": ("expireAt", "expiresAt"), "none": ()}.get(which, (which,))
        return {name: iso(payment.expires_at) for name in names}

    # --- merchant API -----------------------------------------------------------

    def on_create(self, request: Request) -> Response:
        merchant = self._merchant(request)
        asked = read_order(request)
        payment = self._create(merchant, asked)
        return as_response(self._as_json(payment), 201)

    def on_get(self, request: Request, payment_id: str) -> Response:
        payment = self._payment(request, payment_id)
        word = self.faults.take("unknown_status", payment.subjects) or ""
        return as_response(self._as_json(payment, status=word))

    def on_give_up(self, request: Request, payment_id: str) -> Response:
        self.cancel(self._payment(request, payment_id).id)
        return Response(status=204)

    def on_search(self, request: Request) -> Response:
        merchant = self._merchant(request)
        wanted = read_json(request)
        page, size = (
            request.args.get(n, d, int) for n, d in (("page", 0), ("size", 50))
        )
        found = [
            p for p in self.payments.values() if self._is_found(p, merchant, wanted)
        ]
        shown = [self._as_json(p) for p in found[page * size : (page + 1) * size]]
        return as_response(
            {
                "size": len(shown),
                "totalPages": -(-len(found) // size),
                "totalElements": len(found),
                "number": page,
                "details": shown,
            }
        )

    def _is_found(self, payment: Payment, merchant: Merchant, wanted: dict) -> bool:
        lag = self.faults.take("search_lag", payment.subjects) or 0
        latest = datetime.now(timezone.utc) - timedelta(seconds=lag)
        made = iso(payment.created_at)
        return (
            payment.merchant is merchant
            and payment.created_at <= latest
            and wanted.get("from", "") <= made <= wanted.get("to", "9")
            and payment.status in wanted.get("paymentStatuses", [payment.status])
            and wanted.get("reference", payment.reference) == payment.reference
        )

    def on_refund_iban(self, request: Request, payment_id: str) -> Response:
        payment = self._paid(request, payment_id)
        return as_response({"iban": payment.payer[1]})

    def on_refund(self, request: Request, payment_id: str) -> Response:
        payment = self._paid(request, payment_id)
        key = request.headers.get("Idempotency-Key", "")
        if not 0 < len(key) <= 64:
            raise ApiError(400, "FIELD_REQUIRED", "Idempotency-Key")
        check_refund_signature(request, payment.merchant)
        asked = read_json(request)
        with self._state:
            refund = payment.refunds.get(key) or self._refund(payment, key, asked)
        if refund["amount"] != asked.get("amount"):
            raise ApiError(422, "PAYMENT_CONFLICT", "key used for another refund")
        return as_response({**refund, "status": "PENDING"}, 201)

    def _refund(self, payment: Payment, key: str, asked: dict) -> dict:
        amount = asked.get("amount")
        if (
            type(amount) is not int
            or not 0 < amount <= payment.amount - payment.refunded
        ):
            raise ApiError(422, "REFUND_NOT_ALLOWED", f"amount {amount!r}")
        if asked.get("currency") != "EUR":
            raise ApiError(400, "FIELD_INVALID", "currency")
        refund = {
            "refundId": secrets.token_hex(12),
            "paymentId": payment.id,
            "status": "SUCCEEDED",
            "amount": amount,
            "currency": "EUR",
            "description": asked.get("description", ""),
            "creationDate": iso(datetime.now(timezone.utc)),
        }
        payment.refunds[key] = refund
        self._book("refund", payment, amount)
        return refund

    def on_get_refund(self, request: Request, payment_id: str, refund_id: str):
        payment = self._paid(request, payment_id)
        for refund in payment.refunds.values():
            if refund["refundId"] == refund_id:
                return as_response(refund)
        raise ApiError(404, "REFUND_NOT_FOUND", refund_id)

    def on_keys(self, request: Request) -> Response:
        return as_response(self.keys.document())

    def _merchant(self, request: Request) -> Merchant:
        given = request.headers.get("Authorization", "")
        for merchant in self.merchants:
            if secrets.compare_digest(given, f"Bearer {merchant.api_key}"):
                return merchant
        raise ApiError(401, "UNAUTHORIZED", "wrong API key")

    def _payment(self, request: Request, payment_id: str) -> Payment:
        merchant = self._merchant(request)
        payment = self.payments.get(payment_id)
        if payment is None or payment.merchant is not merchant:
            raise ApiError(404, "PAYMENT_NOT_FOUND", payment_id)
        return payment

    def _paid(self, request: Request, payment_id: str) -> Payment:
        payment = self._payment(request, payment_id)
        if payment.status != "SUCCEEDED":
            raise ApiError(422, "PAYMENT_NOT_SUCCEEDED", payment.status)
        return payment

    # --- the payer's page -------------------------------------------------------

    def on_page(self, request: Request, payment_id: str) -> Response:
        payment = self.payments.get(payment_id)
        if payment is None:
            return page("Unknown payment", "<p>There is no such payment.</p>", 404)
        if request.method == "POST" and payment.status in PENDING:
            action = request.form.get("action", "")
            if action not in ("pay", "cancel", "fail"):
                return page("Unknown action", "<p>Please go back.</p>", 400)
            self._finish(payment.id, action)
        elif request.method == "GET":
            return page(f"Pay {payment.merchant.name}", payer_page(payment))
        return_url = payment.asked.get("returnUrl", "")
        if urlsplit(return_url).scheme in ("http", "https"):
            return redirect(return_url, 303)
        return page(f"Pay {payment.merchant.name}", payer_page(payment))

    # --- for tests, over HTTP ---------------------------------------------------

    def on_sim_ledger(self, request: Request) -> Response:
        return as_response(self.ledger())

    def on_sim_payments(self, request: Request) -> Response:
        return as_response([self._as_json(p) for p in list(self.payments.values())])

    def on_sim_callbacks(self, request: Request) -> Response:
        return as_response(
            [
                {
                    "paymentId": c.payment_id,
                    "status": c.status,
                    "url": c.url,
                    "tries": c.tries,
                    "dropped": c.dropped,
                    "headers": c.headers,
                    "body": c.body.decode(),
                }
                for c in list(self.callbacks)
            ]
        )

    def on_sim_idle(self, request: Request) -> Response:
        timeout = request.args.get("timeout", 10, float)
        return as_response({"idle": self.wait_idle(timeout)})

    def on_sim_merchants(self, request: Request) -> Response:
        if request.method == "POST":
            self.add_merchant(**read_json(request))
        return as_response([vars(merchant) for merchant in self.merchants])

    def on_sim_faults(self, request: Request) -> Response:
        if request.method == "DELETE":
            self.faults.clear(request.args.get("name", ""))
        elif request.method == "POST":
            self.faults.inject(**read_json(request))
        return as_response(
            {
                "known": FAULTS,
                "active": self.faults.active(),
                "happened": self.faults.happened,
            }
        )

    def on_sim_rotate(self, request: Request) -> Response:
        self.rotate_keys(**read_json(request))
        return as_response({"kid": self.keys.current.kid("ES256")})

    def on_sim_action(self, request: Request, payment_id: str, action: str) -> Response:
        if payment_id not in self.payments:
            raise ApiError(404, "PAYMENT_NOT_FOUND", payment_id)
        act = {
            "pay": self.pay,
            "cancel": self.cancel,
            "fail": self.fail,
            "expire": self.expire,
            "replay": self.replay,
        }.get(action)
        if act:
            act(payment_id, **read_json(request))
        elif action == "announce":
            self.announce(payment_id, *read_json(request).get("statuses", ()))
        else:
            raise ApiError(404, "ACTION_NOT_FOUND", action)
        return as_response(self._as_json(self.payments[payment_id]))

    # --- HTTP -------------------------------------------------------------------

    def _application(self, environ, start_response):
        request = Request(environ)
        try:
            response = self._dispatch(request, ROUTES.bind_to_environ(environ))
        except ApiError as error:
            response = failure(error.http_status, error.code, error.message)
        except HTTPException as error:
            response = failure(error.code, "NOT_FOUND", error.name)
        except (TypeError, ValueError) as error:
            response = failure(400, "FIELD_INVALID", str(error))
        return response(environ, start_response)

    def _dispatch(self, request: Request, urls) -> Response:
        name, values = urls.match()
        handle = getattr(self, f"on_{name}")
        if name not in OPERATIONS:
            return handle(request, **values)
        subjects = (name, *values.values())
        time.sleep(self.faults.take("slow_answer", subjects) or 0)
        refused = self.faults.take("api_error", subjects)
        if refused:
            return failure(refused, "TRY_AGAIN_LATER", "as asked")
        response = handle(request, **values)
        lost = self.faults.take("lost_answer", subjects)
        return failure(lost, "TECHNICAL_ERROR", "as asked") if lost else response


#: Operations of the merchant API, which can be made to fail by name.
OPERATIONS = frozenset(
    {"create", "get", "give_up", "search", "refund", "refund_iban", "get_refund"}
)
PAYMENT = "/v3/payments/<payment_id>"
ROUTES = Map(
    [
        Rule("/", endpoint="keys", methods=["GET"]),
        Rule("/.well-known/jwks.json", endpoint="keys", methods=["GET"]),
        Rule("/v3/payments", endpoint="create", methods=["POST"]),
        Rule("/v3/payments/search", endpoint="search", methods=["POST"]),
        Rule(PAYMENT, endpoint="get", methods=["GET"]),
        Rule(PAYMENT, endpoint="give_up", methods=["DELETE"]),
        Rule(PAYMENT + "/debtor/refundIban", endpoint="refund_iban", methods=["GET"]),
        Rule(PAYMENT + "/refunds", endpoint="refund", methods=["POST"]),
        Rule(PAYMENT + "/refunds/<refund_id>", endpoint="get_refund", methods=["GET"]),
        Rule("/pay/2/<payment_id>", endpoint="page", methods=["GET", "POST"]),
        Rule("/_sim/ledger", endpoint="sim_ledger", methods=["GET"]),
        Rule("/_sim/payments", endpoint="sim_payments", methods=["GET"]),
        Rule("/_sim/callbacks", endpoint="sim_callbacks", methods=["GET"]),
        Rule("/_sim/idle", endpoint="sim_idle", methods=["GET"]),
        Rule("/_sim/merchants", endpoint="sim_merchants", methods=["GET", "POST"]),
        Rule("/_sim/faults", endpoint="sim_faults"),
        Rule("/_sim/keys/rotate", endpoint="sim_rotate", methods=["POST"]),
        Rule(
            "/_sim/payments/<payment_id>/<action>",
            endpoint="sim_action",
            methods=["POST"],
        ),
    ]
)


def read_json(request: Request) -> dict:
    body = json.loads(request.get_data() or b"{}")
    if not isinstance(body, dict):
        raise ApiError(400, "BODY_MISSING", "a JSON object is expected")
    return body


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


def check_refund_signature(request: Request, merchant: Merchant):
    """Refunds are signed with the merchant's own key, published by the merchant."""
    if merchant.jwks is None:
        return
    try:
        header = verify_es256(
            request.headers["Signature"], request.get_data(), read_jwks(merchant.jwks)
        )
    except Exception as error:
        raise ApiError(401, "UNAUTHORIZED", f"signature: {error!r}") from error
    if (
        header[CLAIM + "sub"] != merchant.ppid
        or header[CLAIM + "path"] != request.path
        or not set(CLAIMS) <= header.keys()
        or sorted(header["crit"]) != sorted(CLAIMS)
    ):
        raise ApiError(401, "UNAUTHORIZED", "signature: wrong claims")


def read_jwks(jwks: Mapping | str) -> Mapping:
    if isinstance(jwks, str):
        return requests.get(jwks, timeout=5).json()
    return jwks


def iso(moment: datetime, digits: int = 3) -> str:
    fraction = f"{moment.microsecond:06d}789"[:digits]
    return f"{moment.astimezone(timezone.utc):%Y-%m-%dT%H:%M:%S}.{fraction}Z"


def as_response(value: Any, status: int = 200) -> Response:
    return Response(json.dumps(value), status, mimetype="application/json")


def failure(http_status: int, code: str, message: str) -> Response:
    trace = {"traceId": secrets.token_hex(8), "spanId": secrets.token_hex(4)}
    return as_response({"code": code, "message": message, **trace}, http_status)


PAGE = """<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title} – simulated Bancontact</title>
<style>
body {{ font: 1.125rem/1.5 system-ui, sans-serif; margin: 0; color: #1d1d1f; }}
main {{ max-width: 26rem; margin: 0 auto; padding: 1rem; }}
dt {{ color: #4a4a4f; }} dd {{ margin: 0 0 .75rem; overflow-wrap: anywhere; }}
.amount {{ font-size: 2rem; font-weight: 700; }}
button {{ display: block; width: 100%; min-height: 3rem; margin: .75rem 0;
  font: inherit; border: 2px solid #005498; border-radius: .5rem; background: #fff; color: #005498; }}
button[value=pay] {{ background: #005498; color: #fff; font-weight: 700; }}
</style>
</head>
<body><main><h1>{title}</h1>{content}</main></body>
</html>
"""
BUTTONS = """<form method="post">
<button name="action" value="pay">Pay {amount}</button>
<button name="action" value="cancel">Cancel</button>
<button name="action" value="fail">Fail (the bank refuses)</button>
</form>"""


def page(title: str, content: str, status: int = 200) -> Response:
    """
    :param content: safe HTML.
    """
    html = PAGE.format(title=escape(title), content=content)
    return Response(html, status, mimetype="text/html")


def payer_page(payment: Payment) -> str:
    amount = f"€ {payment.amount // 100:,}.{payment.amount % 100:02d}"
    rows = [
        ("To", payment.merchant.name),
        ("Account", payment.merchant.iban),
        ("Description", payment.asked.get("description", "")),
        ("Reference", payment.reference),
        ("Status", payment.status),
    ]
    terms = "".join(f"<dt>{k}</dt><dd>{escape(v)}</dd>" for k, v in rows)
    buttons = BUTTONS.format(amount=amount) if payment.status in PENDING else ""
    return f'<p class="amount">{amount}</p><dl>{terms}</dl>{buttons}'


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--port", type=int, default=0)
    parser.add_argument("--expiry-seconds", type=float, default=EXPIRY_SECONDS)
    parser.add_argument("--retry-delays", type=float, nargs="*", default=RETRY_DELAYS)
    parser.add_argument("--name", default="Bakkerij De Kat BV")
    parser.add_argument("--api-key", default=secrets.token_hex(18))
    parser.add_argument("--ppid", default=secrets.token_hex(12))
    options = parser.parse_args()
    merchant = Merchant(options.name, options.api_key, options.ppid)
    with BancontactPro(
        options.port,
        expiry_seconds=options.expiry_seconds,
        retry_delays=options.retry_delays,
        merchant=merchant,
    ) as psp:
        ready = {"url": psp.url, "api_key": psp.api_key, "ppid": psp.ppid}
        print(json.dumps(ready), flush=True)
        try:
            threading.Event().wait()
        except KeyboardInterrupt:
            pass


if __name__ == "__main__":
    main()
