"""Lists to which one adds a line: of rules, of channels."""

from __future__ import annotations

from collections.abc import Iterable


def by_code(items: Iterable) -> dict:
    """Things that have a ``code``, by that.

    :raises ValueError: when two have the same.
    """
    found: dict = {}
    for item in items:
        if item.code in found:
            raise ValueError(f"two {type(item).__name__}s have the code {item.code!r}")
        found[item.code] = item
    return found
