"""A payment service that doesn't exist, with the least that one can do: payments,
their page, and signed news.
"""

import hmac
import json
import secrets
from dataclasses import dataclass, field

from werkzeug.wrappers import Request, Response

from .callbacks import Callback
from .service import ApiError, Service
from .web import Application, as_response, page, read_json, routes

PAYMENT = "/payments/<payment_id>"


@dataclass
class Payment:
    asked: dict
    merchant_id: str
    status: str = "new"
    amount: int = 0
    id: str = field(default_factory=lambda: secrets.token_hex(10))

    @property
    def reference(self) -> str:
        return self.asked["reference"]

    @property
    def subjects(self) -> tuple[str, ...]:
        return self.id, self.reference


class ExampleApplication(Application):
    ROUTES = routes(
        ("create", "POST", "/payments"),
        ("get", "GET", PAYMENT),
        ("stop", "DELETE", PAYMENT),
        ("page", "GET", "/pay/<payment_id>"),
    )
    OPERATIONS = frozenset({"create", "get", "stop"})

    def failure(self, http_status: int, code: str, message: str) -> Response:
        return as_response({"error": message}, http_status)

    def on_create(self, request: Request) -> Response:
        self._check_key(request)
        return as_response(self.psp.as_json(self.psp.create(read_json(request))))

    def on_get(self, request: Request, payment_id: str) -> Response:
        self._check_key(request)
        return as_response(self.psp.as_json(self.psp.payment(payment_id)))

    def on_stop(self, request: Request, payment_id: str) -> Response:
        self._check_key(request)
        self.psp.cancel(payment_id)
        return Response(status=204)

    def on_page(self, request: Request, payment_id: str) -> Response:
        return page("Example", self.psp.payment(payment_id).id)

    def _check_key(self, request: Request):
        if request.headers.get("Authorization") != f"Bearer {self.psp.api_key}":
            raise ApiError(401, "UNAUTHORIZED", "wrong key")


class Example(Service):
    ACTIONS = frozenset({"pay", "cancel"})

    def __init__(self, port: int = 0, *, retry_delays=(), callback_timeout=1, seed=0):
        self.api_key = secrets.token_hex(16)
        super().__init__(
            ExampleApplication,
            port,
            faults={"wrong_amount": "value: cents that the payer pays more or less"},
            retry_delays=retry_delays,
            callback_timeout=callback_timeout,
            retry_statuses=(),
            seed=seed,
        )

    def create(self, asked: dict) -> Payment:
        payment = Payment(asked, self.api_key[:8], amount=asked["cents"])
        self.payments[payment.id] = payment
        return payment

    def pay(self, payment_id: str):
        payment = self.payment(payment_id)
        payment.amount += self.faults.take("wrong_amount", payment.subjects) or 0
        self._end(payment, "paid")
        self.book("payment", payment, payment.amount)

    def cancel(self, payment_id: str):
        self._end(self.payment(payment_id), "stopped")

    def as_json(self, payment: Payment) -> dict:
        return {
            "id": payment.id,
            "status": payment.status,
            "cents": payment.amount,
            "reference": payment.reference,
            "merchant": payment.merchant_id,
            "page": f"{self.url}/pay/{payment.id}",
        }

    def _end(self, payment: Payment, status: str):
        if payment.status != "new":
            raise ApiError(409, "OVER", f"it is {payment.status}")
        payment.status = status
        body = json.dumps({"id": payment.id, "status": status}).encode()
        proof = hmac.new(self.api_key.encode(), body, "sha256").hexdigest()
        headers = {"Signature": proof, "Content-Type": "application/json"}
        news = Callback(payment.id, status, payment.asked["news"], headers, body)
        self.send(payment, [news])
