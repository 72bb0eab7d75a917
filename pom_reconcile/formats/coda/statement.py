"""One statement while its records come in.

The sequence and detail numbers tell what belongs together; the globalisation code
doesn't: banks leave it out, or set it where nothing follows.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal

from ..base import ZERO, FormatError, Problem, Statement, Transaction, TransactionDraft
from ..chain import Chain
from ..sentences import DUPLICATE, NEW_FILE
from . import control
from .accounts import own_account
from .details import attach, dated, finish, is_dated
from .groups import Group, in_order
from .movements import build, read_bic, read_day
from .records import (
    BEFORE,
    COUNTED,
    HEADER,
    MESSAGE,
    NEW_BALANCE,
    OLD_BALANCE,
    STRIDE,
    TRAILER,
    WIDTH,
)
from .values import money

DEFAULT_CURRENCY = "EUR"
#: What a draft and the statement call by the same names.
ALIKE = (
    "account currency number sequence holder holder_id bic description file_reference "
    "created duplicate old_balance old_balance_date new_balance new_balance_date "
    "line_number"
).split()
MOVEMENTS = frozenset(("21", "22", "23", "31", "32", "33"))
ONCE = frozenset(("1", "8", "9"))
LAST_DETAIL = "9999"
#: The kind and the detail number of the last of a movement's records.
LAST_KIND = slice(-WIDTH, 2 - WIDTH)
_LAST_DETAIL = slice(6 - WIDTH, 10 - WIDTH)
#: Types of details that a bank gives without their total in a detail-only extract.
DETAIL_TYPES = frozenset("679")

_header = HEADER.getter(
    "created",
    "duplicate",
    "file_reference",
    "addressee",
    "bic",
    "holder_id",
    "separate",
    "version",
)
_old_balance = OLD_BALANCE.getter(
    "structure", "number", "account", "sign", "balance", "date"
)
_holder = OLD_BALANCE.getter("holder", "description", "sequence")
_new_balance = NEW_BALANCE.getter("account", "sign", "balance", "date")
_message = MESSAGE.slices["text"]
TRAILER_NAMES = ("count", "debit", "credit")
_trailer = TRAILER.getter(*TRAILER_NAMES)


class StatementDraft:
    """Collects records from the header to the next one.

    :param number: line of the header.
    :param record: the header, 128 characters.
    :raises FormatError: for what can't be read even when forced, here and in
        :meth:`take` and :meth:`finish`.
    """

    def __init__(self, number: int, record: str):
        self.problems: list[Problem] = []
        self.warnings: list[Problem] = []
        self.line_number = number
        self.last = "0"
        self.last_line = number
        self.count = 0
        self.lines: dict[str, int] = {}
        self.messages: list[str] = []
        self.account = self.currency = self.structure = ""
        self.closing_field = ""
        self.new_balance: Decimal | None = None
        self.new_balance_date = None
        self.trailer: dict[str, Decimal | int] = {}
        self.debit = self.credit = ZERO
        self.transactions: list[Transaction] = []
        self.undated: list[int] = []
        # The movement whose records are coming in.
        self.records: list[str] = []
        self.records_line = number
        # The booked movement that is waiting for its details.
        self.total: TransactionDraft | None = None
        self.total_sequence = ""
        self.last_detail = ""
        self.details: list[TransactionDraft] = []
        self.orphans: list[TransactionDraft] = []
        self._check_width(number, [record])
        self._read_header(number, record)

    @property
    def opening_line(self) -> int:
        return self.lines["1"]

    def problem(self, line: int, message: str, **values) -> None:
        self.problems.append(Problem(line, message, values, NEW_FILE))

    def warn(self, line: int | None, message: str, **values) -> None:
        self.warnings.append(Problem(line, message, values))

    # -- records ---------------------------------------------------------------------

    def take(self, source: Iterator[Group]) -> tuple[int, str] | None:
        """Take the records up to the next header, which is returned.

        What stands behind the trailer is still looked at: nothing there is lost.
        """
        for number, text, whole in source:
            if whole and self.last in BEFORE["21"]:
                if self.records:
                    self._close_movement()
                self.last = text[LAST_KIND]
                self.last_line = number + len(text) // STRIDE
                self._take_movement(number, text)
                continue
            for line, record in enumerate(text.split("\n"), number):
                if record[0] == "0":
                    return line, record
                self._take_record(line, record)
                self.last_line = line
        return None

    def _take_record(self, number: int, record: str) -> None:
        kind = record[:2] if record[0] in "23" else record[0]
        misplaced = self.last not in BEFORE.get(kind, ())
        if misplaced and self._is_refused(number, kind, record):
            return
        self.last = kind
        if kind in MOVEMENTS:
            self._take_part(number, record)
            return
        self._close_movement()
        self._check_width(number, [record])
        self.lines[kind] = number
        self.count += kind in COUNTED
        READERS[kind](self, number, record[:WIDTH])

    def _take_part(self, number: int, record: str) -> None:
        """Take a record of a movement, which goes on with the next one perhaps."""
        if record[:2] == "21":
            self._close_movement()
            self.records_line = number
        elif not self.records:
            self.count += 1
            return
        self.records.append(record)

    def _is_refused(self, number: int, kind: str, record: str) -> bool:
        """Note a record out of order; return whether to leave it out altogether."""
        if kind not in BEFORE or kind == "":
            self.problem(number, control.NOT_A_RECORD, start=record[:20].strip())
            return True
        if kind == "9" and self.last not in ONCE:
            self.problem(number, control.NO_NEW_BALANCE)
        else:
            self.problem(number, control.OUT_OF_ORDER, found=kind, previous=self.last)
        return kind in ONCE and kind in self.lines

    def _check_width(self, number: int, records: list[str]) -> None:
        for line, record in enumerate(records, number):
            if len(record) > WIDTH:
                self.problem(line, control.TOO_LONG, found=len(record))

    def _check_sequence(self, number: int, records: list[str]) -> None:
        due = records[0][2:6]
        for line, record in enumerate(records, number):
            if record[2:6] != due:
                values = {"found": record[2:6], "due": due}
                self.problem(line, control.WRONG_SEQUENCE, **values)

    def _read_header(self, number: int, record: str) -> None:
        (
            created,
            duplicate,
            file_reference,
            addressee,
            bic,
            holder_id,
            separate,
            version,
        ) = _header(record)
        if version == "1":
            raise FormatError([Problem(number, control.VERSION_1)])
        if version != "2":
            self.problem(number, control.WRONG_VERSION, version=version)
        self.created = self._day(number, created)
        self.duplicate = duplicate == "D"
        if self.duplicate:
            self.warn(number, DUPLICATE)
        self.file_reference = file_reference.strip()
        self.addressee = addressee.strip()
        self.bic = read_bic(bic)
        self.holder_id = holder_id.strip("0 ") and holder_id.strip()
        self.separate = separate.strip("0 ") and separate

    def _read_old_balance(self, number: int, record: str) -> None:
        self.structure, paper, account, sign, balance, when = _old_balance(record)
        holder, description, sequence = _holder(record)
        self.number, self.sequence = paper.strip(), sequence.strip()
        self.account, self.currency = own_account(account, self.structure)
        self.old_balance = self._money(number, balance, sign)
        self.old_balance_date = self._day(number, when)
        self.holder = holder.strip() or self.addressee
        self.description = description.strip()

    def _read_new_balance(self, number: int, record: str) -> None:
        self.closing_field, sign, balance, when = _new_balance(record)
        self.new_balance = self._money(number, balance, sign)
        self.new_balance_date = self._day(number, when)

    def _read_message(self, number: int, record: str) -> None:
        self.messages.append(record[_message].strip())

    def _read_trailer(self, number: int, record: str) -> None:
        for name, text in zip(TRAILER_NAMES, _trailer(record), strict=True):
            if text.isspace():
                self.warn(number, control.NOT_GIVEN[name])
            elif name != "count":
                self.trailer[name] = self._money(number, text)
            elif text.isdecimal():
                self.trailer[name] = int(text)
            else:
                raise self._fatal(number, control.UNREADABLE, text=text)

    def _day(self, number: int, text: str) -> date | None:
        return read_day(text, number, self.warn)

    def _money(self, number: int, text: str, sign: str = "0") -> Decimal:
        try:
            return money(text, sign)
        except ValueError:
            raise self._fatal(
                number, control.UNREADABLE, text=f"{sign}{text}"
            ) from None

    def _fatal(self, number: int, message: str, **values) -> FormatError:
        problem = Problem(number, message, values, NEW_FILE)
        return FormatError([*self.problems, problem])

    # -- movements -------------------------------------------------------------------

    def _close_movement(self) -> None:
        """Take the movement whose records came in one by one."""
        if not self.records:
            return
        records, self.records = self.records, []
        self._check_width(self.records_line, records)
        self._check_sequence(self.records_line, records)
        kept = in_order([record[:WIDTH] for record in records])
        self.count += len(records) - len(kept)
        self._take_movement(self.records_line, "\n".join(kept))

    def _take_movement(self, number: int, text: str) -> None:
        """Turn the records of a movement into one, or a detail of the last one."""
        self.count += len(text) // STRIDE + 1
        sequence, detail = text[2:6], text[6:10]
        try:
            own = (self.account, self.currency or DEFAULT_CURRENCY)
            draft = build(text, number, own, self.warn)
        except ValueError:
            raise self._fatal(number, control.UNREADABLE, text=text[31:47]) from None
        same = sequence == self.total_sequence
        if detail == "0000" and not (same and self._is_wrapped()):
            if same:
                self.warn(number, control.REPEATED_NUMBER, number=sequence)
            self._close_total()
            self.total, self.total_sequence = draft, sequence
        elif same:
            self.details.append(draft)
        else:
            self.orphans.append(draft)
        self.last_detail = text[_LAST_DETAIL]

    def _is_wrapped(self) -> bool:
        # After 9,999 details their number goes on at 0000 (standard §6).
        return self.last_detail == LAST_DETAIL

    def _close_total(self) -> None:
        """Book the movement that has all its details now."""
        total, self.total = self.total, None
        if total is None:
            return
        if total.amount.is_signed():
            self.debit -= total.amount
        else:
            self.credit += total.amount
        if self.details:
            attach(total, self.details, self.warn)
            self.details = []
        # At once, while it is at hand: going through all of them again takes longer.
        transactions = self.transactions
        if total.date is None or total.details:
            if not is_dated(total):
                self.undated.append(len(transactions))
        transactions.append(finish(total, len(transactions) + 1))

    # -- the whole -------------------------------------------------------------------

    def finish(self, chain: Chain) -> Statement:
        """Check the statement and return it; ``problems`` says what contradicts."""
        self._close_movement()
        self._close_total()
        if self.last != "9":
            self.problem(self.last_line, control.NO_TRAILER)
        if "1" not in self.lines:
            raise self._fatal(self.line_number, control.NO_ACCOUNT)
        if self._is_detail_only():
            return self._detail_only()
        self._complete()
        control.check(self)
        chain.check(self)
        self.problems.sort(key=_line)
        return self._statement()

    def _complete(self) -> None:
        closing = own_account(self.closing_field, self.structure)
        self.currency = self.currency or closing[1]
        if not self.currency:
            self.warn(self.lines["1"], control.NO_CURRENCY)
            self.currency = DEFAULT_CURRENCY
        if self.new_balance is None:
            # An empty statement has no record 8: nothing moved.
            self.new_balance = self.old_balance + self.credit - self.debit
            self.new_balance_date = self.old_balance_date
        opened, closed = self.old_balance_date, self.new_balance_date
        if opened and closed and closed < opened:
            days = {"opened": opened, "closed": closed}
            self.warn(self.lines["1"], control.CLOSED_EARLY, **days)
        # A movement without booking date has the statement's.
        when = self.new_balance_date or self.created
        for index in self.undated:
            self.transactions[index] = dated(self.transactions[index], when)

    def _is_detail_only(self) -> bool:
        """Whether this is an extract that repeats money (a "separate application").

        Its balances are zero and don't include its movements. The code in the header
        alone isn't enough: some banks set it in normal files.
        """
        if self.old_balance or self.new_balance != ZERO:
            return False
        kinds = {item.code[0] for item in self.transactions}
        unbooked = bool(kinds) and kinds <= DETAIL_TYPES
        unbalanced = bool(self.separate) and self.debit != self.credit
        return bool(self.orphans) or unbooked or unbalanced

    def _detail_only(self) -> Statement:
        self.warn(
            self.line_number,
            control.DETAIL_ONLY,
            code=self.separate or "00000",
            count=len(self.transactions) + len(self.orphans),
        )
        self.problems.clear()
        extract, self.transactions = self.transactions, []
        return replace(self._statement(detail_only=True), extract=tuple(extract))

    def _statement(self, detail_only: bool = False) -> Statement:
        alike = {name: getattr(self, name) for name in ALIKE}
        return Statement(
            **alike,
            detail_only=detail_only,
            debit_total=self.debit,
            credit_total=self.credit,
            record_count=self.count,
            transactions=tuple(self.transactions),
            warnings=tuple(sorted([*self.problems, *self.warnings], key=_line)),
            forced=bool(self.problems),
            messages=tuple(self.messages),
        )


READERS = {
    "1": StatementDraft._read_old_balance,
    "8": StatementDraft._read_new_balance,
    "4": StatementDraft._read_message,
    "9": StatementDraft._read_trailer,
}


def _line(problem: Problem) -> int:
    return problem.line or 0
