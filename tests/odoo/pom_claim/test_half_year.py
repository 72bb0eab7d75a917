"""What small debts of a Dutch consumer may cost in half a year: 140 euros together."""

from datetime import date, timedelta

from odoo.tests import freeze_time, tagged

from tests.odoo.pom_claim.common import switch_on
from tests.odoo.pom_reminder.common import ReminderCase

#: First reminder, and the second one, which asks: so many days after the due day.
FIRST, SECOND = 7, 41


@tagged("standard", "post_install", "-at_install")
class TestHalfYear(ReminderCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        switch_on(cls.company)
        policy = cls.env.ref("pom_reminder.policy_nl_consumer")
        cls.marie.pom_policy_id = policy

    def _remind(self, move, day):
        before = move.pom_delivery_ids
        reminders = self.env["pom.reminder"].sudo()
        with freeze_time(f"{day} 08:00:00"):
            found = reminders._plan_now(move)
            found.filtered(lambda r: r.state == "planned").state = "approved"
            found._send_here()
            delivery = move.pom_delivery_ids - before
            delivery.sudo()._note_sent()
        return delivery

    def _asked(self, due, amount=100):
        """What the second reminder asks of an invoice, which is paid then."""
        move = self._invoice(due, amount)
        self._remind(move, due + timedelta(FIRST))
        day = due + timedelta(SECOND)
        asked = self._remind(move, day).penalty
        with freeze_time(f"{day} 12:00:00"):
            self._pay(move, amount)
        return asked

    def test_small_debts(self):
        """40 for each, until 140 were asked in six months; 11 September is more than
        six months after 15 February.
        """
        days = [(1, 5), (2, 5), (3, 5), (4, 6), (5, 5), (8, 1)]
        asked = [self._asked(date(2026, *day)) for day in days]
        self.assertEqual(asked, [40, 40, 40, 20, 0, 40])

    def test_large_debts(self):
        """15 %: who owes more than 266.67 may be asked that each time."""
        days = [(1, 5), (2, 5), (3, 5), (4, 6)]
        asked = [self._asked(date(2026, *day), 300) for day in days]
        self.assertEqual(asked, [45] * 4)
