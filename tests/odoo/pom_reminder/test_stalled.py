"""A policy that waits for a person: somebody is told, and it goes on after grace."""

from datetime import date, timedelta

from lxml import html

from odoo.tests import freeze_time, tagged

from .common import ReminderCase

DUE = date(2026, 3, 31)
DAY = date(2026, 4, 7)


@tagged("standard", "post_install", "-at_install")
class TestStalled(ReminderCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.setup.grace_days = 7

    def _plan(self, day):
        reminders = self.env["pom.reminder"].sudo()
        with freeze_time(f"{day} 08:00:00"):
            reminders._plan(self.company)
            due = reminders.search(
                [
                    ("company_id", "=", self.company.id),
                    ("state", "=", "approved"),
                    ("planned_date", "<=", day),
                ]
            )
            due._send_now(day)

    def _stalled(self):
        reminders = self.env["pom.reminder"]
        return reminders.search(reminders.action_stalled()["domain"]).filtered(
            lambda r: r.company_id == self.company
        )

    def test_a_letter_that_nobody_prints(self):
        self.marie.pom_channel = "letter"
        move = self._invoice(DUE)
        self._plan(DAY)
        letter = move.pom_delivery_ids
        self.assertEqual(letter.state, "by_hand")
        self._plan(DAY + timedelta(1))
        self.assertEqual(self._stalled().stalled_date, DAY + timedelta(1))
        told = self.setup.activity_ids
        self.assertIn("1 message to print", told.summary)
        self._plan(DAY + timedelta(7))
        self.assertEqual(self.setup.activity_ids, told)
        self.assertEqual(letter.state, "by_hand")
        # A week after it was seen to wait: by e-mail, the other channel of the level.
        self._plan(DAY + timedelta(8))
        self.assertEqual(letter.state, "failed")
        self.assertTrue(letter.failure)
        new = move.pom_delivery_ids - letter
        self.assertEqual(new.channel, "email")
        self.assertTrue(new.legal)
        self._plan(DAY + timedelta(9))
        self.assertFalse(self._stalled())
        self.assertFalse(self.setup.activity_ids)

    def test_who_has_done_with_it_is_not_told_again(self):
        self.marie.pom_channel = "letter"
        self._invoice(DUE)
        self._plan(DAY)
        self._plan(DAY + timedelta(1))
        self.setup.activity_ids.action_done()
        self._plan(DAY + timedelta(2))
        self.assertFalse(self.setup.activity_ids)
        self._invoice(DUE, partner=self.env["res.partner"].create({"name": "Ghost"}))
        self._plan(DAY + timedelta(3))
        self._plan(DAY + timedelta(4))
        self.assertTrue(self.setup.activity_ids)

    def test_nobody_can_be_reached(self):
        ghost = self.env["res.partner"].create({"name": "Ghost"})
        move = self._invoice(DUE, partner=ghost)
        self._plan(DAY)
        self._plan(DAY + timedelta(1))
        self.assertEqual(self._stalled().move_id, move)
        self.assertIn("1 customer without", self.setup.activity_ids.summary)
        levels = self.env["pom.reminder"].search([("move_id", "=", move.id)])
        self.assertEqual(levels.state, "left_out")
        # In the end somebody is to call.
        for days in range(2, 80):
            self._plan(DAY + timedelta(days))
        calls = move.pom_delivery_ids
        self.assertEqual(calls.mapped("channel"), ["task"])
        self.assertFalse(self._stalled())

    def test_an_address_is_found_in_time(self):
        ghost = self.env["res.partner"].create({"name": "Ghost"})
        move = self._invoice(DUE, partner=ghost)
        self._plan(DAY)
        self._plan(DAY + timedelta(1))
        ghost.email = "ghost@x.example"
        self._plan(DAY + timedelta(2))
        self.assertEqual(move.pom_delivery_ids.channel, "email")
        self._plan(DAY + timedelta(3))
        self.assertFalse(move.pom_reminder_ids.stalled_date)
        self.assertFalse(self.setup.activity_ids)

    def test_who_is_told(self):
        self.setup.user_id = self.env.user
        self._invoice(DUE, partner=self.env["res.partner"].create({"name": "Ghost"}))
        self._plan(DAY)
        self._plan(DAY + timedelta(1))
        self.assertEqual(self.setup.activity_ids.user_id, self.env.user)

    def test_the_dashboard_counts(self):
        self.consumer.automatic = False
        move = self._invoice(DUE)
        self._invoice(DUE, partner=self.env["res.partner"].create({"name": "Ghost"}))
        self._plan(DAY)
        journal = move.journal_id
        data = journal._get_journal_dashboard_data_batched()[journal.id]
        self.assertEqual((data["pom_to_approve"], data["pom_stalled"]), (1, 1))
        self.assertEqual(journal.action_pom_stalled()["res_model"], "pom.reminder")
        self.assertEqual(
            journal.action_pom_reminders()["res_model"], "pom.reminder.customer"
        )

    def test_one_is_said_as_one(self):
        """In each language, whose words for one and for several differ."""
        view = self.env.ref("account.account_journal_dashboard_kanban_view")
        journals = self.env["account.journal"]
        for lang, one, several in (
            ("en_US", "reminder waits for you", "reminders wait for you"),
            ("nl_BE", "herinnering wacht op u", "herinneringen wachten op u"),
            ("fr_BE", "rappel vous attend", "rappels vous attendent"),
        ):
            arch = journals.with_context(lang=lang).get_view(view.id, "kanban")["arch"]
            card = html.fromstring(arch)
            for count, words, other in ((1, one, several), (2, several, one)):
                said = self._said(card, "pom_stalled", count)
                self.assertEqual(said, words)
                self.assertNotEqual(said, other)

    def _said(self, card, figure, count):
        """The words after a figure on the card, where it is so many."""
        [is_one, is_not] = card.xpath(
            f"//t[@t-if='dashboard.{figure} == 1']"
        ) + card.xpath(f"//t[@t-if='dashboard.{figure} == 1']/following-sibling::t[1]")
        return " ".join((is_one if count == 1 else is_not).text_content().split())
