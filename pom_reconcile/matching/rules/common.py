"""What the rules on debts share."""

from __future__ import annotations

from collections.abc import Hashable, Iterable
from decimal import Decimal

from odoo.addons.pom_payment.debt.claims import Paid, exactly

from ..base import ZERO, BankLine, Match, Settings
from ..combine import combinations
from ..index import Debt, Index
from ..mentions import mentions, of_evident_debtor, payers
from ..settle import decide, whole


def pays_debts(line: BankLine, index: Index) -> bool:
    """A PSP's payout, a return, a bank's costs and a transfer between our own accounts
    pay no debt."""
    reading = index.reading(line)
    return not (
        reading.payout or reading.returned or line.kind in ("costs", "internal")
    )


def is_told(line: BankLine, debts: Iterable[Debt]) -> bool:
    """Tell if the bank told the money in the currencies of these: the same number in
    another one says nothing."""
    return all(line.money(debt.currency) is not None for debt in debts)


def is_open(debt: Debt, line: BankLine) -> bool:
    """Tell if something is left that this line's money could settle."""
    amount = line.money(debt.currency)
    return amount is not None and debt.left * amount > 0


def was_paid(debt: Debt, line: BankLine) -> bool:
    """Tell if nothing is left of it, and money of this sign has been given for it."""
    amount = line.money(debt.currency)
    return amount is not None and not debt.left and debt.paid * amount > 0


def was_paid_so(debt: Debt, line: BankLine) -> bool:
    """Tell if it was paid with this very amount: it may be paid again."""
    return was_paid(debt, line) and debt.paid == line.money(debt.currency)


def flat(groups: Iterable[Iterable[Debt]]) -> tuple[Debt, ...]:
    """Give all debts of some groups, each once."""
    return tuple(dict.fromkeys(debt for group in groups for debt in group))


def one_currency(debts: Iterable[Debt]) -> bool:
    return len({debt.currency for debt in debts}) == 1


def one_debtor(debts: Iterable[Debt]) -> bool:
    return len({debt.partner for debt in debts}) == 1


def named(line: BankLine, index: Index) -> tuple[Debt, ...]:
    """Give the debts that every reference and full number of a line agree on, open or
    not. A number chooses among several debts under one reference."""
    groups = _meant(mentions(line, index).sure, line)
    if not groups:
        return ()
    agreed = set(groups[0]).intersection(*groups[1:])
    return tuple(debt for debt in groups[0] if debt in agreed)


def _meant(groups: tuple[tuple[Debt, ...], ...], line: BankLine):
    """Leave out what can't be meant as long as something can: a supplier's bill whose
    number is a day that stands beside the number of our invoice."""
    meant = [tuple(d for d in group if _is_meant(d, line)) for group in groups]
    return [group for group in meant if group] or groups


def _is_meant(debt: Debt, line: BankLine) -> bool:
    amount = line.money(debt.currency)
    given = debt.left or debt.paid
    return debt.first.kind == "credit_note" or amount is None or given * amount > 0


def open_named(line: BankLine, index: Index) -> tuple[Debt, ...]:
    """Give the named debts of which something is left, in one currency; those of the
    payer if they are of several debtors."""
    if not pays_debts(line, index):
        return ()
    debts = _issued(of_evident_debtor(named(line, index), line, index), line)
    debts = tuple(debt for debt in debts if is_open(debt, line))
    return debts if one_currency(debts) else ()


def _issued(debts: tuple[Debt, ...], line: BankLine) -> tuple[Debt, ...]:
    """Of several debts under one reference, a payer hardly means those of the future,
    unless the money is more than the others."""
    issued = tuple(debt for debt in debts if debt.issued_by(line.date))
    due = tuple(debt for debt in issued if is_open(debt, line))
    too_much = due and one_currency(due) and shortage(line, due) < 0
    return debts if too_much or not issued else issued


def discount(debt: Debt, line: BankLine, settings: Settings) -> Decimal:
    """Give what may be deducted of a debt that is paid at once and in time, with the
    debt's sign; zero where none may.
    """
    first = debt.first
    day = first.discount_date if settings.early_payment_discount else None
    if day is None or line.date > day or debt.paid or len(debt.items) > 1:
        return ZERO
    return first.discount_amount if debt.left > 0 else -first.discount_amount


def less_discount(
    line: BankLine, settings: Settings, debts: tuple[Debt, ...]
) -> tuple[Debt, ...]:
    """Give those of some debts that a discount is due on, if the money is exactly all
    of them less their discounts."""
    granted = [discount(debt, line, settings) for debt in debts]
    left = sum(debt.left for debt in debts) - sum(granted)
    if not any(granted) or left != line.money(debts[0].currency):
        return ()
    return tuple(d for d, off in zip(debts, granted, strict=True) if off)


def claims_paid(
    line: BankLine, debts: tuple[Debt, ...], whole_only: bool = False
) -> tuple[Paid, ...]:
    """Give what the money, being exactly so much more than some debts, pays of what was
    asked on top of them: all of it, or one choice of it.

    :param whole_only: nothing but all of it will do.
    """
    more = -shortage(line, debts)
    claims = [claim for debt in debts for claim in debt.claims]
    chosen = exactly(claims, more) if line.amount > 0 and more > 0 else ()
    if whole_only and len(chosen) < len([c for c in claims if c.amount]):
        return ()
    return tuple(Paid(claim, claim.amount) for claim in chosen)


def ways(
    debts: tuple[Debt, ...], amount: Decimal, settings: Settings
) -> list[tuple[Debt, ...]]:
    """Give the ways, at most two, in which debts of one currency make the amount."""
    found = combinations([d.left for d in debts], amount, settings.combination_size)
    return [tuple(debts[place] for place in places) for places in found if places]


def entered_payment(line: BankLine, debts: tuple[Debt, ...]) -> tuple[Debt, ...]:
    """Give, of the debts named, the payment that a person entered for them and that
    waits for exactly this money, () if there is none or something else may be meant.

    Of several such payments the money may be either's, so the first will do; what is
    left of a document that it was entered for isn't meant before it.
    """
    exact = [d for d in debts if d.left == line.money(d.currency) and is_open(d, line)]
    entered = [debt for debt in exact if debt.waiting]
    if not entered or not one_debtor(entered):
        return ()
    applied = {r for d in entered for i in d.items for r in i.candidate.references}
    others = [d for d in exact if not d.waiting and d.first.name not in applied]
    return () if others else (entered[0],)


def by_entered(
    line: BankLine,
    rule: str,
    debts: tuple[Debt, ...],
    evidence: tuple[tuple[str, str], ...],
) -> Match | None:
    """Settle the payment that a person entered for the debts named, if there is one."""
    entered = entered_payment(line, debts)
    if not entered:
        return None
    reason = "entered_payment"
    return decide(line, rule, entered, whole(entered), evidence, reason=reason)


def may_be_on_account(line: BankLine, index: Index, debts: tuple[Debt, ...]) -> bool:
    """Tell if a payment of this very amount was entered for the debtor, but applied to
    nothing yet: this money may be that payment, and the debt not be paid twice."""
    amount = line.money(debts[0].currency)
    others = flat(others_of(debt, line, index) for debt in debts)
    return any(o.first.on_account and o.left == amount for o in others)


def shortage(line: BankLine, debts: Iterable[Debt]) -> Decimal:
    """What the money is less than the open amount; negative when it is more."""
    debts = tuple(debts)
    amount = line.money(debts[0].currency)
    return abs(sum(debt.left for debt in debts)) - abs(amount)


def others_of(debt: Debt, line: BankLine, index: Index) -> tuple[Debt, ...]:
    """Give what else is open between us and a debtor, both ways, in one currency."""
    every = open_with(debt.partner, debt.currency, line, index)
    return tuple(other for other in every if other is not debt)


def open_with(
    partner: Hashable, currency: str, line: BankLine, index: Index
) -> tuple[Debt, ...]:
    """Give what is open between us and somebody, both ways, in a currency."""
    return tuple(
        debt
        for debt in index.find("partner", line.company_id, partner)
        if debt.left and debt.currency == currency and not debt.through_psp
    )


def is_doubtful(line: BankLine, index: Index, debt: Debt) -> bool:
    """Tell if the amount is exactly that of something else that may have been meant:
    another debt of this debtor or of the payer, or one under the same reference."""
    name = index.reading(line).name
    payer = payers(line, index) or index.owners("name", line.company_id, name)
    partners = {debt.partner} | payer
    others = [
        other
        for partner in partners
        for other in index.find("partner", line.company_id, partner)
    ]
    same_name = named(line, index)
    return any(
        other.left == line.money(other.currency)
        for other in (*others, *same_name)
        if other is not debt
    ) or any(
        other.paid == line.money(other.currency)
        for other in same_name
        if other is not debt
    )


def named_evidence(line: BankLine, index: Index) -> tuple[tuple[str, str], ...]:
    """Give the references of a line, or else the numbers that it names."""
    said = mentions(line, index)
    if said.references:
        known = index.reading(line).references
        return tuple(("reference", r) for r in known if r not in said.unknown)
    numbers = dict.fromkeys(debt.first.name for debt in flat(said.numbers))
    return tuple(("number", number) for number in numbers)
