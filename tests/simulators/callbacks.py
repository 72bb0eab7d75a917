"""Sends webhooks as a real service does: again and again, and not always in order."""

import threading
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field, replace

import requests

from .server import Jobs


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

    def copy(self) -> "Callback":
        return replace(self, tries=[], dropped=False)

    def as_json(self) -> dict:
        return {
            "paymentId": self.payment_id,
            "status": self.status,
            "url": self.url,
            "headers": self.headers,
            "body": self.body.decode(),
            "tries": self.tries,
            "dropped": self.dropped,
        }


class Sender:
    """
    :param delays: seconds before each further try.
    :param retry_statuses: answers that a further try may mend, as no answer may.
    """

    def __init__(
        self, delays: Sequence[float], timeout: float, retry_statuses: Collection[int]
    ):
        self.delays, self.timeout = tuple(delays), timeout
        self.retry_statuses = retry_statuses
        self.log: list[Callback] = []
        self._under_way = 0
        self._changed = threading.Condition()
        self._jobs = Jobs(threads=16)

    def send_in_turn(self, callbacks: Sequence[Callback], delay: float = 0):
        """Send the next one when the one before was tried once."""
        to_send = [callback for callback in callbacks if not callback.dropped]
        with self._changed:
            self.log += callbacks
            self._under_way += len(to_send)
        self._jobs.run(self._send_all, to_send, delay=delay)

    def sent_for(self, payment_id: str) -> list[Callback]:
        with self._changed:
            return [c for c in self.log if c.payment_id == payment_id]

    def wait_idle(self, timeout: float) -> bool:
        """Wait until every callback arrived or was given up."""
        with self._changed:
            return self._changed.wait_for(lambda: not self._under_way, timeout)

    def stop(self):
        self._jobs.stop()

    def _send_all(self, callbacks: Sequence[Callback]):
        for callback in callbacks:
            self._send(callback)

    def _send(self, callback: Callback):
        callback.tries.append(self._answer(callback))
        if self._is_to_be_retried(callback):
            delay = self.delays[len(callback.tries) - 1]
            self._jobs.run(self._send, callback, delay=delay)
            return
        with self._changed:
            self._under_way -= 1
            self._changed.notify_all()

    def _is_to_be_retried(self, callback: Callback) -> bool:
        answer = callback.tries[-1]
        mendable = isinstance(answer, str) or answer in self.retry_statuses
        return mendable and len(callback.tries) <= len(self.delays)

    def _answer(self, callback: Callback) -> int | str:
        """HTTP status, or the kind of error when there was no answer."""
        with requests.Session() as session:
            # A proxy of the machine has no business with loopback.
            session.trust_env = False
            try:
                return session.post(
                    callback.url,
                    data=callback.body,
                    headers=callback.headers,
                    timeout=self.timeout,
                    allow_redirects=False,
                ).status_code
            except requests.RequestException as error:
                return type(error).__name__
