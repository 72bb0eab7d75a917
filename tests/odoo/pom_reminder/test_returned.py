"""Who had paid, and whose bank took it back, forgot nothing."""

from datetime import date, timedelta

from odoo.tests import freeze_time, tagged

from .common import ReminderCase

DUE = date(2026, 3, 31)


@tagged("standard", "post_install", "-at_install")
class TestReturned(ReminderCase):
    def _line(self, amount, text, day, **values):
        line = self.env["account.bank.statement.line"].create(
            {
                "journal_id": self.company_data["default_journal_bank"].id,
                "date": day,
                "amount": amount,
                "payment_ref": text,
                **values,
            }
        )
        line._pom_auto_match()
        self.assertTrue(line.is_reconciled, line.pom_reason)
        return line

    def _return_at_the_bank(self, move, day):
        self._line(move.amount_total, move.payment_reference, day)
        self.assertEqual(move.amount_residual, 0)
        details = {
            "code": "00503000",
            "text": move.payment_reference,
            "return_reason": "AM04",
            "return_type": "return",
        }
        text = f"Onbetaalde domiciliering {move.payment_reference}"
        self._line(-move.amount_total, text, day, transaction_details=details)
        self.assertEqual(move.amount_residual, move.amount_total)

    def _charge_back(self, move, moment):
        """As it is booked, without its entries."""
        provider = self.env["payment.provider"].create(
            {"name": "P", "code": "none", "company_id": self.company.id}
        )
        values = {
            "provider_id": provider.id,
            "payment_method_id": self.env.ref("payment.payment_method_bancontact").id,
            "amount": move.amount_total,
            "currency_id": move.currency_id.id,
            "partner_id": self.marie.id,
            "state": "done",
            "is_post_processed": True,
            "last_state_change": moment,
        }
        paid = self.env["payment.transaction"].create(
            {**values, "reference": "paid", "invoice_ids": [(6, 0, move.ids)]}
        )
        return self.env["payment.transaction"].create(
            {
                **values,
                "reference": "back",
                "amount": -move.amount_total,
                "operation": "refund",
                "pom_chargeback": True,
                "source_transaction_id": paid.id,
            }
        )

    def _reminded(self, moves, day):
        """The message that goes out on a day."""
        with freeze_time(f"{day} 08:00:00"):
            self.env["pom.reminder"].sudo()._plan(self.company)
            moves.pom_reminder_ids.sudo()._send_here()
        delivery = moves.pom_delivery_ids.sorted("id")[-1:]
        self.assertEqual(delivery.kind, "reminder")
        return delivery

    def test_the_first_one_says_so(self):
        move = self._invoice(DUE, 100)
        self._return_at_the_bank(move, DUE)
        delivery = self._reminded(move, DUE + timedelta(days=7))
        self.assertTrue(delivery.is_returned)
        for text in (delivery.subject, delivery.text, delivery.short_text):
            self.assertRegex(text, "teruggestuurd")
        self.assertIn("100", delivery.text)

    def test_a_chargeback(self):
        move = self._invoice(DUE, 100)
        self._charge_back(move, f"{DUE} 10:00:00")
        self.assertEqual(move._pom_came_back(), {move.id: DUE})
        delivery = self._reminded(move, DUE + timedelta(days=7))
        self.assertIn("teruggestuurd", delivery.text)

    def test_one_that_was_won(self):
        move = self._invoice(DUE, 100)
        back = self._charge_back(move, f"{DUE} 10:00:00")
        back.pom_undone_id = back.source_transaction_id
        self.assertEqual(move._pom_came_back(), {})

    def test_who_was_reminded_since_is_reminded_as_others_are(self):
        move = self._invoice(DUE, 100)
        first = self._reminded(move, DUE + timedelta(days=7))
        self.assertNotIn("teruggestuurd", first.text)
        back = DUE + timedelta(days=8)
        self._return_at_the_bank(move, back)
        first.invalidate_recordset()
        self.assertTrue(first.is_returned)
        first.sudo().sent_date = f"{back + timedelta(days=1)} 08:00:00"
        first.flush_recordset()
        first.invalidate_recordset()
        self.assertFalse(first.is_returned)

    def test_only_where_all_came_back(self):
        """What else the message asks may well be forgotten."""
        back, other = self._invoice(DUE, 100), self._invoice(DUE, 60)
        self._return_at_the_bank(back, DUE)
        delivery = self._reminded(back | other, DUE + timedelta(days=7))
        self.assertEqual(delivery.move_ids, back | other)
        self.assertNotIn("teruggestuurd", delivery.text)
