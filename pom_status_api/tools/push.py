"""Sending one message to a third system, and what its answer means. Knows no database,
so that many are sent beside each other: a slow system keeps nobody waiting but itself.
"""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from email.utils import parsedate_to_datetime
from urllib.parse import urlsplit

import requests

from odoo.addons.pom_payment.tools import outgoing

#: For the whole of it.
SECONDS = 10
#: Of an answer only the status counts.
MAX_BYTES = 64 * 1024
#: Nobody is waited for longer than that because of Retry-After.
LONGEST_WAIT = timedelta(days=1)
GONE = 410


@dataclass(frozen=True)
class Message:
    """All that sending needs.

    :param networks: inside which this system may be, beside the internet
    """

    url: str
    headers: Mapping[str, str]
    body: bytes
    networks: Sequence[outgoing.Network] = ()


@dataclass(frozen=True)
class Outcome:
    """
    :param status: of the answer; None when there was none
    :param wait: how long the system asked us to wait
    :param seconds: that it took
    """

    status: int | None = None
    is_inside: bool = False
    wait: timedelta = timedelta()
    seconds: float = 0.0

    @property
    def is_taken(self) -> bool:
        return self.status is not None and self.status // 100 == 2

    @property
    def is_gone(self) -> bool:
        return self.status == GONE


def post(message: Message) -> Outcome:
    """Send, and look at the answer; never raises for what the other side does."""
    started = time.monotonic()
    try:
        answer = outgoing.send(
            "POST",
            message.url,
            seconds=SECONDS,
            max_bytes=MAX_BYTES,
            may_reach=lambda address: may_reach(address, message),
            data=message.body,
            headers=dict(message.headers),
        )
    except outgoing.ForbiddenAddress:
        return Outcome(is_inside=True, seconds=time.monotonic() - started)
    except requests.RequestException:
        return Outcome(seconds=time.monotonic() - started)
    return Outcome(
        answer.status_code,
        wait=retry_after(answer.headers.get("Retry-After", "")),
        seconds=time.monotonic() - started,
    )


def may_reach(address: outgoing.Address, message: Message) -> bool:
    """Over the internet only with TLS; inside, where an administrator said so."""
    if outgoing.is_inside(address, message.networks):
        return True
    return is_secure(message.url) and outgoing.is_public(address)


def is_secure(url: str) -> bool:
    """
    >>> is_secure("https://shop.example/x"), is_secure("http://shop.example/x")
    (True, False)
    """
    return urlsplit(url).scheme == "https"


def retry_after(text: str, now: datetime | None = None) -> timedelta:
    """What ``Retry-After`` asks for: seconds, or a date.

    >>> retry_after("120"), retry_after("soon"), retry_after("9" * 400)
    (datetime.timedelta(seconds=120), datetime.timedelta(0), datetime.timedelta(days=1))
    >>> noon = datetime(2026, 11, 1, 12, tzinfo=timezone.utc)
    >>> retry_after("Sun, 01 Nov 2026 12:05:00 GMT", noon)
    datetime.timedelta(seconds=300)
    """
    text = text.strip()
    if text.isascii() and text.isdecimal():
        seconds = int(text) if len(text) < 9 else LONGEST_WAIT.total_seconds()
        return min(timedelta(seconds=seconds), LONGEST_WAIT)
    try:
        moment = parsedate_to_datetime(text)
    except (TypeError, ValueError):
        return timedelta()
    if not moment.tzinfo:
        moment = moment.replace(tzinfo=timezone.utc)
    wait = moment - (now or datetime.now(timezone.utc))
    return min(max(wait, timedelta()), LONGEST_WAIT)
