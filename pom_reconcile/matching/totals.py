"""Totals whose payments the bank lists elsewhere: decided part by part."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from decimal import Decimal

from .base import Allocation, BankLine, Match
from .reasons import REASONS
from .settle import DEFAULTS, money


def parts_of(totals: Iterable[BankLine]) -> list[BankLine]:
    """Give the parts as lines of their own, under numbers below zero."""
    parts = [
        replace(
            part,
            date=total.date,
            company_id=total.company_id,
            picked=total.picked,
            group=total.group,
        )
        for total in totals
        for part in total.parts
    ]
    return [replace(part, id=-number) for number, part in enumerate(parts, 1)]


def join(totals: Iterable[BankLine], matches: Mapping) -> dict:
    """Give the decision on each total whose parts are all exactly decided, by its id.

    :param matches: of the parts of all these totals, by the ids of :func:`parts_of`.
    """
    joined, number = {}, 0
    for total in totals:
        numbers = range(number + 1, number + len(total.parts) + 1)
        number += len(total.parts)
        found = [matches[-n] for n in numbers]
        if all(map(is_exact, found)) and {m.currency for m in found} == {
            total.currency
        }:
            joined[total.id] = _joined(total, found)
    return joined


def is_exact(match: Match) -> bool:
    """Tell if a decision settles whole debts, or a whole part, and nothing is odd."""
    is_whole = not match.remainder or match.remainder_as == "claims"
    return match.decided and is_whole and not match.flag


def _joined(total: BankLine, found: list[Match]) -> Match:
    amounts: dict = {}
    for allocation in (a for match in found for a in match.allocations):
        known = amounts.get(allocation.candidate_id, Decimal(0))
        amounts[allocation.candidate_id] = known + allocation.amount
    partners = {match.partner_id for match in found}
    claims = tuple(paid for match in found for paid in match.claims)
    charges = sum((match.charges for match in found), Decimal(0))
    kept = {"charges": money(charges, total.currency)} if charges else {}
    named = ", ".join(match.values["documents"] for match in found)
    return Match(
        line_id=total.id,
        rule="details",
        allocations=tuple(Allocation(*pair) for pair in amounts.items()),
        remainder=sum((paid.amount for paid in claims), Decimal(0)),
        remainder_as="claims" if claims else "",
        claims=claims,
        charges=charges,
        currency=total.currency,
        partner_id=partners.pop() if len(partners) == 1 else None,
        evidence=tuple(pair for match in found for pair in match.evidence),
        reason=REASONS["details" if len(found) > 1 else "details_of_one"],
        values={"documents": named, "count": str(len(found)), **DEFAULTS, **kept},
        stage=max(match.stage for match in found),
    )
