"""Rules on structured references, several of them, and what an invoice is less by."""

from __future__ import annotations

from ..base import BankLine, Match, Settings
from ..index import Debt, Index
from ..mentions import mentions, of_evident_debtor
from ..settle import decide, decide_less_discount, decide_with_claims, whole
from .common import (
    by_entered,
    claims_paid,
    flat,
    is_doubtful,
    is_open,
    is_told,
    less_discount,
    may_be_on_account,
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
    debts = _by_reference(line, index) or _through_psp(line, index)
    if not debts:
        return None
    evidence = named_evidence(line, index)
    if entered := by_entered(line, "exact_reference", debts, evidence):
        return entered
    found = ways(debts, line.money(debts[0].currency), settings)
    if not found and (paid := claims_paid(line, debts)):
        return decide_with_claims(line, "exact_reference", debts, paid, evidence)
    if not found and len(debts) == 1:
        return _less(line, index, settings, debts)
    if len(found) != 1 or _paid_by_another(line, index, found[0]):
        return None
    if may_be_on_account(line, index, found[0]):
        return None
    return decide(line, "exact_reference", found[0], whole(found[0]), evidence)


def several_references(
    line: BankLine, index: Index, settings: Settings
) -> Match | None:
    """Several references or numbers, whose open amounts sum to the money."""
    said = mentions(line, index)
    if not pays_debts(line, index) and not _bears_references(line, index):
        return None
    for groups in (said.sure, (*said.sure, *said.continued)):
        debts = one_of_each(groups)
        if not debts or not is_told(line, debts) or _under_way(line, index, debts):
            continue
        evidence = tuple(("document", debt.first.name) for debt in debts)
        if sum(d.left for d in debts) == line.money(debts[0].currency):
            return decide(line, "several_references", debts, whole(debts), evidence)
        rule = "several_references"
        if off := less_discount(line, settings, debts):
            return decide_less_discount(line, rule, debts, off, evidence)
        if paid := claims_paid(line, debts):
            return decide_with_claims(line, rule, debts, paid, evidence)
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
    if not one_debtor(debts) or mentions(line, index).unknown:
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
    return open_named(line, index) if mentions(line, index).references else ()


def _through_psp(line: BankLine, index: Index) -> tuple[Debt, ...]:
    """Give the one debt, exactly paid, whose reference a PSP's money bears: its payment
    was never told to us, nor is one under way."""
    if not _bears_references(line, index):
        return ()
    debts = tuple(debt for debt in named(line, index) if is_open(debt, line))
    if len(debts) != 1 or _under_way(line, index, debts) or shortage(line, debts):
        return ()
    return debts


def _bears_references(line: BankLine, index: Index) -> bool:
    """A PSP's money that bears structured references, as a payer's own would."""
    reading, said = index.reading(line), mentions(line, index)
    return bool(
        reading.payout
        and said.references
        and not (reading.returned or said.unknown or line.payout_items)
    )


def _under_way(line: BankLine, index: Index, debts: tuple[Debt, ...]) -> bool:
    """Tell if a PSP's payment may still be told that this money belongs to."""
    payout = index.reading(line).payout
    return payout and any(debt.first.under_way for debt in debts)


def _paid_by_another(line: BankLine, index: Index, chosen: tuple[Debt, ...]) -> bool:
    """Two debtors share a reference: the other one may be paying this amount again."""
    amount = line.money(chosen[0].currency)
    return any(
        debt.partner != chosen[0].partner
        and was_paid(debt, line)
        and debt.paid == amount
        for debt in of_evident_debtor(named(line, index), line, index)
    )


def _less(line, index: Index, settings: Settings, debts) -> Match | None:
    """One debt less its discount for early payment, or within the tolerance."""
    evidence = named_evidence(line, index)
    if off := less_discount(line, settings, debts):
        return decide_less_discount(line, "exact_reference", debts, off, evidence)
    if abs(shortage(line, debts)) > settings.rounding_tolerance:
        return None
    return decide(
        line,
        "exact_reference",
        debts,
        whole(debts),
        evidence,
        reason="rounding",
        remainder_as="rounding",
    )
