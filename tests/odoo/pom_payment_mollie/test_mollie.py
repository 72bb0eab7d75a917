"""Mollie through our own engine: the addon that joins it to core's provider."""

from odoo.tests import HttpCase, tagged

from tests.company import collect_with
from tests.odoo.engine.common import EngineCase
from tests.simulators.mollie import Mollie


@tagged("standard", "post_install", "-at_install")
class MollieCase(EngineCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.mollie = Mollie(retry_delays=(), callback_timeout=1).start()
        cls.addClassCleanup(cls.mollie.stop)
        cls.provider = collect_with(cls.env, cls.mollie, cls.company)

    def setUp(self):
        super().setUp()
        self.psp = self.mollie
        self.addCleanup(self.psp.faults.clear)
        self.delivered = len(self.psp.callbacks)
        self.patch(type(self.events), "_apply_after_answer", lambda *args: None)


@tagged("standard", "post_install", "-at_install")
class TestMollie(MollieCase, HttpCase):
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
        self.assertFalse(invoice.amount_residual, "nothing left yet")
        self.psp.end_refund(attempt.provider_reference, "refunded")
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
        self.psp.payment(attempt.provider_reference).refunds[0]["status"] = "refunded"
        refund._pom_follow_refund()
        self.assertEqual((refund.state, invoice.amount_residual), ("done", 10))

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


@tagged("standard", "post_install", "-at_install")
class TestMandates(MollieCase, HttpCase):
    """Payers who agree that later payments are charged without them."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.card = cls.env.ref("payment.payment_method_card")
        cls.card.active = True
        cls.provider.payment_method_ids |= cls.card
        cls.provider.write(
            {"allow_tokenization": True, "state": "enabled", "is_published": True}
        )
        cls.jan.email = "jan@klant.example"

    def _agreed(self, method="card"):
        """The token of a payer who ticked "Save my payment details"."""
        attempt = self._begin(self._invoice(), tokenize=True, method=method)
        self.psp.pay(attempt.provider_reference)
        self._deliver()
        self.assertEqual(attempt.state, "done")
        return attempt.token_id

    def _begin(self, invoice, provider=None, tokenize=False, method="bancontact"):
        attempt = invoice.pom_paylink_id._create_attempt(
            self.provider,
            self.env.ref(f"payment.payment_method_{method}"),
            "online_redirect",
        )
        attempt.tokenize = tokenize
        attempt._pom_start("http://127.0.0.1:1/back")
        self.assertTrue(attempt.pom_redirect_url, attempt.state_message)
        return attempt

    def _charge(self, token, delete=False, **faults):
        """An invoice charged to what the payer saved, and the attempt."""
        invoice = self._invoice()
        attempt = invoice.pom_paylink_id._create_attempt(
            self.provider, token.payment_method_id, "online_token"
        )
        attempt.token_id = token
        if delete:
            token.active = False
        for name, value in faults.items():
            self.psp.faults.inject(name, value, times=1, only="create")
        attempt._charge_with_token()
        return invoice, attempt

    def test_nobody_is_asked_to_agree_by_default(self):
        attempt = self._begin(self._invoice())
        asked = self.psp.payment(attempt.provider_reference).asked
        self.assertNotIn("customerId", asked)
        self.psp.pay(attempt.provider_reference)
        self._deliver()
        self.assertFalse(attempt.token_id)

    def test_agreeing_makes_a_token(self):
        token = self._agreed()
        self.assertEqual((token.partner_id, token.payment_details), (self.jan, "6787"))
        customer = self.psp.customer(token.pom_customer)
        self.assertIn(token.provider_ref, customer.mandates)
        self.assertEqual(customer.asked["email"], "jan@klant.example")
        # The second time the same customer agrees.
        self.assertEqual(self._agreed().pom_customer, token.pom_customer)

    def test_card_is_charged_at_once(self):
        invoice, attempt = self._charge(self._agreed())
        self.assertEqual((attempt.state, invoice.payment_state), ("done", "paid"))
        asked = self.psp.payment(attempt.provider_reference).asked
        self.assertEqual(asked["sequenceType"], "recurring")

    def test_direct_debit_is_in_progress_until_the_money_comes(self):
        invoice, attempt = self._charge(self._agreed("bancontact"))
        self.assertEqual(attempt.state, "pending")
        self.assertEqual(invoice.pom_payment_status, "in_progress")
        self.psp.pay(attempt.provider_reference)
        self._deliver()
        self.assertEqual(invoice.payment_state, "paid")
        self.psp.charge_back(attempt.provider_reference)
        self._deliver()
        self.assertEqual(invoice.amount_residual, 45.73)

    def test_lost_answer_charges_once(self):
        """The provider did it, and its answer never came: found by asking."""
        token = self._agreed("bancontact")
        before = set(self.psp.payments)
        invoice, attempt = self._charge(token, lost_answer=504)
        self.assertEqual(attempt.state, "pending")
        self.assertFalse(attempt.provider_reference)
        attempt._pom_ask()
        self.assertTrue(attempt.provider_reference)
        self.psp.pay(attempt.provider_reference)
        self._deliver()
        self.assertEqual(invoice.payment_state, "paid")
        self.assertEqual(set(self.psp.payments) - before, {attempt.provider_reference})

    def test_withdrawn_consent_is_withdrawn_at_the_provider_too(self):
        token = self._agreed()
        _invoice, attempt = self._charge(token, delete=True)
        customer = self.psp.customer(token.pom_customer)
        self.assertFalse(customer.mandates[token.provider_ref])
        self.assertEqual(attempt.state, "error")
        self.assertIn("deleted", attempt.state_message)

    def test_revoked_at_the_provider(self):
        token = self._agreed()
        self.psp.customer(token.pom_customer).mandates[token.provider_ref] = ""
        _invoice, attempt = self._charge(token)
        self.assertEqual(attempt.state, "error")
        self.assertIn("mandate", attempt.state_message)

    def test_consent_is_withdrawn_even_when_the_provider_is_down(self):
        token = self._agreed()
        self.psp.faults.inject("api_error", 503, times=1)
        with self.assertLogs("odoo.addons.pom_payment", "WARNING"):
            _invoice, attempt = self._charge(token, delete=True)
        self.assertEqual(attempt.state, "error")

    def test_registered_with_a_token_in_the_back_office(self):
        """Core cancels such a payment while the money is still to come."""
        token, invoice = self._agreed("bancontact"), self._invoice()
        register = self.env["account.payment.register"].with_context(
            active_model="account.move", active_ids=invoice.ids
        )
        line = self.provider.journal_id.inbound_payment_method_line_ids.filtered(
            lambda line: line.payment_provider_id == self.provider
        )
        wizard = register.create(
            {
                "journal_id": self.provider.journal_id.id,
                "payment_method_line_id": line.id,
                "payment_token_id": token.id,
            }
        )
        wizard.action_create_payments()
        attempt = self.env["payment.transaction"].search(
            [("token_id", "=", token.id), ("operation", "=", "offline")]
        )
        self.assertEqual(attempt.state, "pending")
        self.psp.pay(attempt.provider_reference)
        self._deliver()
        self.assertEqual((attempt.state, invoice.payment_state), ("done", "paid"))

    def test_one_click_of_a_customer_who_is_logged_in(self):
        token, invoice = self._agreed(), self._invoice()
        user = self._create_new_portal_user()
        user.partner_id = self.jan
        self.authenticate(user.login, user.login)
        self.make_jsonrpc_request(
            f"/invoice/transaction/{invoice.id}",
            {
                "access_token": invoice._portal_ensure_token(),
                "provider_id": self.provider.id,
                "payment_method_id": None,
                "token_id": token.id,
                "amount": 45.73,
                "flow": "token",
                "tokenization_requested": False,
                "landing_route": "/my/invoices",
            },
            timeout=60,
        )
        self.assertEqual(invoice.payment_state, "paid")
