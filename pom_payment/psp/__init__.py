"""The payment service providers that we speak to ourselves.

To add one: write its module, and add an instance of its adapter to the list.

Mollie has an adapter too, but isn't in the list: its code is that of core's provider.
The addon ``pom_payment_mollie``, which is installed where both are, brings it in with
``payment.provider._pom_adapters``.
"""

from collections.abc import Iterable

from .bancontact_pro import BancontactPro
from .base import Adapter


def register(adapters: Iterable[Adapter]) -> dict[str, Adapter]:
    """Adapters by their code.

    :raises ValueError: when two have the same code.
    """
    by_code: dict[str, Adapter] = {}
    for adapter in adapters:
        if adapter.code in by_code:
            raise ValueError(f"two adapters are called {adapter.code!r}")
        by_code[adapter.code] = adapter
    return by_code


ADAPTERS = register(
    [
        BancontactPro(),
    ]
)
