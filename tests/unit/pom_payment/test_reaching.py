"""Whether an address leads back to us: asked of real servers on loopback."""

import pytest

from odoo.addons.pom_payment.tools import outgoing, reaching

from .test_outgoing import HEAD, answering, host

HERE = outgoing.networks("127.0.0.0/8")


def answer(text, head=HEAD):
    return head + b"Content-Length: %d\r\n\r\n%s" % (len(text), text)


@pytest.mark.parametrize(
    ("text", "verdict"),
    [
        (b"proof", reaching.GOOD),
        (b"another", reaching.ELSEWHERE),
        ("bewijs\u00e9".encode(), reaching.ELSEWHERE),
        (b"x" * 5000, reaching.ELSEWHERE),
    ],
)
def test_whoever_answers_must_know(text, verdict):
    with host(answering(answer(text))) as url:
        assert reaching.try_address(url, "n", "proof", HERE) == verdict


def test_an_error_that_says_the_right_thing_is_none():
    refused = answer(b"proof", b"HTTP/1.1 404 Not Found\r\n")
    with host(answering(refused)) as url:
        assert reaching.try_address(url, "n", "proof", HERE) == reaching.ELSEWHERE


def test_nobody_there():
    url = "http://127.0.0.1:1/"
    assert reaching.try_address(url, "n", "proof", HERE) == reaching.SILENT


@pytest.mark.parametrize("name", ["127.0.0.1", "localhost"])
def test_inside_nothing_is_sent(name):
    """Unless an administrator allowed that network."""
    reached = []
    with host(lambda wire, over: reached.append(wire)) as url:
        address = url.replace("127.0.0.1", name)
        assert reaching.try_address(address, "n", "proof") == reaching.INSIDE
    assert not reached


@pytest.mark.parametrize("typed", ["", "pay.example", "ftp://pay.example", "http://"])
def test_what_is_no_address_is_silent(typed):
    assert reaching.try_address(typed, "n", "proof") == reaching.SILENT
