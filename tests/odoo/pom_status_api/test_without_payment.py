"""Third systems are told what was settled without money: it's nobody's payment."""

from odoo.tests import tagged

from tests.odoo.pom_status_api.api_case import ApiCase
from tests.odoo.pom_status_api.pages import all_pages


@tagged("standard", "post_install", "-at_install")
class TestWithoutPayment(ApiCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        ours = cls.env["account.account"]._check_company_domain(cls.company)
        cls.expense = cls.env["account.account"].search(
            [*ours, ("account_type", "=", "expense")], limit=1
        )

    def _pay_a_part(self, move, amount):
        """Core's wizard: marked as fully paid, the difference on an account."""
        wizard = self.env["account.payment.register"].with_context(
            active_model="account.move", active_ids=move.ids
        )
        wizard.create(
            {
                "amount": amount,
                "payment_difference_handling": "reconcile",
                "writeoff_account_id": self.expense.id,
            }
        )._create_payments()

    def _write_off(self, move):
        receivable = move.line_ids.filtered("date_maturity").account_id
        amount, partner = move.amount_residual, move.partner_id.id
        journal = self.env["account.journal"].search(
            [("company_id", "=", self.company.id), ("type", "=", "general")], limit=1
        )
        entry = self.env["account.move"].create(
            {
                "journal_id": journal.id,
                "line_ids": [
                    (0, 0, {"account_id": self.expense.id, "balance": amount}),
                    (0, 0, {"account_id": receivable.id, "balance": -amount,
                            "partner_id": partner}),
                ],
            }
        )  # fmt: skip
        entry.action_post()
        items = (move + entry).line_ids.filtered("account_id.reconcile")
        items.filtered(lambda item: not item.reconciled).reconcile()

    def _told(self, move):
        """What is told of all of it, and of each payment: amount, and without money."""
        told = self.api.getInvoice(id=move.id).data
        every, _pages = all_pages(self.api.listPayments, "payments")
        for row in told["payments"]:
            [same] = [
                {name: one[name] for name in row}
                for one in every
                if one["entry"] == row["entry"]
            ]
            self.assertEqual(same, row)
        return (
            (told["status"], told["amount_due"], told["amount_without_payment"]),
            [(row["amount"], row["without_payment"]) for row in told["payments"]],
        )

    def test_paid(self):
        move, _attempt = self._paid()
        self.assertEqual(
            self._told(move), (("paid", "0.00", "0.00"), [("45.73", "0.00")])
        )

    def test_the_rest_was_written_off_with_the_payment(self):
        move = self._invoice()
        self._pay_a_part(move, 40)
        self.assertEqual(
            self._told(move), (("paid", "0.00", "5.73"), [("40.00", "5.73")])
        )

    def test_written_off(self):
        move = self._invoice()
        self._write_off(move)
        self.assertEqual(
            self._told(move), (("paid", "0.00", "45.73"), [("0.00", "45.73")])
        )
        self.env.cr.flush()
        event = self.api.listEvents(status="paid").data["events"][-1]
        self.assertEqual(event["data"]["amount_without_payment"], "45.73")

    def test_credited(self):
        """A credit note is named by what it is."""
        move = self._invoice()
        note = move._reverse_moves([{"invoice_date": move.invoice_date}])
        note.action_post()
        items = (move + note).line_ids.filtered("account_id.reconcile")
        items.filtered(lambda item: not item.reconciled).reconcile()
        self.assertEqual(
            self._told(move), (("reversed", "0.00", "0.00"), [("45.73", "0.00")])
        )

    def test_queries_do_not_grow(self):
        """Of ten as of one."""
        moves = [self._invoice(10 + number) for number in range(10)]
        for move in moves:
            self._pay_a_part(move, 5)
        partials = moves[0].browse(move.id for move in moves)._pom_settled()
        counts = []
        for some in (partials[:1], partials):
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            self.assertEqual(len(some._pom_noted()), len(some))
            counts.append(self.env.cr.sql_log_count - before)
        self.assertLessEqual(counts[1], counts[0])
