"""Run by tests/e2e/test_direct_debit.py, as debits.py is: money of an order that the
bank sends back, whichever way it went.
"""

from odoo import Command
from odoo.tests import tagged

from .debits import HIS_IBAN, DebitCase

RETURNED_TRANSFER = "00150000"


@tagged("standard", "post_install", "-at_install")
class TestCameBack(DebitCase):
    def _uploaded(self, *moves):
        self.run_cron("collect")
        [order] = self.lines_of(moves[0]).order_id
        self.upload(order)
        return [self.lines_of(move).payment_ids for move in moves]

    def _reject(self, payment):
        """Somebody reads it at the bank's, takes it out of the books, and says so."""
        payment.payment_line_ids.move_line_id.remove_move_reconcile()
        payment.move_id._reverse_moves(cancel=True)
        payment.action_reject()

    def test_noted_by_hand(self):
        move, other = self.owed(due=1), self.owed(80.0, due=1)
        payment, _other = self._uploaded(move, other)
        both = move | other
        self.assertEqual(both._pom_came_back(), {})
        self._reject(payment)
        self.assertEqual(both._pom_came_back(), {move.id: self.days(0)})
        self.run_cron("tell_returned")
        self.assertEqual(both._pom_came_back(), {move.id: self.days(0)})
        self.assertEqual(move.pom_delivery_ids.mapped("kind"), ["debit_returned"])
        self.assertFalse(other.pom_delivery_ids)

    def test_one_of_two_came_back(self):
        """The day of the last one counts, until it's paid in another way."""
        move = self.owed(due=1)
        [payment] = self._uploaded(move)
        self._reject(payment)
        self.run_cron("tell_returned")
        with self.later(9):
            move.create_account_payment_line()
            order = (self.lines_of(move) - payment.payment_line_ids).order_id
            self.upload(order)
            self._reject(order.payment_ids)
            self.run_cron("tell_returned")
            day = self.days(0)
        self.assertEqual(move._pom_came_back(), {move.id: day})

    def test_transfer_of_ours(self):
        """A supplier's account was closed: his bill is to be paid again, and he isn't
        told that a debit came back."""
        method = self.env.ref("account.account_payment_method_manual_out")
        way = self.mode.copy(
            {"name": "Transfer", "payment_method_id": method.id, "pom_days_ahead": 0}
        )
        bill = self.env["account.move"].create(
            {
                "move_type": "in_invoice",
                "partner_id": self.els.id,
                "invoice_date": self.days(-5),
                "invoice_date_due": self.days(0),
                "partner_bank_id": self.els.bank_ids.filtered(
                    lambda account: account.sanitized_acc_number == HIS_IBAN
                ).id,
                "payment_mode_id": way.id,
                "payment_reference": "12345",
                "invoice_line_ids": [
                    Command.create(
                        {
                            "name": "Bloem",
                            "price_unit": 100,
                            "tax_ids": [Command.clear()],
                        }
                    )
                ],
            }
        )
        bill.action_post()
        bill.create_account_payment_line()
        order = self.lines_of(bill).order_id
        order.draft2open()
        order.open2generated()
        order.generated2uploaded()
        payment = order.payment_ids
        self.assertEqual((payment.payment_type, bill.amount_residual), ("outbound", 0))
        left = self.from_bank(-100, end_to_end=str(payment.id))
        self.assertTrue(left.is_reconciled, left.pom_reason)
        self.assertTrue(payment.is_matched)
        back = self.from_bank(
            100,
            end_to_end=str(payment.id),
            code=RETURNED_TRANSFER,
            return_reason="AC04",
        )
        self.assertEqual(back.pom_flag, "returned", back.pom_reason)
        self.assertIn("account closed", back.pom_reason)
        self.assertEqual((payment.state, bill.amount_residual), ("rejected", 100))
        self.run_cron("tell_returned")
        self.assertFalse(bill.pom_delivery_ids)
        self.assertFalse(bill.activity_ids)
