"""One MT940 message, which is a statement or a page of one."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from ..base import ZERO, FormatError, Problem, Statement, Transaction, counted, freeze
from ..chain import Chain
from ..sentences import NEW_FILE, WRONG_BALANCE
from . import control
from .details import read_details
from .entries import amount, day, read_line
from .fields import Field

BALANCE = re.compile(r"([CD])([0-9]{6})([A-Z]{3})([0-9]{0,15}(?:,[0-9]{0,3})?)")
OPENING, CLOSING = ("60F", "60M"), ("62F", "62M")
CURRENCY_BEHIND = re.compile(r"(.+?)\s*([A-Z]{3})")
IBAN = re.compile(r"[A-Z]{2}[0-9]{2}[A-Z0-9]{11,30}")
#: Before the IBAN: bank code and number.
GERMAN = re.compile(r"([0-9]{8})/([0-9]{1,10})")


class Balance(NamedTuple):
    amount: Decimal
    currency: str
    day: date


class StatementDraft:
    """Reads the fields of a message.

    :raises FormatError: for what can't be read even when forced, in all methods.
    """

    #: Never said here.
    duplicate = False
    sequence = ""

    def __init__(self, fields: list[Field]):
        self.problems: list[Problem] = []
        self.warnings: list[Problem] = []
        self.opening_line = fields[0].number
        self.fields = fields
        self.debit = self.credit = ZERO
        self.transactions: list[Transaction] = []
        self.messages: list[str] = []

    @property
    def count(self) -> int:
        return len(self.transactions)

    def problem(self, line: int, message: str, **values) -> None:
        self.problems.append(Problem(line, message, values, NEW_FILE))

    def warn(self, line: int, message: str, **values) -> None:
        self.warnings.append(Problem(line, message, values))

    def finish(self, chain: Chain) -> Statement:
        """Check the statement and return it; ``problems`` says what contradicts."""
        opening, closing = self._balance(OPENING), self._balance(CLOSING)
        self.currency = opening.currency
        self.account = account_number(self._one(("25", "25P")).first, self.currency)
        self.old_balance, self.old_balance_date = opening.amount, opening.day
        self.new_balance, self.new_balance_date = closing.amount, closing.day
        self._read_entries()
        self._check(closing)
        chain.check(self)
        return self._statement()

    def _one(self, tags: Iterable[str]) -> Field:
        found = [field for field in self.fields if field.tag in tags]
        tag = next(iter(tags))
        if not found:
            raise self._fatal(self.opening_line, control.MISSING, tag=tag)
        if len(found) > 1:
            raise self._fatal(found[1].number, control.REPEATED_FIELD, tag=tag)
        return found[0]

    def _balance(self, tags: Iterable[str]) -> Balance:
        field = self._one(tags)
        match = BALANCE.fullmatch(field.first)
        try:
            sign, when, currency, value = match.groups()
            found = amount(value)
            return Balance(-found if sign == "D" else found, currency, day(when))
        except (AttributeError, ValueError):
            raise self._fatal(
                field.number, control.UNREADABLE_BALANCE, text=field.first
            ) from None

    def _read_entries(self) -> None:
        """Read each line with the text behind it; that of the whole is a message."""
        draft = None
        closed = False
        for field in self.fields:
            closed = closed or field.tag in CLOSING
            if field.tag == "61":
                self._take(draft)
                draft = self._line(field)
            elif field.tag == "86" and draft and not closed:
                read_details(draft, field.lines)
            elif field.tag == "86":
                text = (line.strip() for line in field.lines)
                self.messages.append("\n".join(filter(None, text)))
        self._take(draft)

    def _line(self, field: Field):
        try:
            draft = read_line(field.lines, self.currency)
        except ValueError:
            raise self._fatal(
                field.number, control.UNREADABLE_ENTRY, text=field.first
            ) from None
        draft.line_number = field.number
        draft.raw = field.lines[0]
        return draft

    def _take(self, draft) -> None:
        if draft is None:
            return
        draft.ordinal = self.count + 1
        draft.date = draft.date or self._within(draft.value_date)
        if draft.amount.is_signed():
            self.debit -= draft.amount
        else:
            self.credit += draft.amount
        self.transactions.append(freeze(draft))

    def _within(self, when: date) -> date:
        """Return a value date as booking date, within the statement."""
        last = self.new_balance_date
        return when if self.old_balance_date <= when <= last else last

    def _check(self, closing: Balance) -> None:
        line = self._one(CLOSING).number
        if closing.currency != self.currency:
            values = {"found": closing.currency, "due": self.currency}
            self.problem(line, control.OTHER_CURRENCY, **values)
        found = self.old_balance + self.credit - self.debit
        if found != self.new_balance:
            values = {"found": found, "due": self.new_balance}
            self.problem(line, WRONG_BALANCE, **values)

    def _fatal(self, line: int, message: str, **values) -> FormatError:
        problem = Problem(line, message, values, NEW_FILE)
        return FormatError([*self.problems, problem])

    def _text(self, *tags: str) -> str:
        found = (field.first for field in self.fields if field.tag in tags)
        return next(found, "")

    def _statement(self) -> Statement:
        number = self._text("28C", "28").partition("/")[0].strip()
        return Statement(
            account=self.account,
            currency=self.currency,
            number=number.lstrip("0"),
            file_reference=self._text("20"),
            # Of a single day, or in its course: that isn't said.
            opens_day=self.old_balance_date == self.new_balance_date,
            new_balance_date=self.new_balance_date,
            warnings=(*self.problems, *self.warnings),
            messages=tuple(self.messages),
            **counted(self),
        )


def account_number(text: str, currency: str) -> str:
    """Return the number of an account without what stands around it.

    >>> account_number("NL91 ABNA 0417 1643 00 EUR", "EUR")
    'NL91ABNA0417164300'
    >>> account_number("37040044/532013000", "EUR")
    'DE89370400440532013000'
    """
    behind = CURRENCY_BEHIND.fullmatch(text)
    if behind and behind[2] == currency:
        text = behind[1]
    compact = text.replace(" ", "").upper()
    german = GERMAN.fullmatch(compact)
    if german:
        return _german_iban(*german.groups())
    last = compact.rpartition("/")[2]
    return last if IBAN.fullmatch(last) or "/" in compact else text.strip()


def _german_iban(bank: str, number: str) -> str:
    digits = bank + number.zfill(10)
    return f"DE{98 - int(digits + '131400') % 97:02d}{digits}"
