"""Which wallets a device has: a debtor is shown those that can be paid with on it, and
first, since they take one touch. All others are one touch too many.

A wallet that a provider shows on its own page beside its cards, as Mollie and Stripe do
with Google Pay, is no way of its own here.

Source: https://support.apple.com/102896 (on iPhones and iPads in every browser since
iOS 16, on Macs in Safari).
"""

from collections.abc import Callable, Iterable, Mapping
from types import MappingProxyType
from typing import Any

#: Which a Mac's browser other than Safari says of itself, among others.
NOT_SAFARI = ("Chrome/", "Chromium/", "Edg/", "Firefox/", "OPR/")


def _has_apple_pay(agent: str) -> bool:
    """
    >>> _has_apple_pay("(iPhone; CPU iPhone OS 18_5 like Mac OS X) CriOS/140")
    True
    >>> safari = "(Macintosh; Intel Mac OS X 10_15_7) Version/18.5 Safari/605"
    >>> _has_apple_pay(safari), _has_apple_pay(safari.replace("Version", "Chrome"))
    (True, False)
    """
    if "iPhone" in agent or "iPad" in agent:
        return True
    is_safari = "Safari/" in agent and not any(word in agent for word in NOT_SAFARI)
    return "Macintosh" in agent and is_safari


#: Whether a browser's device has it, by core's code of the method.
WALLETS: Mapping[str, Callable[[str], bool]] = MappingProxyType(
    {"apple_pay": _has_apple_pay}
)


def on_this_device(ways: Iterable[Any], agent: str) -> list[Any]:
    """Its wallets first, and none that it hasn't.

    :param ways: each with the ``code`` of its method
    :param agent: what the browser says of itself

    >>> class Way:
    ...     def __init__(self, code):
    ...         self.code = code
    >>> ways = [Way("card"), Way("apple_pay")]
    >>> [way.code for way in on_this_device(ways, "Mozilla/5.0 (iPhone)")]
    ['apple_pay', 'card']
    >>> [way.code for way in on_this_device(ways, "Mozilla/5.0 (Linux; Android 16)")]
    ['card']
    """
    here = [way for way in ways if way.code not in WALLETS or WALLETS[way.code](agent)]
    return sorted(here, key=lambda way: way.code not in WALLETS)
