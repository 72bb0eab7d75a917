"""Planning goes on where it was, and several servers share it out."""

from datetime import date, timedelta
from unittest.mock import patch

from odoo import fields
from odoo.tests import freeze_time, tagged

from odoo.addons.pom_payment.models import ir_cron
from odoo.addons.pom_reminder.models import pom_reminder_round as rounds

from .common import ReminderCase

DUE = date(2026, 3, 31)
NOW = "2026-04-07 08:00:00"
CUSTOMERS = 12


@tagged("standard", "post_install", "-at_install")
class TestRounds(ReminderCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        partners = cls.env["res.partner"].create(
            [
                {"name": f"Debtor {n}", "email": f"d{n}@klant.example"}
                for n in range(CUSTOMERS)
            ]
        )
        cls.moves = cls.env["account.move"].union(
            *(cls._invoice(DUE, partner=partner) for partner in partners)
        )
        cls.rounds = cls.env["pom.reminder.round"].sudo()

    def _run(self, cron="cron_plan_reminders"):
        with freeze_time(NOW), self.enter_registry_test_mode():
            self.env.ref(f"pom_reminder.{cron}").method_direct_trigger()
        self.env.invalidate_all()

    def _planned(self):
        return len(self.moves.filtered("pom_reminder_ids"))

    def test_cut_off_it_goes_on_where_it_was(self):
        counts = []
        with (
            patch.object(ir_cron, "TURN_SECONDS", -1),
            patch.object(rounds, "BATCH", 1),
        ):
            while not counts or self._planned() < CUSTOMERS:
                self._run()
                counts.append(self._planned())
                self.assertLess(len(counts), 200)
        self.assertEqual(counts, sorted(counts))
        self.assertGreater(len(counts), 3, "it was to be cut off")
        self._run()
        mine = self.rounds.search([("company_id", "=", self.company.id)])
        self.assertFalse(any(one.is_due for one in mine), "and the round is over")

    def test_the_next_round_looks_at_all_again(self):
        self._run()
        self.assertEqual(self._planned(), CUSTOMERS)
        self.moves.pom_reminder_ids.sudo().unlink()
        self._run()
        self.assertEqual(self._planned(), CUSTOMERS)

    def test_one_that_fails_stops_no_other(self):
        bad = self.moves[4]
        decide = type(self.env["pom.reminder"])._decide

        def fail(reminders, known, *args):
            if known.move == bad:
                raise ZeroDivisionError
            return decide(reminders, known, *args)

        with (
            patch.object(type(self.env["pom.reminder"]), "_decide", fail),
            self.assertLogs(rounds._logger, "ERROR") as logs,
        ):
            self._run()
        self.assertEqual(len(logs.records), 1)
        self.assertEqual(self._planned(), CUSTOMERS - 1)
        self.assertFalse(bad.pom_reminder_ids)

    def test_who_helps_begins_no_round(self):
        self._run("cron_plan_reminders_2")
        self.assertFalse(self._planned())

    def test_a_part_that_another_server_is_at_is_left_to_it(self):
        self._run()
        self.moves.pom_reminder_ids.sudo().unlink()
        mine = self.rounds.search([("company_id", "=", self.company.id)])
        with freeze_time(NOW):
            now = fields.Datetime.now()
        mine.write({"is_due": True, "place": 0, "taken_until": now + rounds.CLAIM})
        self._run("cron_plan_reminders_2")
        self.assertFalse(self._planned())
        # It was killed.
        mine.taken_until = now - timedelta(seconds=1)
        self._run("cron_plan_reminders_2")
        self.assertEqual(self._planned(), CUSTOMERS)

    def test_a_customer_is_planned_whole(self):
        [first] = self.moves[:1].partner_id
        for _number in range(3):
            self.moves |= self._invoice(DUE, partner=first)
        reminders = self.env["pom.reminder"].with_company(self.company)
        with freeze_time(NOW):
            last, found = reminders._candidates(self.company, first.id - 1, 2)
        self.assertEqual(last, first.id)
        self.assertEqual(
            found, self.moves.filtered(lambda move: move.partner_id == first)
        )
