"""Files that overlap, through the wizard: every transaction is booked once, whichever
files bring it and in whichever order."""

import os
import random
from collections import Counter
from datetime import timedelta
from decimal import Decimal

from odoo.exceptions import UserError

from tests.simulators import bank
from tests.simulators.cuts import Account

from .common import DAY, IBAN, ReconcileCase

LINE = "account.bank.statement.line"

#: In the suite, as many as take seconds, of each habit. All thousand of them:
#: ``POM_ROUNDS=0-200 dev/test tests/odoo/reconcile/test_overlap.py -k rounds -s``.
ROUNDS = range(*map(int, os.environ.get("POM_ROUNDS", "0-2").split("-")))

#: Two parts of a day that cancel each other, met by a longer file.
UNKNOWABLE = (("parts", 159), ("parts", 172))


class TestOverlap(ReconcileCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.journal.pom_auto_match = False

    def _booked(self):
        lines = self.env[LINE].search([("journal_id", "=", self.journal.id)])
        return Counter(
            (line.transaction_details["date"], round(line.amount, 2), line.payment_ref)
            for line in lines
        )

    def _statement(self, number, start, opened, closed, *movements):
        """A statement of some days after :data:`DAY`, opened and closed on them."""
        transfers = [
            bank.Transfer(DAY + timedelta(day), Decimal(amount), f"{day}", "", text)
            for day, amount, text in movements
        ]
        return bank.coda(
            bank.Account(IBAN),
            transfers,
            Decimal(start),
            DAY + timedelta(closed),
            opening_date=DAY + timedelta(opened),
            sequence=number,
        )

    def test_a_gap_that_a_longer_file_fills(self):
        """Day 1, day 3, then days 2 to 4: what day 3 brought is there already."""
        self._import(self._statement(1, 1000, 0, 1, (1, 100, "one")))
        self._import(self._statement(3, 1150, 2, 3, (3, 50, "three")))
        longer = ((2, 50, "two"), (3, 50, "three"), (4, 30, "four"))
        self._import(self._statement(4, 1100, 1, 4, *longer))
        texts = self.env[LINE].search([]).mapped("payment_ref")
        self.assertEqual(sorted(texts), ["four", "one", "three", "two"])

    def test_a_statement_that_sums_to_nothing(self):
        """Two statements of a day in one file, with an equal payment in each."""
        first = self._statement(2, 1012, 0, 1, (1, 5, "abo"), (1, -7, "x"))
        second = self._statement(3, 1010, 1, 1, (1, 5, "abo"), (1, -5, "parking"))
        self._import(first + second)
        self._import(second + first)
        texts = self.env[LINE].search([]).mapped("payment_ref")
        self.assertEqual(sorted(texts), ["abo", "abo", "parking", "x"])

    def test_received_before_coverage_was_kept(self):
        """Of what an older version imported, its lines tell."""
        self._import(self._statement(1, 1000, 0, 1, (1, 100, "one"), (1, 7, "two")))
        self.env["pom.statement.received"].sudo().search([]).coverage = False
        longer = ((1, 100, "one"), (1, 7, "two"), (2, 7, "two"))
        self._import(self._statement(2, 1000, 0, 2, *longer))
        self._import(self._statement(3, 1000, 0, 1, (1, 100, "one"), (1, 7, "two")))
        self.assertEqual(self.env[LINE].search_count([]), 3)

    def test_lines_of_an_older_version(self):
        """They are known by the records that they keep, whatever they were known by."""
        equal = ((1, 100, "one"), (1, 100, "one"), (1, 7, "two"))
        self._import(self._statement(1, 1000, 0, 1, *equal))
        for number, line in enumerate(self.env[LINE].search([])):
            line.pom_fingerprint = f"{number // 2:032x}"
            line.unique_import_id = f"{self.journal.id}-{number // 2:032x}-{number % 2}"
        self.env["pom.statement.received"].sudo().search([]).coverage = False
        self._import(self._statement(2, 1000, 0, 2, *equal, (2, 7, "three")))
        self._import(self._statement(1, 1000, 0, 1, *equal))
        self.assertEqual(self.env[LINE].search_count([]), 4)

    def test_same_money_from_another_source(self):
        """A line that someone entered, then the file: it is asked, not paid back."""
        self.journal.pom_auto_match = True
        invoice = self._invoice(50.0)
        day, ref = DAY + timedelta(1), invoice.payment_reference
        first = self._line(50.0, ref, "Jan", "BE71096123456769", date=day)
        first._pom_auto_match()
        transfer = bank.Transfer(day, Decimal(50), "JAN", "BE71096123456769", ref)
        more = bank.Transfer(day, Decimal(50), "AN", "BE43068999999501", ref)
        data = bank.coda(bank.Account(IBAN), [transfer, more], Decimal(0), day)
        same, other = self._import(data).line_ids.sorted("id")
        self.assertFalse(same.is_reconciled)
        self.assertIn("the same money", same.pom_reason)
        self.assertFalse(same.pom_flag)
        self.assertEqual(other.pom_flag, "paid_twice")

    def test_other_references_are_other_money(self):
        """Who typed one line in has not typed in those of others of that amount."""
        self.journal.pom_auto_match = True
        one, two = self._invoice(50.0), self._invoice(50.0)
        day = DAY + timedelta(1)
        typed = self._line(50.0, one.payment_reference, date=day)
        typed._pom_auto_match()
        self.assertEqual(one.payment_state, "paid")
        named = bank.Transfer(day, Decimal(50), "JAN", "", two.payment_reference)
        data = bank.coda(bank.Account(IBAN), [named], Decimal(0), day)
        line = self._import(data).line_ids
        self.assertTrue(line.is_reconciled, line.pom_reason)
        self.assertEqual(two.payment_state, "paid")

    def test_rounds(self):
        """Days cut into statements of parts, days and weeks, equal amounts, sums of
        nothing, second copies, in any order."""
        wrong, self.asked = [], 0
        stories = [(habit, seed) for seed in ROUNDS for habit in Account.HABITS]
        for story in stories:
            if found := self._round(*story):
                wrong.append((*story, found))
        print(f"{len(stories)} rounds, {self.asked} files asked, {len(wrong)} wrong")
        self.assertFalse(wrong)

    def test_what_cannot_be_known_is_asked(self):
        for story in UNKNOWABLE:
            self.asked = 0
            self.assertFalse(self._round(*story))
            self.assertEqual(self.asked, 1)

    def _round(self, habit, seed):
        """
        :return: what lacks in the books, and what they have too much
        """
        account = Account(habit, random.Random(f"{habit} {seed}"), IBAN)
        point = self.env.cr.savepoint(flush=True)
        for data, known in account.files():
            if not self._try(data):
                self._answer(data, account.told(known))
        booked, truth = self._booked(), account.truth
        point.close(rollback=True)
        self.env.invalidate_all()
        differs = booked != truth
        return (dict(truth - booked), dict(booked - truth)) if differs else None

    def _try(self, data, **values):
        """Import, if nothing is asked."""
        point = self.env.cr.savepoint(flush=True)
        try:
            self._wizard(data, **values).import_file_button()
        except UserError as question:
            self.assertIn("may be there", str(question))
            point.close(rollback=True)
            self.env.invalidate_all()
            return False
        point.close(rollback=False)
        return True

    def _answer(self, data, truth):
        """Answer as someone who sees what the bank has."""
        self.asked += 1
        point = self.env.cr.savepoint(flush=True)
        self.assertTrue(self._try(data, pom_doubtful="there"))
        there = self._booked() == truth
        point.close(rollback=not there)
        self.env.invalidate_all()
        if not there:
            self.assertTrue(self._try(data, pom_doubtful="new"))
