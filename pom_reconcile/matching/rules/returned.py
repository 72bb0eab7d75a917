"""The rule on money that goes back: returned direct debits, chargebacks."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from decimal import Decimal

from ..base import ZERO, BankLine, Match, Settings
from ..index import Debt, Index
from ..mentions import mentions, owners
from ..settle import decide, spread_back
from .common import flat, one_currency

#: Why money went back. ISO 20022 external code list "ReturnReason", and the digit of
#: CODA's structured communication 127 (Febelfin 2.6).
CAUSES = {
    "1": "technical problem",
    "2": "no reason given",
    "3": "the debtor disagrees",
    "4": "the debtor's account does not allow it",
    "AC01": "wrong account number",
    "AC04": "account closed",
    "AC06": "account blocked",
    "AC13": "not a consumer's account",
    "AG01": "direct debit forbidden on this account",
    "AG02": "wrong transaction code",
    "AM04": "insufficient funds",
    "AM05": "sent twice",
    "BE05": "creditor unknown",
    "CNOR": "creditor's bank unknown",
    "DNOR": "debtor's bank unknown",
    "DUPL": "sent twice",
    "FF01": "wrong format",
    "FOCR": "cancelled after a request",
    "MD01": "no valid mandate",
    "MD02": "mandate incomplete",
    "MD06": "the debtor asked for a refund",
    "MD07": "the debtor has died",
    "MS02": "refused by the debtor",
    "MS03": "no reason given by the bank",
    "RC01": "wrong bank",
    "RR01": "missing debtor account",
    "RR02": "missing debtor name",
    "RR03": "missing creditor name",
    "RR04": "regulatory reason",
    "SL01": "the debtor's bank does not allow it",
}


def returned(line: BankLine, index: Index, settings: Settings) -> Match | None:
    """Money that went back, and the one debt whose payment it was; or those that one
    payment was for, if all of it went back."""
    reading = index.reading(line)
    targets = _targets(line, index) if reading.returned else _collected(line, index)
    for debts in targets:
        exact = [debt for debt in debts if _is_all(debt, line)]
        usable = exact or [d for d in debts if _fits(d, line, settings)]
        if len(usable) == 1:
            return _reopen(line, usable[0])
        if not exact and _are_all(debts, line, settings):
            return _reopen(line, *debts)
        if usable:
            return None
    return None


def cause(line: BankLine) -> str:
    """Say why money went back."""
    code = line.return_reason.upper()
    return CAUSES.get(code, code or "no reason given")


def _collected(line: BankLine, index: Index) -> Iterable[tuple[Debt, ...]]:
    """Money that goes back under the end-to-end id it came with, without more words."""
    key = index.reading(line).end_to_end_id
    debts = _debts(line, [index.find("end_to_end", line.company_id, key)])
    exact = tuple(debt for debt in debts if _is_all(debt, line))
    yield exact or (debts if _are_all(debts, line) else ())


def _targets(line: BankLine, index: Index) -> Iterable[tuple[Debt, ...]]:
    """Yield what was paid, by the surest evidence first.

    A mandate, an account or a person tells the debtor only: the amount must then be
    exact.
    """
    reading, company = index.reading(line), line.company_id
    named = mentions(line, index)
    tokens = [index.find("token", company, token) for token in reading.tokens]
    yield _debts(line, [index.find("end_to_end", company, reading.end_to_end_id)])
    yield _debts(line, tokens)
    yield _debts(line, named.references)
    yield _debts(line, named.numbers)
    partners = sorted(owners(line, index), key=repr)
    own = [index.find("partner", company, partner) for partner in partners]
    for groups in ([index.find("mandate", company, reading.mandate)], own):
        debts = _debts(line, groups)
        yield tuple(debt for debt in debts if _is_all(debt, line))


def _debts(line: BankLine, groups: Iterable[Iterable[Debt]]) -> tuple[Debt, ...]:
    """Keep what was paid: documents rather than the payments that paid them."""
    debts = [debt for debt in flat(groups) if _paid(debt, line) > 0]
    return tuple(d for d in debts if not d.waiting) or tuple(debts)


def _paid(debt: Debt, line: BankLine) -> Decimal:
    """What was paid of it, against the sign of the line, in a currency they share."""
    amount = line.money(debt.currency)
    if amount is None:
        return ZERO
    return -debt.paid if amount > 0 else debt.paid


def _is_all(debt: Debt, line: BankLine) -> bool:
    paid = _paid(debt, line)
    return paid > 0 and paid == abs(line.money(debt.currency))


def _fits(debt: Debt, line: BankLine, settings: Settings) -> bool:
    """A part of what was paid, or all of it and the bank's costs."""
    more = abs(line.money(debt.currency)) - _paid(debt, line)
    costs = settings.return_costs if settings.fee_account is not None else 0
    return more <= costs


def _are_all(
    debts: tuple[Debt, ...], line: BankLine, settings: Settings | None = None
) -> bool:
    """Tell if what went back is all that was paid of several debts, and no more than
    the bank's costs."""
    if len(debts) < 2 or not one_currency(debts):
        return False
    more = abs(line.money(debts[0].currency)) - sum(_paid(d, line) for d in debts)
    has_account = settings and settings.fee_account is not None
    return 0 <= more <= (settings.return_costs if has_account else 0)


def _reopen(line: BankLine, *debts: Debt) -> Match:
    amount = line.money(debts[0].currency)
    whole = sum(_paid(debt, line) for debt in debts)
    part = min(abs(amount), whole)
    costs = abs(amount) > part
    parts = [part] if len(debts) == 1 else [_paid(debt, line) for debt in debts]
    # Who paid nothing has no discount for paying early either.
    lost = (debt.first.id for debt in debts if debt.taken and part == whole)
    match = decide(
        line,
        "returned",
        debts,
        tuple(
            allocation
            for debt, back in zip(debts, parts, strict=True)
            for allocation in spread_back(debt, back if amount > 0 else -back)
        ),
        (("cause", line.return_reason), ("identifier", line.end_to_end_id)),
        reason="returned_costs" if costs else "returned",
        remainder_as="fee",
        flag="returned",
        cause=cause(line),
    )
    return replace(match, discounted=tuple(lost))
