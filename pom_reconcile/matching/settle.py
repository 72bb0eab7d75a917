"""Builds decisions: what goes to which item, and the sentence that says why."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from decimal import Decimal
from itertools import accumulate

from odoo.addons.pom_payment.debt.claims import Paid
from odoo.addons.pom_payment.tools.references import spelled

from .base import ZERO, Allocation, BankLine, Match
from .index import Debt, Item
from .reasons import REASONS

_SHOWN = 6  # documents named in a sentence

#: What only booking can say better.
DEFAULTS = {"account": "fees"}


def money(amount: Decimal, currency: str) -> str:
    """Spell an amount for a sentence.

    >>> money(Decimal("-12.5"), "EUR")
    '12.50 EUR'
    """
    return f"{abs(amount):.2f} {currency}".rstrip()


def documents(debts: Iterable[Debt]) -> str:
    """Name some documents, the first ones at least."""
    names = [debt.first.name or str(debt.first.id) for debt in debts]
    more = f" … ({len(names)})" if len(names) > _SHOWN else ""
    return ", ".join(names[:_SHOWN]) + more


def sentence_values(
    line: BankLine, debts: Iterable[Debt], evidence: str, difference: Decimal = ZERO
) -> dict[str, str]:
    """Give the values that reasons are filled with."""
    return {
        "documents": documents(debts),
        "evidence": evidence,
        "difference": money(difference, line.currency),
    }


def whole(debts: Iterable[Debt]) -> tuple[Allocation, ...]:
    """Allocate all that is left of some debts."""
    return tuple(
        Allocation(item.candidate.id, item.left)
        for debt in debts
        for item in debt.items
        if item.left
    )


def spread(debt: Debt, amount: Decimal) -> tuple[Allocation, ...]:
    """Allocate a part of a debt: to the oldest due first if that makes whole
    instalments, else to the one of this amount, else to the oldest due first."""
    return _share([(item, item.left) for item in debt.items], amount)


def spread_back(debt: Debt, amount: Decimal) -> tuple[Allocation, ...]:
    """Give back a part of what was paid of a debt: on the instalment of this amount,
    else from the last one backwards. ``amount`` has the sign of the line."""
    return _share([(item, -item.paid) for item in reversed(debt.items)], amount)


def _share(parts: list[tuple[Item, Decimal]], amount: Decimal):
    exact = [item for item, most in parts if most == amount]
    if exact and not _makes_whole(parts, amount):
        return (Allocation(exact[0].candidate.id, amount),)
    return tuple(_in_order(parts, amount))


def _makes_whole(parts: list[tuple[Item, Decimal]], amount: Decimal) -> bool:
    """Tell if the first of these parts are exactly the amount."""
    return amount in accumulate(most for _item, most in parts)


def _in_order(parts: list[tuple[Item, Decimal]], amount: Decimal):
    for item, most in parts:
        if amount * most > 0:
            part = min(most, amount, key=abs)
            yield Allocation(item.candidate.id, part)
            amount -= part


def decide(
    line: BankLine,
    rule: str,
    debts: tuple[Debt, ...],
    allocations: tuple[Allocation, ...],
    evidence: tuple[tuple[str, str], ...],
    reason: str = "",
    remainder_as: str = "",
    flag: str = "",
    sentence: str = "",
    **values: str,
) -> Match:
    """Build a decision whose sums are right by construction.

    :param rule: its code.
    :param debts: what the sentence names; all in one currency.
    :param allocations: what goes to each item; the rest of the money, or what is
        lacking, is the remainder.
    :param evidence: what it rests on, as ``(kind, value)``.
    :param remainder_as: one of :data:`.base.REMAINDERS`, if there is a remainder.
    :param flag: one of :data:`.base.FLAGS`.
    :param reason: key of :data:`REASONS`, the rule's own by default.
    :param sentence: instead of a reason, of a rule that another addon adds; that
        translates it in ``pom.match._sentence``.
    :param values: what the sentence says beyond :func:`sentence_values`.
    """
    currency = debts[0].currency
    given = sum((a.amount for a in allocations), ZERO)
    remainder = line.money(currency) - given
    named = ", ".join(dict.fromkeys(_spelt(*pair) for pair in evidence if pair[1]))
    return Match(
        line_id=line.id,
        rule=rule,
        allocations=allocations,
        remainder=remainder,
        remainder_as=remainder_as if remainder else "",
        currency=currency,
        flag=flag,
        partner_id=_only({debt.first.partner_id for debt in debts}),
        evidence=evidence,
        reason=sentence or REASONS[reason or rule],
        values={**sentence_values(line, debts, named, remainder), **DEFAULTS, **values},
    )


def decide_less_discount(
    line: BankLine,
    rule: str,
    debts: tuple[Debt, ...],
    discounted: tuple[Debt, ...],
    evidence: tuple[tuple[str, str], ...],
    reason: str = "early_discount",
) -> Match:
    """Settle debts with what is due of them before a day.

    :param discounted: those of them that a discount is due on.
    """
    items = tuple(debt.first.id for debt in discounted)
    match = _settle(line, rule, debts, evidence, reason, "discount")
    return replace(match, discounted=items)


def decide_with_claims(
    line: BankLine,
    rule: str,
    debts: tuple[Debt, ...],
    paid: tuple[Paid, ...],
    evidence: tuple[tuple[str, str], ...],
    reason: str = "with_claims",
) -> Match:
    """Settle debts with money that is more by what was asked on top of them.

    :param paid: what of which claim.
    """
    return replace(_settle(line, rule, debts, evidence, reason, "claims"), claims=paid)


def _settle(line, rule: str, debts, evidence, reason: str, remainder_as: str) -> Match:
    """Settle whole debts, and say what the rest is."""
    allocations = whole(debts)
    return decide(
        line, rule, debts, allocations, evidence, reason, remainder_as=remainder_as
    )


def _spelt(kind: str, value: str) -> str:
    return spelled(value) if kind == "reference" else value


def _only(values: set):
    return next(iter(values)) if len(values) == 1 else None
