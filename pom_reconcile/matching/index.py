"""Open items by everything that a bank line may say about them, and what is left of
them while a batch is being decided."""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Hashable, Iterable
from decimal import Decimal
from typing import TYPE_CHECKING

from odoo.addons.pom_payment.debt.claims import Paid

from .base import ZERO, Allocation, BankLine, Candidate
from .names import iban_key, name_key
from .numbers import number_keys, sequence_number, short_keys
from .reading import Reading, read
from .text import canonical, is_structured

if TYPE_CHECKING:
    from .mentions import Mentions

_FAR = datetime.date.max
_PAYMENT = "payment"


class Item:
    """A candidate with what is left of it at this point of the batch."""

    __slots__ = ("candidate", "left", "paid", "stage", "taken")

    def __init__(self, candidate: Candidate):
        self.candidate = candidate
        self.left = candidate.residual
        self.paid = candidate.paid
        #: Of a discount: written off beside what was paid.
        self.taken = candidate.discount_taken
        self.stage = 0


class Debt:
    """The items of one document: an invoice with its instalments, a credit note, or one
    waiting payment. Oldest due item first."""

    __slots__ = ("items", "first", "claims")

    def __init__(self, first: Item):
        self.items = [first]
        self.first = first.candidate
        #: Asked on top, and still unpaid at this point of the batch.
        self.claims = first.candidate.claims

    @property
    def left(self) -> Decimal:
        if len(self.items) == 1:
            return self.items[0].left
        return sum((item.left for item in self.items), ZERO)

    @property
    def paid(self) -> Decimal:
        return sum((item.paid for item in self.items), ZERO)

    @property
    def taken(self) -> Decimal:
        """What was written off of it as a discount when it was paid."""
        return sum((item.taken for item in self.items), ZERO)

    @property
    def given_up(self) -> bool:
        return any(item.candidate.given_up for item in self.items)

    @property
    def partner(self) -> Hashable:
        return self.first.commercial_partner_id

    @property
    def currency(self) -> str:
        return self.first.currency

    @property
    def waiting(self) -> bool:
        """A payment that waits for its money, not a debt."""
        return self.first.kind == _PAYMENT

    @property
    def through_psp(self) -> bool:
        return self.waiting and bool(self.first.provider)

    def issued_by(self, date: datetime.date) -> bool:
        """Tell if it was there on that day; a payment may be registered afterwards."""
        return self.waiting or self.first.date is None or self.first.date <= date


class Index:
    """Candidates of a batch, looked up in constant time.

    Every dictionary is keyed by the company first: what belongs to another company
    isn't there. Lists are in one canonical order, whatever the order of arrival.
    """

    def __init__(self, candidates: Iterable[Candidate]):
        self._items: dict[Hashable, Item] = {}
        self._readings: dict[Hashable, Reading] = {}
        #: Memory of :func:`.mentions.mentions`.
        self.mentions: dict[Hashable, Mentions] = {}
        self._debts: dict[tuple, Debt] = {}
        self._claimed: dict[Hashable, Debt] = {}
        self._lookups = {name: defaultdict(list) for name in _LOOKUPS}
        self._stems: set[tuple] = set()
        self._numbers: set[str] = set()
        for candidate in sorted(candidates, key=_order):
            self._add(candidate)
        for debt in self._debts.values():
            self._enter(debt)

    def reading(self, line: BankLine) -> Reading:
        """What the line says; read once."""
        reading = self._readings.get(line.id)
        if reading is None:
            reading = self._readings[line.id] = read(line)
        return reading

    def item(self, candidate_id: Hashable) -> Item:
        """Give a candidate with what is left of it now."""
        return self._items[candidate_id]

    def find(self, lookup: str, company: Hashable, key: Hashable) -> list[Debt]:
        """Give the debts under a key.

        :param lookup: ``reference``, ``number``, ``short``, ``sequence``, ``token``,
            ``end_to_end``, ``payout``, ``mandate``, ``partner``, ``amount``.
        """
        return self._lookups[lookup].get((company, key), [])

    def is_foreign(self, company: Hashable, number: str) -> bool:
        """Tell if a number, in the form of :func:`.numbers.number_keys`, would be a
        document's of ours that isn't here, or is another company's."""
        if self.find("number", company, number):
            return False
        stem = number.rpartition("|")[0]
        return (company, stem) in self._stems or number in self._numbers

    def owners(self, lookup: str, company: Hashable, key: Hashable) -> set:
        """Give the debtors (commercial partners) under a key.

        :param lookup: ``iban``, ``learnt``, ``shared``, ``name`` or ``email``.
        """
        return set(self._lookups[lookup].get((company, key), ()))

    def take_claims(self, paid: Iterable[Paid]) -> None:
        """Use up what a decision set against claims."""
        for one in paid:
            debt = self._claimed[one.claim.key]
            debt.claims = tuple(
                claim._replace(amount=claim.amount - one.amount)
                if claim.key == one.claim.key
                else claim
                for claim in debt.claims
            )

    def take(self, allocations: Iterable[Allocation], returned: bool) -> int:
        """Use up what a decision allocated, and give the stage of that decision.

        :param returned: money went back: what was paid is open again.
        :raises ValueError: more than what is left, or a return of more than was paid:
            a rule is wrong.
        """
        items = [(self._items[a.candidate_id], a.amount) for a in allocations]
        stage = max((item.stage + returned for item, _amount in items), default=0)
        for item, amount in items:
            whole = -item.paid if returned else item.left
            if amount * whole <= 0 or abs(amount) > abs(whole):
                raise ValueError(f"{amount} of {whole} on {item.candidate.id!r}")
            item.left -= amount
            item.paid += amount
            item.stage = stage
        return stage

    def lose_discounts(self, items: Iterable[Hashable]) -> None:
        """What was written off of these, as it was paid early, is open again."""
        for item in (self._items[key] for key in items):
            item.left, item.taken = item.left + item.taken, ZERO

    def _add(self, candidate: Candidate) -> None:
        if candidate.id in self._items:
            raise ValueError(f"candidate {candidate.id!r} is given twice")
        item = self._items[candidate.id] = Item(candidate)
        key = _debt_key(candidate)
        if key in self._debts:
            self._debts[key].items.append(item)
        else:
            self._debts[key] = Debt(item)

    def _enter(self, debt: Debt) -> None:
        company = debt.first.company_id
        self._claimed.update((claim.key, debt) for claim in debt.claims)
        self._enter_number(company, debt)
        for lookup, key in _keys(debt):
            debts = self._lookups[lookup][company, key]
            # A debt is entered at once, so only the last one can be itself.
            if not debts or debts[-1] is not debt:
                debts.append(debt)
        for lookup, key in _owner_keys(debt):
            owners = self._lookups[lookup][company, key]
            if debt.partner not in owners:
                owners.append(debt.partner)

    def _enter_number(self, company: Hashable, debt: Debt) -> None:
        """Keep how documents are numbered; a payment's own number is not quoted."""
        key, _compact = number_keys(debt.first.name)
        stem = key.rpartition("|")[0]
        if not debt.waiting and "|" in stem and stem[:1].isalpha():
            self._stems.add((company, stem))
            self._numbers.add(key)


_LOOKUPS = (
    "reference",
    "number",
    "short",
    "sequence",
    "token",
    "end_to_end",
    "payout",
    "mandate",
    "partner",
    "amount",
    "iban",
    "learnt",
    "shared",
    "name",
    "email",
)


def _order(candidate: Candidate) -> tuple:
    return (candidate.due_date or _FAR, candidate.name, candidate.id)


def _debt_key(candidate: Candidate) -> tuple:
    if candidate.move_id is None or candidate.kind == _PAYMENT:
        return ("item", candidate.id)
    return ("move", candidate.company_id, candidate.move_id, candidate.currency)


def _keys(debt: Debt) -> Iterable[tuple[str, Hashable]]:
    for item in debt.items:
        candidate = item.candidate
        for reference in candidate.references:
            yield from _reference_keys(reference)
        yield from _token_keys(candidate)
        yield "amount", abs(candidate.residual)
    yield "amount", abs(debt.left)
    if debt.partner is not None:
        yield "partner", debt.partner
    yield from _number_keys(debt.first.name)


def _reference_keys(reference: str) -> Iterable[tuple[str, str]]:
    key = canonical(reference)
    if is_structured(key):
        yield "reference", key
    else:
        yield from _number_keys(reference)


def _number_keys(name: str) -> Iterable[tuple[str, Hashable]]:
    key, compact = number_keys(name)
    lookup = "number" if _is_full(key, compact) else "short"
    yield lookup, key
    yield lookup, compact
    for short in short_keys(name):
        yield "short", short
    yield "sequence", sequence_number(name)


def _is_full(key: str, compact: str) -> bool:
    """A name of words only, or of a few digits, is found in too many texts."""
    return len(key) > 4 and any(map(str.isdecimal, compact))


def _token_keys(candidate: Candidate) -> Iterable[tuple[str, str]]:
    for lookup, value in (
        ("token", candidate.transaction_reference),
        ("token", candidate.provider_reference),
        ("end_to_end", candidate.end_to_end_id),
        ("payout", candidate.payout_reference),
        ("mandate", candidate.mandate),
    ):
        if key := canonical(value):
            yield lookup, key


def _owner_keys(debt: Debt) -> Iterable[tuple[str, str]]:
    """What says who a payer is; a name without any letter that banks know says none."""
    for item in debt.items if debt.partner is not None else ():
        candidate = item.candidate
        keys = (
            *(("iban", iban_key(iban)) for iban in candidate.ibans),
            *(("learnt", iban_key(iban)) for iban in candidate.learnt),
            *(("shared", iban_key(iban)) for iban in candidate.shared),
            *(("name", name_key(name)) for name in candidate.partner_names),
            *(("email", email.lower()) for email in candidate.emails),
        )
        yield from ((lookup, key) for lookup, key in keys if key)
