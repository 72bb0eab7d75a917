"""Requests to hosts that don't play along: all of them real ones, on loopback."""

import contextlib
import ipaddress
import socket
import threading
import time
from unittest.mock import patch

import pytest
import requests

from odoo.addons.pom_payment.tools import outgoing

HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\n"


@contextlib.contextmanager
def host(play):
    """A host that does with each caller what ``play`` says; its address."""
    with socket.create_server(("127.0.0.1", 0)) as door:
        over = threading.Event()

        def one(wire):
            with wire, contextlib.suppress(OSError):
                wire.recv(65536)
                play(wire, over)

        def listen():
            with contextlib.suppress(OSError):
                while True:
                    wire, _who = door.accept()
                    threading.Thread(target=one, args=(wire,), daemon=True).start()

        threading.Thread(target=listen, daemon=True).start()
        yield f"http://127.0.0.1:{door.getsockname()[1]}/x"
        over.set()


def drip(head):
    """For many times as long as is waited; then it breaks off."""

    def play(wire, over):
        wire.sendall(head)
        for _byte in range(200):
            if over.wait(0.05):
                break
            wire.sendall(b"x")

    return play


def answering(answer):
    return lambda wire, over: wire.sendall(answer)


def test_an_answer_is_an_answer():
    answer = HEAD + b"Content-Length: 2\r\n\r\n{}"
    with host(answering(answer)) as url:
        response = outgoing.send("POST", url, seconds=30, data=b"hello")
    assert (response.status_code, response.json()) == (200, {})


@pytest.mark.parametrize(
    "head",
    [
        b"",
        b"HTTP/1.1 200 OK\r\nX: ",
        HEAD + b"\r\n",
        HEAD + b"Content-Length: 99999\r\n\r\n",
    ],
)
def test_a_byte_now_and_then_does_not_make_more_time(head):
    with host(drip(head)) as url, pytest.raises(requests.Timeout):
        outgoing.send("GET", url, seconds=0.5)


def test_silence_ends():
    with host(lambda wire, over: over.wait(10)) as url, pytest.raises(requests.Timeout):
        outgoing.send("GET", url, seconds=0.3)


def test_silence_instead_of_tls_ends():
    with host(lambda wire, over: over.wait(10)) as url, pytest.raises(requests.Timeout):
        outgoing.send("GET", url.replace("http:", "https:"), seconds=0.3)


def test_endless_answers_are_cut():
    def flood(wire, over):
        wire.sendall(HEAD + b"\r\n")
        while not over.is_set():
            wire.sendall(b"x" * 65536)

    with host(flood) as url, pytest.raises(outgoing.TooMuch):
        outgoing.send("GET", url, seconds=20, max_bytes=200_000)


def test_an_answer_that_breaks_off():
    broken = HEAD + b"Transfer-Encoding: chunked\r\n\r\n5\r\nab"
    with host(answering(broken)) as url, pytest.raises(requests.ConnectionError):
        outgoing.send("GET", url, seconds=30)


def test_redirects_are_answers():
    moved = b"HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1:9/\r\n"
    moved += b"Content-Length: 0\r\n\r\n"
    with host(answering(moved)) as url:
        assert outgoing.send("GET", url, seconds=30).status_code == 302


def test_inside_is_not_reached():
    reached = []
    with host(lambda wire, over: reached.append(wire)) as url:
        with pytest.raises(outgoing.ForbiddenAddress):
            outgoing.send("GET", url, seconds=30, may_reach=outgoing.is_public)
        named = url.replace("127.0.0.1", "localhost")
        with pytest.raises(outgoing.ForbiddenAddress):
            outgoing.send("GET", named, seconds=30, may_reach=outgoing.is_public)
    assert not reached


@pytest.mark.parametrize(
    "address",
    [
        "64:ff9b::7f00:1",
        "64:ff9b::169.254.169.254",
        "2002:7f00:1::1",
        "::ffff:127.0.0.1",
        "::127.0.0.1",
        "fec0::1",
        "fd00::1",
        "fe80::1",
        "240.0.0.1",
        "0.0.0.0",
        "100.64.0.1",
        "127.1.2.3",
    ],
)
def test_a_name_that_leads_inside_is_not_followed(address):
    """Nor one of whose addresses one does: the next try may get another of them."""
    rows = [(0, 0, 0, "", (one, 0)) for one in ("9.9.9.9", address)]
    with patch.object(socket, "getaddrinfo", lambda *a, **k: rows):
        with pytest.raises(outgoing.ForbiddenAddress):
            outgoing.send(
                "GET", "http://shop.test/", seconds=30, may_reach=outgoing.is_public
            )


def test_an_allowed_network_is_reached():
    answer = HEAD + b"Content-Length: 0\r\n\r\n"
    allowed = outgoing.networks("127.0.0.0/8")
    with host(answering(answer)) as url:
        response = outgoing.send(
            "GET",
            url,
            seconds=30,
            may_reach=lambda one: outgoing.is_inside(one, allowed),
        )
    assert response.status_code == 200


def test_nobody_there():
    with socket.create_server(("127.0.0.1", 0)) as door:
        port = door.getsockname()[1]
    with pytest.raises(requests.ConnectionError):
        outgoing.send("GET", f"http://127.0.0.1:{port}/", seconds=30)


@pytest.mark.parametrize(
    "url",
    [
        "http://nobody.invalid/",
        f"http://{'a' * 70}.invalid/",
        "no address",
        "file:///etc/passwd",
    ],
)
def test_no_such_place(url):
    with pytest.raises(requests.RequestException):
        outgoing.send("GET", url, seconds=30)


def test_looking_a_name_up_ends():
    """What answers is the system's; only that can't be had slow."""
    slow = lambda *args, **options: time.sleep(1)  # noqa: E731
    with patch.object(socket, "getaddrinfo", slow), pytest.raises(requests.Timeout):
        outgoing.send("GET", "http://example.test/", seconds=0.2)


def test_a_name_without_addresses():
    with patch.object(socket, "getaddrinfo", lambda *a, **k: []):
        with pytest.raises(requests.ConnectionError):
            outgoing.send("GET", "http://example.test/", seconds=1)


def test_the_second_address_answers():
    answer = HEAD + b"Content-Length: 0\r\n\r\n"
    with host(answering(answer)) as url:
        rows = [(0, 0, 0, "", (one, 0)) for one in ("127.0.0.2", "127.0.0.1")]
        with patch.object(
            outgoing,
            "resolve",
            lambda *a: [ipaddress.ip_address(r[4][0]) for r in rows],
        ):
            assert outgoing.send("GET", url, seconds=30).status_code == 200


def test_through_a_proxy_too(monkeypatch):
    answer = HEAD + b"Content-Length: 0\r\n\r\n"
    with host(answering(answer)) as proxy:
        monkeypatch.setenv("http_proxy", proxy)
        monkeypatch.setenv("no_proxy", "")
        assert outgoing.send("GET", "http://example.test/", seconds=30).ok


def test_typed_networks():
    with pytest.raises(ValueError):
        outgoing.networks("my office")
