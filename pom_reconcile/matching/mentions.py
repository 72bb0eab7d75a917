"""Which debts a line mentions, and how surely; and who is known to pay like that."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from .base import BankLine
from .index import Debt, Index
from .names import may_share, same_name
from .numbers import (
    DAYS,
    Spelling,
    continued,
    cued,
    is_datelike,
    is_fragment,
    spellings,
    split_year,
)
from .text import is_ogm, is_rf

_TELLING_DIGITS = 4  # a shorter bare number must be of the payer

#: What :class:`Mentions` has of debts.
_GROUPS = ("references", "numbers", "continued", "short", "dated", "bare")


@dataclass(frozen=True)
class Mentions:
    """The debts that a line mentions, a group per reference or number that it bears.

    :ivar references: under structured references.
    :ivar unknown: structured references, and numbers of the form that ours have, that
        nothing here bears.
    :ivar numbers: under a document's full number.
    :ivar continued: under numbers that go on from a full one (``…42, 43 en 45``).
    :ivar short: under a number without its prefix.
    :ivar dated: under what may be such a number, or just a day or a month.
    :ivar bare: under a bare sequence number after a word for invoice.
    :ivar others: under references or full numbers that name nothing of whom a person
        picked. What isn't his is in no group but these.
    """

    references: tuple[tuple[Debt, ...], ...]
    unknown: tuple[str, ...]
    numbers: tuple[tuple[Debt, ...], ...]
    continued: tuple[tuple[Debt, ...], ...]
    short: tuple[tuple[Debt, ...], ...]
    dated: tuple[tuple[Debt, ...], ...]
    bare: tuple[tuple[Debt, ...], ...]
    others: tuple[tuple[Debt, ...], ...] = ()

    @property
    def sure(self) -> tuple[tuple[Debt, ...], ...]:
        """References and full numbers; what two of them share is counted once."""
        return _distinct((*self.references, *self.numbers))


def mentions(line: BankLine, index: Index) -> Mentions:
    """Look up, once, what a line mentions.

    Waiting payments through a PSP are left out but for the PSP's own lines: a debtor's
    money never settles those.
    """
    found = index.mentions.get(line.id)
    if found is None:
        found = _of_picked(_look_up(line, index), line)
        index.mentions[line.id] = found
    return found


def _of_picked(said: Mentions, line: BankLine) -> Mentions:
    """Leave out what isn't of whom a person picked."""
    if line.picked is None:
        return said
    kept = {
        name: tuple(
            tuple(debt for debt in group if line.may_be_for(debt.partner))
            for group in getattr(said, name)
        )
        for name in _GROUPS
    }
    mine = {name: _distinct(filter(None, groups)) for name, groups in kept.items()}
    every = (*kept["references"], *kept["numbers"])
    groups = zip((*said.references, *said.numbers), every, strict=True)
    others = _distinct(group for group, own in groups if not own)
    return replace(said, **mine, others=others)


def _look_up(line: BankLine, index: Index) -> Mentions:
    reading = index.reading(line)
    references = {
        reference: _debts(line, index, "reference", reference)
        for reference in reading.references
    }
    full, longer, short, bare = _named(line, index, reading.words)
    dated = [d for words in reading.words for d in _dated(line, index, words)]
    return Mentions(
        references=_distinct(filter(None, references.values())),
        unknown=(
            *_unknown_references(references),
            *(() if full else _missing_numbers(line, index, reading.words)),
        ),
        numbers=_distinct(full),
        continued=_distinct(longer),
        short=_distinct(short),
        dated=_distinct(dated),
        bare=_distinct(bare),
    )


def owners(line: BankLine, index: Index) -> set:
    """Give whom a person picked, or else those whose account it is."""
    if line.picked is not None:
        return {line.picked}
    return index.owners("iban", line.company_id, index.reading(line).iban)


def payers(line: BankLine, index: Index) -> set:
    """Give the debtors that are known to pay like that: the owners, or else the only
    one on whom persons booked money from this account."""
    learnt = index.owners("learnt", line.company_id, index.reading(line).iban)
    return owners(line, index) or (learnt if len(learnt) == 1 else set())


def is_of_payer(debt: Debt, line: BankLine, index: Index) -> bool:
    """Tell if the debtor was picked, or else if the payer's account or name is his; the
    name may be a couple's."""
    known = payers(line, index)
    if known:
        return debt.partner in known
    called = line.counterparty_name
    return any(
        same_name(called, name) or may_share(called, name)
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


def _unknown_references(references: dict) -> list[str]:
    """Give those that are of something else; with wrong check digits it is of nothing,
    whatever the bank took it for."""
    known = any(references.values())
    return [
        reference
        for reference, debts in references.items()
        if not debts
        and (is_ogm(reference) or is_rf(reference))
        and not (known and _same_as_known(reference, references))
    ]


def _missing_numbers(line: BankLine, index: Index, texts: tuple[str, ...]) -> set[str]:
    """Give the numbers that are nobody's here, of texts without one that is known."""
    return {key for words in texts for key in _missing(line, index, words)}


def _missing(line: BankLine, index: Index, words: str) -> set[str]:
    missing, used = set(), set()
    for spelling in spellings(words):
        place = range(spelling.first, spelling.last + 1)
        key = "" if used.intersection(place) else _foreign(line, index, spelling)
        if key:
            used.update(place)
            missing.add(key)
    return missing


def _foreign(line: BankLine, index: Index, spelling: Spelling) -> str:
    """Give the key under which it must be another company's, or nobody's; '' if it may
    just be words and a date."""
    if spelling.width < 3 and int(spelling.key.rpartition("|")[2]) <= DAYS:
        return ""
    keys = (spelling.key, split_year(spelling.key))
    return next(
        (key for key in keys if key and index.is_foreign(line.company_id, key)), ""
    )


def _same_as_known(reference: str, references: dict) -> bool:
    """An RF reference around a known structured communication, or the reverse."""
    return any(
        debts and (other in reference or reference in other)
        for other, debts in references.items()
    )


def _debts(line, index: Index, lookup: str, key: str) -> tuple[Debt, ...]:
    collected = index.reading(line).payout
    return tuple(
        debt
        for debt in index.find(lookup, line.company_id, key)
        if collected or not debt.through_psp
    )


def _named(line: BankLine, index: Index, texts: tuple[str, ...]):
    """Look in each text in turn; the first that has a full number decides."""
    short, bare = [], []
    for words in texts:
        full, longer, used = _numbers(line, index, words)
        if full:
            return full, longer, short, bare
        short += _short(line, index, words, used)
        bare += _bare(line, index, words, used)
    return [], [], short, bare


def _numbers(line: BankLine, index: Index, words: str):
    """Give the debts under full numbers, under those that continue them, and the tokens
    so used. The longest spelling wins."""
    full, longer, used = [], [], set()
    for spelling in spellings(words):
        place = range(spelling.first, spelling.last + 1)
        debts = ()
        if not (used.intersection(place) or is_fragment(words, spelling)):
            debts = _number(line, index, spelling)
        if debts:
            used.update(place)
            full.append(debts)
            keys = continued(words, spelling)
            longer += [_debts(line, index, "number", key) for key in keys]
    return full, list(filter(None, longer)), used


def _number(line: BankLine, index: Index, spelling: Spelling) -> tuple[Debt, ...]:
    for key in (spelling.key, spelling.compact, split_year(spelling.key)):
        if debts := _debts(line, index, "number", key):
            return debts
    return ()


def _short(line: BankLine, index: Index, words: str, used: set):
    found = []
    for spelling in spellings(words):
        place = range(spelling.first, spelling.last + 1)
        if used.intersection(place) or is_fragment(words, spelling):
            continue
        if not is_datelike(spelling):
            if debts := _short_debts(line, index, spelling):
                used = used.union(place)
                found.append(debts)
    return found


def _dated(line: BankLine, index: Index, words: str):
    found = (_short_debts(line, index, s) for s in spellings(words) if is_datelike(s))
    return [debts for debts in found if debts]


def _short_debts(line: BankLine, index: Index, spelling: Spelling) -> tuple[Debt, ...]:
    keys = (spelling.key, spelling.compact, split_year(spelling.key))
    debts = (d for key in keys for d in _debts(line, index, "short", key))
    return tuple(dict.fromkeys(debts))


def _bare(line: BankLine, index: Index, words: str, used: set):
    """A number that is also the amount, or in no way telling, is left out."""
    numbers = [number for number, place in cued(words) if place not in used]
    return [
        debts
        for number in numbers
        if int(number) != abs(line.amount) // 1
        and (debts := _bare_debts(line, index, number))
    ]


def _bare_debts(line: BankLine, index: Index, number: str) -> tuple[Debt, ...]:
    debts = _debts(line, index, "sequence", int(number))
    if len(number) >= _TELLING_DIGITS:
        return debts
    return tuple(debt for debt in debts if is_of_payer(debt, line, index))


def _distinct(groups: Iterable[tuple[Debt, ...]]) -> tuple[tuple[Debt, ...], ...]:
    return tuple(dict.fromkeys(groups))
