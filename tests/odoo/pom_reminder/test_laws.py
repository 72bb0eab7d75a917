"""The ready-made policies ask what the law of their country lets them, and no more."""

from datetime import date, timedelta

from odoo.tests import freeze_time, tagged

from odoo.addons.pom_reminder.laws import RULES

from .common import ReminderCase

DUE = date(2026, 3, 31)
FIRST, SECOND = date(2026, 4, 7), date(2026, 5, 11)


@tagged("standard", "post_install", "-at_install")
class TestLaws(ReminderCase):
    def _of(self, code):
        return self.env.ref(f"pom_reminder.policy_{code}")

    def _remind(self, moves, day):
        """Send what comes next, and let it leave.

        :return: the message
        """
        before = moves.pom_delivery_ids
        reminders = self.env["pom.reminder"].sudo()
        with freeze_time(f"{day} 08:00:00"):
            found = reminders._plan_now(moves)
            found.filtered(lambda r: r.state == "planned").state = "approved"
            found._send_here()
            delivery = moves.pom_delivery_ids - before
            delivery.sudo()._note_sent()
        return delivery

    def _twice(self, code, *amounts, **values):
        """First and second reminder of invoices, in one message each."""
        self.marie.write({"pom_policy_id": self._of(code).id, **values})
        moves = self.env["account.move"].union(
            *(self._invoice(DUE, amount) for amount in amounts)
        )
        return self._remind(moves, FIRST), self._remind(moves, SECOND)

    def test_every_law_has_a_policy_that_is_ready(self):
        ready = self.env["pom.reminder.policy"].search([("company_id", "=", False)])
        self.assertLessEqual(set(RULES), set(ready.mapped("rule")))

    def test_dutch_consumers(self):
        """Fourteen days and the very amount, on all that the letter asks."""
        first, second = self._twice("nl_consumer", 100, 100, 100)
        self.assertEqual((first.total, first.deadline), (300, FIRST + timedelta(15)))
        self.assertIn(first._money(45), first.legal)
        self.assertEqual((second.penalty, second.fee), (45, 0))
        self.assertEqual(second.interest, 0)

    def test_french_consumers(self):
        first, second = self._twice("fr_consumer", 500)
        self.assertEqual((first.total, second.total), (500, 500))

    def test_french_businesses(self):
        _first, second = self._twice("fr_business", 1000)
        # 41 days at 12.15 %; the EUR 40 come with the last one.
        self.assertAlmostEqual(second.interest, 13.65)
        self.assertEqual(second.penalty, 0)

    def test_german_consumers(self):
        """The first reminder makes the default; a further one costs its postage."""
        self.setup.postage = 0.95
        first, second = self._twice("de_consumer", 1000, pom_channel="letter")
        self.assertEqual((first.total, second.fee), (1000, 0.95))
        # 34 days from 7 April at 6.27 %.
        self.assertAlmostEqual(second.interest, 5.84)

    def test_german_reminders_by_e_mail_cost_nothing(self):
        self.setup.postage = 0.95
        _first, second = self._twice("de_consumer", 1000, pom_channel="email")
        self.assertEqual(second.fee, 0)

    def test_luxembourg(self):
        _first, second = self._twice("lu_consumer", 1000)
        self.assertEqual(second.total, 1000)
        other = self._debtor("Other", "other@x.example")
        other.pom_policy_id = self._of("lu_business")
        move = self._invoice(DUE, 1000, partner=other)
        self._remind(move, FIRST)
        # 41 days at 10.15 %.
        self.assertAlmostEqual(self._remind(move, SECOND).interest, 11.40)

    def test_no_rate_no_interest(self):
        """Of a half-year that isn't known nothing is asked."""
        self.marie.pom_policy_id = self._of("fr_business")
        until = self._of("fr_business")._rule().rates.until
        move = self._invoice(until, 1000)
        self._remind(move, until + timedelta(10))
        second = self._remind(move, until + timedelta(40))
        self.assertEqual(second.interest, 0)
