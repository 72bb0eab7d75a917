"""The values that matching takes and gives.

Amounts are signed :class:`~decimal.Decimal` in major units: positive when money comes
in, or is owed to us; negative when it goes out, or is owed by us. A customer invoice, a
waiting incoming payment and a refund by a supplier are positive; a credit note, a
supplier's bill and a customer's credit are negative.

A *debt* is here whatever may be settled: a document with its instalments, or a payment
that waits for its money (:class:`.index.Debt`); its *items* are the candidates.

Identifiers (``id``, ``move_id``, …) are opaque: any hashable and, per field, orderable
value. Nothing here imports Odoo.
"""

from __future__ import annotations

import datetime
from collections.abc import Hashable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from odoo.addons.pom_payment.debt.claims import Paid
from odoo.addons.pom_payment.debt.facts import Claim

from .reasons import CHARGES

ZERO = Decimal(0)

#: Neutral kinds of a bank line, as the codes of CODA and of ISO 20022 tell them
#: (``formats.coda.codes``, ``formats.camt.codes``). '' says nothing and closes no rule.
LINE_KINDS = (
    "",
    "transfer",
    "direct_debit",
    "return",
    "payout",
    "costs",
    "internal",
)

#: Kinds of an open item.
CANDIDATE_KINDS = ("invoice", "instalment", "credit_note", "payment", "paid_invoice")

#: What becomes of money that no open item took.
REMAINDERS = ("", "open", "credit", "fee", "rounding", "discount", "claims")

#: What a person must see at a glance.
FLAGS = ("", "partial", "surplus", "paid_twice", "returned")


@dataclass(frozen=True)
class PayoutItem:
    """One payment in a PSP's list of what a payout is made of.

    ``gross`` is signed: refunds and chargebacks are negative.
    """

    reference: str
    gross: Decimal


@dataclass(frozen=True)
class BankLine:
    """What the bank said about one movement. Received, never edited.

    :ivar references: structured references as ``(kind, value)``, kind ``ogm`` or
        ``rf``, any spelling; other kinds are ignored.
    :ivar text: all free text, line ends kept (a reference may be wrapped over two).
    :ivar kind: one of :data:`LINE_KINDS`; ``internal`` comes from, or goes to, an
        account of our own.
    :ivar return_reason: ISO 20022 reason (``AM04``…), or a code of the format's own.
    :ivar foreign_amount: the same money in ``foreign_currency``, same sign.
    :ivar charges: what banks kept of it, as the bank told; it came to
        ``amount + charges`` for whoever paid. Above zero.
    :ivar payout_items: the PSP's list, when it is known.
    :ivar source: of which kind of file it came; '' when a person or another program
        entered it.
    :ivar is_total: it was booked for several payments that aren't listed with it.
    :ivar parts: of a total, the payments that the bank lists elsewhere.
    :ivar twin: what a line from another source says that may be the same money.
    :ivar picked: the debtor whom a person picked as who paid, or was paid.
    :ivar group: the debtors of his group, such as subsidiaries: what they owe is his to
        pay where the line names it.
    """

    id: Hashable
    amount: Decimal
    currency: str
    date: datetime.date
    company_id: Hashable = None
    journal_id: Hashable = None
    references: tuple[tuple[str, str], ...] = ()
    text: str = ""
    counterparty_name: str = ""
    counterparty_iban: str = ""
    counterparty_bic: str = ""
    end_to_end_id: str = ""
    mandate: str = ""
    kind: str = ""
    return_reason: str = ""
    foreign_amount: Decimal | None = None
    foreign_currency: str = ""
    charges: Decimal = ZERO
    payout_items: tuple[PayoutItem, ...] = ()
    source: str = ""
    twin: str = ""
    is_total: bool = False
    parts: tuple[BankLine, ...] = ()
    picked: Hashable = None
    group: frozenset = frozenset()

    def may_be_for(self, partner: Hashable) -> bool:
        """Tell if the money may be for this debtor, after what a person said of it."""
        return self.picked is None or partner == self.picked or partner in self.group

    def money(self, currency: str) -> Decimal | None:
        """Give the amount in that currency, None if the bank didn't tell it."""
        if currency == self.currency:
            return self.amount
        return self.foreign_amount if currency == self.foreign_currency else None


@dataclass(frozen=True)
class Candidate:
    """One item that a bank line may settle, or may undo.

    :ivar kind: one of :data:`CANDIDATE_KINDS`. ``payment`` is a payment that was booked
        and waits for its money; ``paid_invoice`` has residual 0 and is there to
        recognise second payments and returns. Instalments of one invoice are several
        candidates with the same ``move_id``.
    :ivar residual: open amount, signed, in ``currency``.
    :ivar paid: amount already paid, signed like the debt, in ``currency``; without the
        discount that was taken.
    :ivar discount_taken: what was written off as it was paid early, signed like the
        debt.
    :ivar name: number of the document (``INV/2026/00042``).
    :ivar learnt: accounts, not his own, from which persons booked money on this debtor
        only.
    :ivar shared: the same on others, too.
    :ivar references: payment references as stored, any spelling. For a payment:
        those of the invoices that it pays.
    :ivar date: when the document was issued.
    :ivar provider: code of the PSP; '' for a payment that a person registered.
    :ivar on_account: a payment that was applied to no document yet.
    :ivar under_way: a payment through a PSP is in progress for this item.
    :ivar payout_reference: the payout, settlement or bulk id that a PSP put it in.
    :ivar fee_account: of the PSP, where the journal has none of its own.
    :ivar discount_amount: what may be deducted until ``discount_date``, unsigned.
    :ivar agreed: what pays the first part of a payment plan, the first two, and so on.
    :ivar claims: what was asked on top of the document and is unpaid.
    :ivar given_up: an entry closed (some of) it, and no money: it may be written off.
    """

    id: Hashable
    kind: str
    residual: Decimal
    currency: str
    company_id: Hashable = None
    move_id: Hashable = None
    name: str = ""
    partner_id: Hashable = None
    commercial_partner_id: Hashable = None
    partner_names: tuple[str, ...] = ()
    ibans: tuple[str, ...] = ()
    learnt: tuple[str, ...] = ()
    shared: tuple[str, ...] = ()
    emails: tuple[str, ...] = ()
    date: datetime.date | None = None
    due_date: datetime.date | None = None
    references: tuple[str, ...] = ()
    paid: Decimal = ZERO
    provider: str = ""
    on_account: bool = False
    transaction_reference: str = ""
    provider_reference: str = ""
    end_to_end_id: str = ""
    payout_reference: str = ""
    fee_account: Hashable = None
    mandate: str = ""
    under_way: bool = False
    discount_amount: Decimal = ZERO
    discount_date: datetime.date | None = None
    agreed: tuple[Decimal, ...] = ()
    claims: tuple[Claim, ...] = ()
    given_up: bool = False
    discount_taken: Decimal = ZERO


@dataclass(frozen=True)
class Allocation:
    """``amount`` of a bank line that goes to a candidate, signed like the line."""

    candidate_id: Hashable
    amount: Decimal


@dataclass(frozen=True)
class Suggestion:
    """One answer that a person may give to a line that was left open."""

    allocations: tuple[Allocation, ...]
    remainder: Decimal
    reason: str
    values: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Match:
    """Our decision on one bank line, with its reason.

    ``sum(allocations) + remainder - charges`` is the line's amount in ``currency``.

    :ivar rule: code of the rule that decided; '' when the line is left open.
    :ivar remainder: what the items didn't take (surplus, of the line's sign) or what
        was taken beyond the money (fee, discount: opposite sign).
    :ivar remainder_as: one of :data:`REMAINDERS`; ``credit`` is of ``partner_id``.
    :ivar charges: what banks kept of the money beside that, to be booked as costs.
    :ivar claims: what of the remainder pays which claim; all of it when that is what it
        is taken as.
    :ivar flag: one of :data:`FLAGS`.
    :ivar discounted: ids of the items that a ``discount`` is of; of a return, those
        that lose the one that was taken.
    :ivar evidence: what it rests on, as ``(kind, value)``.
    :ivar reason: template of a sentence; translate it, then fill with ``values``.
    :ivar suggestions: best first, only on open lines.
    :ivar stage: to be booked after the lower stages of the batch; only a return of
        money that came in the same batch, and what follows it, is above 0.
    """

    line_id: Hashable
    rule: str
    allocations: tuple[Allocation, ...] = ()
    remainder: Decimal = ZERO
    remainder_as: str = ""
    charges: Decimal = ZERO
    currency: str = ""
    flag: str = ""
    partner_id: Hashable = None
    discounted: tuple[Hashable, ...] = ()
    claims: tuple[Paid, ...] = ()
    evidence: tuple[tuple[str, str], ...] = ()
    reason: str = ""
    values: Mapping[str, Any] = field(default_factory=dict)
    suggestions: tuple[Suggestion, ...] = ()
    stage: int = 0

    @property
    def decided(self) -> bool:
        return bool(self.rule)

    @property
    def sentence(self) -> str:
        """The reason in English."""
        more = [CHARGES] if "charges" in self.values else []
        return " ".join([self.reason, *more]) % self.values


@dataclass(frozen=True)
class Settings:
    """What a journal allows.

    :ivar rules: codes in the order of trying; None for all in the usual order.
    :ivar rounding_tolerance: a difference up to this is written off; 0 means never.
    :ivar fee_account: where a bank's and a PSP's fees go; without it a payout with a
        fee stays open, unless the PSP has an account for its own, and so does money
        that charges were kept of.
    :ivar fee_percent, fee_fixed: a larger difference (percent of the gross amount plus
        a fixed amount per payment) is not taken for a fee.
    :ivar return_costs: a bank's costs included in a returned amount, at most.
    :ivar combination_size: items that one payment without reference may combine.
    """

    rules: tuple[str, ...] | None = None
    early_payment_discount: bool = False
    rounding_tolerance: Decimal = ZERO
    fee_account: Hashable = None
    fee_percent: Decimal = Decimal(5)
    fee_fixed: Decimal = Decimal(1)
    return_costs: Decimal = Decimal(25)
    combination_size: int = 5
    suggestions: int = 5


@dataclass(frozen=True)
class Keys:
    """What to fetch for a batch of lines; see :func:`.engine.needed_keys`.

    :ivar references: canonical: 12 digits, or ``RF…`` without blanks.
    :ivar spellings: the same as Odoo stores them (``+++…+++``, RF in groups of four).
    :ivar sequence_numbers: last number of the invoices that texts seem to name.
    :ivar number_keys: spellings of document numbers, as in :class:`.numbers.Spelling`.
    :ivar compact_names: the same without any separator.
    :ivar names: normalised names, see :func:`.text.name_key`.
    :ivar raw_names: the same as the bank wrote them.
    :ivar amounts: absolute amounts, also foreign ones.
    :ivar partners: debtors whom persons picked.
    :ivar end_to_end_ids, mandates: as written, and in capitals without anything but
        letters and digits.
    :ivar tokens: words that may be a transaction, provider or payout reference: as
        written, in capitals, and in capitals without anything but letters and digits.
    """

    companies: frozenset
    references: frozenset[str]
    spellings: frozenset[str]
    sequence_numbers: frozenset[int]
    number_keys: frozenset[str]
    compact_names: frozenset[str]
    names: frozenset[str]
    raw_names: frozenset[str]
    ibans: frozenset[str]
    emails: frozenset[str]
    amounts: frozenset[Decimal]
    tokens: frozenset[str]
    end_to_end_ids: frozenset[str]
    mandates: frozenset[str]
    partners: frozenset
