"""Who pays for whom: learnt when a person books, evidence the next time."""

from odoo.tests import Form

from .common import ReconcileCase

PAYER = "BE62510007547061"
SCREEN = "account_reconcile_oca.bank_statement_line_form_reconcile_view"


class TestLearning(ReconcileCase):
    def _paid(self, amount, text="merci"):
        line = self._line(amount, text, "OCMW GENT", PAYER)
        line._pom_auto_match()
        return line

    def _accept(self, line, partner):
        suggestion = line.pom_suggestion_ids.filtered(
            lambda item: item.partner_ids == partner
        )
        suggestion[:1].action_accept()

    def test_accepted_suggestion(self):
        self._invoice(77.5)
        first = self._paid(77.5)
        self.assertFalse(first.is_reconciled)
        self._accept(first, self.jan)
        self.assertTrue(first.is_reconciled)
        invoice, _other = self._invoice(88.5), self._invoice(88.5, self.an)
        line = self._paid(88.5)
        self.assertEqual(invoice.payment_state, "paid")
        self.assertIn("booked money from", line.pom_reason)

    def test_two_debtors(self):
        for partner, amount in ((self.jan, 41.5), (self.an, 42.5)):
            self._invoice(amount, partner)
            self._accept(self._paid(amount), partner)
        invoice = self._invoice(43.5)
        line = self._paid(43.5)
        self.assertFalse(line.is_reconciled)
        reasons = line.pom_suggestion_ids.mapped("reason")
        self.assertIn("from this account was booked before", reasons[0])
        self.assertEqual(invoice.payment_state, "not_paid")

    def test_undone_is_forgotten(self):
        self._invoice(51.5)
        first = self._paid(51.5)
        self._accept(first, self.jan)
        first.pom_match_id.action_undo()
        self._invoice(52.5)
        self._invoice(52.5, self.an)
        self.assertFalse(self._paid(52.5).is_reconciled)

    def test_booked_in_the_screen(self):
        invoice = self._invoice(61.5)
        first = self._paid(60.0)
        item = invoice.line_ids.filtered(lambda i: i.display_type == "payment_term")
        with Form(first, view=SCREEN) as screen:
            screen.add_account_move_line_id = item
        first.reconcile_bank_line()
        self.assertTrue(first.is_reconciled)
        learnt = self.env["pom.match.payer"].search([])
        self.assertEqual((learnt.number, learnt.partner_id), (PAYER, self.jan))

    def test_nothing_to_learn(self):
        """His own account, and what a provider pays out."""
        self._invoice(71.5)
        self._invoice(71.5)
        line = self._line(71.5, "merci", "Jan Peeters", "BE71096123456769")
        line._pom_auto_match()
        self._accept(line, self.jan)
        self._invoice(72.5)
        line = self._line(72.5, "x", "Mollie Payments", "NL55INGB0000000000")
        line._pom_auto_match()
        self._accept(line, self.jan)
        self.assertFalse(self.env["pom.match.payer"].search([]))
