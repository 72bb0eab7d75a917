"""What every provider is put through, in a list: see ``paying``, ``going_back`` and
``people``.
"""

from collections.abc import Callable
from typing import Any, NamedTuple


class Situation(NamedTuple):
    """
    :param title: what is promised, as the table in README says it.
    :param needs: what there must be at the provider, or it doesn't apply.
    :param play: plays it on a rig, and fails where the promise isn't kept.
    """

    name: str
    title: str
    needs: frozenset[str]
    play: Callable[[Any], None]


#: By name, in the order of the table.
SITUATIONS: dict[str, Situation] = {}


def situation(title: str, *needs: str):
    def decorator(play):
        if play.__name__ in SITUATIONS:
            raise ValueError(f"two situations are called {play.__name__!r}")
        SITUATIONS[play.__name__] = Situation(
            play.__name__, title, frozenset(needs), play
        )
        return play

    return decorator
