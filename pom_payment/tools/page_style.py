"""How one debtor's page differs from the usual one: what a test tries."""

from collections.abc import Sequence
from typing import Any, NamedTuple


class PageStyle(NamedTuple):
    """
    :param color: of the button, instead of the company's.
    :param button: words on the first button, instead of the usual ones.
    :param first_way: name of the way to pay that comes first.
    :param transfer_first: the bank transfer comes before all others.
    """

    color: str = ""
    button: str = ""
    first_way: str = ""
    transfer_first: bool = False

    def ordered(self, ways: Sequence[Any]) -> list[Any]:
        """
        :param ways: each with a ``label``

        >>> class Way(NamedTuple):
        ...     label: str
        >>> ways = [Way("Bancontact"), Way("Card"), Way("iDEAL")]
        >>> [way.label for way in PageStyle(first_way="card").ordered(ways)]
        ['Card', 'Bancontact', 'iDEAL']
        >>> PageStyle().ordered(ways) == ways
        True
        """
        wanted = self.first_way.strip().casefold()
        return sorted(ways, key=lambda way: way.label.casefold() != wanted)
