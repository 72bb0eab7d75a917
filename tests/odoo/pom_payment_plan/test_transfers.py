"""Parts that are paid by bank transfer."""

from datetime import date, timedelta

from odoo import Command

from tests.odoo.reconcile.common import DAY, ReconcileCase


class TestTransfers(ReconcileCase):
    """A hundred euros in three parts, the first on the day of the bank line."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.move = cls._invoice(100)
        cls.plan = cls.env["pom.payment.plan"].create(
            {"move_ids": [Command.set(cls.move.ids)], "first_on": DAY}
        )
        cls.plan.line_ids = [Command.create(row) for row in cls.plan._equal_lines()]
        cls.plan.sudo()._agree()

    def transfer(self, amount, **values):
        line = self._line(amount, self.move.payment_reference, **values)
        line._pom_auto_match()
        return line

    def lefts(self):
        self.env.invalidate_all()
        return self.plan.line_ids.mapped("left")

    def test_the_first_part_is_nothing_to_look_at(self):
        line = self.transfer(33.34)
        self.assertTrue(line.is_reconciled)
        self.assertFalse(line.pom_flag)
        self.assertIn("payment plan", line.pom_reason)
        self.assertEqual(self.lefts(), [0, 33.33, 33.33])

    def test_nor_are_two_parts_at_once(self):
        line = self.transfer(66.67)
        self.assertFalse(line.pom_flag)
        self.assertEqual(self.lefts(), [0, 0, 33.33])

    def test_what_is_no_part_is(self):
        line = self.transfer(50)
        self.assertTrue(line.is_reconciled)
        self.assertEqual(line.pom_flag, "partial")
        self.assertEqual(self.lefts(), [0, 33.33, 16.67])

    def test_parts_after_another(self):
        days = [DAY, DAY + timedelta(28), date(2027, 1, 23)]
        for day, amount in zip(days, (33.34, 33.33, 33.33), strict=True):
            self.assertFalse(self.transfer(amount, date=day).pom_flag)
        self.assertEqual(self.lefts(), [0, 0, 0])
        self.assertEqual(self.move.pom_payment_status, "paid")

    def test_a_return_opens_its_part_again(self):
        line = self.transfer(33.34)
        line.action_undo_reconciliation()
        self.assertEqual(self.lefts(), [33.34, 33.33, 33.33])
