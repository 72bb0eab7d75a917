"""How Stripe's API v1 writes things down: form bodies, amounts, lists, numbers.

Sources: https://docs.stripe.com/api, https://docs.stripe.com/currencies.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import datetime, timezone
from decimal import Decimal
from typing import Any
from urllib.parse import urlencode

from odoo.addons.pom_payment.psp.reading import as_object, text
from odoo.addons.pom_payment.psp.values import (
    OrderError,
    PayloadError,
    PaymentRequest,
    PspError,
)

#: Shape of what is asked and answered, also of events to the address that we register.
VERSION = "2026-10-28.endive"
FORM = "application/x-www-form-urlencoded"
#: The most that Stripe lists at once.
LIMIT = "100"
#: Eight digits is the most that it takes, in the smallest unit.
MAX_UNITS = 99_999_999

#: Currencies without a smaller unit.
WHOLE = frozenset("BIF CLP DJF GNF JPY KMF KRW MGA PYG RWF VND VUV XAF XOF XPF".split())
#: Sent as if they had cents, in whole units only.
WHOLE_IN_CENTS = frozenset({"ISK", "UGX"})
#: Three decimals, of which the last is nought.
THREE_DECIMALS = frozenset({"BHD", "JOD", "KWD", "OMR", "TND"})


def exponent(currency: str) -> int:
    """
    >>> exponent("EUR"), exponent("JPY"), exponent("KWD")
    (2, 0, 3)
    """
    if currency in WHOLE:
        return 0
    return 3 if currency in THREE_DECIMALS else 2


def to_units(amount: Decimal, currency: str) -> int:
    """Amount in the smallest unit of the currency.

    >>> to_units(Decimal("45.73"), "EUR"), to_units(Decimal("150"), "JPY")
    (4573, 150)

    :raises OrderError: when Stripe couldn't take exactly that.
    """
    units = amount.scaleb(exponent(currency)) if amount.is_finite() else Decimal(0)
    step = {**dict.fromkeys(WHOLE_IN_CENTS, 100), **dict.fromkeys(THREE_DECIMALS, 10)}
    if not 0 < units <= MAX_UNITS or units % step.get(currency, 1):
        raise OrderError(f"{amount} {currency} can't be paid with Stripe.")
    return int(units)


def from_units(payload: Mapping[str, Any], name: str, currency: str) -> Decimal:
    """
    >>> from_units({"amount": -4573}, "amount", "EUR")
    Decimal('-45.73')

    :raises PayloadError: when it isn't a whole number.
    """
    units = payload.get(name)
    if not isinstance(units, int) or isinstance(units, bool):
        raise PayloadError(f"{name} isn't a number of the smallest unit")
    return Decimal(units).scaleb(-exponent(currency))


def currency_of(payload: Mapping[str, Any]) -> str:
    return text(payload, "currency").upper()


def moment(payload: Mapping[str, Any], name: str) -> datetime | None:
    """Time in UTC, or None: times only inform, never decide."""
    seconds = payload.get(name)
    if not isinstance(seconds, int) or isinstance(seconds, bool):
        return None
    try:
        return datetime.fromtimestamp(seconds, timezone.utc)
    except (ValueError, OverflowError, OSError):
        return None


def get(path: str, *expand: str, **params: str) -> PaymentRequest:
    """
    :param expand: what is to be given whole instead of by its number.
    """
    whole = {f"expand[{place}]": name for place, name in enumerate(expand)}
    return PaymentRequest("GET", path, params={**params, **whole})


def post(path: str, fields: Mapping[str, Any], key: str = "") -> PaymentRequest:
    """
    :param fields: may be nested; what is empty is left out.
    :param key: the same for every try of the same thing.
    """
    headers = {"Content-Type": FORM}
    if key:
        headers["Idempotency-Key"] = key
    body = urlencode(list(flattened(fields))).encode()
    return PaymentRequest("POST", path, data=body, headers=headers)


def flattened(value: Any, name: str = "") -> Iterator[tuple[str, str]]:
    """
    >>> list(flattened({"a": {"b": [1, True]}, "c": ""}))
    [('a[b][0]', '1'), ('a[b][1]', 'true')]
    """
    if isinstance(value, Mapping):
        inner: Any = value.items()
    elif isinstance(value, (list, tuple)):
        inner = enumerate(value)
    else:
        if value not in ("", None):
            yield name, str(value).lower() if isinstance(value, bool) else str(value)
        return
    for part, item in inner:
        yield from flattened(item, f"{name}[{part}]" if name else str(part))


def numbered(value: str, *prefixes: str) -> str:
    """The number may come from an event, so it must not lead elsewhere.

    >>> numbered("pi_3Abc", "cs", "pi")
    'pi_3Abc'

    :raises PspError: when it isn't one of those.
    """
    if not re.fullmatch(rf"({'|'.join(prefixes)})_\w{{1,255}}", value, re.ASCII):
        raise PspError(f"{value!r} is no number of Stripe's")
    return value


def number_of(payload: Mapping[str, Any], name: str) -> str:
    """Of something that may be given whole, or by its number; '' when there's none."""
    value = payload.get(name)
    value = value.get("id") if isinstance(value, Mapping) else value
    return value if isinstance(value, str) else ""


def items(payload, what: str) -> list[Mapping[str, Any]]:
    """
    :raises PayloadError: when it's no list.
    """
    found = as_object(payload, what).get("data")
    if not isinstance(found, list):
        raise PayloadError(f"the list of {what} can't be read")
    return [as_object(item, what) for item in found]


def next_page(request: PaymentRequest, payload) -> PaymentRequest | None:
    """
    :raises PayloadError: when it's no list.
    """
    found = items(payload, "list")
    if not found or payload.get("has_more") is not True:
        return None
    params = {**request.params, "starting_after": text(found[-1], "id")}
    return replace(request, params=params)
