"""Guards the one truth about a debt: what is open of it, since when, and which day it
is today are read by the files named here only. All others ask ``_pom_standings`` and
``company._pom_today()``, so that no two places can disagree.

Prints file and line of every other reading, and of names that are no longer needed;
nothing when all is well.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parents[1]

OPEN = "amount_residual"
DAY = "invoice_date_due"
SQL_TODAY = "CURRENT_DATE"
USERS_TODAY = "context_today"
GREENWICH_TODAY = "date.today()"
#: What is guarded, and what it looks like.
WORDS = {
    OPEN: re.compile(r"\bamount_residual(_currency|_signed)?\b"),
    DAY: re.compile(r"\binvoice_date_due\b"),
    SQL_TODAY: re.compile(r"\bcurrent_date\b", re.IGNORECASE),
    USERS_TODAY: re.compile(r"\bcontext_today\b"),
    GREENWICH_TODAY: re.compile(r"\b[dD]ate\.today\("),
}
KINDS = (".py", ".xml", ".sql")


class Named(NamedTuple):
    """Which words a file may read, and why."""

    words: tuple[str, ...]
    why: str


PAYMENT = "pom_payment/models"
RECONCILE = "pom_reconcile/models"
#: Gatherers of facts, what narrows a search down before standings are derived, what
#: moves money between journal items, and views that only show or sort.
NAMED: Mapping[str, Named] = {
    f"{PAYMENT}/account_move_debt.py": Named((OPEN,), "gathers the facts"),
    f"{PAYMENT}/account_move_coming.py": Named((OPEN,), "gathers what is on its way"),
    f"{PAYMENT}/account_move_line.py": Named((OPEN,), "what isn't applied"),
    f"{PAYMENT}/account_move_on_account.py": Named((OPEN,), "narrows a search down"),
    f"{PAYMENT}/res_partner_debt.py": Named((OPEN,), "gathers what is in the house"),
    "pom_reconcile/tools/entry_copies.py": Named(
        (OPEN,), "makes the rows of journal items"
    ),
    "pom_reminder/models/pom_debtor_report.py": Named(
        (OPEN,), "the same facts, due by due"
    ),
    "pom_overview/models/pom_debt_figure.py": Named((OPEN,), "is counted anew by it"),
    "pom_overview/models/pom_debt_figure_query.py": Named((OPEN,), "shows it by part"),
    f"{PAYMENT}/account_move_discount.py": Named((OPEN,), "writes a discount off"),
    f"{PAYMENT}/payment_transaction_refund.py": Named(
        (OPEN,), "what a payment has left to pay back"
    ),
    f"{PAYMENT}/res_partner_surplus.py": Named((OPEN,), "what was paid too much"),
    f"{PAYMENT}/account_move_lateness.py": Named(
        (OPEN,), "sums in lists what isn't due otherwise than the books tell"
    ),
    f"{PAYMENT}/account_move_listed.py": Named(
        (OPEN,), "derives in lists what the books tell of most debts"
    ),
    f"{PAYMENT}/pom_paylink.py": Named((OPEN,), "narrows a search down"),
    f"{PAYMENT}/pom_paylink_debt.py": Named((OPEN,), "narrows a search down"),
    "pom_payment/controllers/pay_preview.py": Named((OPEN,), "narrows a search down"),
    "pom_payment/views/pom_payer_request_views.xml": Named(
        (SQL_TODAY,), "colours the lines whose deadline is over"
    ),
    "pom_reminder/views/account_move_views.xml": Named(
        (OPEN, DAY), "sums and sorts the list of debtors by what core's lists show"
    ),
    "pom_payment_plan/models/pom_payment_plan_deciding.py": Named(
        (DAY,), "gives the invoice of a plan's costs its day"
    ),
    "pom_status_api/models/account_move.py": Named(
        (OPEN, DAY), "what a change is noticed by, and the day that the document says"
    ),
    "pom_reconcile/tools/match_queries.py": Named(
        (OPEN,), "gathers what can be matched"
    ),
    "pom_reconcile/tools/key_queries.py": Named(
        (OPEN,), "gathers what a few lines can be matched with"
    ),
    f"{RECONCILE}/account_move_line.py": Named((OPEN,), "indexes what is gathered"),
    "pom_reconcile/tools/news_queries.py": Named(
        (OPEN,), "finds the lines that something new may concern"
    ),
    f"{RECONCILE}/pom_match_booking.py": Named((OPEN,), "writes a discount off"),
    f"{RECONCILE}/pom_match.py": Named(
        (OPEN,), "what a bank line has left to give back"
    ),
    f"{RECONCILE}/pom_match_settling.py": Named((OPEN,), "reconciles journal items"),
    f"{RECONCILE}/pom_match_answer.py": Named((OPEN,), "books what a person chose"),
    f"{RECONCILE}/pom_match_queue.py": Named((OPEN,), "shows what may be chosen"),
    f"{RECONCILE}/account_journal_dashboard.py": Named(
        (USERS_TODAY,), "figures of the user's month"
    ),
    f"{RECONCILE}/pom_payout.py": Named((USERS_TODAY,), "a form's default"),
    "pom_reconcile/wizards/account_statement_import.py": Named(
        (USERS_TODAY,), "the day of an import whose file has none"
    ),
}


class Reading(NamedTuple):
    path: str
    number: int
    word: str
    line: str


def readings(root: Path) -> Iterator[Reading]:
    """Of all guarded words in the addons, comments left out."""
    for path in sorted(root.glob("pom_*/**/*")):
        if path.suffix in KINDS:
            name = path.relative_to(root).as_posix()
            for number, line in enumerate(path.read_text("utf-8").splitlines(), 1):
                if not line.lstrip().startswith("#"):
                    yield from (
                        Reading(name, number, word, line.strip())
                        for word, pattern in WORDS.items()
                        if pattern.search(line)
                    )


def complaints(root: Path, named: Mapping[str, Named]) -> list[str]:
    found = list(readings(root))
    read = {(one.path, one.word) for one in found}
    others = [
        f"{one.path}:{one.number}: {one.word}: {one.line}"
        for one in found
        if one.path not in named or one.word not in named[one.path].words
    ]
    unneeded = [
        f"{path}: {word} is no longer read there: take it off the list"
        for path, allowed in named.items()
        for word in allowed.words
        if (path, word) not in read
    ]
    return others + unneeded


def main() -> int:
    found = complaints(ROOT, NAMED)
    print("\n".join(found), end="\n" if found else "")
    return bool(found)


if __name__ == "__main__":
    sys.exit(main())
