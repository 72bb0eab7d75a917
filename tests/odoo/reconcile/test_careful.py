"""Lines that seem clear and aren't: what a careful accountant leaves to a person."""

from odoo import Command
from odoo.exceptions import RedirectWarning

from .common import ReconcileCase


class TestCareful(ReconcileCase):
    def _written_off(self, invoice, journal=None):
        """Somebody gave up what was open: an entry closes it, and no money came."""
        items = [
            Command.create(
                {"account_id": self.company_data["default_account_expense"].id,
                 "balance": invoice.amount_residual}
            ),
            Command.create(
                {"account_id": self.receivable.id, "partner_id": self.jan.id,
                 "balance": -invoice.amount_residual}
            ),
        ]  # fmt: skip
        journal = journal or self.company_data["default_journal_misc"]
        entry = self.env["account.move"].create(
            {"journal_id": journal.id, "line_ids": items}
        )
        entry.action_post()
        both = (entry + invoice).line_ids
        both.filtered(lambda item: item.account_id == self.receivable).filtered(
            lambda item: not item.reconciled
        ).reconcile()
        self.assertEqual(invoice.payment_state, "paid")

    def test_written_off_was_not_paid(self):
        """Who pays after all pays a debt: nothing of it goes back."""
        invoice = self._invoice(100.0)
        self._written_off(invoice)
        line = self._line(100.0, invoice.payment_reference)
        line._pom_auto_match()
        self.assertFalse(line.is_reconciled)
        self.assertFalse(line.pom_flag)
        self.assertIn(invoice.name, line.pom_reason)
        self.assertFalse(invoice.pom_amount_surplus)

    def test_noted_in_the_bank_s_journal_was_paid(self):
        """An entry typed there tells of money, to the page and here."""
        invoice = self._invoice(100.0)
        self._written_off(invoice, self.journal)
        line = self._line(100.0, invoice.payment_reference)
        line._pom_auto_match()
        self.assertEqual(line.pom_flag, "paid_twice")

    def test_rest_written_off_was_not_paid(self):
        invoice = self._invoice(100.0)
        self._line(40.0, invoice.payment_reference)._pom_auto_match()
        self._written_off(invoice)
        rest = self._line(60.0, invoice.payment_reference)
        rest._pom_auto_match()
        self.assertFalse(rest.is_reconciled)

    def test_another_debtor_s_reference_and_own_amount(self):
        """A wrong reference was copied: the payer owes exactly this himself."""
        theirs, own = self._invoice(260.26, self.an), self._invoice(140.14)
        line = self._line(140.14, theirs.payment_reference, "PEETERS JAN")
        line._pom_auto_match()
        self.assertFalse(line.is_reconciled, line.pom_reason)
        self.assertEqual(own.amount_residual, 140.14)
        self.assertEqual(theirs.amount_residual, 260.26)

    def test_credit_that_covers_another_debt(self):
        """Whose next invoice it covers was told not to pay that."""
        first = self._invoice(100.0)
        self._line(100.0, first.payment_reference)._pom_auto_match()
        again = self._line(100.0, first.payment_reference)
        again._pom_auto_match()
        self.assertEqual(again.pom_flag, "paid_twice")
        match = again.pom_match_id
        self.assertEqual(
            match.action_pay_back()["res_model"], "account.payment.register"
        )
        second = self._invoice(80.0)
        with self.assertRaisesRegex(RedirectWarning, second.name) as refused:
            match.action_pay_back()
        action = refused.exception.args[1]
        self.assertEqual(action["res_model"], "account.payment.register")
        credit = again.line_ids.filtered(lambda item: item.amount_residual < 0)
        (credit + second.line_ids.filtered("date_maturity")).reconcile()
        self.assertTrue(match.action_pay_back())

    def test_credit_that_may_be_gone(self):
        """It was paid back in the bank's own program: that line waits for a person."""
        invoice = self._invoice(100.0)
        self._line(100.0, invoice.payment_reference)._pom_auto_match()
        again = self._line(100.0, invoice.payment_reference)
        again._pom_auto_match()
        back = self._line(-100.0, "terugbetaling")
        back._pom_auto_match()
        self.assertFalse(back.is_reconciled)
        match = again.pom_match_id
        with self.assertRaisesRegex(RedirectWarning, "back already: .*100") as asked:
            match.action_pay_back()
        action = asked.exception.args[1]
        self.assertEqual(action["res_model"], "account.payment.register")
        back.unlink()
        self.assertTrue(match.action_pay_back())

    def test_paid_and_then_cancelled(self):
        """Its money is the customer's: it's on the list, and can go back."""
        invoice = self._invoice(100.0)
        line = self._line(100.0, invoice.payment_reference)
        line._pom_auto_match()
        match = line.pom_match_id
        self.assertFalse(match.can_pay_back)
        invoice.button_draft()
        invoice.button_cancel()
        self.assertEqual(match.flag, "surplus")
        self.assertTrue(match.can_pay_back)
        done = self.env["pom.to.do"]._tasks(self.company)["too_much"]
        self.assertIn(match, self.env["pom.match"].search(done.domain))
        link = self.env["pom.paylink"].search([("move_id", "=", invoice.id)], limit=1)
        self.assertEqual(sum(link._surplus().values()), 100)
        self.assertIn("100", link._words_of_surplus())

    def test_cancelled_unpaid(self):
        invoice, other = self._invoice(100.0), self._invoice(100.0)
        line = self._line(100.0, other.payment_reference)
        line._pom_auto_match()
        invoice.button_cancel()
        self.assertFalse(line.pom_flag)

    def test_payments_of_one_debtor(self):
        """Two that were registered, and one transfer: it's still the debtor's."""
        invoice = self._invoice(100.0)
        wizard = self.env["account.payment.register"].with_context(
            active_model="account.move", active_ids=invoice.ids
        )
        for amount in (40, 60):
            values = {"journal_id": self.journal.id, "amount": amount}
            wizard.create(values)._create_payments()
        line = self._line(100.0, invoice.payment_reference)
        line._pom_auto_match()
        self.assertTrue(line.is_reconciled, line.pom_reason)
        self.assertEqual(line.partner_id, self.jan)
        self.assertEqual(line.line_ids.partner_id, self.jan)
        self.assertTrue(all(item.partner_id for item in line.line_ids))
