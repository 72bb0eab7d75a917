"""Rules on who pays, when a line doesn't say what."""

from __future__ import annotations

from decimal import Decimal

from ..base import BankLine, Match, Settings
from ..index import Debt, Index
from ..mentions import mentions, payers
from ..names import iban_key, name_key, name_tokens, other_form
from ..settle import decide, decide_less_discount, decide_with_claims, whole
from ..typo import resembles
from .common import (
    claims_paid,
    is_open,
    less_discount,
    one_currency,
    others_of,
    pays_debts,
    was_paid_so,
    ways,
)

_TELLING_WORDS = 2  # a name of one word is no evidence


def known_account(line: BankLine, index: Index, settings: Settings) -> Match | None:
    """A known account, or whom a person picked, and exactly one choice of open items
    makes the amount."""
    reading = index.reading(line)
    owners = payers(line, index)
    debts = _open_of(owners, line, index) if _no_one_else(line, index, owners) else ()
    if not debts or not pays_debts(line, index) or _says_more(line, index):
        return None
    found = ways(debts, line.money(debts[0].currency), settings)
    less = [(d,) for d in debts if less_discount(line, settings, (d,))]
    more = [(d,) for d in debts if claims_paid(line, (d,), whole_only=True)]
    if len(found) + len(less) + len(more) != 1:
        return None
    (chosen,) = (*found, *less, *more)
    if not _agrees(chosen, owners, line, index):
        return None
    if not all(debt.issued_by(line.date) for debt in chosen):
        return None
    by = "account" if line.picked is None else "picked"
    evidence, rule = ((by, reading.iban),), "known_account"
    if less:
        reason = f"{by}_discount"
        return decide_less_discount(line, rule, chosen, chosen, evidence, reason)
    if more:
        paid, reason = claims_paid(line, chosen), f"{by}_claims"
        return decide_with_claims(line, rule, chosen, paid, evidence, reason)
    own = index.owners("iban", line.company_id, reading.iban)
    reason = rule if own else "learnt_account"
    reason = reason if line.picked is None else "picked"
    return decide(line, rule, chosen, whole(chosen), evidence, reason=reason)


def name_amount(line: BankLine, index: Index, settings: Settings) -> Match | None:
    """The name or e-mail of one debtor, with one open item whose amount nothing else
    has; neither is evidence by itself."""
    if not pays_debts(line, index) or _says_more(line, index):
        return None
    partners = _called(line, index)
    if len(partners) != 1 or payers(line, index):
        return None
    found = _of_amount(line, index)
    if len(found) != 1 or found[0].partner not in partners:
        return None
    if not _could_be_new_account(found[0], line, index, settings):
        return None
    evidence = (("name", line.counterparty_name),)
    return decide(line, "name_amount", tuple(found), whole(found), evidence)


def _open_of(partners: set, line: BankLine, index: Index) -> tuple[Debt, ...]:
    """Give what is open with these debtors; what was issued after they paid too, since
    days of issue are no proof of what they meant."""
    debts = tuple(
        debt
        for partner in sorted(partners, key=repr)
        for debt in index.find("partner", line.company_id, partner)
        if debt.left
        and line.money(debt.currency) is not None
        and not (debt.through_psp or debt.first.under_way)
    )
    return debts if one_currency(debts) else ()


def _no_one_else(line: BankLine, index: Index, owners: set) -> bool:
    """The payer isn't called like another debtor, as relatives on one account are."""
    called = index.owners("name", line.company_id, index.reading(line).name)
    return not called or bool(called & owners) or line.picked is not None


def _says_more(line: BankLine, index: Index) -> bool:
    """The line names a debt, or bears a reference or number that isn't ours."""
    said = mentions(line, index)
    return bool(said.sure or said.unknown)


def _agrees(debts: tuple[Debt, ...], owners: set, line: BankLine, index: Index) -> bool:
    """What the line seems to name must be among what is settled: a short number of
    another document of these debtors says that something else is meant; what may be a
    day says so if that document was paid with the same amount. A reference with wrong
    check digits says nothing."""
    said = mentions(line, index)
    again = [
        tuple(d for d in group if was_paid_so(d, line) or d in debts)
        for group in said.dated
    ]
    for group in (*said.short, *said.bare, *again):
        theirs = {debt for debt in group if debt.partner in owners}
        if theirs and not theirs.intersection(debts):
            return False
    return True


def _looks_alike(debts: tuple[Debt, ...], line: BankLine, index: Index) -> bool:
    """A reference with wrong check digits must look like that of what is settled."""
    return all(
        any(resembles(broken, reference) for reference in _references(debts))
        for broken in index.reading(line).broken
    )


def _references(debts: tuple[Debt, ...]) -> list[str]:
    return [r for d in debts for i in d.items for r in i.candidate.references]


def _called(line: BankLine, index: Index) -> set:
    reading, company = index.reading(line), line.company_id
    partners = set()
    if len(name_tokens(line.counterparty_name)) >= _TELLING_WORDS:
        partners = {
            debt.partner
            for owner in index.owners("name", company, reading.name)
            for debt in index.find("partner", company, owner)
            if _is_called(debt, line.counterparty_name)
        }
    for email in reading.emails:
        partners |= index.owners("email", company, email)
    return partners


def _is_called(debt: Debt, name: str) -> bool:
    """The legal form of a name counts here: two companies may differ by it only."""
    return any(
        name_key(own) == name_key(name) and not other_form(own, name)
        for item in debt.items
        for own in item.candidate.partner_names
    )


def _of_amount(line: BankLine, index: Index) -> list[Debt]:
    every = index.find("amount", line.company_id, abs(line.amount))
    return [d for d in every if is_open(d, line) and d.left == line.amount]


def _could_be_new_account(
    debt: Debt, line: BankLine, index: Index, settings: Settings
) -> bool:
    """No account is told but another one known; nothing else of the debtor fits."""
    known = line.counterparty_iban and {
        iban_key(iban) for i in debt.items for iban in i.candidate.ibans
    }
    others = others_of(debt, line, index)
    own = ways((debt, *others), Decimal(line.amount), settings)
    return (
        debt.currency == line.currency
        and not known
        and len(own) == 1
        and debt.issued_by(line.date)
        and not (debt.through_psp or debt.first.under_way)
        and _agrees((debt,), {debt.partner}, line, index)
        and _looks_alike((debt,), line, index)
    )
