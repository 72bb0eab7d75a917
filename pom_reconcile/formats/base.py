"""What every bank statement format is read into, and how it says no.

Neutral on purpose: CODA, CAMT.053 and MT940 fill the same, and so does what another
addon reads. Amounts are signed ``Decimal`` in the currency of the account (credit
positive), dates ``datetime.date`` or ``None`` when the bank doesn't know; a text that
isn't there is ``""``.

A format is a module or object with a name, as accountants know it, and two functions::

    NAME: str
    identify(data: bytes, filename: str = "") -> bool
    read(data: bytes, force: bool = False) -> Iterable[Statement]

``identify`` says yes to files of its own format, damaged ones too, and to no other
format's; ``read`` refuses the damaged ones with a :class:`FormatError`. With ``force``
it gives out what is merely inconsistent, marked ``forced`` and with the problems among
its ``warnings``.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import MISSING, dataclass, field, fields, make_dataclass
from datetime import date
from decimal import Decimal
from typing import NamedTuple

ZERO = Decimal("0.00")


@dataclass(frozen=True)
class Problem:
    """One thing that is wrong in a file.

    :param line: number of the physical line, from 1; ``None`` for the whole file.
    :param message: an English sentence with ``%(name)s`` placeholders, so that it can
        be translated before ``values`` are filled in.
    :param advice: what to do about it, another sentence.

    >>> print(Problem(3, "Balance %(found)s isn't %(due)s.", {"found": 1, "due": 2}))
    Balance 1 isn't 2.
    """

    line: int | None
    message: str
    values: dict = field(default_factory=dict)
    advice: str = ""

    def __str__(self) -> str:
        return f"{self.message % self.values} {self.advice}".rstrip()


class FormatError(Exception):
    """A file that is not to be imported, and why.

    :param problems: what is wrong, in the order of the file.
    :param forcible: whether reading the same file with ``force`` would succeed.
    """

    def __init__(self, problems, forcible: bool = False):
        self.problems: list[Problem] = list(problems)
        self.forcible = forcible
        super().__init__("; ".join(map(_located, self.problems)))


def _located(problem: Problem) -> str:
    return f"line {problem.line}: {problem}" if problem.line else str(problem)


class Reference(NamedTuple):
    """A reference by which an invoice is found.

    ``kind`` is ``ogm`` (Belgian structured communication, ``value`` is its 12 digits),
    ``rf`` (ISO 11649 creditor reference, ``value`` without blanks), ``nl`` (Dutch
    *betalingskenmerk*, digits) or ``qrr`` (Swiss QR reference, 27 digits).
    """

    kind: str
    value: str


@dataclass(frozen=True, slots=True)
class Foreign:
    """The amount in the currency it was made in, with the sign of the transaction."""

    amount: Decimal
    currency: str
    rate: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Transaction:
    """One booked amount, or one detail of it."""

    amount: Decimal
    #: Place among the statement's transactions (or its parent's details), from 1.
    ordinal: int = 1
    #: Booking date; the statement's date where the bank gives none.
    date: date | None = None
    value_date: date | None = None
    #: Bank transaction code as the format writes it, and in words.
    code: str = ""
    code_text: str = ""
    counterparty_name: str = ""
    #: IBAN where it can be known, else the number as the bank gives it.
    counterparty_account: str = ""
    counterparty_bic: str = ""
    references: tuple[Reference, ...] = ()
    #: Remittance information for human eyes; lines separated by ``\n``.
    text: str = ""
    #: Type and fields of a communication that has a structure, as name/value pairs.
    structured_type: str = ""
    structured: tuple[tuple[str, str], ...] = ()
    end_to_end_id: str = ""
    #: Of the payment file, on a total booked for it.
    payment_information_id: str = ""
    mandate: str = ""
    creditor_id: str = ""
    #: ``reject``, ``return``, ``refund``, ``reversal``, ``cancellation`` or empty.
    return_type: str = ""
    #: ISO 20022 external code, e.g. ``AC04``.
    return_reason: str = ""
    category_purpose: str = ""
    purpose: str = ""
    #: Informative only: banks change and repeat it.
    bank_reference: str = ""
    foreign: Foreign | None = None
    #: What banks kept, told as such and contained in ``amount``: whoever paid gave
    #: ``amount + charges``, and what we paid came to that. Above zero.
    charges: Decimal = ZERO
    #: Whether ``details`` are payments of their own that add up to ``amount`` exactly,
    #: so that they may be booked in its place.
    batch: bool = False
    details: tuple[Transaction, ...] = ()
    #: What the bank adds about the entry, as readable name/value pairs.
    information: Sequence[tuple[str, str]] = ()
    #: The records as they stand in the file, LF between them, those of details that
    #: were left out too.
    raw: str = ""
    line_number: int | None = None


@dataclass(frozen=True, slots=True)
class Statement:
    """The movements of one account in one currency between two balances."""

    #: IBAN where it can be known, else the local number.
    account: str
    currency: str
    #: Number of the statement on paper, as the bank writes it; not a key.
    number: str = ""
    #: The bank's running number of such files; not a key either.
    sequence: str = ""
    holder: str = ""
    holder_id: str = ""
    bic: str = ""
    description: str = ""
    file_reference: str = ""
    created: date | None = None
    #: The bank says that it sent this before.
    duplicate: bool = False
    #: An extract that repeats money of other statements: not to be booked, its
    #: transactions are left out and a warning says so.
    detail_only: bool = False
    old_balance: Decimal = ZERO
    old_balance_date: date | None = None
    #: The old balance is that of the morning of its date, not of its evening.
    opens_day: bool = False
    new_balance: Decimal = ZERO
    new_balance_date: date | None = None
    #: Sums of the booked amounts, both positive.
    debit_total: Decimal = ZERO
    credit_total: Decimal = ZERO
    record_count: int = 0
    transactions: tuple[Transaction, ...] = ()
    #: Of an extract, what it repeats: the details of totals that other statements have.
    extract: tuple[Transaction, ...] = ()
    #: What a person should know; of a forced statement also why it was refused.
    warnings: tuple[Problem, ...] = ()
    #: Whether it was inconsistent and read all the same because ``force`` was given.
    forced: bool = False
    #: The bank's free messages to the customer.
    messages: tuple[str, ...] = ()
    line_number: int | None = None


def counted(reader) -> dict:
    """Return what a decoder has counted of a statement when it comes to its end.

    :param reader: with its balances, sums and transactions so far.
    """
    return {
        "old_balance": reader.old_balance,
        "old_balance_date": reader.old_balance_date,
        "new_balance": reader.new_balance,
        "debit_total": reader.debit,
        "credit_total": reader.credit,
        "record_count": reader.count,
        "transactions": tuple(reader.transactions),
        "forced": bool(reader.problems),
        "line_number": reader.opening_line,
    }


def _draft_field(item):
    default = {} if item.default is MISSING else {"default": item.default}
    return (item.name, item.type, field(**default))


# Creating a frozen dataclass of thirty fields costs ten times a mutable one (6 µs, half
# of what the whole decoder may take per movement), hence a twin with the same slots.
TransactionDraft = make_dataclass(
    "TransactionDraft", map(_draft_field, fields(Transaction)), slots=True
)


def freeze(draft) -> Transaction:
    """Turn a :class:`TransactionDraft` itself into a :class:`Transaction`."""
    draft.__class__ = Transaction
    return draft
