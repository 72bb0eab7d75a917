"""Mollie through our own engine: the addon that joins it to core's provider."""

from odoo.tests import HttpCase, tagged

from tests.simulators.mollie import Mollie

from .common import EngineCase


@tagged("standard", "post_install", "-at_install")
class TestMollie(EngineCase, HttpCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.mollie = Mollie(retry_delays=(), callback_timeout=1).start()
        cls.addClassCleanup(cls.mollie.stop)
        template = cls.env["payment.provider"].search(
            [("code", "=", "mollie")], limit=1
        )
        cls.provider = template.copy({"company_id": cls.company.id, "name": "Mollie"})
        cls.provider.write(
            {
                "mollie_api_key": cls.mollie.api_key,
                "mollie_api_url": cls.mollie.api_url,
                "mollie_profile_id": cls.mollie.profile_id,
                "state": "test",
            }
        )
        method = cls.env.ref("payment.payment_method_bancontact")
        method.active = True
        cls.provider.payment_method_ids = method

    def setUp(self):
        super().setUp()
        self.psp = self.mollie
        self.delivered = len(self.psp.callbacks)
        self.patch(type(self.events), "_apply_after_answer", lambda *args: None)

    def test_paid_by_a_classic_event(self):
        invoice, attempt = self._paid()
        self.assertEqual(attempt.pom_payout_reference[:4], "stl_")
        asked = self.psp.payment(attempt.provider_reference).asked
        self.assertEqual(asked["method"], "bancontact")
        self.assertTrue(asked["description"].startswith(invoice.payment_reference))

    def test_event_over_http(self):
        attempt = self._begin(self._invoice())
        self.psp.pay(attempt.provider_reference)
        callback = self._news()[-1]
        url = f"/pom/webhook/mollie/{self.provider.id}"
        answer = self.url_open(url, data=callback.body, headers=callback.headers)
        self.assertEqual(answer.status_code, 200)
        event = self.events.search([], limit=1)
        event._apply_or_postpone()
        self.assertEqual(attempt.state, "done")

    def test_refund_elsewhere_and_chargeback_reopen_the_debt(self):
        invoice, attempt = self._paid()
        payment = self.psp.payment(attempt.provider_reference)
        amount = {"currency": "EUR", "value": "5.73"}
        self.psp.refund(payment, {"amount": amount})
        self._deliver()
        self.assertEqual(invoice.amount_residual, 5.73)
        self.psp.charge_back(attempt.provider_reference, 4000)
        self._deliver()
        self.assertEqual(invoice.amount_residual, 45.73)
        backs = attempt.child_transaction_ids.sorted("id")
        self.assertEqual(backs.mapped("amount"), [-5.73, -40.0])
        self.assertEqual(backs.mapped("pom_chargeback"), [False, True])

    def test_our_refund_is_no_refund_elsewhere(self):
        invoice, attempt = self._paid()
        attempt._refund(10)
        self._deliver()
        refund = attempt.child_transaction_ids
        self.assertEqual((len(refund), refund.state), (1, "pending"))
        self.assertFalse(invoice.amount_residual)

    def test_open_is_no_error(self):
        """odoo/odoo#225875: 'open' broke the payment."""
        attempt = self._begin(self._invoice())
        attempt._pom_follow()
        self.assertEqual(attempt.state, "draft")

    def test_failed_attempt_then_paid(self):
        """https://github.com/mollie/mollie-odoo/issues/145"""
        invoice = self._invoice()
        first, second = self._begin(invoice), self._begin(invoice)
        self.psp.fail(second.provider_reference)
        self._deliver()
        self.psp.pay(first.provider_reference)
        self._deliver()
        self.assertEqual(invoice.payment_state, "paid")

    def test_unsigned_event_about_an_unknown_payment(self):
        self.psp.announce_unknown("http://127.0.0.1:1/", "tr_unknown")
        event = self._deliver()
        self.assertEqual(event.state, "new")
        self.assertIn("PAYMENT_NOT_FOUND", event.reason)
