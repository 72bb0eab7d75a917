"""Money that goes back, and money that came twice."""

from dataclasses import replace
from decimal import Decimal

from odoo.exceptions import UserError
from odoo.tests import tagged

from .common import EngineCase


@tagged("standard", "post_install", "-at_install")
class TestRefunds(EngineCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.provider.action_pom_make_signing_key()
        cls.psp.merchants[0].jwks = cls.provider._pom_jwks()

    def _refund(self, payment, amount=None):
        wizard = self.env["payment.refund.wizard"].create({"payment_id": payment.id})
        if amount:
            wizard.amount_to_refund = amount
        wizard.action_refund()
        refund = payment.payment_transaction_id.child_transaction_ids.sorted("id")[-1:]
        refund._pom_follow_refund()
        return refund

    def test_refund_reopens_the_debt(self):
        """odoo/odoo#98154, https://github.com/invoiceninja/invoiceninja/issues/11442"""
        before = self.psp.ledger()["refunded"]
        invoice, attempt = self._paid()
        refund = self._refund(attempt.payment_id)
        self.assertEqual((refund.state, refund.amount), ("done", -45.73))
        self.assertEqual(invoice.payment_state, "not_paid")
        self.assertEqual(invoice.amount_residual, 45.73)
        self.assertTrue(attempt._pom_receivable_line().reconciled)
        self.assertEqual(self.psp.ledger()["refunded"] - before, 4573)

    def test_partial_refunds_add_up(self):
        before = self.psp.ledger()["refunded"]
        invoice, attempt = self._paid()
        self._refund(attempt.payment_id, 10)
        self.assertEqual(
            (invoice.payment_state, invoice.amount_residual), ("partial", 10.0)
        )
        self._refund(attempt.payment_id, 5.73)
        self.assertEqual(invoice.amount_residual, 15.73)
        self.assertEqual(attempt.payment_id.amount_available_for_refund, 30)
        self.assertEqual(self.psp.ledger()["refunded"] - before, 1573)

    def test_never_more_than_was_paid(self):
        _invoice, attempt = self._paid()
        self._refund(attempt.payment_id, 40)
        with self.assertRaises(UserError):
            attempt._refund(10)

    def test_double_click_refunds_once(self):
        _invoice, attempt = self._paid()
        self._refund(attempt.payment_id, 10)
        with self.assertRaises(UserError):
            attempt._refund(10)

    def test_refund_that_is_credited_leaves_the_invoice_paid(self):
        invoice, attempt = self._paid()
        wizard = self.env["account.move.reversal"].with_context(
            active_model="account.move", active_ids=invoice.ids
        )
        reversal = wizard.create({"journal_id": invoice.journal_id.id})
        action = reversal.reverse_moves()
        note = self.env["account.move"].browse(action["res_id"])
        note.action_post()
        self._refund(attempt.payment_id)
        self.assertFalse(invoice.amount_residual)
        self.assertFalse(note.amount_residual)

    def test_lost_answer_refunds_once(self):
        before = self.psp.ledger()["refunded"]
        _invoice, attempt = self._paid()
        self.psp.faults.inject("lost_answer", 504, times=1, only="refund")
        attempt._refund(20)
        refund = attempt.child_transaction_ids
        self.assertEqual(refund.state, "pending")
        refund._pom_follow_refund()
        refund._pom_follow_refund()
        self.assertEqual(refund.state, "done")
        self.assertEqual(self.psp.ledger()["refunded"] - before, 2000)

    def test_account_of_the_payer(self):
        """For a refund by bank transfer."""
        _invoice, attempt = self._paid()
        iban = self.psp.payment(attempt.provider_reference).payer[1]
        action = attempt.action_pom_payer_account()
        self.assertEqual(action["params"]["message"], iban)
        other = self._begin(self._invoice())
        with self.assertRaisesRegex(UserError, "PAYMENT_NOT_SUCCEEDED"):
            other.action_pom_payer_account()

    def test_payment_that_the_provider_never_numbered(self):
        """Such as one that core's own tests make: a sentence, no traceback."""
        _invoice, attempt = self._paid()
        attempt.provider_reference = False
        refund = self._refund(attempt.payment_id)
        self.assertEqual(refund.state, "error")
        self.assertIn("never gave this payment a number", refund.state_message)

    def test_refund_needs_a_key(self):
        """Fail closed, and say what to do."""
        _invoice, attempt = self._paid()
        self.provider.write({"pom_signing_key": False})
        attempt._refund(5)
        refund = attempt.child_transaction_ids
        self.assertEqual(refund.state, "error")
        self.assertIn("signing key", refund.state_message)


@tagged("standard", "post_install", "-at_install")
class TestPaidTwice(EngineCase):
    def _paid_twice(self):
        invoice = self._invoice()
        first, second = self._begin(invoice), self._begin(invoice)
        for attempt in (first, second):
            self.psp.pay(attempt.provider_reference)
        self._deliver()
        return invoice, first, second

    def test_flagged_and_refund_offered(self):
        """Paid in two ways at once: both are money, and one is too much."""
        invoice, first, second = self._paid_twice()
        self.assertEqual((first.state, second.state), ("done", "done"))
        self.assertEqual((first.pom_double, second.pom_double), (False, True))
        self.assertEqual(second.pom_surplus, 45.73)
        self.assertEqual(invoice.pom_double_payment_id, second.payment_id)
        self.assertIn("Paid twice", invoice.activity_ids.mapped("summary"))

    def test_two_clicks_give_it_back(self):
        self.provider.action_pom_make_signing_key()
        invoice, _first, second = self._paid_twice()
        action = invoice.action_pom_refund_double()
        wizard = self.env[action["res_model"]].with_context(**action["context"])
        to_do = self.env["pom.to.do"]
        twice = lambda: to_do._counts(self.company)["twice"][1]  # noqa: E731
        self.assertEqual(twice(), 1)
        wizard.create({}).action_refund()
        self.assertEqual(twice(), 0)
        second.child_transaction_ids._pom_follow_refund()
        self.assertEqual(twice(), 0)
        self.assertEqual(invoice.payment_state, "paid")
        self.assertFalse(second.pom_surplus)
        self.assertFalse(invoice.pom_double_payment_id)

    def test_paid_otherwise_meanwhile(self):
        """The bank transfer arrived while the payer was in the app."""
        invoice = self._invoice()
        attempt = self._begin(invoice)
        register = self.env["account.payment.register"].with_context(
            active_model="account.move", active_ids=invoice.ids
        )
        register.create({}).action_create_payments()
        self.psp.pay(attempt.provider_reference)
        self._deliver()
        self.assertEqual((attempt.state, attempt.pom_surplus), ("done", 45.73))

    def test_withdrawn_by_the_payers_bank(self):
        """https://github.com/OCA/account-payment/issues/283,
        https://github.com/Project60/org.project60.sepa/issues/709,
        https://github.com/killbill/killbill-adyen-plugin/issues/79,
        https://github.com/OCA/bank-payment/issues/162: a chargeback reopens the debt.
        """
        invoice, attempt = self._paid()
        update = self.provider._pom_fetch(attempt.provider_reference)
        for _time in range(2):
            attempt._pom_apply(replace(update, charged_back=Decimal("45.73")))
        back = attempt.child_transaction_ids
        self.assertEqual(
            (len(back), back.amount, back.pom_chargeback), (1, -45.73, True)
        )
        self.assertEqual(invoice.amount_residual, 45.73)
        self.assertTrue(invoice.activity_ids)
