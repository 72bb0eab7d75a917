"""From decisions to journal items, without Odoo."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from ..matching.base import Allocation, Candidate, Match

#: Rule of a decision that a person took from the suggestions.
BY_HAND = "by_hand"


@dataclass
class Found:
    """Candidates of a batch, and what booking needs to know of each beyond matching.

    :ivar accounts, partners: by id of the candidate.
    """

    candidates: list[Candidate] = field(default_factory=list)
    accounts: dict[int, int] = field(default_factory=dict)
    partners: dict[int, int] = field(default_factory=dict)

    def by_id(self) -> dict[int, Candidate]:
        return {candidate.id: candidate for candidate in self.candidates}


@dataclass
class Item:
    """A journal item to be made of (a part of) a bank line.

    :ivar amount: signed like the line, in the currency of the match.
    :ivar settles: ids of the journal items that it is reconciled with.
    :ivar more: further values of the journal item, such as taxes.
    """

    account_id: int
    partner_id: int | None
    amount: Decimal
    settles: list[int] = field(default_factory=list)
    more: dict = field(default_factory=dict)


@dataclass
class Posting:
    """A decision and the journal items that carry it out.

    :ivar line: the bank line, once there is one.
    :ivar former: what undoing needs to know.
    :ivar error: why it wasn't booked, or ''.
    """

    match: Match
    items: list[Item]
    line: Any = None
    former: dict = field(default_factory=dict)
    error: str = ""

    @property
    def direct(self) -> bool:
        """Whether the whole line goes to one account, with nothing else to say."""
        return len(self.items) == 1 and not self.items[0].more

    @property
    def partner_id(self) -> int | None:
        partners = {item.partner_id for item in self.items if item.partner_id}
        return partners.pop() if len(partners) == 1 else None

    @property
    def settles(self) -> list[int]:
        return [item_id for item in self.items for item_id in item.settles]


def settling_items(match: Match, found: Found) -> list[Item]:
    """Give one item per account and partner; a payout has one for the payments of all
    debtors."""
    partners = {found.partners[a.candidate_id] for a in match.allocations}
    candidates = found.by_id() if len(partners) > 1 else {}
    items: dict[tuple, Item] = {}
    for allocation in match.allocations:
        candidate = candidates.get(allocation.candidate_id)
        collected = candidate is not None and candidate.kind == "payment"
        key = _place(allocation, found, collected)
        item = items.setdefault(key, Item(*key, Decimal(0)))
        item.amount += allocation.amount
        item.settles.append(allocation.candidate_id)
    return list(items.values())


def _place(allocation: Allocation, found: Found, collected: bool) -> tuple:
    partner = None if collected else found.partners[allocation.candidate_id]
    return found.accounts[allocation.candidate_id], partner


def shares(
    total: Decimal, items: Iterable[Item], balance: float, rounded: Callable
) -> list[float]:
    """Divide a balance in proportion to the items, the rounding on the last.

    >>> items = [Item(1, None, Decimal(1)), Item(2, None, Decimal(2))]
    >>> shares(Decimal(3), items, -100.0, lambda amount: round(amount, 2))
    [-33.33, -66.67]
    """
    items = list(items)
    parts = [rounded(balance * float(item.amount / total)) for item in items[:-1]]
    return [*parts, rounded(balance - sum(parts))]
