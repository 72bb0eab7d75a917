"""When nobody is reminded: one field and one reason, of the invoice or the customer."""

import runpy
from datetime import date
from pathlib import Path

from odoo.exceptions import UserError
from odoo.tests import freeze_time, tagged

from odoo.addons import pom_payment, pom_payment_plan

from .common import ReminderCase

DUE = date(2026, 3, 31)
NOW = "2026-04-07 08:00:00"


@tagged("standard", "post_install", "-at_install")
class TestQuiet(ReminderCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company.pom_request_days = 7
        cls.move = cls._invoice(DUE)

    def setUp(self):
        super().setUp()
        clock = freeze_time(NOW)
        clock.start()
        self.addCleanup(clock.stop)

    def _quiet(self):
        return self.move.pom_quiet_until, self.move.pom_quiet_words

    def _ask(self, kind, **values):
        link = self.move.pom_paylink_id
        requests = self.env["pom.payer.request"].sudo()
        return requests._receive(link, kind, values, self.move)

    def _plan(self):
        self.env["pom.reminder"].sudo()._plan(self.company)
        return self.move.pom_reminder_ids.reason

    def test_only_ever_longer(self):
        self.move._pom_keep_quiet(date(2026, 4, 10), "One")
        self.move._pom_keep_quiet(date(2026, 4, 9), "Two")
        self.assertEqual(self._quiet(), (date(2026, 4, 10), "One"))
        self.move._pom_keep_quiet(date(2026, 4, 11), "Three")
        self.assertEqual(self._quiet(), (date(2026, 4, 11), "Three"))

    def test_until_and_including_its_last_day(self):
        self.move._pom_keep_quiet(date(2026, 4, 7), "One")
        self.assertEqual(self._plan(), "hold")
        with freeze_time("2026-04-08 08:00:00"):
            self.assertFalse(self._plan())

    def test_without_end(self):
        """No date is expected of it either."""
        wizard = self.env["pom.reminder.quiet"].create(
            {"move_ids": [(6, 0, self.move.ids)], "reason": "In hospital"}
        )
        wizard.action_keep_quiet()
        self.assertEqual(self._quiet(), (date.max, "In hospital"))
        self.assertEqual(self._plan(), "hold")
        self.env.flush_all()
        report = self.env["pom.debtor.report"]
        row = report.search([("move_id", "=", self.move.id)])
        self.assertEqual((row.quiet_until, row.expected_date), (date.max, False))
        self.move.action_pom_end_quiet()
        self.assertEqual(self._quiet(), (False, False))
        self.assertFalse(self._plan())

    def test_a_person_may_make_it_shorter(self):
        self.move._pom_keep_quiet(date.max, "In hospital")
        wizard = self.env["pom.reminder.quiet"].create(
            {
                "move_ids": [(6, 0, self.move.ids)],
                "reason": "Home again",
                "until": "2026-04-30",
            }
        )
        wizard.action_keep_quiet()
        self.assertEqual(self._quiet(), (date(2026, 4, 30), "Home again"))
        row = self.env["pom.debtor.report"].search([("move_id", "=", self.move.id)])
        self.assertEqual(row.expected_date, date(2026, 4, 30))

    def test_an_answer_ends_it(self):
        request = self._ask("question", text="Why?")
        self.assertEqual(self.move.pom_quiet_until, date.max)
        self.assertIn(self.move.name, self.move.pom_quiet_words)
        request.action_accept()
        self.assertEqual(self._quiet(), (False, False))

    def test_an_answer_ends_only_what_the_request_set(self):
        self.move._pom_keep_quiet(date(2026, 6, 1), "In hospital")
        self._ask("question", text="Why?").action_accept()
        self.assertEqual(self._quiet(), (date(2026, 6, 1), "In hospital"))

    def test_until_somebody_answers(self):
        """However long that takes: the day by which to answer isn't an answer."""
        self._ask("question", text="Why?")
        with freeze_time("2026-09-01 08:00:00"):
            self.assertEqual(self._plan(), "hold")
            self.assertIn("On hold: Question", self.move.pom_silence)
            with self.assertRaisesRegex(UserError, "On hold: Question"):
                self.move.action_pom_remind_now()

    def test_what_the_creditor_had_decided_comes_back(self):
        self.move._pom_keep_quiet(date(2026, 4, 9), "On holiday")
        first = self._ask("question", text="Why?")
        with freeze_time("2026-04-08 08:00:00"):
            second = self._ask("plan", plan_count=2, plan_first_on=date(2026, 5, 1))
        self.assertEqual(self.move.pom_quiet_until, date.max)
        first.action_accept()
        self.assertEqual(self._quiet(), (date.max, second.display_name))
        second.action_accept()
        self.assertEqual(self._quiet(), (date(2026, 4, 9), "On holiday"))

    def test_another_open_request_keeps_quiet(self):
        self._ask("question", text="Why?")
        with freeze_time("2026-04-08 08:00:00"):
            self._ask("question", text="Really?").action_refuse()
        self.assertEqual(self.move.pom_quiet_until, date.max)

    def test_who_was_believed_to_have_paid_is_left_in_peace(self):
        """Until the money is found, and somebody has to look for it."""
        self._ask("already_paid", paid_on=date(2026, 4, 6)).action_accept()
        self.assertEqual(self.move.pom_quiet_until, date.max)
        to_do = self.move.activity_ids
        self.assertIn(f"Find the payment of {self.move.name}", to_do.mapped("summary"))
        self._ask("question", text="And?").action_accept()
        self.assertEqual(self.move.pom_quiet_until, date.max)
        self._ask("already_paid", paid_on=date(2026, 4, 6)).action_refuse()
        self.assertEqual(self.move.pom_quiet_until, date.max)

    def test_the_money_is_found(self):
        self._ask("already_paid", paid_on=date(2026, 4, 6)).action_accept()
        self._pay(self.move)
        self.assertFalse(self.move.activity_ids)

    def test_not_believed(self):
        self._ask("already_paid", paid_on=date(2026, 4, 6)).action_refuse()
        self.assertFalse(self.move.pom_quiet_until)

    def test_the_last_wish_counts(self):
        """What the page promises: on that day, and not before."""
        days = [date(2026, 4, day) for day in (20, 21, 20)]
        for day in days:
            self._ask("remind", remind_on=day)
            waiting = self.move.pom_reminder_ids.filtered(
                lambda reminder: reminder.state == "approved"
            )
            self.assertEqual(waiting.mapped("planned_date"), [day])

    def test_remind_me_later_has_quiet_as_its_answer(self):
        self._ask("remind", remind_on=date(2026, 4, 20))
        self.assertEqual(self.move.pom_quiet_until, date(2026, 4, 23))
        self.assertIn("to be reminded on 04/20/2026", self.move.pom_silence)

    def test_dispute(self):
        refused = self._ask("dispute", amount=121, reason="faulty")
        refused.action_refuse()
        self.assertEqual(self.move.pom_quiet_until, date(2026, 4, 12))

    def test_a_part_that_is_contested_keeps_the_rest_quiet(self):
        """Until somebody answered: who writes and is reminded all the same feels that
        nobody reads.
        """
        request = self._ask("dispute", amount=21, reason="faulty")
        self.assertEqual(self._plan(), "hold")
        self.assertIn("On hold: Dispute", self.move.pom_silence)
        request.action_accept()
        self.assertFalse(self.move.pom_quiet_until)

    def test_a_dispute_that_was_accepted_holds_its_part_alone(self):
        self._ask("dispute", amount=21, reason="faulty").action_accept()
        self.assertFalse(self.move.pom_quiet_until)
        self.assertFalse(self._plan())
        self.assertEqual(self.move.pom_reminder_ids.amount, 100)
        to_do = self.move.activity_ids.mapped("summary")
        self.assertIn(f"Make the credit note for {self.move.name}", to_do)

    def test_of_the_customer(self):
        self.marie.write(
            {"pom_quiet_until": date.max, "pom_quiet_reason": "In hospital"}
        )
        self.assertEqual(self._plan(), "hold")
        self.assertEqual(self.move.pom_silence, "On hold: In hospital")
        self.env.flush_all()
        row = self.env["pom.debtor.report"].search([("move_id", "=", self.move.id)])
        self.assertEqual((row.quiet_until, row.expected_date), (date.max, False))

    def test_each_reads_it_in_the_own_language(self):
        """Of the office or not, whoever answers and whoever looks."""
        self.env["res.lang"]._activate_lang("nl_BE")
        self.env["res.lang"]._activate_lang("fr_BE")
        self.company.partner_id.lang = "nl_BE"
        self._ask("question", text="Why?")
        self.assertFalse(self.move.pom_quiet_reason)
        kinds = (("nl_BE", "Vraag"), ("fr_BE", "Question"), ("en_US", "Question"))
        for lang, kind in kinds:
            move = self.move.with_context(lang=lang)
            self.assertTrue(move.pom_quiet_words.startswith(kind), move.pom_quiet_words)
            self.assertIn(move.pom_quiet_words, move.pom_silence)

    def test_a_wish_is_told_in_the_own_language(self):
        self.env["res.lang"]._activate_lang("nl_BE")
        self._ask("remind", remind_on=date(2026, 4, 20))
        words = self.move.with_context(lang="nl_BE").pom_quiet_words
        self.assertIn("20/04/2026", words)
        self.assertNotIn("reminded", words)

    def test_of_a_request_that_is_gone(self):
        self.move._pom_keep_quiet(date.max, facts={"request": 0})
        self.assertEqual(self.move.pom_silence, "On hold: a request of the debtor")

    def test_what_somebody_wrote_counts_before_what_is_known(self):
        """And an answer doesn't end it."""
        request = self._ask("question", text="Why?")
        self.move.pom_quiet_reason = "In hospital"
        self.assertEqual(self._quiet(), (date.max, "In hospital"))
        request.action_accept()
        self.assertEqual(self._quiet(), (date.max, "In hospital"))

    def test_kept_before(self):
        """Sentences of before become facts; what a person wrote stays."""
        self.env["res.lang"]._activate_lang("nl_BE")
        request, other = self._ask("question", text="Why?"), self._invoice(DUE)
        offered = self._invoice(DUE)
        self.env.flush_all()
        self.env.cr.execute("ALTER TABLE pom_payer_request ADD quiet_reason varchar")
        self.env.cr.execute(
            "UPDATE pom_payer_request SET quiet_reason = 'Vraag' WHERE id = %s",
            [request.id],
        )
        told = offered.with_context(lang="nl_BE")._pom_quiet_in_words
        for move, words in (
            (self.move, "Vraag"),
            (other, "Vraag"),
            (offered, told({"plan": "offered"})),
        ):
            move._pom_set_quiet(date.max, words)
        self.env.flush_all()
        for addon, version in (
            (pom_payment, "19.0.1.2.0"),
            (pom_payment_plan, "19.0.1.1.0"),
        ):
            script = f"migrations/{version}/post-migration.py"
            module = runpy.run_path(Path(addon.__path__[0], script))
            module["migrate"](self.env.cr, "19.0.1.0.0")
        self.env.invalidate_all()
        self.assertEqual(self.move.pom_quiet_facts, {"request": request.id})
        self.assertFalse(self.move.pom_quiet_reason)
        self.assertEqual(other.pom_quiet_words, "Vraag")
        self.assertEqual(offered.pom_quiet_words, "A payment plan is proposed")
        request.action_accept()
        self.assertFalse(self.move.pom_quiet_until)

    def test_the_filter_of_the_list(self):
        domain = [("pom_quiet_until", ">=", "2026-04-07"), ("id", "=", self.move.id)]
        self.assertFalse(self.move.search(domain))
        self.move._pom_keep_quiet(date.max, "In hospital")
        self.assertEqual(self.move.search(domain), self.move)
