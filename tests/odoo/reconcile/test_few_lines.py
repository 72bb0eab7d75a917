"""A few lines are decided by what is looked up for them as they would be beside all
that is open; whatever a decision looks at is there both ways.
"""

from dataclasses import replace

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from odoo.addons.pom_reconcile.matching import engine
from odoo.addons.pom_reconcile.matching.index import Index

from .any_books import AMOUNTS, IDENTIFIERS, AnyBooksCase
from .common import DAY

CODES = ("", "", "00150000", "00503000", "00550000", "08035000")
WORDS = ("dank u", "Payconiq", "storno", "november", "\n", "2026/11", "nr 4")


class Watched(Index):
    """Notes what a decision looks at.

    :cvar seen: of the last one, the ids of what was found by lookup, company and key
    """

    seen = {}

    def __init__(self, candidates):
        Watched.seen = {}
        super().__init__(candidates)

    def find(self, lookup, company, key):
        debts = super().find(lookup, company, key)
        self.seen[lookup, company, key] = {
            item.candidate for debt in debts for item in debt.items
        }
        return debts

    def owners(self, lookup, company, key):
        owners = super().owners(lookup, company, key)
        self.seen[lookup, company, key] = set(owners)
        return owners

    def is_foreign(self, company, number):
        found = super().is_foreign(company, number)
        self.seen["foreign", company, number] = found
        return found


class TestFewLines(AnyBooksCase):
    def setUp(self):
        super().setUp()
        self.patch(engine, "Index", Watched)

    def test_books_of_one_kind(self):
        self.check_books(1)

    def test_books_of_another_kind(self):
        self.check_books(2)

    def test_books_of_a_third_kind(self):
        self.check_books(3)

    def check_books(self, seed):
        self.fill(seed)
        decided = set()

        @settings(
            max_examples=60,
            deadline=None,
            derandomize=True,
            suppress_health_check=list(HealthCheck),
        )
        @given(self.some_lines())
        def check(lines):
            decided.update(self.check_lines(lines))

        check()
        # Else nothing was compared that matters.
        self.assertGreater(len(decided), 3, decided)

    def some_lines(self):
        said = st.lists(
            st.one_of(
                st.sampled_from(self.spellings()),
                st.sampled_from(self.spellings()),
                st.sampled_from(self.known["ids"]),
                st.sampled_from(WORDS),
                st.sampled_from(IDENTIFIERS),
            ),
            max_size=3,
        ).map(" ".join)
        names = self.known["names"]
        line = st.fixed_dictionaries(
            {
                "amount": st.sampled_from((*AMOUNTS, *AMOUNTS, 40.0, -10.0, -60.0)),
                "payment_ref": said.filter(bool),
                "partner_name": st.sampled_from(
                    ("", *names, *(" ".join(reversed(n.split())) for n in names))
                ),
                "account_number": st.sampled_from(
                    ("", "BE62510007547061", *self.known["accounts"])
                ),
                "picked": st.sampled_from((*[None] * 20, *self.account_of)),
                "transaction_details": st.fixed_dictionaries(
                    {
                        "code": st.sampled_from(CODES),
                        "end_to_end_id": st.sampled_from(("", "", *IDENTIFIERS)),
                        "mandate": st.sampled_from(("", "", "MNDT-9")),
                    }
                ),
            }
        )
        return st.lists(line, min_size=1, max_size=4)

    def check_lines(self, vals_list):
        """Decide both ways, and return the rules that did."""
        lines = self.env["account.bank.statement.line"]
        own = {"journal_id": self.journal.id, "date": DAY}
        bank_lines = lines._pom_complete(
            [
                lines._pom_bank_line(number, {**own, **vals}, self.journal)
                for number, vals in enumerate(vals_list)
            ],
            self.journal,
        )
        bank_lines = [
            replace(line, picked=vals["picked"])
            for line, vals in zip(bank_lines, vals_list, strict=True)
        ]
        by_keys, seen_by_keys = self.decide(bank_lines, few=True)
        in_bulk, seen_in_bulk = self.decide(bank_lines, few=False)
        self.assertEqual(by_keys, in_bulk)
        for key in seen_by_keys | seen_in_bulk:
            self.assertEqual(seen_by_keys.get(key), seen_in_bulk.get(key), key)
        return {match.rule for match in by_keys}

    def decide(self, bank_lines, few):
        found = self.env["pom.match.candidates"]._find(
            engine.needed_keys(bank_lines), self.company, DAY, few=few
        )
        matches = engine.match(
            bank_lines,
            found.candidates,
            self.journal._pom_settings(),
            self.env["pom.match"]._rules(),
        )
        return matches, Watched.seen
