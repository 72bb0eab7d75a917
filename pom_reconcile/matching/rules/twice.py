"""The rule on money for what has already been paid."""

from __future__ import annotations

from dataclasses import replace

from odoo.addons.pom_payment.debt.claims import Paid

from ..base import BankLine, Match, Settings
from ..index import Debt, Index
from ..mentions import is_of_payer, mentions, of_evident_debtor
from ..reasons import REASONS
from ..settle import decide
from .common import (
    claims_paid,
    is_open,
    may_be_on_account,
    named,
    named_evidence,
    one_currency,
    one_debtor,
    others_of,
    pays_debts,
    was_paid,
)


def paid_twice(line: BankLine, index: Index, settings: Settings) -> Match | None:
    """A reference or number of which nothing is left: never booked on another debt, but
    kept as the debtor's credit."""
    if line.amount < 0 or not pays_debts(line, index) or mentions(line, index).unknown:
        return None
    debts = of_evident_debtor(named(line, index), line, index)
    if not one_debtor(debts) or not one_currency(debts):
        return None
    if any(is_open(debt, line) or not was_paid(debt, line) for debt in debts):
        return None
    # Who pays what was written off pays a debt.
    if any(debt.given_up for debt in debts) or not _is_again(line, index, debts):
        return None
    evidence = named_evidence(line, index)
    match = decide(
        line,
        "paid_twice",
        debts,
        (),
        evidence,
        remainder_as="credit",
        flag="paid_twice",
    )
    paid = claims_paid(line, debts)
    return with_late_claims(match, paid) if paid else match


def with_late_claims(match: Match, paid: tuple[Paid, ...]) -> Match:
    """What was asked on top, paid after the document itself."""
    return replace(
        match,
        claims=paid,
        remainder_as="claims",
        flag="",
        reason=REASONS["late_claims"],
    )


def _is_again(line: BankLine, index: Index, debts: tuple[Debt, ...]) -> bool:
    """The amount that was paid, or at least no amount that is open elsewhere."""
    amount = line.money(debts[0].currency)
    if may_be_on_account(line, index, debts) or _may_be_collected(line, index, debts):
        return False
    if any(debt.paid == amount for debt in debts):
        return True
    sure = mentions(line, index).references or is_of_payer(debts[0], line, index)
    others = others_of(debts[0], line, index)
    return bool(sure) and all(other.left != amount for other in others)


def _may_be_collected(line: BankLine, index: Index, debts: tuple[Debt, ...]) -> bool:
    """A PSP's payment of this amount waits for its money, and who sent this isn't the
    debtor for sure: it may be that money."""
    if is_of_payer(debts[0], line, index):
        return False
    theirs = index.find("partner", line.company_id, debts[0].partner)
    return any(
        debt.through_psp and debt.left == line.money(debt.currency) for debt in theirs
    )
