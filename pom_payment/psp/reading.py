"""What adapters share to build requests, and to read answers, which may be anything."""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Mapping
from datetime import datetime, timedelta, timezone
from decimal import Decimal
from typing import Any
from urllib.parse import urlsplit

from .values import OrderError, PayloadError, PaymentOrder


def is_temporary(http_status: int) -> bool:
    """Whether a later try may succeed: too many requests, or a fault over there.

    >>> is_temporary(429), is_temporary(503), is_temporary(404)
    (True, True, False)
    """
    return http_status in (408, 425, 429) or http_status >= 500


def header(headers: Mapping[str, str], name: str) -> str:
    """Value of a header, whatever its case; '' when absent.

    >>> header({"Signature": "abc"}, "signature")
    'abc'
    """
    return next((v for k, v in headers.items() if k.lower() == name.lower()), "")


def parse_json(body: bytes) -> Any:
    """Body as JSON, or None when it is none."""
    try:
        return json.loads(body)
    except (ValueError, RecursionError):
        return None


def as_object(payload, what: str) -> Mapping[str, Any]:
    """The payload, known to be a JSON object.

    :param what: it is, for the error.
    :raises PayloadError: when it's something else.
    """
    if not isinstance(payload, Mapping):
        raise PayloadError(f"the {what} isn't a JSON object")
    return payload


def text(payload: Mapping[str, Any], name: str) -> str:
    """A required text.

    :raises PayloadError: when it is absent, empty or something else.
    """
    value = payload.get(name)
    if not isinstance(value, str) or not value:
        raise PayloadError(f"{name} is missing")
    return value


def optional_text(payload: Mapping[str, Any], *path: str) -> str:
    """A text further down, '' when any step is missing or something else.

    >>> optional_text({"debtor": {"name": "Ivan"}}, "debtor", "name")
    'Ivan'
    """
    value: Any = payload
    for name in path:
        value = value.get(name) if isinstance(value, Mapping) else None
    return value if isinstance(value, str) else ""


def read_status(
    payload: Mapping[str, Any], words: Mapping[str, str]
) -> tuple[str, str]:
    """Status in our words, and theirs when we don't know it.

    >>> read_status({"status": "paid"}, {"paid": "done"})
    ('done', '')
    >>> read_status({"status": "thinking"}, {"paid": "done"})
    ('pending', 'thinking')
    """
    word = text(payload, "status")
    return (words[word], "") if word in words else ("pending", word)


def described(order: PaymentOrder) -> str:
    """What the payer reads. The structured communication comes first: it is what a bank
    transfer is matched by, and the end may be cut.
    """
    parts = [order.communication, order.description]
    parts += [name for name in order.invoice_names if name not in order.description]
    return " ".join(" ".join(filter(None, parts)).split())


def to_cents(amount: Decimal) -> int:
    """Amount in cents.

    >>> to_cents(Decimal("45.73"))
    4573

    :raises OrderError: when there is more than a whole number of cents, since to round
        here would ask for another amount than the invoice does.
    """
    cents = amount * 100
    if not cents.is_finite() or cents != cents.to_integral_value():
        raise OrderError(f"{amount} isn't a whole number of cents.")
    return int(cents)


def from_cents(payload: Mapping[str, Any], name: str) -> Decimal:
    """Amount of a number of cents.

    >>> from_cents({"amount": 4573}, "amount")
    Decimal('45.73')

    :raises PayloadError: when it isn't a whole number of cents.
    """
    cents = payload.get(name)
    if not isinstance(cents, int) or isinstance(cents, bool) or cents < 0:
        raise PayloadError(f"{name} isn't a number of cents")
    return Decimal(cents).scaleb(-2)


TIME = re.compile(
    r"(\d{4}-\d\d-\d\d)[Tt ](\d\d:\d\d:\d\d)(?:[.,](\d+))?([Zz]|[+-]\d\d:?\d\d)",
    re.ASCII,
)


def parse_time(value: Any) -> datetime | None:
    """Time in UTC, or None when it can't be read: times only inform, never decide.

    Fractions of a second may have any number of digits (some PSPs send nanoseconds).

    >>> parse_time("2026-11-22T10:24:05.127123456Z").isoformat()
    '2026-11-22T10:24:05.127123+00:00'
    >>> parse_time("2026-11-22T10:24:05+0100").isoformat()
    '2026-11-22T09:24:05+00:00'
    """
    match = TIME.fullmatch(value) if isinstance(value, str) else None
    if not match:
        return None
    day, clock, fraction, zone = match.groups()
    try:
        moment = datetime.fromisoformat(f"{day}T{clock}") - offset(zone)
    except (ValueError, OverflowError):
        return None
    microsecond = int((fraction or "0")[:6].ljust(6, "0"))
    return moment.replace(microsecond=microsecond, tzinfo=timezone.utc)


def offset(zone: str) -> timedelta:
    """What a time is ahead of UTC: ``Z``, ``+01:00`` or ``+0100``."""
    if zone in "Zz":
        return timedelta()
    sign = -1 if zone[0] == "-" else 1
    return sign * timedelta(hours=int(zone[1:3]), minutes=int(zone[-2:]))


def format_time(moment: datetime) -> str:
    """As PSPs want it: in UTC, with milliseconds that are cut, not rounded.

    >>> format_time(datetime(2026, 11, 22, 10, 24, 5, 127999, timezone.utc))
    '2026-11-22T10:24:05.127Z'
    """
    utc = moment.astimezone(timezone.utc)
    return f"{utc:%Y-%m-%dT%H:%M:%S}.{utc.microsecond // 1000:03d}Z"


#: Characters that every bank of the SEPA area must pass on
#: (EPC217-08, "SEPA Requirements for an Extended Character Set").
OUTSIDE_SEPA = re.compile(r"[^A-Za-z0-9 /?:().,'+-]+")
#: Those that don't fall apart into a letter and an accent.
_SPELLED = "ß=ss æ=ae Æ=AE œ=oe Œ=OE ø=o Ø=O đ=d Đ=D ł=l Ł=L ’=' ‘=' –=- —=- _=- &=+"
LETTERS = str.maketrans(dict(pair.split("=") for pair in _SPELLED.split()))


def sepa_text(value: str, length: int | None = None) -> str:
    """Text in the character set that survives every bank, cut at ``length``.

    >>> sepa_text("Façade  Noël & Søn – n°7_b")
    'Facade Noel + Son - n 7-b'
    """
    plain = unicodedata.normalize("NFKD", value.translate(LETTERS))
    plain = "".join(c for c in plain if not unicodedata.combining(c))
    return " ".join(OUTSIDE_SEPA.sub(" ", plain).split())[:length].rstrip()


def mask_iban(iban: str) -> str:
    """Only the last five characters, as banks print them: enough to recognise one's
    own account, no use to anyone else.

    >>> mask_iban("BE68 5390 0754 7034")
    '***********47034'
    """
    plain = "".join(iban.split())
    return "*" * (len(plain) - 5) + plain[-5:]


def is_web_address(url: str) -> bool:
    """Whether a payer's browser may be sent there (and not to ``javascript:``)."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    return parts.scheme in ("https", "http") and bool(parts.hostname)
