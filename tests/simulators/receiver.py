"""A web server that keeps what it gets: the other end of a webhook."""

import threading
from collections.abc import Callable
from dataclasses import dataclass

from werkzeug.wrappers import Request, Response

from .server import WebServer


@dataclass(frozen=True)
class Received:
    path: str
    headers: dict[str, str]
    body: bytes


class Receiver:
    """
    :param answer: HTTP status for the request; may also sleep or raise.
    """

    def __init__(self, answer: Callable[[Received], int] = lambda received: 200):
        self.answer = answer
        self.received: list[Received] = []
        self._arrived = threading.Condition()
        self._server = WebServer(self._application)
        self.url = self._server.url

    def start(self) -> "Receiver":
        self._server.start()
        return self

    def stop(self):
        self._server.stop()

    def __enter__(self) -> "Receiver":
        return self.start()

    def __exit__(self, *error):
        self.stop()

    def wait_for(self, count: int = 1, timeout: float = 60) -> list[Received]:
        with self._arrived:
            if self._arrived.wait_for(lambda: len(self.received) >= count, timeout):
                return list(self.received)
        raise TimeoutError(f"{count} requests expected: {self.received}")

    def _application(self, environ, start_response):
        request = Request(environ)
        received = Received(request.path, dict(request.headers), request.get_data())
        with self._arrived:
            self.received.append(received)
            self._arrived.notify_all()
        return Response(status=self.answer(received))(environ, start_response)
