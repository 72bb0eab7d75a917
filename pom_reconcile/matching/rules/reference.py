"""Rules on structured references, several of them, and what an invoice is less by."""

from __future__ import annotations

from ..base import ZERO, BankLine, Match, Settings
from ..claim import claim, of_evident_debtor
from ..index import Debt, Index
from ..settle import decide, whole
from .common import (
    flat,
    is_doubtful,
    named,
    named_evidence,
    one_currency,
    one_debtor,
    open_named,
    others_of,
    pays_debts,
    shortage,
    was_paid,
    ways,
)
from .inexact import pay_part, settle_inexact


def exact_reference(line: BankLine, index: Index, settings: Settings) -> Match | None:
    """A structured reference, and exactly its amount.

    A debtor's own reference may bear several debts: then exactly one choice of them
    must make the amount.
    """
    debts = _by_reference(line, index)
    if not debts:
        return None
    found = ways(debts, line.money(debts[0].currency), settings)
    if not found and len(debts) == 1:
        return _within_tolerance(line, index, settings, debts[0])
    if len(found) != 1 or _paid_by_another(line, index, found[0]):
        return None
    evidence = named_evidence(line, index)
    return decide(line, "exact_reference", found[0], whole(found[0]), evidence)


def several_references(
    line: BankLine, index: Index, settings: Settings
) -> Match | None:
    """Several references or numbers, whose open amounts sum to the money."""
    if not pays_debts(line, index):
        return None
    said = claim(line, index)
    for groups in (said.sure, (*said.sure, *said.continued)):
        debts = one_of_each(groups)
        if debts and sum(d.left for d in debts) == line.money(debts[0].currency):
            evidence = tuple(("document", debt.first.name) for debt in debts)
            return decide(line, "several_references", debts, whole(debts), evidence)
    return None


def instalment(line: BankLine, index: Index, settings: Settings) -> Match | None:
    """A part of an invoice that is paid by instalments."""
    debts = _by_reference(line, index)
    if len(debts) != 1 or len(debts[0].items) == 1 or shortage(line, debts) <= 0:
        return None
    match = pay_part(line, index, debts[0], "instalment", "instalment")
    if match.flag and is_doubtful(line, index, debts[0]):
        return None
    return match


def netted(line: BankLine, index: Index, settings: Settings) -> Match | None:
    """The debt named, less credits of the same debtor that exactly explain the rest."""
    debts = open_named(line, index)
    if len(debts) != 1 or shortage(line, debts) <= 0:
        return None
    amount = line.money(debts[0].currency)
    credits = [o for o in others_of(debts[0], line, index) if o.left * amount < 0]
    found = ways(tuple(credits), amount - debts[0].left, settings)
    if len(found) != 1 or is_doubtful(line, index, debts[0]):
        return None
    every = (debts[0], *found[0])
    return decide(line, "netted", every, whole(every), named_evidence(line, index))


def inexact_reference(line: BankLine, index: Index, settings: Settings) -> Match | None:
    """A structured reference, and less or more than its amount."""
    debts = _by_reference(line, index)
    if not one_debtor(debts) or claim(line, index).unknown:
        return None
    if ways(debts, line.money(debts[0].currency), settings):
        return None
    return settle_inexact(line, index, settings, debts, "inexact_reference")


def one_of_each(groups: tuple[tuple[Debt, ...], ...]) -> tuple[Debt, ...]:
    """Give what is left under each of several references, if that is one debt each and
    two at least."""
    left = [[debt for debt in group if debt.left] for group in groups]
    debts = flat(left)
    if len(debts) < 2 or any(len(group) > 1 for group in left):
        return ()
    return debts if one_currency(debts) else ()


def _by_reference(line: BankLine, index: Index) -> tuple[Debt, ...]:
    return open_named(line, index) if claim(line, index).references else ()


def _paid_by_another(line: BankLine, index: Index, chosen: tuple[Debt, ...]) -> bool:
    """Two debtors share a reference: the other one may be paying this amount again."""
    amount = line.money(chosen[0].currency)
    return any(
        debt.partner != chosen[0].partner
        and was_paid(debt, line)
        and debt.paid == amount
        for debt in of_evident_debtor(named(line, index), line, index)
    )


def _within_tolerance(line, index, settings: Settings, debt: Debt) -> Match | None:
    short = shortage(line, (debt,))
    if settings.early_payment_discount and short == _discount(debt, line) != ZERO:
        kind, reason = "discount", "early_discount"
    elif abs(short) <= settings.rounding_tolerance:
        kind, reason = "rounding", "rounding"
    else:
        return None
    return decide(
        line,
        "exact_reference",
        (debt,),
        whole((debt,)),
        named_evidence(line, index),
        reason=reason,
        remainder_as=kind,
    )


def _discount(debt: Debt, line: BankLine):
    first = debt.first
    in_time = first.discount_date is not None and line.date <= first.discount_date
    return first.discount_amount if in_time else ZERO
