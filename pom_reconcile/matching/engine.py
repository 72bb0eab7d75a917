"""Decides a batch of bank lines.

>>> import datetime
>>> from decimal import Decimal
>>> from .base import BankLine, Candidate
>>> line = BankLine(id=1, amount=Decimal("121.00"), currency="EUR",
...     date=datetime.date(2026, 11, 22), text="dank u +++000/0002/50176+++")
>>> invoice = Candidate(id=7, kind="invoice", residual=Decimal("121.00"),
...     currency="EUR", name="INV/2026/00042", references=("+++000/0002/50176+++",))
>>> [decision] = match([line], [invoice])
>>> decision.rule, decision.allocations[0].candidate_id
('exact_reference', 7)
>>> decision.sentence
'Reference +++000/0002/50176+++ of INV/2026/00042, exact amount.'
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping
from dataclasses import replace

from odoo.addons.pom_payment.tools.references import spelled

from .base import BankLine, Candidate, Keys, Match, Settings
from .charges import gross, less_charges, without_account
from .index import Index
from .numbers import sequence_numbers, spellings, split_year
from .picked import of_others, settles_own
from .reading import provider_ids, read, written_tokens
from .rules import RULES, Rule
from .suggest import leave_open
from .totals import is_exact, join, parts_of

_DEFAULT = Settings()


def match(
    lines: Iterable[BankLine],
    candidates: Iterable[Candidate],
    settings: Settings | Mapping[Hashable, Settings] = _DEFAULT,
    rules: Mapping[str, Rule] = RULES,
) -> list[Match]:
    """Give one decision per line, by date and id of the line.

    What a line says for itself comes first, oldest line first; then, for what is still
    open, who pays. A decision uses up what it allocates, so nothing is settled twice.
    The result doesn't depend on the order of lines or candidates. A total whose parts
    are known is decided by them, if each of them is exactly decided; else as it stands.

    :param settings: of all journals, or by journal id (usual ones where missing).
    :param rules: all that there are, by code, in the usual order.
    :raises ValueError: two lines or two candidates with one id.
    """
    lines, candidates = list(lines), list(candidates)
    totals = [line for line in lines if line.parts]
    if not totals:
        return _match(lines, candidates, settings, rules)
    plain = [line for line in lines if not line.parts]
    matches = _match([*plain, *parts_of(totals)], candidates, settings, rules)
    joined = join(totals, {match.line_id: match for match in matches})
    if len(joined) < len(totals):
        whole = {line.id for line in totals} - joined.keys()
        lines = [replace(x, parts=()) if x.id in whole else x for x in lines]
        return match(lines, candidates, settings, rules)
    by_id = {m.line_id: m for m in matches} | joined
    ordered = sorted(lines, key=lambda line: (line.date, line.id))
    return [by_id[line.id] for line in ordered]


def _match(
    lines: Iterable[BankLine],
    candidates: Iterable[Candidate],
    settings: Settings | Mapping[Hashable, Settings],
    rules: Mapping[str, Rule],
) -> list[Match]:
    index = Index(candidates)
    ordered = sorted(lines, key=lambda line: (line.date, line.id))
    if len({line.id for line in ordered}) < len(ordered):
        raise ValueError("a line is given twice")
    decided: dict[Hashable, Match] = {}
    for weak in (False, True):
        for line in ordered:
            if line.id not in decided:
                allowed = _of_journal(settings, line)
                usable = _usable(rules, allowed, weak)
                found = _decide(line, index, allowed, usable)
                if found:
                    decided[line.id] = found
    return [
        decided.get(line.id) or leave_open(line, index, _of_journal(settings, line))
        for line in ordered
    ]


def needed_keys(lines: Iterable[BankLine]) -> Keys:
    """Give all that must be looked up to decide these lines.

    Fetch, in the companies of the lines, what is open or was paid lately and bears one
    of the references, names, numbers, tokens or identifiers, is of an owner of one of
    the accounts, names or e-mail addresses, or has one of the amounts; and with it all
    that is open with the debtors so found. More than needed does no harm.
    """
    lines = [part for line in lines for part in (line, *line.parts)]
    readings = [read(line) for line in lines]
    references = _union(reading.references for reading in readings)
    return Keys(
        companies=frozenset(line.company_id for line in lines),
        references=references,
        spellings=frozenset(map(spelled, references)),
        sequence_numbers=_union(sequence_numbers(w) for r in readings for w in r.words),
        number_keys=_union(
            filter(None, (s.key, split_year(s.key)))
            for r in readings
            for words in r.words
            for s in spellings(words)
        ),
        compact_names=_union(
            (s.compact for s in spellings(words)) for r in readings for words in r.words
        ),
        names=frozenset(filter(None, (r.name for r in readings))),
        raw_names=frozenset(filter(None, (x.counterparty_name for x in lines))),
        ibans=frozenset(filter(None, (r.iban for r in readings))),
        emails=_union(r.emails for r in readings),
        amounts=_union(map(_amounts, lines)),
        tokens=_union(_tokens(x, r) for x, r in zip(lines, readings, strict=True)),
        end_to_end_ids=_union(
            (r.end_to_end_id, x.end_to_end_id.strip())
            for x, r in zip(lines, readings, strict=True)
            if r.end_to_end_id
        ),
        mandates=_union(
            (r.mandate, x.mandate.strip())
            for x, r in zip(lines, readings, strict=True)
            if r.mandate
        ),
        partners=frozenset(x.picked for x in lines) - {None},
    )


def _of_journal(settings, line: BankLine) -> Settings:
    if isinstance(settings, Settings):
        return settings
    return settings.get(line.journal_id, _DEFAULT)


def _usable(rules: Mapping[str, Rule], settings: Settings, weak: bool) -> list[Rule]:
    codes = rules if settings.rules is None else settings.rules
    return [rules[code] for code in codes if rules[code].weak == weak]


def _decide(
    line: BankLine, index: Index, settings: Settings, rules: list[Rule]
) -> Match | None:
    if not line.amount or line.twin:
        return None
    found = _first(line, index, settings, rules)
    if line.charges:
        found = _with_charges(line, index, settings, rules, found)
    if not found or not found.decided:
        return found
    stage = index.take(found.allocations, found.flag == "returned")
    if found.flag == "returned":
        index.lose_discounts(found.discounted)
    index.take_claims(found.claims)
    return replace(found, stage=stage)


def _first(line, index: Index, settings: Settings, rules) -> Match | None:
    if of_others(line, index):
        return None
    decided = (rule.decide(line, index, settings) for rule in rules)
    found = next(filter(None, decided), None)
    return found if found and settles_own(found, line, index) else None


def _with_charges(line, index, settings, rules, net: Match | None) -> Match | None:
    """Decide on what the payer gave, of which banks kept some; on what came if only
    that is exactly what is open.

    :param net: what would be decided without the charges.
    """
    whole = _first(gross(line), index, settings, rules)
    if not whole or whole.currency != line.currency:
        return net
    if net and is_exact(net):
        return None if is_exact(whole) else net
    if settings.fee_account is None:
        return without_account(leave_open(line, index, settings), line, whole)
    return less_charges(line, whole)


def _union(parts: Iterable[Iterable]) -> frozenset:
    return frozenset(element for part in parts for element in part)


def _amounts(line: BankLine):
    return {abs(a) for a in (line.amount, line.foreign_amount) if a}


def _tokens(line: BankLine, reading):
    written = [*written_tokens(line.text), *(i.reference for i in line.payout_items)]
    spelt = [*provider_ids(line.text), *map(str.upper, written)]
    return {*reading.tokens, *written, *spelt}
