"""Money that went back, and came again: for every provider that tells one by one."""

from odoo.tests import tagged

from tests.odoo.pom_payment_mollie.test_mollie import MollieCase
from tests.odoo.pom_payment_stripe.test_stripe import StripeCase

#: Kind of activity that tells of it.
KIND = "pom_payment.mail_activity_reversal"


class Reversals:
    """Beside an EngineCase."""

    #: Words of the provider.
    given = "succeeded"

    def _told(self, invoice):
        kind = self.env.ref(KIND)
        activities = invoice.with_context(active_test=False).activity_ids
        return activities.filtered(lambda one: one.activity_type_id == kind)

    def _give_elsewhere(self, attempt, amount="5.73"):
        """On the provider's own site."""
        payment = self.psp.payment(attempt.provider_reference)
        asked = {"amount": {"currency": "EUR", "value": amount}}
        self.psp.refund(payment, asked)

    def test_chargeback_that_was_won(self):
        invoice, attempt = self._paid()
        self.psp.charge_back(attempt.provider_reference)
        self._deliver()
        self.assertEqual(invoice.amount_residual, 45.73)
        self.assertTrue(self._told(invoice))
        self.psp.win(attempt.provider_reference)
        self._deliver()
        self.assertEqual(invoice.payment_state, "paid")
        self.assertFalse(self._told(invoice))
        gone, back = attempt.child_transaction_ids.sorted("id")
        self.assertEqual((gone.amount, back.amount), (-45.73, 45.73))
        self.assertEqual(gone.pom_undone_id, back)
        attempt._pom_follow()
        self.assertEqual(len(attempt.child_transaction_ids), 2)

    def test_won_when_it_was_paid_otherwise_meanwhile(self):
        """Nothing is lost: it's too much, and somebody is asked."""
        invoice, attempt = self._paid()
        self.psp.charge_back(attempt.provider_reference)
        self._deliver()
        other = self._begin(invoice)
        self.psp.pay(other.provider_reference)
        self._deliver()
        self.assertEqual(invoice.payment_state, "paid")
        self.psp.win(attempt.provider_reference)
        self._deliver()
        back = attempt.child_transaction_ids.sorted("id")[-1]
        self.assertEqual(back.pom_surplus, 45.73)
        # And can be given back, by the payment that it belongs to.
        back._refund(45.73)
        self.assertNotEqual(back.child_transaction_ids.state, "error")

    def test_two_chargebacks_of_which_one_is_won(self):
        invoice, attempt = self._paid()
        for amount in (1000, 2000):
            self.psp.charge_back(attempt.provider_reference, amount)
        self._deliver()
        self.assertEqual(invoice.amount_residual, 30)
        self.psp.win(attempt.provider_reference, 0)
        self._deliver()
        self.assertEqual(invoice.amount_residual, 20)

    def test_our_refund_that_failed(self):
        invoice, attempt = self._paid()
        attempt._refund(10)
        refund = attempt.child_transaction_ids
        self.psp.end_refund(attempt.provider_reference, self.given)
        self._deliver()
        refund._pom_follow_refund()
        self.assertEqual((refund.state, invoice.amount_residual), ("done", 10))
        self.psp.end_refund(attempt.provider_reference, "failed")
        self._deliver()
        self.assertEqual(invoice.payment_state, "paid")
        self.assertTrue(refund.pom_undone_id)
        self.assertEqual(self._told(invoice).summary, "A refund failed")
        # It can be given again, all of it.
        self.assertFalse(attempt._pom_live_refunds())

    def test_refund_elsewhere_is_booked_when_it_left(self):
        invoice, attempt = self._paid()
        self.psp.refund_status = "pending"
        try:
            self._give_elsewhere(attempt)
        finally:
            del self.psp.refund_status
        self._deliver()
        self.assertFalse(invoice.amount_residual)
        refund = attempt.child_transaction_ids
        self.assertEqual(refund.state, "pending")
        self.psp.end_refund(attempt.provider_reference, self.given)
        refund._pom_ask()
        self.assertEqual((refund.state, invoice.amount_residual), ("done", 5.73))
        self._deliver()
        self.assertEqual(len(attempt.child_transaction_ids), 1)

    def test_refund_elsewhere_that_is_cancelled(self):
        invoice, attempt = self._paid()
        self.psp.refund_status = "pending"
        try:
            self._give_elsewhere(attempt)
        finally:
            del self.psp.refund_status
        self._deliver()
        self.psp.end_refund(attempt.provider_reference, "canceled")
        attempt.child_transaction_ids._pom_ask()
        self.assertEqual(attempt.child_transaction_ids.state, "cancel")
        self.assertEqual(invoice.payment_state, "paid")

    def test_lost_answer_of_a_refund_is_found_by_its_number(self):
        _invoice, attempt = self._paid()
        self.psp.faults.inject("lost_answer", 504, times=1, only="refund")
        attempt._refund(20)
        refund = attempt.child_transaction_ids
        self.assertFalse(refund.provider_reference)
        attempt._pom_follow()
        self.assertEqual(len(attempt.child_transaction_ids), 1)
        self.assertTrue(refund.provider_reference)


@tagged("standard", "post_install", "-at_install")
class TestMollie(MollieCase, Reversals):
    given = "refunded"


@tagged("standard", "post_install", "-at_install")
class TestStripe(StripeCase, Reversals):
    def _give_elsewhere(self, attempt, amount="5.73"):
        payment = self.psp.payment(attempt.provider_reference)
        self.psp.refund(payment, {"amount": amount.replace(".", "")})

    def test_inquiry_reopens_nothing(self):
        invoice, attempt = self._paid()
        self.psp.charge_back(attempt.provider_reference, inquiry=True)
        self._deliver()
        self.assertEqual(invoice.payment_state, "paid")
        self.assertFalse(attempt.child_transaction_ids)

    def test_taken_again_in_a_second_round(self):
        invoice, attempt = self._paid()
        self.psp.charge_back(attempt.provider_reference)
        self.psp.win(attempt.provider_reference)
        self._deliver()
        self.assertEqual(invoice.payment_state, "paid")
        payment = self.psp.payment(attempt.provider_reference)
        [dispute] = payment.disputes
        dispute["status"] = "appeal_under_review"
        self.psp._move(payment, dispute, -1, "dispute", "funds_withdrawn")
        self._deliver()
        self.assertEqual(invoice.amount_residual, 45.73)
