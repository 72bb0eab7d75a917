"""Less or more money than the debt that a line names."""

from __future__ import annotations

from dataclasses import replace

from odoo.addons.pom_payment.debt.claims import explain

from ..base import BankLine, Match, Settings
from ..index import Debt, Index
from ..mentions import is_of_payer, mentions, payers
from ..settle import (
    decide,
    decide_with_claims,
    documents,
    money,
    spread,
    whole,
)
from .common import (
    flat,
    is_doubtful,
    is_open,
    named_evidence,
    one_debtor,
    open_with,
    shortage,
    ways,
)


def settle_inexact(
    line: BankLine,
    index: Index,
    settings: Settings,
    debts: tuple[Debt, ...],
    rule: str,
) -> Match | None:
    """Take a part of one debt, or pay all and keep the surplus as a flagged credit.

    Left open: a lump sum on several debts, of which a line may name further ones by the
    end of their number alone; and an amount that is exactly another's.
    """
    if any(is_doubtful(line, index, debt) for debt in debts):
        return None
    match = None
    if shortage(line, debts) < 0:
        match = _pay_more(line, index, settings, debts, rule)
    elif len(debts) == 1:
        match = pay_part(line, index, debts[0], rule, "partial")
    return match if match and _takes_further(match, line, index) else None


def _takes_further(match: Match, line: BankLine, index: Index) -> bool:
    """Tell if nothing is left out that is named by the end of its number alone; or by a
    short form of it, if the surplus is exactly that."""
    said, taken = mentions(line, index), {a.candidate_id for a in match.allocations}
    short = flat((*said.short, *said.bare))
    further = (*said.continued, [d for d in short if d.left == match.remainder])
    return all(
        taken.intersection(item.candidate.id for item in debt.items)
        for debt in flat(further)
        if is_open(debt, line) and debt.currency == match.currency
    )


def pay_part(line: BankLine, index: Index, debt: Debt, rule: str, reason: str) -> Match:
    """Take a part of a debt; flagged unless whole instalments are paid, or what was
    agreed to."""
    allocations = spread(debt, line.money(debt.currency))
    is_agreed = line.money(debt.currency) in debt.first.agreed
    match = decide(
        line,
        rule,
        (debt,),
        allocations,
        named_evidence(line, index),
        reason="agreed_part" if is_agreed else reason,
        difference=money(shortage(line, (debt,)), debt.currency),
    )
    complete = all(a.amount == index.item(a.candidate_id).left for a in allocations)
    return match if complete or is_agreed else replace(match, flag="partial")


def _pay_more(line, index: Index, settings: Settings, debts, rule) -> Match | None:
    """Debts and a surplus; or, when the payer is the debtor, debts and the only others
    of his that the surplus pays exactly."""
    more = _completions(line, index, settings, debts)
    if line.amount < 0 or len(more) > 1:
        return None
    if not more:
        return _surplus(line, index, debts, rule)
    every = (*debts, *more[0])
    if not is_of_payer(debts[0], line, index) or not one_debtor(every):
        return None
    return decide(
        line,
        rule,
        every,
        whole(every),
        named_evidence(line, index),
        reason="completed",
        known=documents(debts),
    )


def _completions(line, index: Index, settings: Settings, debts):
    """Give the ways in which what else the debtor owes, or whoever pays, makes the
    surplus."""
    currency, partners = debts[0].currency, payers(line, index) | {debts[0].partner}
    every = (
        open_with(one, currency, line, index) for one in sorted(partners, key=repr)
    )
    others = [other for other in flat(every) if other not in debts]
    surplus = line.money(currency) - sum(debt.left for debt in debts)
    return ways(tuple(others), surplus, settings)


def _surplus(line: BankLine, index: Index, debts, rule: str) -> Match:
    """What was asked on top is paid first; only the rest is the customer's credit."""
    evidence, more = named_evidence(line, index), -shortage(line, debts)
    paid = explain([claim for debt in debts for claim in debt.claims], more)
    rest = more - sum(one.amount for one in paid)
    if not rest:
        return decide_with_claims(line, rule, debts, paid, evidence)
    match = decide(
        line,
        rule,
        debts,
        whole(debts),
        evidence,
        reason="surplus_claims" if paid else "surplus",
        remainder_as="credit",
        flag="surplus",
        difference=money(rest, debts[0].currency),
    )
    return replace(match, claims=paid)
