"""The bank's own check figures, compared with what was read (standard §5 to §7).

Each sentence gives both figures and what to do. Money that doesn't add up is a reason
to refuse; what a bank merely leaves out is not.
"""

# There is no environment here:
# pylint: disable=prefer-env-translation
from __future__ import annotations

from odoo.addons.pom_payment.tools.marking import _

from ..sentences import WRONG_BALANCE
from .accounts import own_account

NOT_A_RECORD = _("This isn't a CODA record: “%(start)s”.")
OUT_OF_ORDER = _("Record %(found)s can't follow record %(previous)s.")
NO_NEW_BALANCE = _("The new balance (record 8) is missing before this line.")
NO_TRAILER = _(
    "The file is cut off: the trailer (record 9) of the statement is missing."
)
TOO_LONG = _("The line has %(found)s characters; a CODA record has 128.")
WRONG_SEQUENCE = _(
    "The record has sequence number %(found)s, the movement before it %(due)s: a line"
    " is missing or in the wrong place."
)
NO_PARENT = _(
    "Detail %(number)s of %(amount)s comes without the movement it belongs to."
)
WRONG_COUNT = _(
    "The trailer counts %(due)s records, the statement has %(found)s: lines are missing"
    " or doubled."
)
WRONG_TOTALS = {
    "debit": _(
        "The trailer's debit total is %(due)s, the movements add up to %(found)s."
    ),
    "credit": _(
        "The trailer's credit total is %(due)s, the movements add up to %(found)s."
    ),
}
WRONG_ACCOUNT = _(
    "The new balance is of account %(found)s, the old balance of %(due)s."
)
WRONG_VERSION = _("This is CODA version “%(version)s”; only version 2 is supported.")
VERSION_1 = _(
    "This is CODA version 1, which banks gave up years ago: ask yours for version 2."
)
NO_ACCOUNT = _("The statement has no account: record 1 is missing.")
UNREADABLE = _("The amount “%(text)s” or its sign can't be read.")
NOT_CODA = _(
    "This isn't a CODA file: it doesn't begin with a CODA header (record 0). Choose the"
    " file itself, as the bank gave it."
)

NOT_A_DATE = _("“%(text)s” isn't a date; it is left empty.")
CLOSED_EARLY = _(
    "The statement was closed on %(closed)s, before it was opened on %(opened)s: each"
    " movement keeps its own date."
)
NOT_GIVEN = {
    "count": _("The bank doesn't give the record count, so it can't be checked."),
    "debit": _("The bank doesn't give the debit total, so it can't be checked."),
    "credit": _("The bank doesn't give the credit total, so it can't be checked."),
}
REPEATED_NUMBER = _("The sequence number %(number)s is used for two movements.")
DETAILS_DONT_ADD_UP = _(
    "The details of movement %(number)s add up to %(found)s instead of %(due)s: only"
    " the total is used."
)
NO_CURRENCY = _("The bank doesn't give the account's currency; EUR is assumed.")
DETAIL_ONLY = _(
    "This is a detail statement: it repeats amounts of the ordinary statements "
    "(separate application %(code)s), so its %(count)s movements are left out."
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
    return f"{movement.raw[2:6]}.{movement.raw[6:10]}"


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
