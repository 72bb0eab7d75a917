"""What every simulated service needs: a web server on loopback, and jobs for later."""

import heapq
import itertools
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

from werkzeug.serving import WSGIRequestHandler, make_server

HOST = "127.0.0.1"
#: How long a stop may take to be noticed.
POLL_SECONDS = 0.05


class QuietHandler(WSGIRequestHandler):
    def log(self, *args):
        pass


class WebServer:
    """Serves a WSGI application from a thread.

    :param port: 0 takes any free one; ``url`` says which.
    """

    def __init__(self, app, port: int = 0):
        self._server = make_server(
            HOST, port, app, threaded=True, request_handler=QuietHandler
        )
        self._thread = threading.Thread(
            target=self._server.serve_forever, args=(POLL_SECONDS,), daemon=True
        )
        self.url = f"http://{HOST}:{self._server.server_port}"

    def start(self):
        self._thread.start()

    def stop(self):
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()


class Jobs:
    """Runs jobs in threads, at once or after a delay in seconds."""

    def __init__(self, threads: int = 8):
        self._pool = ThreadPoolExecutor(threads)
        self._later: list[tuple[float, int, Callable, tuple]] = []
        self._order = itertools.count()
        self._changed = threading.Condition()
        self._running = True
        self._thread = threading.Thread(target=self._watch, daemon=True)
        self._thread.start()

    def run(self, job: Callable, *args, delay: float = 0):
        with self._changed:
            if not self._running:
                return
            if delay <= 0:
                self._pool.submit(job, *args)
                return
            due = time.monotonic() + delay
            heapq.heappush(self._later, (due, next(self._order), job, args))
            self._changed.notify()

    def stop(self):
        """Drop what is still to come, wait for what is under way."""
        with self._changed:
            self._running = False
            self._changed.notify()
        self._thread.join()
        self._pool.shutdown(cancel_futures=True)

    def _watch(self):
        with self._changed:
            while self._running:
                self._changed.wait(self._start_due())

    def _start_due(self) -> float | None:
        """Start what is due, and say how long to wait for the next one."""
        now = time.monotonic()
        while self._later and self._later[0][0] <= now:
            _due, _order, job, args = heapq.heappop(self._later)
            self._pool.submit(job, *args)
        return self._later[0][0] - now if self._later else None
