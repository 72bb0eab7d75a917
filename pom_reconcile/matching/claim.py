"""Which debts a line names, and how surely."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from .base import BankLine
from .index import Debt, Index
from .names import same_name
from .numbers import Spelling, continued, cued, spellings
from .reading import Reading


@dataclass(frozen=True)
class Claim:
    """The debts that a line names, a list per reference or number that it bears.

    :ivar references: under structured references.
    :ivar unknown: structured references that nothing here bears.
    :ivar numbers: under a document's full number.
    :ivar continued: under numbers that go on from a full one (``…42, 43 en 45``).
    :ivar short: under a number without its prefix.
    :ivar bare: under a bare sequence number after a word for invoice.
    """

    references: tuple[tuple[Debt, ...], ...]
    unknown: tuple[str, ...]
    numbers: tuple[tuple[Debt, ...], ...]
    continued: tuple[tuple[Debt, ...], ...]
    short: tuple[tuple[Debt, ...], ...]
    bare: tuple[tuple[Debt, ...], ...]

    @property
    def sure(self) -> tuple[tuple[Debt, ...], ...]:
        """References and full numbers; what two of them share is counted once."""
        return _distinct((*self.references, *self.numbers))


def claim(line: BankLine, index: Index) -> Claim:
    """Look up, once, what a line names.

    Waiting payments through a PSP are left out: a debtor's money never settles those.
    """
    found = index.claims.get(line.id)
    if found is None:
        found = index.claims[line.id] = _look_up(line, index)
    return found


def _look_up(line: BankLine, index: Index) -> Claim:
    reading = index.reading(line)
    references = {
        reference: _debts(line, index, "reference", reference)
        for reference in reading.references
    }
    full, longer, used = _numbers(line, index, reading)
    short, bare = _partial_numbers(line, index, reading, used)
    known = any(references.values())
    return Claim(
        references=_distinct(filter(None, references.values())),
        unknown=tuple(
            reference
            for reference, debts in references.items()
            if not debts and not (known and _same_as_known(reference, references))
        ),
        numbers=_distinct(full),
        continued=_distinct(longer),
        short=_distinct(short),
        bare=_distinct(bare),
    )


def payers(line: BankLine, index: Index) -> set:
    """Give the debtors that are known to pay from this account."""
    return index.owners("iban", line.company_id, index.reading(line).iban)


def is_of_payer(debt: Debt, line: BankLine, index: Index) -> bool:
    """Tell if the payer's account, or else name, is the debtor's."""
    known = payers(line, index)
    if known:
        return debt.partner in known
    return any(
        same_name(line.counterparty_name, name)
        for item in debt.items
        for name in item.candidate.partner_names
    )


def of_evident_debtor(
    debts: Iterable[Debt], line: BankLine, index: Index
) -> tuple[Debt, ...]:
    """Keep the payer's own debts, when that leaves one debtor of several."""
    debts = tuple(debts)
    if len({debt.partner for debt in debts}) < 2:
        return debts
    own = tuple(debt for debt in debts if is_of_payer(debt, line, index))
    return own if len({debt.partner for debt in own}) == 1 else debts


def _same_as_known(reference: str, references: dict) -> bool:
    """An RF reference around a known structured communication, or the reverse."""
    return any(
        debts and (other in reference or reference in other)
        for other, debts in references.items()
    )


def _debts(line, index: Index, lookup: str, key: str) -> tuple[Debt, ...]:
    return tuple(
        debt
        for debt in index.find(lookup, line.company_id, key)
        if not debt.through_psp
    )


def _numbers(line: BankLine, index: Index, reading: Reading):
    full, longer, used = [], [], set()
    for spelling in spellings(reading.words):
        place = range(spelling.first, spelling.last + 1)
        if used.intersection(place):
            continue
        debts = _number(line, index, spelling)
        if debts:
            used.update(place)
            full.append(debts)
            longer += _continued(line, index, reading.words, spelling)
    return full, longer, used


def _number(line: BankLine, index: Index, spelling: Spelling) -> tuple[Debt, ...]:
    return _debts(line, index, "number", spelling.key) or _debts(
        line, index, "number", spelling.compact
    )


def _continued(line: BankLine, index: Index, text: str, spelling: Spelling):
    keys = continued(text, spelling)
    return [debts for key in keys if (debts := _debts(line, index, "number", key))]


def _partial_numbers(line: BankLine, index: Index, reading: Reading, used: set):
    short, bare = [], []
    for spelling in spellings(reading.words):
        place = range(spelling.first, spelling.last + 1)
        if used.intersection(place) or len(spelling.compact) < 4:
            continue
        keys = (spelling.key, spelling.compact)
        debts = [d for key in keys for d in _debts(line, index, "short", key)]
        if debts:
            used = used.union(place)
            short.append(tuple(dict.fromkeys(debts)))
    for number, position in cued(reading.words):
        debts = _debts(line, index, "sequence", int(number[:18]))
        if position not in used and debts:
            bare.append(debts)
    return short, bare


def _distinct(groups: Iterable[tuple[Debt, ...]]) -> tuple[tuple[Debt, ...], ...]:
    return tuple(dict.fromkeys(groups))
