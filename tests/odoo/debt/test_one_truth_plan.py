"""A debt that is paid in parts as agreed, asked of every place."""

from odoo import Command
from odoo.tests import tagged

from .case import TruthCase
from .readers import Said


@tagged("standard", "post_install", "-at_install")
class TestPlanEverywhere(TruthCase):
    """Ninety euros, thirty days late, in three parts a month apart."""

    def planned(self, first=0, amount=90.0, **values):
        move = self.owed(amount, due=-30)
        plan = self.env["pom.payment.plan"].create(
            {
                "move_ids": [Command.set(move.ids)],
                "line_ids": [
                    Command.create(
                        {"day": self.days(first + 30 * number), "amount": amount / 3}
                    )
                    for number in range(3)
                ],
                **values,
            }
        )
        plan.action_agree()
        return move

    def rest(self, move):
        """(days from now, amount) of the parts that are unpaid."""
        today = self.company._pom_today()
        parts = move.pom_standing.parts
        return [((part.day - today).days, float(part.left)) for part in parts]

    def test_a_part_is_due_today(self):
        move = self.planned()
        self.assert_says(move, Said("open", "30.00", silence="planned"))

    def test_a_part_is_late(self):
        move = self.planned(first=-2)
        self.assert_says(move, Said("overdue", "30.00", late=2, silence="planned"))
        self.assertEqual(move.pom_amount_overdue, 30)

    def test_a_part_was_paid(self):
        move = self.planned(first=-2)
        self.register_payment(move, 30.0)
        self.assert_says(move, Said("planned", None, silence="planned"))
        self.assertEqual(self.rest(move), [(28, 30), (58, 30)])

    def test_more_was_paid(self):
        move = self.planned()
        self.register_payment(move, 45.0)
        self.assert_says(move, Said("planned", None, silence="planned"))
        self.assertEqual(self.rest(move), [(30, 30), (60, 15)])
        rows = self.env["pom.debtor.report"].search([("move_id", "=", move.id)])
        self.assertEqual(sorted(rows.mapped("residual")), [15, 30])

    def test_a_part_of_a_part_was_paid(self):
        move = self.planned()
        self.register_payment(move, 10.0)
        self.assert_says(move, Said("partial", "20.00", silence="planned"))

    def test_all_was_paid(self):
        move = self.planned()
        self.register_payment(move, 90.0)
        self.assert_says(move, Said("paid", None, silence="paid"))

    def test_money_came_back(self):
        move = self.planned(first=-2)
        self.register_payment(move, 30.0)
        payment = move._get_reconciled_payments()
        payment.action_draft()
        payment.action_cancel()
        self.assert_says(move, Said("overdue", "30.00", late=2, silence="planned"))

    def test_a_part_is_credited(self):
        move = self.planned()
        refund = self.invoice(
            40,
            partner_id=self.els.id,
            move_type="out_refund",
            invoice_date=self.days(0),
            invoice_payment_term_id=False,
        )
        lines = (move | refund).line_ids
        lines.filtered(lambda line: line.account_type == "asset_receivable").reconcile()
        self.assert_says(move, Said("partial", "30.00", silence="planned"))
        self.assertEqual(self.rest(move), [(0, 30), (30, 20)])

    def test_the_rest_is_contested(self):
        move = self.planned()
        self.ask(move, "dispute", amount=60, reason="amount")
        self.assert_says(move, Said("open", "30.00", silence="planned"))

    def test_it_is_broken(self):
        move = self.planned(first=-12)
        move.pom_plan_id._break()
        self.assert_says(move, Said("overdue", "90.00", late=30, silence="hold"))

    def test_it_is_ended(self):
        move = self.planned()
        plan = move.pom_plan_id
        plan.action_stop()
        self.assert_says(move, Said("overdue", "90.00", late=30))
        self.assertEqual((plan.state, plan.summary), ("stopped", False))

    def test_another_plan_takes_its_place(self):
        move = self.planned()
        first = move.pom_plan_id
        second = self.env["pom.payment.plan"].create(
            {
                "move_ids": [Command.set(move.ids)],
                "line_ids": [Command.create({"day": self.days(9), "amount": 90})],
            }
        )
        second.action_agree()
        self.assertEqual((first.state, move.pom_plan_id), ("stopped", second))
        self.assert_says(move, Said("planned", None, silence="planned"))
