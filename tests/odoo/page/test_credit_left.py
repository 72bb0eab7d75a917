"""What a debtor is told of money that he paid for an invoice that is over."""

from odoo.tests import tagged

from tests.odoo.page.test_old_page import OldPageCase


@tagged("standard", "post_install", "-at_install")
class TestCreditLeft(OldPageCase):
    def cancel(self, move):
        move.button_draft()
        move.button_cancel()
        self.env.flush_all()

    def left(self, path=None):
        return "left of what you paid" in self.text_of(path or self.path)

    def test_paid_and_cancelled(self):
        self.settle(self.begin())
        self.assertFalse(self.left())
        self.cancel(self.move)
        text = self.text_of(self.path)
        self.assertIn("This invoice was cancelled", text)
        self.assertRegex(text, r"You have 121\.00.{1,3} left of what you paid for this")
        other = self.invoice(121.0)
        paid = self.move.matched_payment_ids.move_id
        (paid + other).line_ids.filtered(
            lambda item: item.account_type == "asset_receivable"
        ).reconcile()
        self.env.flush_all()
        self.assertFalse(self.left())

    def test_the_money_came_later(self):
        """It was being paid when it was cancelled."""
        attempt = self.begin()
        self.cancel(self.move)
        self.assertFalse(self.left())
        self.settle(attempt)
        self.assertTrue(self.left())

    def test_paid_in_cash(self):
        self.pay_in_cash(self.move)
        self.cancel(self.move)
        self.assertTrue(self.left())

    def test_credited_instead_of_paid(self):
        self.pay_in_cash(self.move)
        self.move.line_ids.remove_move_reconcile()
        note = self.move._reverse_moves([{"invoice_date": self.days(0)}])
        note.action_post()
        (self.move + note).line_ids.filtered(
            lambda item: item.account_type == "asset_receivable" and not item.reconciled
        ).reconcile()
        self.assertEqual(self.move.payment_state, "reversed")
        self.env.flush_all()
        self.assertTrue(self.left())

    def test_registered_and_not_seen_at_the_bank(self):
        """It is never guessed that it came."""
        self.register_payment(self.move)
        self.move.matched_payment_ids.state = "in_process"
        self.cancel(self.move)
        self.assertIn("This invoice was cancelled", self.text_of(self.path))
        self.assertFalse(self.left())

    def test_paid_for_two(self):
        """Nobody knows which of them the credit is of."""
        other = self.invoice(50.0)
        self.pay_in_cash(self.move | other, 171)
        self.cancel(self.move)
        self.assertFalse(self.left())

    def test_is_being_given_back(self):
        self.settle(self.begin())
        self.cancel(self.move)
        tx = self.move.transaction_ids or self.move.pom_paylink_id.last_attempt
        tx._create_child_transaction(121, is_refund=True)._set_pending()
        self.env.flush_all()
        self.assertFalse(self.left())
