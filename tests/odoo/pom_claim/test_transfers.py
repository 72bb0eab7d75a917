"""The same by bank transfer, as the bank's file brings it."""

from odoo.tests import tagged

from tests.odoo.pom_claim.common import claim, income, switch_on
from tests.odoo.reconcile.common import DAY, ReconcileCase


@tagged("standard", "post_install", "-at_install")
class TestTransfers(ReconcileCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.setup = switch_on(cls.company)
        cls.move = cls._invoice(121)
        cls.costs = claim(cls.move)
        cls.interest = claim(cls.move, "interest", 1.2)

    def _coda(self, amount):
        bank = self._bank()
        bank.receive(amount, "Jan", "", self.move.payment_reference)
        line = self._import(bank.statement(DAY)).line_ids
        self.env.invalidate_all()
        return line

    def _credit(self, line):
        """What is there to be paid back."""
        items = line.line_ids.filtered(lambda i: i.account_type == "asset_receivable")
        return -sum(items.mapped("amount_residual"))

    def test_all_of_it(self):
        line = self._coda("129.70")
        self.assertTrue(line.is_reconciled)
        self.assertFalse(line.pom_flag)
        self.assertIn("asked on top", line.pom_reason)
        self.assertEqual(self.move.pom_payment_status, "paid")
        self.assertEqual(
            income(self.costs | self.interest), {"costs": 7.5, "interest": 1.2}
        )
        self.assertEqual(self._credit(line), 0)
        self.assertFalse(line.line_ids.tax_ids)

    def test_some_of_it(self):
        line = self._coda("128.50")
        self.assertEqual((self.costs.state, self.interest.state), ("paid", "asked"))
        self.assertEqual((self._credit(line), line.pom_flag), (0, False))
        self.assertEqual(self.move.pom_payment_status, "paid")

    def test_the_invoice_alone(self):
        line = self._coda("121.00")
        self.assertTrue(line.is_reconciled)
        self.assertEqual(self.costs.state, "asked")

    def test_more_than_all(self):
        line = self._coda("150.00")
        self.assertEqual(line.pom_flag, "surplus")
        self.assertEqual(self._credit(line), 20.3)
        self.assertEqual((self.costs.state, self.interest.state), ("paid", "paid"))

    def test_afterwards(self):
        self._coda("121.00")
        line = self._line(7.5, self.move.payment_reference)
        line._pom_auto_match()
        self.env.invalidate_all()
        self.assertTrue(line.is_reconciled, line.pom_reason)
        self.assertEqual((self.costs.state, line.pom_flag), ("paid", False))
        self.assertEqual(self._credit(line), 0)

    def test_undone(self):
        line = self._coda("128.50")
        line.pom_match_id.action_undo()
        self.env.invalidate_all()
        self.assertEqual((self.costs.state, self.costs.paid), ("asked", 0))
        # The money is known to be here: nobody is asked for it meanwhile.
        self.assertEqual(self.move.pom_payment_status, "received")
        line._pom_auto_match()
        self.assertEqual(self.costs.state, "paid")

    def test_an_open_line(self):
        line = self._line(129.7, self.move.payment_reference)
        self.assertEqual(line._pom_auto_match(), line)
        self.assertEqual(
            income(self.costs | self.interest), {"costs": 7.5, "interest": 1.2}
        )

    def test_by_account(self):
        line = self._line(129.7, "merci", "Jan Peeters", "BE71096123456769")
        line._pom_auto_match()
        self.assertTrue(line.is_reconciled, line.pom_reason)
        self.assertEqual(self.costs.state, "paid")

    def test_by_hand(self):
        """Who chooses the invoice, and credit for the rest, has no credit made of what
        was asked on top.
        """
        line = self._line(130, "merci")
        term = self.move.line_ids.filtered(lambda i: i.display_type == "payment_term")
        self.env["pom.match.answer"]._book(line, [(term.id, 121)], "credit")
        self.env.invalidate_all()
        self.assertEqual(self.costs.state, "paid")
        self.assertAlmostEqual(self._credit(line), 0.3)

    def test_switched_off(self):
        self.setup.claims = False
        line = self._coda("128.50")
        self.assertEqual(line.pom_flag, "surplus")
        self.assertEqual(self._credit(line), 7.5)
