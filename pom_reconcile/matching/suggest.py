"""What a person may do with a line that was left open, best answer first."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import Decimal
from itertools import islice

from odoo.addons.pom_payment.tools.references import spelled

from .base import ZERO, Allocation, BankLine, Match, Settings, Suggestion
from .index import Debt, Index
from .mentions import mentions, owners
from .picked import of_others
from .reasons import REASONS
from .rules.common import flat, is_open, is_told, one_currency
from .rules.payment import payments_in_payout
from .settle import documents, sentence_values, spread, spread_back, whole
from .text import is_structured
from .typo import resembles

_EQUAL = 5  # items of the same amount that are suggested
_LOOKED_AT = 100  # of all items of that amount
_Way = tuple[Debt, ...]


def leave_open(line: BankLine, index: Index, settings: Settings) -> Match:
    """Leave a line open, say why, and rank what it may be."""
    suggestions = _suggestions(line, index, settings)
    reason, difference = _why(line, index, suggestions)
    evidence = _evidence(line, index)
    return Match(
        line_id=line.id,
        rule="",
        remainder=line.amount,
        remainder_as="open",
        currency=line.currency,
        reason=REASONS[reason],
        values=sentence_values(line, (), evidence, difference),
        suggestions=suggestions,
    )


def _evidence(line: BankLine, index: Index) -> str:
    """What the sentence names: of what stands in the way, the first, as in
    :func:`_why`."""
    return (
        line.twin
        or documents(of_others(line, index))
        or _given_up(line, index)
        or documents(_untold(line, index))
        or ", ".join(map(_spelt, mentions(line, index).unknown))
    )


def _why(
    line: BankLine, index: Index, suggestions: tuple[Suggestion, ...]
) -> tuple[str, Decimal]:
    reading = index.reading(line)
    if not line.amount:
        return "zero", ZERO
    if line.twin:
        return "twin", ZERO
    if line.kind == "internal":
        return "internal", ZERO
    if of_others(line, index):
        return "not_picked", ZERO
    if reading.returned:
        return "return_unknown", ZERO
    if reading.payout:
        return _why_payout(line, index)
    if _given_up(line, index):
        return "given_up", ZERO
    if _untold(line, index):
        return "other_currency", ZERO
    if mentions(line, index).sure:
        return "contradiction", ZERO
    if mentions(line, index).unknown:
        return "unknown_reference", ZERO
    return _why_unsure(line, index, suggestions), ZERO


def _given_up(line: BankLine, index: Index) -> str:
    """What the line names and an entry closed, when nothing is left of it all."""
    debts = flat(mentions(line, index).sure)
    if any(debt.left for debt in debts):
        return ""
    return ", ".join(debt.first.name for debt in debts if debt.given_up)


def _untold(line: BankLine, index: Index) -> tuple[Debt, ...]:
    """Give what the line names, if something is left of it and all of that is in
    currencies in which the bank didn't tell the money."""
    debts = tuple(d for d in flat(mentions(line, index).sure) if d.left)
    return () if any(is_told(line, (debt,)) for debt in debts) else debts


def _why_unsure(
    line: BankLine, index: Index, suggestions: tuple[Suggestion, ...]
) -> str:
    """Tell apart: none, none that fits, one without proof, several."""
    if not suggestions:
        return "nothing"
    fitting = sum(_fits(suggestion, index) for suggestion in suggestions)
    if not fitting:
        return "other_amount"
    return "ambiguous" if fitting > 1 else "unproven"


def _fits(suggestion: Suggestion, index: Index) -> bool:
    """Whether the money is all of what it would pay, and no more."""
    return not suggestion.remainder and all(
        index.item(part.candidate_id).left == part.amount
        for part in suggestion.allocations
    )


def _spelt(name: str) -> str:
    return spelled(name) if is_structured(name) else name.replace("|", "/")


def _why_payout(line: BankLine, index: Index) -> tuple[str, Decimal]:
    debts = payments_in_payout(line, index)
    if not debts:
        return "payout_without_list", ZERO
    return "no_fee_account", sum(debt.left for debt in debts) - line.amount


def _suggestions(
    line: BankLine, index: Index, settings: Settings
) -> tuple[Suggestion, ...]:
    found: dict[tuple, Suggestion] = {}
    pays = line.amount and line.kind != "internal"
    for reason, way in _all_ways(line, index) if pays else ():
        suggestion = _suggest(line, way, reason)
        found.setdefault(suggestion.allocations, suggestion)
        if len(found) == settings.suggestions:
            break
    return tuple(found.values())


def _all_ways(line: BankLine, index: Index) -> Iterator[tuple[str, _Way]]:
    """Of somebody else than a person picked there's but what the line names."""
    for reason, way in _every_way(line, index):
        theirs = all(line.may_be_for(debt.partner) for debt in way)
        if theirs or reason == "suggest_reference":
            yield reason, way


def _every_way(line: BankLine, index: Index) -> Iterator[tuple[str, _Way]]:
    if index.reading(line).returned:
        yield from (("suggest_returned", (d,)) for d in _received(line, index))
        return
    if payments := payments_in_payout(line, index):
        yield "suggest_payout", payments
    for reason, look in _LOOKS if line.picked is None else _LOOKS_PICKED:
        yield from ((reason, way) for way in look(line, index))


def _named(line: BankLine, index: Index) -> Iterator[_Way]:
    said = mentions(line, index)
    groups = (*said.sure, *said.others, *said.continued, *said.short, *said.bare)
    return _exact_first(_open(flat(groups), line), line)


def _mistyped(line: BankLine, index: Index) -> Iterator[_Way]:
    broken = index.reading(line).broken
    near = _open([*_of_payers(line, index), *_of_amount(line, index)], line)
    for debt in near if broken else ():
        references = [r for i in debt.items for r in i.candidate.references]
        if any(resembles(typed, r) for typed in broken for r in references):
            yield (debt,)


def _by_account(line: BankLine, index: Index) -> Iterator[_Way]:
    debts = _open(_of_payers(line, index), line)
    yield from _exact_first(debts[:1] + _equal(debts, line), line)
    if len(debts) > 1 and one_currency(debts):
        yield tuple(debts)


def _by_learnt(line: BankLine, index: Index) -> Iterator[_Way]:
    company, account = line.company_id, index.reading(line).iban
    partners = index.owners("learnt", company, account)
    partners |= index.owners("shared", company, account)
    debts = [d for p in _sorted(partners) for d in index.find("partner", company, p)]
    return _exact_first(_open(debts, line), line)


def _by_name(line: BankLine, index: Index) -> Iterator[_Way]:
    company = line.company_id
    partners = index.owners("name", company, index.reading(line).name)
    debts = [d for p in _sorted(partners) for d in index.find("partner", company, p)]
    return _exact_first(_open(debts, line), line)


def _by_amount(line: BankLine, index: Index) -> Iterator[_Way]:
    return ((debt,) for debt in _of_amount(line, index))


_LOOKS = (
    ("suggest_reference", _named),
    ("suggest_typo", _mistyped),
    ("suggest_account", _by_account),
    ("suggest_learnt", _by_learnt),
    ("suggest_name", _by_name),
    ("suggest_amount", _by_amount),
)
#: Where a person picked who paid.
_LOOKS_PICKED = (
    ("suggest_reference", _named),
    ("suggest_typo", _mistyped),
    ("suggest_picked", _by_account),
)


def _of_payers(line: BankLine, index: Index) -> list[Debt]:
    partners = _sorted(owners(line, index))
    return [d for p in partners for d in index.find("partner", line.company_id, p)]


def _of_amount(line: BankLine, index: Index) -> list[Debt]:
    every = index.find("amount", line.company_id, abs(line.amount))[:_LOOKED_AT]
    equal = (d for d in every if is_open(d, line) and not d.through_psp)
    return list(islice((d for d in equal if d.left == line.money(d.currency)), _EQUAL))


def _received(line: BankLine, index: Index) -> list[Debt]:
    said = mentions(line, index)
    debts = flat((*said.references, *said.numbers, _of_payers(line, index)))
    return [
        debt
        for debt in debts
        if not debt.waiting
        and line.money(debt.currency) is not None
        and debt.paid * line.amount < 0
    ]


def _open(debts: Iterable[Debt], line: BankLine) -> list[Debt]:
    return [
        debt
        for debt in dict.fromkeys(debts)
        if is_open(debt, line) and not debt.through_psp
    ]


def _equal(debts: list[Debt], line: BankLine) -> list[Debt]:
    return [debt for debt in debts if debt.left == line.money(debt.currency)]


def _exact_first(debts: list[Debt], line: BankLine) -> Iterator[_Way]:
    equal = _equal(debts, line)
    return ((debt,) for debt in dict.fromkeys([*equal, *debts]))


def _sorted(partners: set) -> list:
    return sorted(partners, key=repr)


def _suggest(line: BankLine, way: _Way, reason: str) -> Suggestion:
    rest = line.money(way[0].currency)
    allocations: list[Allocation] = []
    for debt in way:
        part = _part(debt, rest, reason == "suggest_returned")
        allocations += part
        rest -= sum(a.amount for a in part)
    return Suggestion(
        tuple(allocations), rest, REASONS[reason], sentence_values(line, way, "")
    )


def _part(debt: Debt, money: Decimal, returned: bool) -> tuple[Allocation, ...]:
    """As much of a debt as the money reaches."""
    if returned:
        return spread_back(debt, -min(debt.paid, -money, key=abs))
    if debt.left * money <= 0:
        return ()
    if abs(debt.left) <= abs(money):
        return whole((debt,))
    return spread(debt, money)
