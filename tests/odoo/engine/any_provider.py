"""What the engine promises, whichever provider it is: tests for each of them."""

from datetime import timedelta

from odoo import fields
from odoo.tests import HttpCase


class AnyProvider(HttpCase):
    """Beside an EngineCase whose ``provider`` and ``psp`` are those to be tested."""

    def test_paid(self):
        invoice, attempt = self._paid()
        self.assertEqual(attempt.payment_id.amount, 45.73)
        journal = attempt.payment_id.journal_id
        self.assertEqual(journal, self.provider.journal_id)
        self.assertEqual(invoice.pom_paylink_id.state, "paid")

    def test_offered_on_the_page(self):
        invoice = self._invoice()
        ways = invoice.pom_paylink_id._ways_to_pay()
        self.assertIn(self.provider, [provider for provider, _method in ways])

    def test_booked_once_however_often_it_is_told(self):
        invoice, attempt = self._paid()
        self.psp.replay(attempt.provider_reference)
        copies = self._deliver()
        # Where nothing is signed, each may cause a question, and that's all.
        self.assertTrue(not copies or not self.provider._pom_adapter().signs_events)
        self.assertEqual(len(invoice.matched_payment_ids), 1)
        self.assertEqual(attempt.payment_id.amount, 45.73)

    def test_event_over_http(self):
        invoice = self._invoice()
        attempt = self._begin(invoice)
        self.psp.pay(attempt.provider_reference)
        [*_others, news] = self._news()
        url = f"/pom/webhook/{self.provider.code}/{self.provider.id}"
        answer = self.url_open(url, data=news.body, headers=news.headers)
        self.assertEqual(answer.status_code, 200)
        if self.provider._pom_adapter().signs_events:
            forged = news.body.replace(b"a", b"b")
            answer = self.url_open(url, data=forged, headers=news.headers)
            # Or "later", when the provider may have changed its keys.
            self.assertIn(answer.status_code, (403, 503))
        for event in self.events.search([("provider_id", "=", self.provider.id)]):
            event._apply_or_postpone()
        self.assertEqual(invoice.payment_state, "paid")

    def test_lost_event_is_made_good_by_asking(self):
        invoice = self._invoice()
        attempt = self._begin(invoice)
        self.psp.faults.inject("drop_callbacks")
        self.psp.pay(attempt.provider_reference)
        self.assertFalse(self._deliver())
        attempt.pom_next_ask = fields.Datetime.now() - timedelta(seconds=1)
        self.env.flush_all()
        with self.enter_registry_test_mode():
            self.env.ref("pom_payment.cron_sweep").method_direct_trigger()
        self.env.invalidate_all()
        self.assertEqual(invoice.payment_state, "paid")

    def test_given_up(self):
        invoice = self._invoice()
        attempt = self._begin(invoice)
        invoice.pom_paylink_id._give_up()
        self.assertEqual(attempt.state, "cancel")
        self.assertNotEqual(invoice.pom_paylink_id.state, "in_progress")

    def test_another_amount_is_held(self):
        invoice = self._invoice()
        attempt = self._begin(invoice)
        self.psp.faults.inject("wrong_amount", -100, times=1)
        self.psp.pay(attempt.provider_reference)
        self._deliver()
        self.assertTrue(attempt.pom_problem)
        self.assertEqual(invoice.payment_state, "not_paid")

    def test_provider_that_is_down(self):
        invoice = self._invoice()
        self.psp.faults.inject("api_error", 503)
        link, method = invoice.pom_paylink_id, self.provider.payment_method_ids[:1]
        attempt = link._create_attempt(self.provider, method, "online_redirect")
        attempt._pom_start("http://127.0.0.1:1/back")
        self.assertFalse(attempt.pom_redirect_url)
        self.assertEqual(attempt.state, "error")

    def test_settings(self):
        adapter = self.provider._pom_adapter()
        self.assertEqual(self.provider.support_refund, adapter.refunds)
        self.assertEqual(self.provider.support_tokenization, adapter.keeps_mandates)
        names = set(self.provider._get_supported_currencies().mapped("name"))
        self.assertTrue(adapter.currencies <= names or not adapter.currencies)
        self.assertTrue(self.provider.pom_clearing_account_id)
