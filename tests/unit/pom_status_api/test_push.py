"""What the answer of a third system means; each is a real host on loopback."""

import ipaddress
from datetime import datetime, timedelta

import pytest

from odoo.addons.pom_payment.tools import outgoing
from odoo.addons.pom_status_api.tools import push

from tests.unit.pom_payment.test_outgoing import answering, host

LOOPBACK = outgoing.networks("127.0.0.0/8")
PUBLIC, PRIVATE = (ipaddress.ip_address(one) for one in ("9.9.9.9", "10.0.0.1"))


def post(url, networks=LOOPBACK):
    return push.post(push.Message(url, {"webhook-id": "msg_1"}, b"{}", networks))


def reply(status, headers=""):
    return answering(
        f"HTTP/1.1 {status} x\r\n{headers}Content-Length: 0\r\n\r\n".encode()
    )


def test_taken():
    with host(reply(204)) as url:
        outcome = post(url)
    assert (outcome.is_taken, outcome.is_gone, outcome.status) == (True, False, 204)


def test_gone():
    with host(reply(410)) as url:
        assert post(url).is_gone


def test_asked_to_wait():
    with host(reply(503, "Retry-After: 600\r\n")) as url:
        outcome = post(url)
    assert not outcome.is_taken
    assert outcome.wait == timedelta(minutes=10)


def test_nobody_there():
    outcome = post("http://127.0.0.1:9/")
    assert (outcome.status, outcome.is_taken, outcome.is_inside) == (None, False, False)


def test_inside_a_network():
    with host(reply(200)) as url:
        assert post(url, ()).is_inside


@pytest.mark.parametrize(
    ("url", "address", "networks", "expected"),
    [
        ("https://shop.example", PUBLIC, (), True),
        ("http://shop.example", PUBLIC, (), False),
        ("https://shop.example", PRIVATE, (), False),
        ("http://shop.example", PRIVATE, outgoing.networks("10.0.0.0/8"), True),
        ("http://shop.example", PUBLIC, outgoing.networks("10.0.0.0/8"), False),
    ],
)
def test_where_messages_may_go(url, address, networks, expected):
    message = push.Message(url, {}, b"", networks)
    assert push.may_reach(address, message) is expected


@pytest.mark.parametrize("text", ["", "soon", "-5", "Mon, 01 Jan 2001 00:00:00 GMT"])
def test_nothing_to_wait_for(text):
    assert push.retry_after(text) == timedelta()


def test_dates_without_a_zone_are_in_utc():
    later = datetime.now().astimezone() + timedelta(days=9)
    text = later.strftime("%a, %d %b %Y %H:%M:%S -0000")
    assert push.retry_after(text) == push.LONGEST_WAIT
