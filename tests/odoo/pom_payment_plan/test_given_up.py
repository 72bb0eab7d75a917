"""A part of a debt that the creditor gives up while it's paid by a plan."""

from odoo import Command
from odoo.tests import tagged

from tests.odoo.debt.case import TruthCase


@tagged("standard", "post_install", "-at_install")
class TestGivenUp(TruthCase):
    def _give_up(self, move, amount):
        """An entry closes some of it, and no money comes."""
        debt = move.line_ids.filtered(lambda item: item.display_type == "payment_term")
        find = self.env["account.account"].search
        ours = self.env["account.account"]._check_company_domain(self.company)
        expense = find([*ours, ("account_type", "=", "expense")], limit=1)
        entry = self.env["account.move"].create(
            {
                "journal_id": self.env["account.journal"].search(
                    [("company_id", "=", self.company.id), ("type", "=", "general")],
                    limit=1,
                ).id,
                "line_ids": [
                    Command.create({"account_id": expense.id, "balance": amount}),
                    Command.create(
                        {"account_id": debt.account_id.id, "balance": -amount,
                         "partner_id": debt.partner_id.id}
                    ),
                ],
            }
        )  # fmt: skip
        entry.action_post()
        mine = entry.line_ids.filtered(lambda item: item.account_id == debt.account_id)
        (debt + mine).reconcile()

    def test_no_part_is_paid_by_it(self):
        """As a credit note does, it makes the last part smaller: the first is asked."""
        move = self.owed(90.0, due=-1)
        plan = self.env["pom.payment.plan"].create(
            {"move_ids": [Command.set(move.ids)], "first_on": self.days(3)}
        )
        plan.line_ids = [Command.create(row) for row in plan._equal_lines()]
        plan.sudo()._agree()
        self.assertEqual(plan.line_ids.mapped("left"), [30, 30, 30])
        self._give_up(move, 30)
        self.env.invalidate_all()
        self.assertEqual(plan.line_ids.mapped("left"), [30, 30, 0])
        self.register_payment(move, 30)
        self.env.invalidate_all()
        self.assertEqual(plan.line_ids.mapped("left"), [0, 30, 0])
