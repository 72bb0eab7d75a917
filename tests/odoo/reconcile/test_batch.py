from datetime import date

from odoo import Command
from odoo.tests import tagged

from .common import ReconcileCase


@tagged("standard", "post_install", "-at_install")
class TestBatch(ReconcileCase):
    """Lines that are created by the batch are what Odoo would make one by one."""

    DAYS = (date(2026, 10, 30), date(2026, 11, 2), date(2026, 11, 3), date(2027, 1, 4))

    def _vals(self, day, number):
        return {
            "journal_id": self.journal.id,
            "date": day,
            "amount": 10.0 + number,
            "payment_ref": f"order {number}",
        }

    def _create(self):
        vals_list = [self._vals(day, number) for number, day in enumerate(self.DAYS)]
        return self.env["account.bank.statement.line"]._pom_create_matched(vals_list)

    def _create_one_by_one(self):
        Line = self.env["account.bank.statement.line"]
        return [Line.create(self._vals(day, n)) for n, day in enumerate(self.DAYS)]

    def _shape(self, line):
        return [
            (
                item.account_id.code,
                item.balance,
                item.tax_ids.mapped("name"),
                item.analytic_distribution,
            )
            for item in line.move_id.line_ids
        ]

    def _assert_like_odoos_own(self):
        ours, theirs = self._create(), self._create_one_by_one()
        for mine, other in zip(ours, theirs, strict=True):
            self.assertEqual(self._shape(mine), self._shape(other))
            self.assertEqual(mine.move_id.state, "posted")

    def test_numbers_go_on(self):
        numbers = []
        for lines in (self._create(), self._create_one_by_one(), self._create()):
            moves = [line.move_id for line in lines]
            numbers.append([(m.sequence_prefix, m.sequence_number) for m in moves])
        first, second, third = numbers
        self.assertEqual([n for _prefix, n in first], [1, 2, 3, 1])
        self.assertEqual(len({prefix for prefix, _n in first}), 2)
        for earlier, later in ((first, second), (second, third)):
            moved = [
                (prefix, number + step)
                for (prefix, number), step in zip(earlier, (3, 3, 3, 1), strict=True)
            ]
            self.assertEqual(moved, later)

    def test_monthly_numbers(self):
        Line = self.env["account.bank.statement.line"]
        Line.create(self._vals(self.DAYS[0], 0)).move_id.name = "BNK1/2026/10/0007"
        names = [
            f"BNK1/{tail}"
            for tail in ("2026/10/0008", "2026/11/0001", "2026/11/0002", "2027/01/0001")
        ]
        self.assertEqual(self._create().move_id.mapped("name"), names)

    def test_plain(self):
        self._assert_like_odoos_own()

    def test_analytic_models_apply(self):
        plan = self.env["account.analytic.plan"].create({"name": "Sites"})
        account = self.env["account.analytic.account"].create(
            {"name": "Ghent", "plan_id": plan.id}
        )
        self.env["account.analytic.distribution.model"].create(
            {
                "account_prefix": self.journal.suspense_account_id.code,
                "analytic_distribution": {str(account.id): 100},
            }
        )
        self._assert_like_odoos_own()
        line = self._create()[0]
        self.assertIn({str(account.id): 100}, [row[3] for row in self._shape(line)])

    def test_taxes_of_an_account_apply(self):
        suspense = self.journal.suspense_account_id
        suspense.tax_ids = [Command.set(self.company_data["default_tax_sale"].ids)]
        self._assert_like_odoos_own()
