"""Money that banks kept some of, as the bank tells: it pays what was given for it."""

from __future__ import annotations

from dataclasses import replace

from .base import BankLine, Match, Suggestion
from .reasons import REASONS
from .settle import money


def gross(line: BankLine) -> BankLine:
    """Give the line with what whoever paid gave.

    >>> from datetime import date
    >>> from decimal import Decimal
    >>> line = BankLine(1, Decimal("487.50"), "EUR", date(2026, 11, 22),
    ...     charges=Decimal("12.50"))
    >>> gross(line).amount
    Decimal('500.00')
    """
    return replace(line, amount=line.amount + line.charges)


def less_charges(line: BankLine, match: Match) -> Match:
    """Give the decision on the line, from the one on what was given for it."""
    values = {**match.values, "charges": money(line.charges, line.currency)}
    return replace(match, charges=line.charges, values=values)


def without_account(left: Match, line: BankLine, match: Match) -> Match:
    """Give the line left open to a person: there's no account for the charges.

    :param left: how it would be left without them.
    :param match: what would be decided.
    """
    difference = money(line.charges, line.currency)
    values = {**match.values, "difference": difference}
    suggestions = left.suggestions
    if not match.flag and not match.remainder:
        rest = line.amount - sum(part.amount for part in match.allocations)
        reason = REASONS["suggest_charges"]
        first = Suggestion(match.allocations, rest, reason, values)
        suggestions = (first, *suggestions)
    return replace(
        left,
        reason=REASONS["no_charges_account"],
        values=values,
        suggestions=suggestions,
    )
