"""The word for all that one debtor owes."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date  # noqa: F401 -- for the examples
from decimal import Decimal  # noqa: F401 -- for the examples

from .standing import Standing

#: Of a statement: the first that any of its debts has.
OF_STATEMENT = (
    "overdue",
    "partial",
    "open",
    "handed_over",
    "planned",
    "disputed",
    "covered",
    "received",
    "in_progress",
    "held",
    "collected",
    "blocked",
    "withdrawn",
    "credit",
)


def statement(standings: Iterable[Standing]) -> str:
    """The word for all that one debtor owes in one currency: what can be paid comes
    first, and nothing is paid as long as anything is open or on its way.

    >>> from .facts import ATTEMPT, Coming, Due, Facts
    >>> from .standing import standing
    >>> today = date(2026, 11, 28)
    >>> due = Due(today, Decimal(40), Decimal(40))
    >>> one = standing(Facts(dues=(due,), coming=(Coming(ATTEMPT),)), today)
    >>> statement([one]), statement([one, standing(Facts(dues=(due,)), today)])
    ('in_progress', 'open')
    >>> statement([])
    'paid'

    What the creditor owes covers what is asked, and is no news beside it:

    >>> credit = standing(Facts(dues=(Due(today, Decimal(-50), Decimal(-50)),)), today)
    >>> set_off = standing(Facts(dues=(due,), on_account=Decimal(40)), today)
    >>> statement([credit]), statement([credit, set_off])
    ('credit', 'covered')
    """
    return all_of(one.word for one in standings)


def all_of(words: Iterable[str]) -> str:
    """The word for all, from the words of what each currency comes to.

    >>> all_of(["paid", "credit", "in_progress"]), all_of([])
    ('in_progress', 'paid')
    """
    words = set(words)
    return next((word for word in OF_STATEMENT if word in words), "paid")
