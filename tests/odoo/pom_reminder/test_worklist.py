"""The worklist: by customer, with what comes next."""

from datetime import date

from odoo.tests import freeze_time, tagged

from .common import ReminderCase

DUE = date(2026, 3, 31)
NOW = "2026-04-07 08:00:00"


@tagged("standard", "post_install", "-at_install")
class TestWorklist(ReminderCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.consumer.automatic = False

    def setUp(self):
        super().setUp()
        clock = freeze_time(NOW)
        clock.start()
        self.addCleanup(clock.stop)
        self.one, self.two = self._invoice(DUE, 60), self._invoice(DUE, 40)

    def _row(self, partner=None):
        self.env.flush_all()
        rows = self.env["pom.reminder.customer"]
        rows.invalidate_model()
        return rows.search(
            [
                ("partner_id", "=", (partner or self.marie).id),
                ("company_id", "=", self.company.id),
            ]
        )

    def _plan(self):
        self.env["pom.reminder"].sudo()._plan(self.company)

    def test_a_customer(self):
        self._plan()
        row = self._row()
        self.assertEqual((row.invoice_count, row.overdue, row.days_late), (2, 100, 7))
        self.assertEqual((row.due_date, row.to_approve), (DUE, 2))
        self.assertEqual(row.next_step, "First reminder by E-mail on 04/07/2026")
        self.assertFalse(row.level_id)
        with freeze_time("2026-04-10 08:00:00"):
            # What waits for being approved is for today.
            self.assertIn("on 04/10/2026", self._row().next_step)
        self.assertEqual(row.costs, 0)

    def test_overdue_is_what_the_column_says(self):
        """Not who contests all of it, though its day has passed."""
        rows = self.env["pom.reminder.customer"]
        mine = [("partner_id", "=", self.marie.id), ("days_late", ">", 0)]
        self.assertEqual(rows.search(mine), self._row())
        for move in (self.one, self.two):
            move.action_toggle_block_payment()
        self.env.flush_all()
        self.assertEqual(self._row().days_late, 0)
        self.assertFalse(rows.search(mine))

    def test_approved_and_taken_back(self):
        self._plan()
        self._row().action_approve()
        reminders = (self.one | self.two).pom_reminder_ids
        self.assertEqual(set(reminders.mapped("state")), {"approved"})
        self.assertEqual(self._row().approved, 2)
        self._row().action_take_back()
        self.assertEqual(set(reminders.mapped("state")), {"planned"})
        # Nothing that is planned again is approved by that.
        self._plan()
        self.assertEqual(set(reminders.mapped("state")), {"planned"})

    def test_what_was_said_last_and_what_follows(self):
        reminders = self.env["pom.reminder"].sudo()._plan_now(self.one | self.two)
        reminders.state = "approved"
        reminders._send_here()
        self.assertEqual(self._row().next_step, "The last reminder is still on its way")
        self.one.sudo().pom_delivery_ids._note_sent()
        row = self._row()
        self.assertEqual(row.level_id.name, "First reminder")
        # The law's term has to pass, which begins on 8 April.
        self.assertEqual(row.next_step, "Second reminder by E-mail on 04/23/2026")

    def test_what_comes_later(self):
        other = self._debtor("Later", "later@x.example")
        self._invoice(date(2026, 4, 20), partner=other)
        row = self._row(other)
        self.assertEqual((row.days_late, row.overdue), (0, 0))
        self.assertIn("Notice by E-mail on 04/17/2026", row.next_step)

    def test_why_nothing_comes(self):
        self.marie.write(
            {"pom_quiet_until": "2026-05-01", "pom_quiet_reason": "In hospital"}
        )
        self.assertEqual(self._row().next_step, "On hold until 05/01/2026: In hospital")

    def test_costs(self):
        self.business.automatic = False
        shop = self._debtor("Shop", "s@x.example", is_company=True)
        self._invoice(DUE, 1000, partner=shop)
        self._levels(self.business, "first")[0].with_penalty = True
        self.assertEqual(self._row(shop).costs, 40)

    def test_preview(self):
        self._plan()
        action = self._row().action_preview()
        trial = self.env["pom.reminder.trial"].browse(action["res_id"])
        self.assertEqual(trial.now_ids.move_ids, self.one | self.two)
        self.assertEqual(trial.now_ids.total, 100)

    def test_preview_of_who_follows_nothing(self):
        self.setup.consumer_policy_id = False
        action = self._row().action_preview()
        trial = self.env["pom.reminder.trial"].browse(action["res_id"])
        words = set(trial.left_out_ids.mapped("reason"))
        self.assertEqual(words, {"No reminder policy is followed"})
        self.assertFalse(trial.is_setup)

    def test_what_is_paid_is_gone(self):
        self._pay(self.one | self.two)
        self.assertFalse(self._row())

    def test_lists_are_opened(self):
        self._plan()
        row = self._row()
        found = self.env["account.move"].search(row.action_open()["domain"])
        self.assertEqual(found, self.one | self.two)
        found = self.env["pom.reminder"].search(row.action_reminders()["domain"])
        self.assertEqual(found, (self.one | self.two).pom_reminder_ids)

    def test_it_asks_little(self):
        """Queries don't grow with the number of customers."""
        counts = []
        for size in (2, 12):
            people = self.env["res.partner"].union(
                *(self._debtor(f"{size}-{n}", "x@x.example") for n in range(size))
            )
            for one in people:
                self._invoice(DUE, partner=one)
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            rows = self.env["pom.reminder.customer"].search(
                [("partner_id", "in", people.ids)]
            )
            self.assertEqual(len(rows.mapped("next_step")), size)
            self.assertEqual(len(rows.mapped("overdue")), size)
            counts.append(self.env.cr.sql_log_count - before)
        self.assertLessEqual(counts[1], counts[0] + 4)
