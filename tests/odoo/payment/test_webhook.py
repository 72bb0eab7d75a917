import json

from odoo.tests import tagged
from odoo.tools import mute_logger

from .common import PayPageCase

WEBHOOK = "odoo.addons.pom_payment.controllers.webhook"


@tagged("standard", "post_install", "-at_install")
class TestWebhook(PayPageCase):
    def events(self):
        return self.env["pom.webhook.event"].search(
            [("provider_id", "=", self.provider.id)]
        )

    def assert_nothing_happened(self, transaction, status, answer):
        self.assertEqual(answer.status_code, status)
        self.apply_events()
        self.assertFalse(self.events())
        self.assertEqual(transaction.state, "draft")
        self.assertEqual(self.move.payment_state, "not_paid")

    def test_stored_answered_then_applied(self):
        transaction = self.begin()
        answer = self.pay_and_relay(transaction)
        self.assertEqual(answer.status_code, 200)
        event = self.events()
        self.assertEqual(json.loads(event.body_text)["status"], "SUCCEEDED")
        # Applied by the worker when it has answered, or else by the cron.
        self.apply_events()
        self.assertEqual((event.state, transaction.state), ("done", "done"))
        self.assertEqual(self.move.payment_state, "paid")
        self.assertEqual(self.move.pom_payment_status, "paid")

    def test_copies_are_stored_once_and_book_once(self):
        transaction = self.begin()
        self.pay_and_relay(transaction)
        callback = self.last_callback()
        self.assertEqual(self.relay(callback).status_code, 200)
        self.apply_events()
        self.assertEqual(self.relay(callback).status_code, 200)
        self.apply_events()
        self.assertEqual(len(self.events()), 1)
        self.assertEqual(len(self.move.matched_payment_ids), 1)

    @mute_logger(WEBHOOK)
    def test_forged_events_change_nothing(self):
        """Signed by somebody else, changed after signing, for another merchant, for
        another address, or not signed at all.
        """
        faults = {
            "forged": True,
            "tamper_body": True,
            "foreign_ppid": "000000000000000000000000",
            "other_path": "https://elsewhere.example/pom/webhook/bancontact_pro/1",
            "no_signature": True,
            "iss": "Mallory",
        }
        transaction = self.begin()
        payment = transaction.provider_reference
        for fault, value in faults.items():
            with self.subTest(fault):
                self.psp.faults.inject(fault, value, times=1)
                self.psp.announce(payment, ("SUCCEEDED",))
                answer = self.relay(self.last_callback())
                self.assertIn(answer.status_code, (403, 503))
                self.apply_events()
                self.assertFalse(self.events())
                self.assertEqual(transaction.state, "draft")
                self.assertEqual(self.move.payment_state, "not_paid")

    def test_a_true_signature_is_not_believed_without_asking(self):
        """The callback says paid; the provider, asked, says pending."""
        transaction = self.begin()
        self.psp.announce(transaction.provider_reference, ("SUCCEEDED",))
        self.assertEqual(self.relay(self.last_callback()).status_code, 200)
        self.apply_events()
        self.assertEqual(self.move.payment_state, "not_paid")

    def test_another_merchant_s_payment_does_not_pay_ours(self):
        """Its own payment, well signed for itself, sent to our address."""
        transaction = self.begin()
        other = self.psp.add_merchant()
        asked = dict(self.psp.payment(transaction.provider_reference).asked)
        theirs = self.psp.create(other, asked)
        self.psp.pay(theirs.id)
        with mute_logger(WEBHOOK):
            answer = self.relay(self.last_callback())
        self.assertEqual(answer.status_code, 403)
        self.assertEqual(transaction.state, "draft")

    def test_wrong_amount_is_held(self):
        transaction = self.begin()
        self.psp.faults.inject("wrong_amount", -100, times=1)
        self.pay_and_relay(transaction)
        self.apply_events()
        event = self.events()
        self.assertEqual(event.state, "held")
        self.assertIn("120", event.shown_reason)
        self.assertEqual(self.move.payment_state, "not_paid")

    def test_keys_that_were_renewed_are_fetched(self):
        transaction = self.begin()
        self.pay_and_relay(transaction)
        self.psp.rotate_keys()
        self.provider.pom_keys_try = "2000-01-01"
        self.psp.replay(transaction.provider_reference)
        other = self.begin(self.invoice(50))
        self.assertEqual(self.pay_and_relay(other).status_code, 200)
        self.apply_events()
        self.assertEqual(other.state, "done")

    @mute_logger(WEBHOOK)
    def test_nothing_is_believed_without_a_secret(self):
        transaction = self.begin()
        self.psp.pay(transaction.provider_reference)
        self.provider.write({"state": "disabled", "bancontact_ppid": False})
        answer = self.relay(self.last_callback())
        self.assert_nothing_happened(transaction, 403, answer)

    def test_addresses_that_nobody_listens_at(self):
        for path in ("bancontact_pro/0", "demo/1", f"mollie/{self.provider.id}"):
            answer = self.url_open(f"/pom/webhook/{path}", data=b"{}", method="POST")
            self.assertEqual(answer.status_code, 404)

    def test_success_after_expiry_counts(self):
        transaction = self.begin()
        self.psp.expire(transaction.provider_reference)
        self.relay(self.last_callback())
        self.apply_events()
        self.assertEqual(transaction.state, "cancel")
        self.psp.pay(transaction.provider_reference, late=True)
        self.relay(self.last_callback())
        self.apply_events()
        self.assertEqual(transaction.state, "done")
        self.assertEqual(self.move.payment_state, "paid")

    def test_an_older_attempt_that_expires_does_not_undo_a_newer_success(self):
        first = self.begin()
        first.pom_expires_at = "2000-01-01"
        second = self.begin()
        self.assertNotEqual(first, second)
        self.pay_and_relay(second)
        self.psp.expire(first.provider_reference)
        self.relay(self.last_callback())
        self.apply_events()
        self.assertEqual((first.state, second.state), ("cancel", "done"))
        self.assertEqual(self.move.payment_state, "paid")

    def test_lost_callback_is_found_by_the_sweep(self):
        transaction = self.begin()
        self.psp.pay(transaction.provider_reference)
        transaction.pom_next_ask = "2000-01-01"
        with self.enter_registry_test_mode():
            self.env.ref("pom_payment.cron_sweep").method_direct_trigger()
        self.assertEqual(transaction.state, "done")
        self.assertEqual(self.move.payment_state, "paid")
