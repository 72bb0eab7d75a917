"""What was asked on top of debts, and money that is more than the debts."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from itertools import combinations
from typing import NamedTuple

from .facts import ZERO, Claim
from .rest import in_order, total

#: Of so many claims choices are looked through.
MOST = 9


class Paid(NamedTuple):
    """What of a claim is paid."""

    claim: Claim
    amount: Decimal


def claimed(claims: Iterable[Claim]) -> Decimal:
    return total(claim.amount for claim in claims)


def explain(claims: Iterable[Claim], money: Decimal) -> tuple[Paid, ...]:
    """Which claims are paid with money that is more than what the books have open: one
    choice of whole ones if that makes exactly the money, else the first ones as far as
    it reaches. What is more than all of them is nobody's here.

    >>> two = [Claim("interest", Decimal(3)), Claim("costs", Decimal("7.50"))]
    >>> [(paid.claim.kind, str(paid.amount)) for paid in explain(two, Decimal(9))]
    [('costs', '7.50'), ('interest', '1.50')]
    >>> [paid.claim.kind for paid in explain(two, Decimal(3))]
    ['interest']
    >>> explain(two, Decimal(-1))
    ()
    """
    if money <= 0:
        return ()
    ordered = in_order(claims)
    if chosen := exactly(ordered, money):
        return tuple(Paid(claim, claim.amount) for claim in chosen)
    found = []
    for claim in ordered:
        amount = min(claim.amount, money)
        money -= amount
        if amount > 0:
            found.append(Paid(claim, amount))
    return tuple(found)


def exactly(claims: Iterable[Claim], money: Decimal) -> tuple[Claim, ...]:
    """All claims, or else the one choice of some, that are exactly the money; () when
    there is none, or more than one.

    >>> same = [Claim("costs", Decimal(5)), Claim("interest", Decimal(5))]
    >>> exactly(same, Decimal(5))
    ()
    >>> len(exactly(same, Decimal(10)))
    2
    """
    claims = [claim for claim in claims if claim.amount > 0]
    if claims and claimed(claims) == money:
        return tuple(claims)
    # A handful of debts with three kinds each: more are taken in their order.
    if len(claims) > MOST:
        return ()
    found = [
        some
        for size in range(1, len(claims))
        for some in combinations(claims, size)
        if claimed(some) == money
    ]
    return found[0] if len(found) == 1 else ()


def beyond(money: Decimal, lefts: Iterable[Decimal]) -> Decimal:
    """How much money is more than what the books have open of some documents.

    >>> beyond(Decimal("128.50"), [Decimal(121)])
    Decimal('7.50')
    >>> beyond(Decimal(100), [Decimal(121)])
    Decimal('0')
    """
    return max(money - total(lefts), ZERO)


def given_back(
    paid: Iterable[Claim], money: Decimal, back: Decimal
) -> tuple[Paid, ...]:
    """Which claims are given back with a part of the money that paid them: exactly
    those whose amount it is, else only what is more than the documents got.

    :param paid: the claims, with what was paid of each
    :param money: that came in, less what was given back before

    >>> costs = [Claim("costs", Decimal("7.50"))]
    >>> [[str(one.amount) for one in given_back(costs, Decimal("128.50"), Decimal(b))]
    ...  for b in ("7.50", "50", "125", "128.50")]
    [['7.50'], [], ['4.00'], ['7.50']]
    """
    paid = [claim for claim in paid if claim.amount > 0]
    if chosen := exactly(paid, back):
        return tuple(Paid(claim, claim.amount) for claim in chosen)
    return explain(paid, back - (money - claimed(paid)))
