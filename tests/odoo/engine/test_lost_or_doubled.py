"""Complaints about payments that were lost or doubled elsewhere: one test each."""

from datetime import timedelta
from unittest.mock import patch

from odoo import fields
from odoo.tests import tagged

from odoo.addons.pom_payment.models import ir_cron

from .common import EngineCase


@tagged("standard", "post_install", "-at_install")
class TestOnePaymentPerDebt(EngineCase):
    def test_another_invoice_of_the_same_debtor_stays_open(self):
        """odoo/odoo#155045: a second invoice shown paid because of an older payment."""
        _paid, attempt = self._paid()
        other = self._invoice()
        self.assertIn(other.pom_payment_status, ("open", "overdue"))
        attempt._pom_follow()
        self.assertEqual(other.payment_state, "not_paid")
        self.assertFalse(other.transaction_ids)

    def test_second_attempt_sees_the_first(self):
        """odoo/odoo#155348, odoo/odoo#287890: the page says that it is being paid."""
        invoice = self._invoice()
        self._begin(invoice)
        self.assertEqual(invoice.pom_paylink_id.state, "in_progress")
        self.assertEqual(len(invoice.pom_paylink_id._attempts_under_way()), 1)

    def test_giving_up_opens_the_way_for_another(self):
        """https://github.com/mollie/magento2/issues/865: what is dropped here can't be
        paid there any more.
        """
        invoice = self._invoice()
        attempt = self._begin(invoice)
        invoice.pom_paylink_id._give_up()
        self.assertEqual(
            self.psp.payment(attempt.provider_reference).status, "CANCELLED"
        )
        self.assertEqual(attempt.state, "cancel")
        self.assertNotEqual(invoice.pom_paylink_id.state, "in_progress")

    def test_stopped_until_the_payer_s_bank_has_said_yes(self):
        invoice, late = self._invoice(), self._invoice()
        opened, agreed = self._begin(invoice), self._begin(late)
        self.psp.payment(opened.provider_reference).status = "IDENTIFIED"
        self.psp.payment(agreed.provider_reference).status = "AUTHORIZED"
        for attempt in (opened, agreed):
            attempt._pom_follow()
            self.assertEqual(attempt.state, "pending")
        invoice.pom_paylink_id._give_up()
        late.pom_paylink_id._give_up()
        self.assertEqual((opened.state, agreed.state), ("cancel", "pending"))
        self.assertNotEqual(invoice.pom_paylink_id.state, "in_progress")
        # Nobody is let in beside what is as good as paid.
        self.assertEqual(late.pom_paylink_id.state, "in_progress")

    def test_giving_up_what_was_just_paid_books_it(self):
        invoice = self._invoice()
        attempt = self._begin(invoice)
        self.psp.pay(attempt.provider_reference)
        invoice.pom_paylink_id._give_up()
        self.assertEqual((attempt.state, invoice.payment_state), ("done", "paid"))

    def test_key_per_attempt(self):
        """odoo/odoo#29297, odoo/odoo#238688: a repeated request isn't a second one."""
        invoice = self._invoice()
        first, second = self._begin(invoice), self._begin(invoice)
        keys = {tx._pom_order("x").idempotency_key for tx in (first, first, second)}
        self.assertEqual(len(keys), 2)
        self.assertEqual(len({first.reference, second.reference}), 2)


@tagged("standard", "post_install", "-at_install")
class TestOnceAndAll(EngineCase):
    def test_booked_once_whoever_comes(self):
        """odoo/odoo#268268, odoo/odoo#274010, odoo/odoo#255611,
        https://github.com/mollie/mollie-odoo/issues/138: webhook, cron and page.
        """
        invoice, attempt = self._paid()
        self.psp.replay(attempt.provider_reference)
        self.assertFalse(self._deliver(), "a copy is no new event")
        attempt._pom_follow()
        attempt.is_post_processed = True
        attempt._post_process()
        payments = self.env["account.payment"].search(
            [("payment_transaction_id", "=", attempt.id)]
        )
        self.assertEqual(len(payments), 1)
        self.assertEqual(payments.amount, 45.73)
        self.assertFalse(invoice.amount_residual)

    def test_lost_event_is_made_good_by_asking(self):
        """https://github.com/mollie/mollie-odoo/issues/81, /90, /10: the payer doesn't
        come back, and no event arrives.
        """
        invoice = self._invoice()
        attempt = self._begin(invoice)
        self.psp.faults.inject("drop_callbacks")
        self.psp.pay(attempt.provider_reference)
        self.assertFalse(self._deliver())
        self._sweep(attempt)
        self.assertEqual((attempt.state, invoice.payment_state), ("done", "paid"))
        self.assertTrue(attempt.pom_found_by_sweep)
        self.assertFalse(attempt.pom_next_ask)

    def _sweep(self, attempt, late=timedelta()):
        attempt.pom_next_ask = fields.Datetime.now() - timedelta(seconds=1) - late
        self.env.flush_all()
        with self.enter_registry_test_mode():
            self.env.ref("pom_payment.cron_sweep").method_direct_trigger()
        self.env.invalidate_all()

    def test_attempt_whose_number_was_lost_is_found(self):
        invoice = self._invoice()
        attempt = self._begin(invoice)
        number, page = attempt.provider_reference, attempt.pom_redirect_url
        # Tests are rolled back, so that others used the same reference.
        self.psp.payments = {number: self.psp.payments[number]}
        attempt.write({"provider_reference": False, "pom_redirect_url": False})
        self._sweep(attempt)
        self.assertEqual(
            (attempt.provider_reference, attempt.pom_redirect_url), (number, page)
        )
        self.assertEqual(attempt.state, "draft")

    def test_a_run_is_short_and_goes_on_at_once(self):
        """Whoever works until all is done keeps the others waiting, and is ended by
        Odoo in the middle of it.
        """
        attempts = [self._begin(self._invoice()) for _number in range(2)]
        self.psp.faults.inject("drop_callbacks")
        for attempt in attempts:
            self.psp.pay(attempt.provider_reference)
        attempts[1].pom_next_ask = fields.Datetime.now() - timedelta(seconds=1)
        with patch.object(ir_cron, "TURN_SECONDS", -1):
            self._sweep(attempts[0], late=timedelta(minutes=1))
        self.assertEqual([tx.state for tx in attempts], ["done", "draft"])
        cron = self.env.ref("pom_payment.cron_sweep")
        triggers = self.env["ir.cron.trigger"].search([("cron_id", "=", cron.id)])
        self.assertTrue(triggers.filtered(lambda t: t.call_at <= fields.Datetime.now()))
        self._sweep(attempts[1])
        self.assertEqual([tx.state for tx in attempts], ["done", "done"])

    def test_event_before_the_answer_finds_its_payment(self):
        invoice = self._invoice()
        attempt = self._begin(invoice)
        number = attempt.provider_reference
        attempt.provider_reference = False
        self.psp.pay(number)
        event = self._deliver()
        self.assertEqual(event.transaction_id, attempt)
        self.assertEqual(invoice.payment_state, "paid")

    def test_paid_attempt_that_is_not_the_last(self):
        """https://github.com/mollie/mollie-odoo/issues/145,
        https://github.com/mollie/magento2/issues/143, /114: all attempts count.
        """
        invoice = self._invoice()
        first = self._begin(invoice)
        second = self._begin(invoice)
        self.psp.fail(second.provider_reference)
        self._deliver()
        self.psp.pay(first.provider_reference)
        self._deliver()
        self.assertEqual((first.state, second.state), ("done", "error"))
        self.assertEqual(invoice.payment_state, "paid")

    def test_expired_is_over(self):
        """https://github.com/mollie/magento2/issues/449: expired stayed pending."""
        invoice = self._invoice()
        attempt = self._begin(invoice)
        attempt._set_pending()
        self.psp.expire(attempt.provider_reference)
        self._deliver()
        self.assertEqual(attempt.state, "cancel")
        self.assertIn(invoice.pom_payment_status, ("open", "overdue"))

    def test_late_success_after_expiry_counts(self):
        invoice = self._invoice()
        attempt = self._begin(invoice)
        self.psp.expire(attempt.provider_reference)
        self._deliver()
        self.assertEqual(attempt.state, "cancel")
        self.psp.pay(attempt.provider_reference, late=True)
        self._deliver()
        self.assertEqual((attempt.state, invoice.payment_state), ("done", "paid"))

    def test_closed_attempts_are_asked_after_too(self):
        """The event of a late success can get lost like any other."""
        invoice = self._invoice()
        attempt = self._begin(invoice)
        self.psp.expire(attempt.provider_reference)
        self._deliver()
        self._sweep(attempt)
        self.assertTrue(attempt.pom_next_ask)
        self.psp.faults.inject("drop_callbacks")
        self.psp.pay(attempt.provider_reference, late=True)
        self._sweep(attempt)
        self.assertEqual(invoice.payment_state, "paid")

    def test_expiry_of_an_older_attempt_touches_nothing(self):
        """https://github.com/mollie/PrestaShop/issues/424,
        https://github.com/mollie/magento2/issues/468, /905: an order cancelled although
        paid.
        """
        invoice = self._invoice()
        old, new = self._begin(invoice), self._begin(invoice)
        self.psp.pay(new.provider_reference)
        self._deliver()
        self.psp.expire(old.provider_reference)
        self._deliver()
        self.assertEqual((old.state, new.state), ("cancel", "done"))
        self.assertEqual(invoice.payment_state, "paid")

    def test_news_in_the_wrong_order(self):
        """Success first, then the news that the payer agreed."""
        invoice = self._invoice()
        attempt = self._begin(invoice)
        self.psp.faults.inject("out_of_order")
        self.psp.pay(attempt.provider_reference)
        self.assertEqual(len(self._deliver()), 2)
        self.assertEqual((attempt.state, invoice.payment_state), ("done", "paid"))

    def test_agreeing_is_no_money(self):
        """odoo/odoo#181974: nothing is inferred from a state that isn't money."""
        invoice = self._invoice()
        attempt = self._begin(invoice)
        self.psp.payment(attempt.provider_reference).status = "AUTHORIZED"
        attempt._pom_follow()
        self.assertEqual(
            (attempt.state, invoice.payment_state), ("pending", "not_paid")
        )
        self.assertEqual(invoice.pom_payment_status, "in_progress")

    def test_word_we_do_not_know_is_pending(self):
        """odoo/odoo#225875: a new status is no error."""
        invoice = self._invoice()
        attempt = self._begin(invoice)
        self.psp.faults.inject("unknown_status", "THINKING", times=1)
        with self.assertLogs("odoo.addons.pom_payment", "WARNING"):
            attempt._pom_follow()
        self.assertEqual(attempt.state, "pending")

    def test_paid_by_the_event_alone(self):
        """odoo/odoo#69809, /71674, /52754: the payer closes the tab before coming back,
        and the invoice is paid by the event alone, not ten minutes later.
        """
        invoice, attempt = self._paid()
        self.assertTrue(attempt.is_post_processed)
        self.assertEqual(attempt.payment_id.reconciled_invoice_ids, invoice)

    def test_what_is_booked_stays_booked_when_the_profile_is_wrong_for_a_while(self):
        """A payment that was believed isn't doubted for a setting that came later."""
        invoice, attempt = self._paid()
        profile = self.provider.bancontact_ppid
        self.provider.bancontact_ppid = "f" * 24
        self.assertIn("f" * 24, attempt._pom_follow().refusal)
        self.assertEqual((attempt.state, attempt.pom_problem), ("done", False))
        self.assertEqual(invoice.payment_state, "paid")
        self.assertFalse(invoice.activity_ids)
        self.provider.bancontact_ppid = profile
        self.assertFalse(attempt._pom_follow().refusal)

    def test_money_counts_when_the_books_are_closed(self):
        """What can't be booked yet is kept, shown, and booked later."""
        invoice = self._invoice()
        attempt = self._begin(invoice)
        self.psp.pay(attempt.provider_reference)
        journal, self.provider.journal_id.active = self.provider.journal_id, False
        account = attempt.provider_id.pom_clearing_account_id
        account.active = False
        with self.assertLogs("odoo.addons.pom_payment", "ERROR"):
            event = self._deliver()
        self.assertEqual((attempt.state, event.state), ("done", "new"))
        self.assertIn("archived", event.reason)
        journal.active = account.active = True
        event.action_apply()
        self.assertEqual((event.state, invoice.payment_state), ("done", "paid"))


@tagged("standard", "post_install", "-at_install")
class TestEventsOfOthers(EngineCase):
    def test_payment_of_another_system_is_logged_and_left(self):
        """odoo/odoo#245777, https://github.com/odoomates/odooapps/issues/149: events
        about what isn't ours, which must not end in an error for the provider.
        """
        merchant = self.psp.merchants[0]
        asked = {"amount": 500, "reference": "THEIRS/1"}
        asked["callbackUrl"] = self.provider.pom_webhook_url
        payment = self.psp.create(merchant, asked)
        self.psp.pay(payment.id)
        event = self._deliver()
        self.assertEqual(event.state, "new")
        event.action_apply()
        event.action_apply()
        self.assertEqual(event.state, "foreign")
        self.assertIn("No payment of ours", event.shown_reason)

    def test_provider_that_does_not_answer_is_asked_again(self):
        invoice = self._invoice()
        attempt = self._begin(invoice)
        self.psp.pay(attempt.provider_reference)
        self.psp.faults.inject("api_error", 503, times=1)
        event = self._deliver()
        self.assertEqual((event.state, event.attempts), ("new", 1))
        event.action_apply()
        self.assertEqual(invoice.payment_state, "paid")

    def test_given_up_in_the_end_with_the_reason(self):
        attempt = self._begin(self._invoice())
        self.psp.pay(attempt.provider_reference)
        self.psp.faults.inject("api_error", 503)
        event = self._deliver()
        for _try in range(9):
            event.action_apply()
        self.assertEqual(event.state, "dead")
        self.assertIn("TRY_AGAIN_LATER", event.reason)
        self.psp.faults.clear()
        event.action_apply()
        self.assertEqual((event.state, attempt.state), ("done", "done"))

    def test_silence_of_the_webhook_is_reported_once(self):
        """https://github.com/wevote/WeVoteServer/issues/969: an endpoint that was
        switched off after days of failures, and nobody noticed.
        """
        self.psp.faults.inject("drop_callbacks")
        for _number in range(3):
            attempt = self._begin(self._invoice())
            self.psp.pay(attempt.provider_reference)
            attempt._pom_ask()
            attempt.pom_found_by_sweep = True
        partner = self.company.partner_id
        before = partner.activity_ids
        for _run in range(2):
            self.env["payment.provider"]._pom_cron_watch()
        told = partner.activity_ids - before
        self.assertTrue(told)
        self.assertEqual(len(told), len(told.user_id))
        self.assertIn("silent", told[0].summary)

    def test_no_alarm_while_events_arrive(self):
        self._paid()
        for _number in range(3):
            attempt = self._begin(self._invoice())
            self.psp.pay(attempt.provider_reference)
            attempt._pom_ask()
            attempt.pom_found_by_sweep = True
        self.env["payment.provider"]._pom_cron_watch()
        self.assertFalse(self.company.partner_id.activity_ids)
