"""Hosts that don't play along, other workers that are at it, and other senders."""

import contextlib
import socket
import threading
import time

import psycopg2
import requests
from requests.adapters import HTTPAdapter


@contextlib.contextmanager
def silent_host():
    """A host that takes every call and never says a word: (its address, its calls)."""
    calls = []
    with socket.create_server(("127.0.0.1", 0)) as door:

        def listen():
            with contextlib.suppress(OSError):
                while True:
                    calls.append(door.accept()[0])

        threading.Thread(target=listen, daemon=True).start()
        yield f"http://127.0.0.1:{door.getsockname()[1]}/", calls
        for call in calls:
            call.close()


@contextlib.contextmanager
def held_elsewhere(env, lock):
    """Another process of the same database holds one of our locks."""
    with contextlib.closing(psycopg2.connect(dbname=env.cr.dbname)) as connection:
        connection.cursor().execute("SELECT pg_advisory_xact_lock(%s)", [lock])
        yield
        connection.rollback()


def in_one_minute(seconds=15):
    """Wait until so much is left of the minute that is counted in."""
    left = 60 - time.time() % 60
    if left < seconds:
        time.sleep(left + 0.1)


class Sender(HTTPAdapter):
    """A caller from another address than everybody else's."""

    def __init__(self, address):
        self.address = address
        super().__init__()

    def init_poolmanager(self, *args, **options):
        options["source_address"] = (self.address, 0)
        super().init_poolmanager(*args, **options)


def sender(address):
    """A session from an address, ``127.0.0.2`` and the like: all are loopback's."""
    session = requests.Session()
    session.mount("http://", Sender(address))
    return session
