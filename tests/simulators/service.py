"""What the simulated PSPs have in common: books, faults, and news for the merchant."""

import threading
from collections.abc import Collection, Mapping, Sequence
from datetime import datetime, timezone
from typing import Any, Protocol

from .callbacks import Callback, Sender
from .faults import Faults
from .server import Jobs, WebServer

#: Faults of the way to the merchant and of the API, which any service can have.
COMMON_FAULTS = {
    "drop_callbacks": "never sent",
    "delay_callbacks": "value: seconds",
    "duplicate_callbacks": "value: further copies",
    "api_error": "value: HTTP status instead of doing it",
    "lost_answer": "value: HTTP status after having done it",
    "slow_answer": "value: seconds",
    "late_answer": "value: seconds after having done it",
}


class ApiError(Exception):
    def __init__(self, http_status: int, code: str, message: str):
        super().__init__(message)
        self.http_status, self.code, self.message = http_status, code, message


class AnyPayment(Protocol):
    """
    :param merchant_id: the merchant as the PSP names it.
    :param subjects: what a fault can be limited to.
    """

    id: str
    reference: str
    merchant_id: str
    subjects: Collection[str]


class Service:
    """A running service.

    :param application: makes the WSGI application for the service.
    :param faults: name and meaning of each, on top of the common ones.
    :param retry_delays: seconds before each further try of a callback.
    :param callback_timeout: seconds that the receiver of a callback has.
    :param retry_statuses: answers to a callback that a further try may mend.
    :param seed: of the dice for faults with a share.
    """

    #: What ``POST /_sim/payments/<id>/<action>`` can do: names of methods.
    ACTIONS: Collection[str] = ()

    def __init__(
        self,
        application,
        port: int,
        *,
        faults: Mapping[str, str],
        retry_delays: Sequence[float],
        callback_timeout: float,
        retry_statuses: Collection[int],
        seed: int,
    ):
        self.faults = Faults({**faults, **COMMON_FAULTS}, seed)
        self.payments: dict[str, Any] = {}
        self.entries: list[dict] = []
        self._lock = threading.RLock()
        self._expiry = Jobs(threads=1)
        self._sender = Sender(retry_delays, callback_timeout, retry_statuses)
        self._server = WebServer(application(self), port)
        self.url = self._server.url

    @property
    def callbacks(self) -> list[Callback]:
        """Every callback so far, with the answers that it got."""
        return self._sender.log

    def start(self):
        self._server.start()
        return self

    def stop(self):
        self._server.stop()
        self._expiry.stop()
        self._sender.stop()

    def __enter__(self):
        return self.start()

    def __exit__(self, *error):
        self.stop()

    def as_json(self, payment) -> dict:
        """The payment as the API shows it."""
        raise NotImplementedError

    def payment(self, payment_id: str):
        if payment_id not in self.payments:
            raise ApiError(404, "PAYMENT_NOT_FOUND", payment_id)
        return self.payments[payment_id]

    def forget(self):
        """For a test whose records are undone afterwards: numbers are used again."""
        self.payments.clear()
        self.entries.clear()

    def replay(self, payment_id: str):
        """Send every callback of the payment again, byte by byte."""
        sent = self._sender.sent_for(payment_id)
        self._sender.send_in_turn([callback.copy() for callback in sent])

    def wait_idle(self, timeout: float = 60) -> bool:
        """Wait until every callback arrived or was given up."""
        return self._sender.wait_idle(timeout)

    def ledger(self) -> dict:
        """What we believe was paid, in cents."""
        with self._lock:
            totals = {
                name: sum(e["amount"] for e in self.entries if e["kind"] == kind)
                for name, kind in (("paid", "payment"), ("refunded", "refund"))
            }
            return {**totals, "entries": list(self.entries)}

    def book(self, kind: str, payment: AnyPayment, amount: int, number: str = ""):
        """
        :param number: of the refund or chargeback
        """
        entry = {
            "kind": kind,
            "number": number or payment.id,
            "paymentId": payment.id,
            "reference": payment.reference,
            "ppid": payment.merchant_id,
            "amount": amount,
            "currency": "EUR",
            "at": iso(now()),
        }
        self.entries.append(entry)

    def send(self, payment: AnyPayment, callbacks: Sequence[Callback]):
        """Send callbacks in turn, unless a fault wants it otherwise."""
        if self.faults.take("drop_callbacks", payment.subjects):
            for callback in callbacks:
                callback.dropped = True
        delay = self.faults.take("delay_callbacks", payment.subjects) or 0
        copies = self.faults.take("duplicate_callbacks", payment.subjects) or 0
        self._sender.send_in_turn(callbacks, delay)
        sent = [callback for callback in callbacks if not callback.dropped]
        for _copy in range(copies):
            self._sender.send_in_turn([callback.copy() for callback in sent], delay)


def now() -> datetime:
    return datetime.now(timezone.utc)


def iso(moment: datetime, digits: int = 3) -> str:
    fraction = f"{moment.microsecond:06d}789"[:digits]
    return f"{moment.astimezone(timezone.utc):%Y-%m-%dT%H:%M:%S}.{fraction}Z"
