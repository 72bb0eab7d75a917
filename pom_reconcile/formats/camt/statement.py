"""One statement of an account while its entries come in."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

from ..base import ZERO, FormatError, Problem, Statement, Transaction, counted
from ..chain import Chain
from ..sentences import DUPLICATE, NEW_FILE, WRONG_BALANCE
from . import control
from .balances import (
    OPENING,
    PREVIOUS,
    Balance,
    between,
    contradictions,
    read_balances,
)
from .entries import Entry
from .parties import Own, account_number, bank_code, company_number
from .values import NotADate, day, decimal, first, money, texts
from .xml import Event, Node, refusal

BOOKED = "BOOK"
#: Not booked: pending, for information, in the future.
SKIPPED = frozenset(("PDNG", "INFO", "FUTR"))
#: Sent before, and a copy of what was; a mere copy is for a third party.
DUPLICATES = frozenset(("DUPL", "CODU"))


class StatementDraft:
    """Collects the entries of a statement between its begin and its end.

    :param header: of the message.
    :raises FormatError: for what can't be read even when forced, in all methods.
    """

    def __init__(self, header: Node, problems: list[Problem]):
        self.header = header
        self.problems = list(problems)
        self.warnings: list[Problem] = []
        self.transactions: list[Transaction] = []
        self.opening_line = 0
        self.own = Own("", "", "")
        self.debit = self.credit = ZERO
        self.reversed: list[int] = []
        self.undated: list[int] = []
        self.skipped = self.unsure = self.number = 0

    @property
    def account(self) -> str:
        return self.own.account

    @property
    def currency(self) -> str:
        return self.own.currency

    @property
    def count(self) -> int:
        return len(self.transactions)

    def problem(self, line: int | None, message: str, **values) -> None:
        self.problems.append(Problem(line, message, values, NEW_FILE))

    def warn(self, line: int | None, message: str, **values) -> None:
        self.warnings.append(Problem(line, message, values))

    def open(self, event: Event) -> None:
        """Read whose statement it is: what stands before its entries."""
        self.opening_line = event.line
        node = event.node
        balances = self._read(read_balances, node)
        currencies = [node.get("Acct/Ccy"), *(item.currency for item in balances)]
        self.own = Own(
            account_number(node, "Acct/"),
            next(filter(None, currencies), ""),
            node.get("Acct/Ownr/Nm", ""),
        )

    # -- entries ---------------------------------------------------------------------

    def take(self, event: Event) -> None:
        """Take an entry; what isn't booked is only counted."""
        node, self.number = event.node, self.number + 1
        status = first(node, ("Sts/Cd", "Sts"))
        if status in SKIPPED:
            self.skipped += 1
            return
        self.unsure += status != BOOKED
        try:
            self._book(event)
        except ValueError as error:
            raise self._fatal(
                event.line, control.UNREADABLE, text=str(error)
            ) from error

    def _book(self, event: Event) -> None:
        if not self.currency:
            given = money(event.node)
            self.own = self.own._replace(currency=given.currency if given else "")
        entry = Entry(event.node, self.number, event.line, self.own, self.warn)
        booked = self._entry_day(event, "BookgDt")
        valued = self._entry_day(event, "ValDt")
        entry.days = booked or valued, valued
        transaction = entry.transaction(self.count + 1)
        if transaction.amount.is_signed():
            self.debit -= transaction.amount
        else:
            self.credit += transaction.amount
        if entry.reversed:
            self.reversed.append(self.count)
        if booked is None:
            self.undated.append(self.count)
        self.transactions.append(transaction)

    def _entry_day(self, event: Event, name: str) -> date | None:
        try:
            return day(event.node, name)
        except NotADate as error:
            self.problem(event.line, control.NOT_A_DATE, text=str(error))
            return None

    # -- the whole -------------------------------------------------------------------

    def finish(self, event: Event, chain: Chain) -> Statement:
        """Check the statement and return it; ``problems`` says what contradicts."""
        node = event.node
        if not self.opening_line:
            self.open(event)
        self._read_head(node)
        self._read_balances(node)
        self._check_head()
        self._check_balance(node)
        chain.check(self)
        self._warn_left_out()
        return self._statement(node)

    def _read_head(self, node: Node) -> None:
        self.sequence = node.get("ElctrncSeqNb", "").lstrip("0")
        self.duplicate = node.get("CpyDplctInd") in DUPLICATES
        if self.duplicate:
            self.warn(self.opening_line, DUPLICATE)

    def _check_head(self) -> None:
        if not self.account:
            raise self._fatal(self.opening_line, control.NO_ACCOUNT)
        if not self.currency:
            raise self._fatal(self.opening_line, control.NO_CURRENCY)

    def _read_balances(self, node: Node) -> None:
        balances = self._read(read_balances, node)
        for item in balances:
            if item.currency != self.currency:
                values = {"found": item.currency, "due": self.currency}
                values["code"] = item.code
                self.problem(
                    self.opening_line, control.WRONG_BALANCE_CURRENCY, **values
                )
        for one, other in contradictions(balances):
            values = {"found": one.amount, "other": other.amount, "code": one.code}
            self.problem(self.opening_line, control.TWO_BALANCES, **values)
        self._check_openings(balances)
        moved = self.credit - self.debit
        opening, closing = between(balances, moved, not self.transactions)
        if not (opening and closing):
            self._note_missing(node)
        self._set_balances(opening, closing)

    def _check_openings(self, balances: list[Balance]) -> None:
        amounts = {item.code: item.amount for item in balances}
        opening, previous = amounts.get(OPENING), amounts.get(PREVIOUS)
        if None not in (opening, previous) and opening != previous:
            values = {"found": opening, "due": previous}
            self.problem(self.opening_line, control.UNEQUAL_OPENINGS, **values)

    def _note_missing(self, node: Node) -> None:
        for holder, path in ((node, "StmtPgntn/"), (self.header, "MsgPgntn/")):
            if holder.get(path + "LastPgInd") in ("false", "0"):
                page = holder.get(path + "PgNb", "")
                self.problem(self.opening_line, control.NOT_LAST_PAGE, page=page)
                return
        self.problem(self.opening_line, control.NO_BALANCES)

    def _set_balances(self, opening: Balance | None, closing: Balance | None) -> None:
        moved = self.credit - self.debit
        if opening:
            self.old_balance = opening.amount
        else:
            self.old_balance = closing.amount - moved if closing else ZERO
        self.new_balance = closing.amount if closing else self.old_balance + moved
        self.opening_code = opening.code if opening else ""
        self.old_balance_date = opening and opening.day
        self.new_balance_date = closing and closing.day

    def _check_balance(self, node: Node) -> None:
        found = self.old_balance + self.credit - self.debit
        if found != self.new_balance and not self._turn_reversals(found):
            values = {"found": found, "due": self.new_balance}
            self.problem(self.opening_line, WRONG_BALANCE, **values)
        self._check_summary(node)

    def _turn_reversals(self, found: Decimal) -> bool:
        """Turn what was reversed where that, and only that, explains the balance.

        Some banks give the direction of the entry that was reversed.
        """
        turned = sum(self.transactions[index].amount for index in self.reversed)
        if not turned or found - 2 * turned != self.new_balance:
            return False
        for index in self.reversed:
            self.transactions[index] = _turn(self.transactions[index])
        amounts = [item.amount for item in self.transactions]
        self.credit = sum((item for item in amounts if item > 0), ZERO)
        self.debit = -sum((item for item in amounts if item < 0), ZERO)
        self.warn(self.opening_line, control.TURNED, count=len(self.reversed))
        return True

    def _check_summary(self, node: Node) -> None:
        """Compare the bank's own counts; some count what isn't booked, or details."""
        number = node.get("TxsSummry/TtlNtries/NbOfNtries", "")
        if number.isdecimal() and int(number) not in (self.count, self.number):
            values = {"found": self.count, "due": number}
            self.warn(self.opening_line, control.WRONG_NUMBER, **values)
        if self.skipped or self.reversed:
            return
        for name, kind in (("TtlCdtNtries", "credit"), ("TtlDbtNtries", "debit")):
            due = self._read(decimal, node.get(f"TxsSummry/{name}/Sum") or "0")
            if due and due != getattr(self, kind):
                values = {"found": getattr(self, kind), "due": due}
                self.warn(self.opening_line, control.WRONG_SUM[kind], **values)

    def _warn_left_out(self) -> None:
        if self.skipped:
            self.warn(self.opening_line, control.SKIPPED, count=self.skipped)
        if self.unsure:
            self.warn(self.opening_line, control.NO_STATUS, count=self.unsure)

    # -- reading ---------------------------------------------------------------------

    def _read(self, function, node):
        """Read something of the statement as a whole."""
        try:
            return function(node)
        except NotADate as error:
            raise self._fatal(
                self.opening_line, control.NOT_A_DATE, text=str(error)
            ) from error
        except ValueError as error:
            raise self._fatal(
                self.opening_line, control.UNREADABLE, text=str(error)
            ) from error

    def _fatal(self, line: int, message: str, **values) -> FormatError:
        return FormatError([*self.problems, *refusal(message, line, **values).problems])

    def _statement(self, node: Node) -> Statement:
        created = self._day(node, "CreDtTm") or self._day(self.header, "CreDtTm")
        last = self.new_balance_date or self._day(node, "FrToDt/ToDtTm")
        last = last or max(filter(None, self._days()), default=None) or created
        self._date(last)
        return Statement(
            account=self.account,
            currency=self.currency,
            number=node.get("LglSeqNb", "").lstrip("0"),
            sequence=self.sequence,
            holder=self.own.holder,
            holder_id=company_number(node, "Acct/Ownr/"),
            bic=bank_code(node, "Acct/Svcr/"),
            description=first(node, ("Acct/Nm", "Acct/Tp/Prtry")),
            file_reference=self.header.get("MsgId", ""),
            created=created,
            duplicate=self.duplicate,
            opens_day=self._opens_day(node),
            new_balance_date=last,
            warnings=(*self.problems, *self.warnings),
            messages=tuple(texts(node, "AddtlStmtInf")),
            **counted(self),
        )

    def _opens_day(self, node: Node) -> bool:
        """Whether the opening balance bears the date of the first day it opens.

        Some banks give it that of the day before, as one closed then has.
        """
        if self.opening_code != OPENING or not self.old_balance_date:
            return False
        first = self._day(node, "FrToDt/FrDtTm") or self.new_balance_date
        return self.old_balance_date == first

    def _days(self):
        return (item.date for item in self.transactions)

    def _day(self, node: Node, name: str) -> date | None:
        """Return a date that isn't needed, ``None`` for anything else."""
        try:
            return day(node, name)
        except NotADate:
            return None

    def _date(self, last: date | None) -> None:
        """Give entries without booking date their value date, within the statement."""
        first = self.old_balance_date
        for index in self.undated:
            transaction = self.transactions[index]
            valued = transaction.value_date or last
            if last and valued and not (first or valued) <= valued <= last:
                valued = last
            self.transactions[index] = _dated(transaction, valued)


def _turn(item: Transaction) -> Transaction:
    other = item.foreign and replace(item.foreign, amount=-item.foreign.amount)
    details = tuple(map(_turn, item.details))
    return replace(item, amount=-item.amount, foreign=other, details=details)


def _dated(item: Transaction, when: date | None) -> Transaction:
    details = tuple(_dated(detail, when) for detail in item.details)
    return replace(item, date=when, details=details)
