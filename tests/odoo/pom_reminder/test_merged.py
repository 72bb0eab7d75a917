"""Two contacts that turn out to be one: what either of them asked still waits."""

from datetime import date

from odoo import Command
from odoo.tests import freeze_time, new_test_user, tagged

from .common import ReminderCase

DUE = date(2026, 3, 31)
NOW = "2026-04-07 08:00:00"
FOREVER = date(9999, 12, 31)


@freeze_time(NOW)
@tagged("standard", "post_install", "-at_install")
class TestMerged(ReminderCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company.pom_request_days = 7
        cls.kept = cls.marie
        cls.other = cls._debtor("M. Peeters", "m.peeters@klant.example")
        cls.own = cls._invoice(DUE, partner=cls.kept)
        cls.moves = [cls._invoice(DUE, partner=cls.other) for _number in range(3)]

    def _ask(self, move, kind, **values):
        requests = self.env["pom.payer.request"].sudo()
        return requests._receive(move.pom_paylink_id, kind, values, move)

    def _merge(self, user=None):
        wizards = self.env["base.partner.merge.automatic.wizard"]
        partners = [Command.set([self.kept.id, self.other.id])]
        values = {
            "state": "selection",
            "dst_partner_id": self.kept.id,
            "partner_ids": partners,
        }
        wizards.with_user(user or self.env.user).create(values).action_merge()
        self.env.invalidate_all()
        self.assertFalse(self.other.exists())

    def _plan(self, move):
        self.env["pom.reminder"].sudo()._plan(self.company)
        return move.pom_reminder_ids.reason

    def test_what_was_asked_waits_and_holds(self):
        asked, contested, quiet = self.moves
        question = self._ask(asked, "question", text="Why?")
        dispute = self._ask(contested, "dispute", reason="faulty", amount=40)
        self._merge()
        for move in self.moves:
            self.assertEqual(move.partner_id, self.kept)
        self.assertEqual((question | dispute).partner_id, self.kept)
        self.assertLessEqual(question | dispute, self.kept.pom_request_ids)
        self.assertEqual(contested.pom_disputed_amount, 40)
        self.assertIn(self.kept.display_name, question.paylink_id.partner_id.name)
        for move in (asked, contested):
            self.assertEqual(self._plan(move), "hold")
        for move in (self.own, quiet):
            self.assertFalse(self._plan(move), "nobody asked anything about it")
        # The answer goes to who is left, and ends what it held.
        for request in (question, dispute):
            request.with_context(pom_request_seen=request.mark).action_refuse()
        self.assertEqual(question.state, "refused")
        self.assertEqual(contested.pom_disputed_amount, 0)
        self.assertFalse(self._plan(asked))
        told = contested.pom_delivery_ids.filtered(lambda one: one.partner_id)
        self.assertEqual(told.partner_id, self.kept)
        self.assertEqual(told.address, "marie@klant.example")

    def _check_longest(self, mine, others, reason):
        self.kept.write({"pom_quiet_until": mine, "pom_quiet_reason": "Bankrupt"})
        values = {"pom_quiet_until": others, "pom_quiet_reason": "In hospital"}
        self.other.write(values)
        self._merge()
        self.assertEqual(self.kept.pom_quiet_until, max(filter(None, (mine, others))))
        self.assertEqual(self.kept.pom_quiet_reason, reason)
        for move in (self.own, *self.moves):
            self.assertEqual(self._plan(move), "hold")

    def test_the_longest_hold_wins(self):
        self._check_longest(date(2026, 5, 1), FOREVER, "In hospital")

    def test_the_own_hold_stays_if_it_is_longer(self):
        self._check_longest(FOREVER, date(2026, 5, 1), "Bankrupt")

    def test_a_hold_of_the_other_one_alone(self):
        self._check_longest(False, date(2026, 5, 1), "In hospital")

    def test_by_somebody_without_accounting(self):
        """Who doesn't see what was decided doesn't undo it either."""
        seller = new_test_user(
            self.env,
            "seller-merging",
            groups="base.group_user,base.group_partner_manager",
            company_id=self.company.id,
            company_ids=[Command.set(self.company.ids)],
        )
        # Only an administrator merges those with different ones.
        self.other.email = self.kept.email
        self.other.write({"pom_no_reminders": True, "pom_quiet_until": FOREVER})
        self.other.pom_quiet_reason = "In hospital"
        self._merge(seller)
        self.assertTrue(self.kept.pom_no_reminders)
        self.assertEqual(self.kept.pom_quiet_until, FOREVER)
        self.assertEqual(self.kept.pom_quiet_reason, "In hospital")
