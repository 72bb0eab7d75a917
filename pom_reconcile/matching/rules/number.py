"""Rules on document numbers in free text: a number and a second evidence."""

from __future__ import annotations

from ..base import BankLine, Match, Settings
from ..index import Debt, Index
from ..mentions import is_of_payer, mentions
from ..numbers import is_telling
from ..settle import decide, decide_less_discount, decide_with_claims, whole
from .common import (
    by_entered,
    claims_paid,
    flat,
    is_open,
    less_discount,
    may_be_on_account,
    named_evidence,
    one_debtor,
    open_named,
    pays_debts,
    was_paid_so,
    ways,
)
from .inexact import settle_inexact
from .reference import one_of_each


def invoice_number(line: BankLine, index: Index, settings: Settings) -> Match | None:
    """A full number, with the amount or else the payer as second evidence."""
    debts = () if mentions(line, index).references else open_named(line, index)
    if not debts:
        return None
    evidence = named_evidence(line, index)
    if entered := by_entered(line, "invoice_number", debts, evidence):
        return entered
    found = ways(debts, line.money(debts[0].currency), settings)
    if len(found) == 1 and not may_be_on_account(line, index, found[0]):
        return decide(line, "invoice_number", found[0], whole(found[0]), evidence)
    if not found and (off := less_discount(line, settings, debts)):
        return decide_less_discount(line, "invoice_number", debts, off, evidence)
    if not found and (paid := claims_paid(line, debts)):
        return decide_with_claims(line, "invoice_number", debts, paid, evidence)
    if found or not one_debtor(debts) or not is_of_payer(debts[0], line, index):
        return None
    if not all(is_telling(debt.first.name) for debt in debts):
        return None
    return settle_inexact(line, index, settings, debts, "invoice_number")


def short_number(line: BankLine, index: Index, settings: Settings) -> Match | None:
    """A number without its prefix, and exactly its amount."""
    said = mentions(line, index)
    if said.sure or said.unknown or not pays_debts(line, index):
        return None
    if any(was_paid_so(debt, line) for debt in flat((*said.short, *said.bare))):
        return None
    found = _of_amount(flat(said.short), line) or _of_amount(flat(said.bare), line)
    together = one_of_each(said.short)
    if not found and together and _sum_is_amount(together, line):
        found = together
    elif len(found) != 1:
        return None
    evidence = tuple(("number", debt.first.name) for debt in found)
    return decide(line, "short_number", found, whole(found), evidence)


def _of_amount(debts: tuple[Debt, ...], line: BankLine) -> tuple[Debt, ...]:
    return tuple(
        debt
        for debt in debts
        if is_open(debt, line)
        and debt.left == line.money(debt.currency)
        and debt.issued_by(line.date)
    )


def _sum_is_amount(debts: tuple[Debt, ...], line: BankLine) -> bool:
    return sum(debt.left for debt in debts) == line.money(debts[0].currency)
