"""Attempts that nobody can ask about any more."""

from datetime import timedelta
from unittest.mock import patch

from odoo import fields
from odoo.exceptions import UserError
from odoo.tests import tagged
from odoo.tools import mute_logger

from odoo.addons.pom_payment.models.payment_transaction_silent import UNKNOWN_ACTIVITY

from tests.company import provider_of

from .common import EngineCase

UNKNOWN = "Nobody knows how a payment ended"
SWEEP = "odoo.addons.pom_payment.models.payment_transaction_sweep"


class SilentCase(EngineCase):
    def _sweep(self, attempt):
        attempt.pom_next_ask = fields.Datetime.now() - timedelta(seconds=1)
        self.env.flush_all()
        with self.enter_registry_test_mode(), mute_logger(SWEEP):
            self.env.ref("pom_payment.cron_sweep").method_direct_trigger()
        self.env.invalidate_all()

    def _word(self, invoice):
        self.env.invalidate_all()
        return invoice.pom_standing.word


@tagged("standard", "post_install", "-at_install")
class TestSilent(SilentCase):
    def _pending(self):
        """The payer was there, and nothing more is heard."""
        invoice = self._invoice()
        attempt = self._begin(invoice)
        self.psp.payment(attempt.provider_reference).status = "IDENTIFIED"
        attempt._pom_follow()
        self.assertEqual(attempt.state, "pending")
        return invoice, attempt

    def _later(self, attempt, **ago):
        past = fields.Datetime.now() - timedelta(**ago)
        attempt.write({"pom_silent_since": past, "pom_expires_at": past})

    def _can_be_paid(self, invoice):
        self.env.invalidate_all()
        return invoice.pom_standing.can_be_paid

    def _told(self, invoice):
        kind = self.env.ref(UNKNOWN_ACTIVITY)
        return invoice.activity_ids.filtered(lambda one: one.activity_type_id == kind)

    def test_key_was_replaced(self):
        """It blocks until its time and a day are over, and somebody is told once."""
        invoice, attempt = self._pending()
        self.provider.bancontact_api_key = "x" * 36
        self._sweep(attempt)
        self.assertTrue(attempt.pom_silent_since)
        self.assertEqual(self._word(invoice), "in_progress")
        self.assertFalse(self._told(invoice))
        self._later(attempt, hours=25)
        for _time in range(2):
            self._sweep(attempt)
        self.assertTrue(self._can_be_paid(invoice))
        self.assertTrue(invoice.pom_paylink_id._ways_to_pay())
        [activity] = self._told(invoice)
        self.assertEqual(activity.summary, UNKNOWN)
        self.assertIn(attempt.reference, activity.note)

    def test_late_success_counts(self):
        invoice, attempt = self._pending()
        key = self.provider.bancontact_api_key
        self.provider.bancontact_api_key = "x" * 36
        self._later(attempt, hours=25)
        self._sweep(attempt)
        self.provider.bancontact_api_key = key
        self.psp.pay(attempt.provider_reference)
        self._deliver()
        self.assertEqual(invoice.payment_state, "paid")

    def test_switched_off(self):
        """It's asked in the mode that it was made in, whatever the settings say."""
        invoice, attempt = self._pending()
        self.assertEqual(attempt.pom_mode, "live")
        self.provider.state = "disabled"
        self.psp.payment(attempt.provider_reference).status = "SUCCEEDED"
        self._sweep(attempt)
        self.assertEqual(attempt.state, "done")
        self.assertEqual(invoice.payment_state, "paid")

    def test_host_that_it_was_made_at(self):
        invoice, attempt = self._pending()
        self.assertEqual(attempt.pom_api_url, self.psp.url.rstrip("/"))
        self.provider.bancontact_api_url = "http://127.0.0.1:1"
        self.psp.pay(attempt.provider_reference)
        self._sweep(attempt)
        self.assertEqual(invoice.payment_state, "paid")

    def test_answers_about_something_else_are_no_answers(self):
        """Another merchant by now: the provider answers, but not about this."""
        invoice, attempt = self._pending()
        self.provider.bancontact_ppid = "f" * 24
        self._sweep(attempt)
        self.assertTrue(attempt.pom_silent_since)
        self._later(attempt, hours=25)
        self._sweep(attempt)
        self.assertTrue(self._can_be_paid(invoice))
        self.assertTrue(self._told(invoice))

    def test_ask_again(self):
        invoice, attempt = self._pending()
        key = self.provider.bancontact_api_key
        self.provider.bancontact_api_key = "x" * 36
        self._later(attempt, hours=25)
        self._sweep(attempt)
        with self.assertRaisesRegex(UserError, "doesn't tell"), self.cr.savepoint():
            attempt.action_pom_ask_again()
        self.provider.bancontact_api_key = key
        attempt.action_pom_ask_again()
        self.assertFalse(attempt.pom_silent_since)
        self.assertFalse(self._told(invoice))
        self.assertEqual(self._word(invoice), "in_progress")

    def test_give_up(self):
        invoice, attempt = self._pending()
        self.provider.bancontact_api_key = "x" * 36
        self._later(attempt, hours=25)
        self._sweep(attempt)
        attempt.action_pom_give_up()
        self.assertEqual(attempt.state, "cancel")
        self.assertIn(self.env.user.name, attempt.state_message)
        self.assertFalse(self._told(invoice))
        self.assertTrue(self._can_be_paid(invoice))

    def test_given_up_and_paid(self):
        """The provider stops it, or says that it's paid already."""
        invoice, attempt = self._pending()
        self.psp.pay(attempt.provider_reference)
        attempt.action_pom_give_up()
        self.assertEqual((attempt.state, invoice.payment_state), ("done", "paid"))


@tagged("standard", "post_install", "-at_install")
class TestSilentOfCore(SilentCase):
    """Providers that core speaks to can't be asked."""

    def setUp(self):
        super().setUp()
        self.demo = provider_of(self.env, "demo", self.company)
        self.demo.journal_id = self.env["account.journal"].search(
            [("type", "=", "bank"), ("company_id", "=", self.company.id)], limit=1
        )
        self.invoice = self._invoice()
        link = self.invoice.pom_paylink_id
        method = self.demo.with_context(active_test=False).payment_method_ids[:1]
        self.attempt = link._create_attempt(self.demo, method, "online_direct")
        self.attempt._set_pending()

    def _is_told(self):
        return UNKNOWN in self.invoice.activity_ids.mapped("summary")

    def _after(self, days):
        moment = fields.Datetime.now() - timedelta(days=days)
        self.attempt.last_state_change = moment
        self._sweep(self.attempt)

    def test_stays_pending(self):
        self.assertEqual(self.invoice.pom_standing.word, "in_progress")
        wanted = fields.Datetime.now() + timedelta(days=7)
        self.assertLess(abs(self.attempt.pom_next_ask - wanted), timedelta(minutes=5))
        self._after(days=8)
        self.assertTrue(self.invoice.pom_standing.can_be_paid)
        self.assertTrue(self._is_told())
        self.assertFalse(self.attempt.pom_next_ask)
        with self.assertRaisesRegex(UserError, "on its site"):
            self.attempt.action_pom_ask_again()

    def test_ended_meanwhile(self):
        self.attempt._set_canceled()
        self._after(days=8)
        self.assertFalse(self._is_told())

    def test_given_up_and_paid(self):
        """What core would refuse is money."""
        self.attempt.action_pom_give_up()
        self.assertEqual(self.attempt.state, "cancel")
        self.attempt._set_done()
        self.attempt._post_process()
        self.assertEqual(self.attempt.state, "done")
        self.assertEqual(
            self._word(self.invoice), "paid", self.attempt.pom_booking_error
        )

    def test_other_amount_than_asked(self):
        """Core calls it failed; the money may be there."""
        payment = {"reference": self.attempt.reference}
        with patch.object(
            type(self.attempt), "_extract_amount_data", autospec=True
        ) as x:
            # What any provider's own addon makes of its news.
            x.return_value = {"amount": 1.0, "currency_code": "EUR"}
            self.attempt._validate_amount(payment)
        self.env.invalidate_all()
        self.assertEqual(self.invoice.pom_standing.word, "held")
        self.assertTrue(self.invoice.pom_held_id)
        with self.assertRaisesRegex(UserError, "on its site"):
            self.invoice.action_pom_accept_held()
        self.attempt.action_pom_give_up()
        self.env.invalidate_all()
        self.assertTrue(self.invoice.pom_standing.can_be_paid)
        self.assertFalse(self.invoice.activity_ids)
