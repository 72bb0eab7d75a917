"""A month of a Belgian bank account, with the known truth about every line.

Independent of the matching engine: only its value types are used. Each line comes from
a story (a debtor who pays by direct debit and takes it back, one who pays twice, a PSP
that pays out …) told with debtors of its own, so that the truth about one line doesn't
depend on any other story. Seeded: the same seed gives the same month.

    month = Month(seed=1, lines=1000)
    month.lines, month.candidates, month.truths
"""

from __future__ import annotations

from decimal import Decimal

from odoo.addons.pom_reconcile.matching import Match

from .months_debtors import Debtors
from .months_families import WEIGHTS, Families
from .months_money import Money
from .months_telling import Telling, Truth


def verdict(match: Match, truth: Truth, candidates: dict) -> str:
    """Give ``right``, ``open`` or ``wrong``.

    :param candidates: by id.
    """
    settled: dict[object, Decimal] = {}
    for allocation in match.allocations:
        candidate = candidates[allocation.candidate_id]
        key = candidate.id if candidate.kind == "payment" else candidate.move_id
        settled[key] = settled.get(key, Decimal(0)) + allocation.amount
    rest = match.remainder_as if match.remainder else ""
    given = (tuple(sorted(settled.items(), key=repr)), rest)
    for answer in truth.answers:
        if given == (tuple(sorted(answer.settled, key=repr)), answer.rest):
            return "right" if match.decided else "open"
    return "wrong" if match.decided else "open"


class Month(Debtors, Money, Families, Telling):
    """Tells stories until there are enough lines, then shuffles."""

    def __init__(self, seed: int, lines: int = 150):
        super().__init__(seed)
        stories, weights = zip(*STORIES.items(), strict=True)
        while len(self.lines) < lines:
            self._story = self.rng.choices(stories, weights)[0]
            getattr(self, self._story)()
        self.rng.shuffle(self.lines)
        self.rng.shuffle(self.candidates)


#: How often each story is told, roughly in percent.
STORIES = {
    "structured": 26,
    "structured_in_text": 12,
    "wrapped": 1,
    "creditor_reference": 3,
    "relative_pays": 2,
    "less": 2,
    "cent_less": 0.5,
    "more": 2,
    "several": 2,
    "several_numbers": 2,
    "number": 5,
    "number_less": 1,
    "number_of_another": 0.5,
    "short_number": 2,
    "debtor_reference": 2,
    "lump_sum": 0.5,
    "shared_number": 1,
    "shared_number_unknown": 0.5,
    "with_iban_in_text": 0.5,
    "known_account": 5,
    "known_account_several": 2,
    "two_equal_debts": 0.5,
    "two_sums": 0.5,
    "unknown_account": 1,
    "namesake": 0.5,
    "mistyped": 1,
    "mistyped_unknown": 0.5,
    "other_debts_amount": 0.5,
    "other_company": 0.5,
    "other_company_number": 0.5,
    "instalment": 1.5,
    "two_instalments": 0.5,
    "credited": 1,
    "credited_in_text": 1,
    "refunded": 0.5,
    "twice_in_month": 1,
    "twice": 1,
    "twice_with_open_debt": 0.5,
    "twice_after_psp": 0.5,
    "collected": 3,
    "collected_under_reference": 1,
    "bancontact_single": 3,
    "bancontact_bulk": 0.5,
    "mollie_listed": 1,
    "stripe_payout": 1,
    "stripe_unlisted": 0.5,
    "transfer_beside_psp": 0.5,
    "returned": 1,
    "returned_in_month": 1,
    "returned_by_word": 0.5,
    "returned_unknown": 0.3,
    "charged_back": 0.5,
    "bill": 2,
    "foreign": 0.5,
    "costs": 1,
    "salaries": 1,
    "stranger": 1,
    **WEIGHTS,
}
