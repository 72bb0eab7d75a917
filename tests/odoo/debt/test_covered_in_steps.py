"""What a debtor's money covers, of who owes much: looked at in steps, and the same."""

from datetime import timedelta

from odoo import Command
from odoo.tests import tagged

from odoo.addons.pom_payment.models import account_move_on_account

from tests.odoo.engine.common import EngineCase


@tagged("standard", "post_install", "-at_install")
class TestCoveredInSteps(EngineCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.today = cls.company._pom_today()
        cls.moves = cls.env["account.move"].union(
            *(
                cls._invoice(amount, invoice_date_due=cls._day(days))
                for amount, days in ((50, 9), (40, -30), (30, 0), (20, -30), (10, 60))
            ),
            cls._in_two_parts(60),
        )
        cls.moves[3].pom_disputed_amount = 5

    @classmethod
    def _day(cls, days):
        return cls.today + timedelta(days)

    @classmethod
    def _in_two_parts(cls, amount):
        halves = [
            Command.create({"value": "percent", "value_amount": 50, "nb_days": days})
            for days in (5, 50)
        ]
        terms = cls.env["account.payment.term"].create(
            {"name": "In two parts", "line_ids": halves}
        )
        return cls._invoice(
            amount, invoice_date=cls.today, invoice_payment_term_id=terms.id
        )

    def _pays(self, amount):
        payment = self.env["account.payment"].create(
            {
                "payment_type": "inbound",
                "partner_type": "customer",
                "partner_id": self.jan.id,
                "amount": amount,
                "journal_id": self.company.bank_journal_ids[:1].id,
            }
        )
        payment.action_post()

    def _covered(self, step):
        """Of each by itself, so many being looked at at once."""
        self.patch(account_move_on_account, "STEP", step)
        found = []
        for move_id in self.moves.ids:
            self.env.invalidate_all()
            move = self.env["account.move"].browse(move_id)
            found.append(float(move.pom_standing.covered))
        return found

    def test_the_same_however_many_are_looked_at(self):
        expected = (
            # Two are due since a month, the least of one day first: 15 not contested.
            (5, [0, 0, 0, 5, 0, 0]),
            (30, [0, 20, 0, 15, 0, 0]),
            (20, [0, 40, 0, 15, 0, 0]),
            (75, [15, 40, 30, 15, 0, 30]),
        )
        for more, covered in expected:
            self._pays(more)
            with self.subTest(more=more):
                whole = self._covered(1000)
                self.assertEqual(self._covered(1), whole)
                self.assertEqual(self._covered(2), whole)
                self.assertEqual(whole, covered)

    def test_a_plan_comes_when_it_was_agreed(self):
        """Not on the day that the invoice says."""
        last = self.moves[4]
        plan = self.env["pom.payment.plan"].create(
            {
                "move_ids": [Command.set(last.ids)],
                "line_ids": [
                    Command.create({"day": self.today, "amount": 4}),
                    Command.create({"day": self._day(90), "amount": 6}),
                ],
            }
        )
        plan.action_agree()
        self._pays(70)
        self.assertEqual(self._covered(1), self._covered(1000))
        self.assertEqual(self._covered(1)[4], 4)
