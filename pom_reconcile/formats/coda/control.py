"""The bank's own check figures, compared with what was read (standard §5 to §7).

Each sentence gives both figures and what to do. Money that doesn't add up is a reason
to refuse; what a bank merely leaves out is not.
"""

from __future__ import annotations

from .accounts import own_account

NEW_FILE = " Ask the bank for the file again."
NOT_A_RECORD = "This isn't a CODA record: “%(start)s”." + NEW_FILE
OUT_OF_ORDER = "Record %(found)s can't follow record %(previous)s." + NEW_FILE
NO_NEW_BALANCE = "The new balance (record 8) is missing before this line." + NEW_FILE
NO_TRAILER = (
    "The file is cut off: the trailer (record 9) of the statement is missing."
    + NEW_FILE
)
TOO_LONG = "The line has %(found)s characters; a CODA record has 128." + NEW_FILE
WRONG_SEQUENCE = (
    "The record has sequence number %(found)s, the movement before it %(due)s: a line"
    " is missing or in the wrong place." + NEW_FILE
)
NO_PARENT = (
    "Detail %(number)s of %(amount)s comes without the movement it belongs to."
    + NEW_FILE
)
WRONG_COUNT = (
    "The trailer counts %(due)s records, the statement has %(found)s: lines are missing"
    " or doubled." + NEW_FILE
)
WRONG_TOTALS = {
    "debit": "The trailer's debit total is %(due)s, the movements add up to %(found)s."
    + NEW_FILE,
    "credit": "The trailer's credit total is %(due)s, the movements add up to"
    " %(found)s." + NEW_FILE,
}
WRONG_BALANCE = (
    "The old balance and the movements give %(found)s, but the new balance is %(due)s."
    + NEW_FILE
)
WRONG_ACCOUNT = (
    "The new balance is of account %(found)s, the old balance of %(due)s." + NEW_FILE
)
WRONG_CHAIN = (
    "The old balance of %(account)s is %(found)s, but the statement before it in this"
    " file ends with %(due)s: a statement between them is missing." + NEW_FILE
)
WRONG_VERSION = (
    "This is CODA version “%(version)s”; only version 2 is known." + NEW_FILE
)

NOT_A_DATE = "“%(text)s” isn't a date; it is left empty."
DISORDERED = (
    "The statement isn't in order of date: the one before it in this file ends with"
    " %(due)s, this one begins with %(found)s."
)
NOT_GIVEN = "The bank doesn't give the %(name)s, so it can't be checked."
DUPLICATE = "The bank marks this as a duplicate of a statement it sent before."
REPEATED_NUMBER = "The sequence number %(number)s is used for two movements."
DETAILS_DONT_ADD_UP = (
    "The details of movement %(number)s add up to %(found)s instead of %(due)s: only"
    " the total is used."
)
NO_CURRENCY = "The bank doesn't give the account's currency; EUR is assumed."
DETAIL_ONLY = (
    "This is an extract of details that repeats money of the normal statements"
    " (separate application %(code)s): its %(count)s movements are left out."
)


def check(draft) -> None:
    """Compare a complete statement with its check figures.

    :param draft: the statement after its last record; what contradicts becomes one of
        its problems.
    """
    for detail in draft.orphans:
        draft.problem(
            detail.line_number,
            NO_PARENT,
            number=number_of(detail),
            amount=detail.amount,
        )
    _check_account(draft)
    _check_balance(draft)
    _check_trailer(draft)


def number_of(movement) -> str:
    """Return the bank's number of a movement and detail, like ``0012.0003``."""
    record = movement.raw[0]
    return f"{record[2:6]}.{record[6:10]}"


def _check_account(draft) -> None:
    """Compare the accounts of records 1 and 8; the latter states no structure."""
    if not draft.closing_field.strip():
        return
    due = (draft.account, draft.currency)
    readings = [own_account(draft.closing_field, draft.structure)]
    readings.append(own_account(draft.closing_field, ""))
    if not any(_same_account(due, reading) for reading in readings):
        draft.problem(
            draft.lines["8"],
            WRONG_ACCOUNT,
            found=" ".join(readings[0]).strip(),
            due=" ".join(due),
        )


def _same_account(due: tuple[str, str], found: tuple[str, str]) -> bool:
    return found[0] in ("", due[0]) and found[1] in ("", due[1])


def _check_balance(draft) -> None:
    found = draft.old_balance + draft.credit - draft.debit
    if found != draft.new_balance:
        draft.problem(
            draft.lines["8"], WRONG_BALANCE, found=found, due=draft.new_balance
        )


def _check_trailer(draft) -> None:
    line = draft.lines.get("9")
    for name, found in (("debit", draft.debit), ("credit", draft.credit)):
        due = draft.trailer.get(name, found)
        if due != found:
            draft.problem(line, WRONG_TOTALS[name], found=found, due=due)
    # Six digits count up to 999,999 only.
    due = draft.trailer.get("count", draft.count % 10**6)
    if due != draft.count % 10**6:
        draft.problem(line, WRONG_COUNT, found=draft.count, due=due)


class Chain:
    """Whether each statement begins where the one before it in the file ended."""

    def __init__(self):
        self._last: dict[tuple[str, str], tuple] = {}

    def check(self, draft) -> None:
        """Compare with the last statement of the account; one sent twice is no gap."""
        if draft.duplicate:
            return
        key = (draft.account, draft.currency)
        last = self._last.get(key)
        self._last[key] = (draft.new_balance, draft.new_balance_date, draft.sequence)
        if last is None or last[0] == draft.old_balance:
            return
        values = {"found": draft.old_balance, "due": last[0]}
        if _follows(draft, *last[1:]):
            draft.problem(
                draft.lines["1"], WRONG_CHAIN, account=draft.account, **values
            )
        else:
            draft.warn(draft.lines["1"], DISORDERED, **values)


def _follows(draft, ended, sequence: str) -> bool:
    """Whether the statement claims to come after, by its number or its dates."""
    if sequence.isdecimal() and draft.sequence.isdecimal():
        if int(draft.sequence) == int(sequence) + 1:
            return True
    return not (ended and draft.old_balance_date) or draft.old_balance_date >= ended
