"""Reminders ask costs on top; what they asked is owed, and stands in the next one."""

from datetime import date, timedelta

from odoo import Command
from odoo.exceptions import ValidationError
from odoo.tests import freeze_time, tagged

from tests.odoo.pom_claim.common import switch_on
from tests.odoo.pom_reminder.common import ReminderCase

DUE = date(2026, 2, 16)
FIRST, SECOND = date(2026, 3, 18), date(2026, 4, 1)
TEXTS = {"subject": "Reminder", "text": "{amount} by {url}", "short_text": "{amount}"}


@tagged("standard", "post_install", "-at_install")
class TestAsked(ReminderCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.policy = cls.env["pom.reminder.policy"].create(
            {
                "name": "As agreed",
                "rule": "none",
                "automatic": True,
                "working_days": False,
                "interest_rate": 10,
                "level_ids": [
                    Command.create(
                        {
                            "name": "With costs",
                            "days": 30,
                            "channel": "email",
                            "fee": 7.5,
                            **TEXTS,
                        }
                    ),
                    Command.create(
                        {
                            "name": "With interest",
                            "days": 44,
                            "channel": "email",
                            "fee": 7.5,
                            "with_interest": True,
                            **TEXTS,
                        }
                    ),
                ],
            }
        )
        cls.company.pom_policy_consumer_id = cls.policy
        cls.move = cls._invoice(DUE, 121)

    def _remind(self, day, sends=True):
        """Whatever is to be sent on a day leaves, and arrives."""
        with freeze_time(f"{day} 09:00:00"), self._smtp():
            reminders = self.env["pom.reminder"].sudo()
            reminders._plan(self.company)
            due = reminders.search([("state", "=", "approved")])
            due = due.filtered(lambda r: r.planned_date <= day)
            due._send_here()
            if sends:
                self.env["mail.mail"].sudo().search([]).send()
            self.env.flush_all()
            self.env.invalidate_all()
            return due.delivery_id

    def _asked(self, day=SECOND):
        with freeze_time(f"{day} 12:00:00"):
            self.env.invalidate_all()
            one = self.move._pom_standings()[self.move.id]
            return float(one.asked), [(c.kind, float(c.amount)) for c in one.claims]

    def test_without_the_setting_nothing_is_owed(self):
        message = self._remind(FIRST)
        self.assertEqual((message.total, message.state), (128.5, "sent"))
        self.assertFalse(self.env["pom.claim"].search([]))
        self.assertEqual(self._asked(), (121, []))
        # The second one asks its own costs, as before.
        self.assertEqual(self._remind(SECOND).fee, 7.5)

    def test_what_was_asked_is_owed(self):
        switch_on(self.company)
        message = self._remind(FIRST)
        self.assertEqual(message.total, 128.5)
        self.assertEqual(self._asked(), (128.5, [("costs", 7.5)]))
        [claim] = self.move.pom_claim_ids
        self.assertEqual((claim.state, claim.asked_on), ("asked", FIRST))
        self.assertEqual((claim.rule, claim.delivery_id), ("none", message))

    def test_the_next_message_asks_all_of_it(self):
        switch_on(self.company)
        self._remind(FIRST)
        message = self._remind(SECOND)
        # 121 at 10 % for the 44 days from 17 February to 1 April.
        self.assertEqual((message.fee, message.interest), (15, 1.46))
        self.assertEqual(message.total, 137.46)
        self.assertEqual(
            self._asked(), (137.46, [("costs", 15.0), ("interest", 1.46)])
        )  # fmt: skip
        interest = self.move.pom_claim_ids.filtered(lambda c: c.kind == "interest")
        self.assertEqual(
            [row[:4] for row in interest.periods],
            [["2026-02-16", "2026-04-01", "121.00", "10.0"]],
        )
        self.assertIn("44 days", interest.counted)
        self.env["res.lang"]._activate_lang("nl_BE")
        words = interest.with_context(lang="nl_BE").counted
        for part in ("121,00", "44 dagen", "01/04/2026", "10 %", "1,4586"):
            self.assertIn(part, words)

    def test_interest_of_what_was_owed_on_each_day(self):
        switch_on(self.company)
        self._remind(FIRST)
        with freeze_time("2026-03-20 12:00:00"):
            self._pay(self.move, 100)
        message = self._remind(SECOND)
        # 32 days of 121 and 12 of 21 at 10 %: 1.0608 and 0.0690.
        self.assertEqual((message.amount, message.interest), (21, 1.13))

    def test_what_was_paid_is_not_asked_again(self):
        switch_on(self.company)
        self._remind(FIRST)
        claim = self.move.pom_claim_ids
        claim.action_waive()
        self.assertEqual((claim.state, claim.left), ("waived", 0))
        self.assertEqual(self._asked(), (121, []))
        self.assertIn("waived", self.move.message_ids[0].body)
        self.assertEqual(self._remind(SECOND).fee, 7.5)
        self.assertEqual((claim.state, claim.left), ("asked", 7.5))

    def test_what_did_not_arrive_is_not_owed(self):
        switch_on(self.company)
        message = self._remind(FIRST)
        message._note_lost("No such address")
        self.assertEqual(self._asked(), (121, []))
        self.assertEqual(self.move.pom_claim_ids.state, "lapsed")

    def test_what_has_not_left_is_not_owed(self):
        switch_on(self.company)
        message = self._remind(FIRST, sends=False)
        self.assertFalse(message.sent_date)
        self.assertEqual(self._asked(), (121, []))

    def test_waived_while_the_next_message_waits(self):
        switch_on(self.company)
        self._remind(FIRST)
        message = self._remind(SECOND, sends=False)
        self.assertEqual(message.fee, 15)
        self.move.action_pom_waive_claims()
        with freeze_time(f"{SECOND} 12:00:00"):
            self.assertEqual(message.sudo()._overtaken(), message)

    def test_who_asked_to_be_reminded_is_told_all(self):
        switch_on(self.company)
        self._remind(FIRST)
        with freeze_time("2026-03-19 09:00:00"):
            self.move._pom_remind_on(date(2026, 3, 20), "email")
        message = self._remind(date(2026, 3, 20))
        self.assertEqual((message.kind, message.total), ("asked", 128.5))

    def test_in_the_words_of_the_message(self):
        switch_on(self.company)
        self.move.partner_id.lang = "en_US"
        self._remind(FIRST)
        message = self._remind(SECOND)
        body = str(message._mail_bodies()[0])
        self.assertIn("Costs of reminders", body)
        self.assertNotIn("Costs of this reminder", body)

    def test_belgian_consumers_owe_nothing_on_top(self):
        """One-off debts of consumers: the law knows no costs of reminders."""
        switch_on(self.company)
        self.company.pom_policy_consumer_id = self.consumer
        for number in range(0, 40, 5):
            self._remind(DUE + timedelta(days=5 + number))
        costs = self.move.pom_claim_ids.filtered(lambda c: c.kind == "costs")
        self.assertFalse(costs)

    def test_the_accounts_are_needed(self):
        setup = self.company._pom_setup()
        with self.assertRaisesRegex(ValidationError, "income accounts"):
            setup.claims = True

    def test_the_accounts_of_the_chart(self):
        setup = switch_on(self.company)
        codes = [
            setup._account_for(kind).code[:3]
            for kind in ("costs", "interest", "compensation")
        ]
        self.assertEqual(codes, ["743", "756", "743"])
