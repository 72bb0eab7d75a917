"""Rules on payments that were booked before and wait for their money."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from ..base import BankLine, Match, Settings
from ..index import Debt, Index
from ..mentions import mentions, payers
from ..settle import decide, money, whole
from ..text import canonical
from .common import flat, is_open, named, named_evidence, one_currency

_HUNDRED = Decimal(100)


def waiting_payment(line: BankLine, index: Index, settings: Settings) -> Match | None:
    """An identifier that only this payment has, or in a PSP's line the reference of
    what it was collected for, and exactly its amount: the payment is settled, not its
    invoice a second time."""
    if index.reading(line).returned:
        return None
    debts = _exact(identified_payments(line, index), line)
    if len(debts) == 1:
        first = debts[0].first
        evidence = (("identifier", first.provider_reference or first.end_to_end_id),)
    else:
        debts = debts or _collected(line, index)
        evidence = named_evidence(line, index)
    if len(debts) != 1:
        return None
    return decide(line, "waiting_payment", debts, whole(debts), evidence)


def payout(line: BankLine, index: Index, settings: Settings) -> Match | None:
    """Payments collected by a PSP against the net money of its payout.

    The payments must be told: by the PSP's list, by their references in the text, or by
    the payout's own reference. The difference is the fee.
    """
    if index.reading(line).returned:
        return None
    debts = payments_in_payout(line, index)
    if not debts:
        return None
    gross = sum(debt.left for debt in debts)
    fee = gross - line.money(debts[0].currency)
    if fee and not (_has_account(debts, settings) and _is_fee(fee, debts, settings)):
        return None
    paid = "payout_of_one" if len(debts) == 1 else "payout"
    return decide(
        line,
        "payout",
        debts,
        whole(debts),
        tuple(("payment", debt.first.provider_reference) for debt in debts),
        reason=f"{paid}_fee" if fee else paid,
        remainder_as="fee",
        count=str(len(debts)),
        gross=money(gross, debts[0].currency),
    )


def identified_payments(line: BankLine, index: Index) -> tuple[Debt, ...]:
    """Give the waiting payments that an identifier of the line belongs to.

    The reference of a PSP's transaction is the invoice's number, which a debtor may
    write too: it counts in the PSP's own lines only. Nor does the PSP's id count in
    what a known debtor sends.
    """
    reading, company = index.reading(line), line.company_id
    debtors = payers(line, index)
    found = list(index.find("end_to_end", company, reading.end_to_end_id))
    for token in reading.tokens:
        for debt in index.find("token", company, token):
            own = not debtors and token == canonical(debt.first.provider_reference)
            if own or reading.payout or not debt.through_psp:
                found.append(debt)
    return tuple(debt for debt in dict.fromkeys(found) if debt.waiting)


def _exact(debts: Iterable[Debt], line: BankLine) -> tuple[Debt, ...]:
    return tuple(
        debt
        for debt in debts
        if is_open(debt, line) and debt.left == line.money(debt.currency)
    )


def _collected(line: BankLine, index: Index) -> tuple[Debt, ...]:
    """Give the payment that a PSP collected for what its line names; of several for one
    document the money may be either's, so the first will do."""
    if not index.reading(line).payout:
        return ()
    exact = _exact((d for d in named(line, index) if d.through_psp), line)
    alike = {(debt.partner, debt.first.provider) for debt in exact}
    return exact[:1] if len(alike) == 1 else ()


def payments_in_payout(line: BankLine, index: Index) -> tuple[Debt, ...]:
    """Give the payments that a payout is told to consist of, () if one is missing."""
    debts = (
        _listed(line, index)
        if line.payout_items
        else _under_payout(line, index) or _named(line, index)
    )
    usable = debts and one_currency(debts) and line.money(debts[0].currency) is not None
    return debts if usable and all(debt.left for debt in debts) else ()


def _listed(line: BankLine, index: Index) -> tuple[Debt, ...]:
    found = [
        [
            debt
            for debt in index.find("token", line.company_id, canonical(told.reference))
            if debt.waiting and debt.left == told.gross
        ]
        for told in line.payout_items
    ]
    debts = flat(found)
    complete = all(len(group) == 1 for group in found)
    return debts if complete and len(debts) == len(found) else ()


def _under_payout(line: BankLine, index: Index) -> tuple[Debt, ...]:
    reading = index.reading(line)
    keys = (*reading.tokens, reading.end_to_end_id)
    groups = [index.find("payout", line.company_id, key) for key in keys]
    return tuple(d for d in flat(groups) if d.waiting and d.left)


def _named(line: BankLine, index: Index) -> tuple[Debt, ...]:
    debts = identified_payments(line, index)
    every = (*debts, *_collected_for(line, index))
    return tuple(debt for debt in dict.fromkeys(every) if debt.through_psp)


def _collected_for(line: BankLine, index: Index) -> tuple[Debt, ...]:
    """Give the payment that a PSP collected for each document that its line lists, ()
    if it isn't exactly one for each."""
    said = mentions(line, index)
    if said.unknown or not index.reading(line).payout:
        return ()
    found = [
        [debt for debt in group if debt.through_psp and debt.left]
        for group in (*said.sure, *said.continued)
    ]
    return flat(found) if all(len(group) == 1 for group in found) else ()


def _has_account(debts: tuple[Debt, ...], settings: Settings) -> bool:
    return settings.fee_account is not None or all(d.first.fee_account for d in debts)


def _is_fee(fee: Decimal, debts: tuple[Debt, ...], settings: Settings) -> bool:
    gross = sum(abs(debt.left) for debt in debts)
    most = gross * settings.fee_percent / _HUNDRED + settings.fee_fixed * len(debts)
    return 0 < fee <= most
