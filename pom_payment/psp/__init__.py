"""What speaks to payment service providers.

The engine knows none of them. Each has an addon of its own with an adapter in
``psp/adapter.py``, which enters the list in ``payment.provider._pom_adapters``.
"""

from collections.abc import Mapping

from .base import Adapter


def register(adapters: Mapping[str, Adapter], adapter: Adapter) -> dict[str, Adapter]:
    """Adapters by their code, with one more.

    :raises ValueError: when there is one of that code already.
    """
    if adapter.code in adapters:
        raise ValueError(f"two adapters are called {adapter.code!r}")
    return {**adapters, adapter.code: adapter}
