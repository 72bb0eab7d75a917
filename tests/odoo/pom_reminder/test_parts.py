"""A dunning is about a due, not about a document: each part of an invoice has its day,
its own history, and costs of its own.
"""

from datetime import date

from odoo import Command
from odoo.tests import freeze_time, tagged

from .common import Days, ReminderCase

INVOICED = date(2026, 2, 1)
FIRST_DUE = date(2026, 2, 11)
SECOND_DUE = date(2026, 5, 2)  # a Saturday


@tagged("standard", "post_install", "-at_install")
class TestParts(ReminderCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.terms = cls.env["account.payment.term"].create(
            {
                "name": "30/70",
                "line_ids": [
                    Command.create(
                        {"value": "percent", "value_amount": part, "nb_days": days}
                    )
                    for part, days in ((30, 10), (70, 90))
                ],
            }
        )

    def _spread(self, amount=1000.0, **values):
        return self._invoice(
            date(2026, 3, 3),  # its date is a month earlier
            amount,
            invoice_date=INVOICED,
            invoice_payment_term_id=self.terms.id,
            **values,
        )

    def _plan(self, moves, day):
        with freeze_time(f"{day} 08:00:00"):
            return self.env["pom.reminder"].sudo()._plan(self.company)

    def _rows(self, move):
        return [
            (r.due_date, r.level_id.name, r.state, r.reason)
            for r in move.pom_reminder_ids.sorted(lambda r: (r.due_date, r.id))
        ]

    def test_the_first_part_is_reminded_by_itself(self):
        """Fifty days late with 300 of 1000; the last day is a month ahead."""
        move = self._spread()
        self._plan(move, "2026-04-02")
        self.assertEqual(
            self._rows(move), [(FIRST_DUE, "First reminder", "approved", False)]
        )
        with freeze_time("2026-04-02 08:00:00"):
            self.assertEqual(move.pom_reminder_ids.amount, 300)
            move.pom_reminder_ids.sudo()._send_here()
            delivery = move.pom_delivery_ids
            page = move.pom_paylink_id.sudo()._choice()
            self.assertEqual((delivery.amount, page.amount), (300, 300))
            report = self.env["pom.debtor.report"].search([("move_id", "=", move.id)])
            self.assertEqual(move.pom_days_overdue, 50)
            self.assertEqual(max(report.mapped("days_overdue")), 50)
            self.assertEqual(sum(report.mapped("residual")), 1000)
        self.assertIn("11/02/2026", delivery.text)
        body = str(delivery._mail_bodies()[0]).replace(",", ".")
        self.assertIn("300.00", body)
        self.assertNotIn("000.00", body)

    def test_each_part_has_its_own_calendar(self):
        """The first is paid in time after its reminder; the second starts anew."""
        first, second = self._levels(self.consumer, "first", "second")
        (first | second).write({"channel_2": False, "channel_3": False})
        move = self._spread()
        with Days(self, date(2026, 2, 2)) as days:
            days.on("2026-03-10", lambda: self._pay(move, 300))
            days.until(date(2026, 5, 30))
        asked = [
            (days.made[d.id], d.level_id.name, d.amount)
            for d in move.pom_delivery_ids.sorted("id")
        ]
        self.assertEqual(
            asked,
            [
                ("2026-02-06", "Notice", 300),  # the 8th is a Sunday
                ("2026-02-16", "First reminder", 300),
                ("2026-03-04", "Second reminder", 300),  # 17 February and 14 days
                ("2026-04-29", "Notice", 700),
                ("2026-05-07", "First reminder", 700),
                ("2026-05-26", "Second reminder", 700),  # 8 May, 14 days, Whitsun
            ],
        )

    def test_parts_of_one_day_go_in_one_message(self):
        """However far each is: with the words of the oldest, and free as the newest
        must be.
        """
        self.consumer.group = False
        first, second = self._levels(self.consumer, "first", "second")
        second.write({"channel": "sms", "fee": 5})
        move = self._spread()
        reminders = self.env["pom.reminder"].sudo()
        reminders.create(
            {
                "move_id": move.id,
                "due_date": FIRST_DUE,
                "company_id": self.company.id,
                "partner_id": self.marie.id,
                "policy_id": self.consumer.id,
                "level_id": first.id,
                "number": 1,
                "planned_date": "2026-02-16",
                "state": "sent",
                "done_date": "2026-02-16",
            }
        )
        self._plan(move, "2026-05-07")
        with freeze_time("2026-05-07 08:00:00"):
            due = move.pom_reminder_ids.filtered(lambda r: r.state == "approved")
            self.assertEqual(due.sorted("due_date").mapped("level_id"), second | first)
            due.sudo()._send_here()
        delivery = move.pom_delivery_ids
        self.assertEqual(len(delivery), 1)
        self.assertEqual(delivery.level_id, second)
        self.assertEqual((delivery.channel, delivery.amount), ("email", 1000))
        self.assertEqual(delivery.fee, 0)
        self.assertIn("0477472701", delivery.legal)
        body = delivery._mail_bodies()[0]
        for day in ("11/02/2026", "02/05/2026"):
            self.assertIn(day, body)

    def test_interest_and_penalty_by_the_part(self):
        """From its own day, of its own amount; the EUR 40 once for an invoice."""
        shop = self._debtor("Café Central", "bar@x.example", is_company=True)
        shop.pom_channel = "email"
        last = self._levels(self.business, "last")[0]
        move = self._spread(partner=shop)
        reminders = self.env["pom.reminder"].sudo()
        # Both parts at their last step.
        reminders.create(
            [
                {
                    "move_id": move.id,
                    "due_date": due,
                    "company_id": self.company.id,
                    "partner_id": shop.id,
                    "policy_id": self.business.id,
                    "level_id": last.id,
                    "number": 3,
                    "channel": "email",
                    "planned_date": "2026-06-01",
                    "state": "approved",
                }
                for due in (FIRST_DUE, SECOND_DUE)
            ]
        )
        with freeze_time("2026-06-01 08:00:00"):
            move.pom_reminder_ids.sudo()._send_here()
        delivery = move.pom_delivery_ids
        self.assertEqual(len(delivery), 1)
        # 110 days of 300 and 30 of 700, at 10.5 %.
        self.assertAlmostEqual(delivery.interest, 9.49 + 6.04)
        self.assertEqual((delivery.amount, delivery.penalty), (1000, 40))

    def test_a_paid_part_is_left_out_at_the_last_look(self):
        """The other part isn't due: nothing leaves, and nobody says it is settled."""
        self.marie.pom_channel = "letter"
        move = self._spread()
        self._plan(move, "2026-02-17")
        with freeze_time("2026-02-17 08:00:00"):
            move.pom_reminder_ids.sudo()._send_here()
            letter = move.pom_delivery_ids
            self._pay(move, 300)
            letter.action_print_letters()
        self.assertEqual(letter.state, "overtaken")
        self.assertEqual(
            self._rows(move), [(FIRST_DUE, "First reminder", "left_out", "paid")]
        )

    def test_another_part_fell_due_while_the_letter_waited(self):
        """Page and letter say the same: the letter is written anew."""
        self.marie.pom_channel = "letter"
        move = self._spread()
        self._plan(move, "2026-02-17")
        with freeze_time("2026-02-17 08:00:00"):
            move.pom_reminder_ids.sudo()._send_here()
        letter = move.pom_delivery_ids
        with freeze_time("2026-05-04 08:00:00"):
            letter.action_print_letters()
            self.assertEqual(letter.state, "overtaken")
            move.pom_reminder_ids.sudo()._send_here()
            self.assertEqual((move.pom_delivery_ids - letter).amount, 1000)

    def test_remind_now_asks_only_what_is_late(self):
        move = self._spread()
        with freeze_time("2026-03-02 08:00:00"):
            move.action_pom_remind_now()
        self.assertEqual(move.pom_reminder_ids.due_date, FIRST_DUE)
        self.assertEqual(move.pom_delivery_ids.amount, 300)

    def test_a_contested_last_part(self):
        """The latest parts are contested, the first is asked."""
        move = self._spread()
        move.pom_disputed_amount = 700
        self._plan(move, "2026-05-11")
        self.assertEqual(
            self._rows(move),
            [
                (FIRST_DUE, "First reminder", "approved", False),
                (SECOND_DUE, "First reminder", "left_out", "disputed"),
            ],
        )

    def test_a_due_date_that_was_moved(self):
        """What was planned for the old day isn't sent."""
        self.consumer.automatic = False
        move = self._invoice(FIRST_DUE)
        self._plan(move, "2026-02-17")
        reminder = move.pom_reminder_ids
        self.assertEqual(reminder.state, "planned")
        lines = move.line_ids.filtered(lambda ln: ln.display_type == "payment_term")
        lines.date_maturity = SECOND_DUE
        self._plan(move, "2026-02-18")
        self.assertEqual((reminder.state, reminder.reason), ("left_out", "superseded"))
        self._plan(move, "2026-05-11")
        self.assertEqual(
            self._rows(move)[1:], [(SECOND_DUE, "First reminder", "planned", False)]
        )
