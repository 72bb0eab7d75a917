"""What is left of a debt when all that is on its way has arrived: by day, and to whom
it is still open.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from itertools import groupby
from typing import NamedTuple

from .facts import (
    ATTEMPT,
    CLAIM_KINDS,
    COLLECTED,
    ZERO,
    Claim,
    Discount,
    Due,
    Facts,
)


def total(amounts: Iterable[Decimal]) -> Decimal:
    return sum(amounts, ZERO)


class Rest(NamedTuple):
    """What is unpaid and not on its way.

    :param parts: by day: what nobody collects, or all when all is collected.
    :param sum: of these parts.
    :param claimed: what is asked on top of that.
    :param disputed: what of ``sum`` the debtor contests.
    :param spread: whether the debt has parts on several days, paid ones too.
    :param is_collected: whether the creditor collects all of it.
    """

    parts: tuple[Due, ...]
    sum: Decimal
    claimed: Decimal
    disputed: Decimal
    spread: bool
    is_collected: bool

    @property
    def most(self) -> Decimal:
        """What may be paid."""
        return self.sum + self.claimed


def rest_of(facts: Facts, left: Decimal) -> Rest:
    """
    :param left: what the books have open, above zero.
    """
    unpaid, free = unpaid_and_free(facts, left)
    parts = free or unpaid
    rest = total(part.left for part in parts)
    claimed = total(claim.amount for claim in facts.claims) if rest else ZERO
    disputed = min(facts.disputed, rest)
    return Rest(
        parts,
        rest,
        claimed,
        disputed,
        len(_by_day(facts)) > 1,
        bool(unpaid) and not free,
    )


def collected_days(facts: Facts) -> set[date]:
    """Of the parts that the creditor collects whole."""
    left = total(due.left for due in facts.dues)
    unpaid, free = unpaid_and_free(facts, left)
    return {part.day for part in unpaid} - {part.day for part in free}


def unpaid_and_free(facts: Facts, left: Decimal) -> tuple[tuple[Due, ...], ...]:
    """The parts that aren't on their way, and those of them that nobody collects."""
    unpaid = after(_by_day(facts), _on_its_way(facts, left))
    return unpaid, _uncollected(facts, unpaid)


def _by_day(facts: Facts) -> tuple[Due, ...]:
    """What is to be paid on each day."""
    days = groupby(sorted(facts.plan or facts.dues), lambda due: due.day)
    return tuple(
        Due(day, total(due.amount for due in dues), total(due.left for due in dues))
        for day, dues in ((day, tuple(dues)) for day, dues in days)
    )


def _on_its_way(facts: Facts, left: Decimal) -> Decimal:
    """How much of what is left needs no second payment; what the creditor collects is
    still unpaid.
    """
    money = [one for one in facts.coming if one.kind not in {ATTEMPT, *COLLECTED}]
    if any(one.amount is None for one in money):
        return left
    known = total(one.amount for one in money)
    discount = granted(facts, left)
    in_time = discount and all(
        one.day is None or one.day <= discount.until for one in money
    )
    if in_time and known >= left - discount.off:
        return left
    return min(known, left)


def _uncollected(facts: Facts, unpaid: Sequence[Due]) -> tuple[Due, ...]:
    """What the creditor doesn't collect. Money for one part is none for another: that
    the second will be collected doesn't pay the first, of which it failed.
    """
    money = [one for one in facts.coming if one.kind in COLLECTED]
    if any(one.amount is None for one in money):
        return ()
    taken = defaultdict(Decimal)
    days = {part.day for part in unpaid}
    for one in money:
        taken[one.part if one.part in days else None] += one.amount
    parts = [
        part._replace(left=part.left - min(taken[part.day], part.left))
        for part in unpaid
    ]
    return after(parts, taken[None])


def after(dues: Sequence[Due], money: Decimal) -> tuple[Due, ...]:
    """What is unpaid when this money has paid the oldest parts first."""
    rest = []
    # What the creditor owes on one day pays the others.
    money -= total(due.left for due in dues if due.left < 0)
    for due in dues:
        paid = max(min(money, due.left), ZERO)
        money -= paid
        if due.left > paid:
            rest.append(due._replace(left=due.left - paid))
    return tuple(rest)


def is_begun(facts: Facts) -> bool:
    """Whether a part was paid, or is on its way."""
    is_coming = any(money.kind not in COLLECTED for money in facts.coming)
    return is_coming or any(due.left != due.amount for due in facts.dues)


def granted(facts: Facts, left: Decimal) -> Discount | None:
    """The discount, if nothing was paid yet and it's less than what is left; whether
    its day has passed, the caller looks.
    """
    discount = facts.discount
    if not discount or any(due.left != due.amount for due in facts.dues):
        return None
    return discount if discount.off < left else None


def in_order(claims: Iterable[Claim]) -> tuple[Claim, ...]:
    """As money is set against them, whatever their order."""
    return tuple(sorted(claims, key=_place))


def _place(claim: Claim) -> tuple:
    kind = CLAIM_KINDS.index(claim.kind)
    return kind, claim.amount, str(claim.day), str(claim.key)
