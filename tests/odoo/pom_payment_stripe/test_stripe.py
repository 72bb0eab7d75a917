"""Stripe through our own engine: its page instead of its script."""

from lxml import html

from odoo.exceptions import ValidationError
from odoo.tests import HttpCase, tagged

from tests.company import collect_with
from tests.odoo.engine.common import EngineCase
from tests.simulators.stripe import Stripe


@tagged("standard", "post_install", "-at_install")
class StripeCase(EngineCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.stripe = Stripe(retry_delays=(), callback_timeout=1).start()
        cls.addClassCleanup(cls.stripe.stop)
        cls.provider = collect_with(cls.env, cls.stripe, cls.company)
        # Events are delivered by hand, to see what each does.
        for endpoint in cls.stripe.endpoints.values():
            endpoint["url"] = "http://127.0.0.1:1/"

    def setUp(self):
        super().setUp()
        self.psp = self.stripe
        self.addCleanup(self.psp.faults.clear)
        self.delivered = len(self.psp.callbacks)
        self.patch(type(self.events), "_apply_after_answer", lambda *args: None)


@tagged("standard", "post_install", "-at_install")
class TestStripe(StripeCase, HttpCase):
    def test_number_of_the_money(self):
        """A Session is begun, and its PaymentIntent is paid."""
        invoice = self._invoice()
        attempt = self._begin(invoice)
        session = attempt.provider_reference
        self.assertTrue(session.startswith("cs_"))
        self.assertTrue(attempt.pom_redirect_url.startswith(self.psp.url))
        self.psp.pay(session)
        self._deliver()
        self.assertEqual(invoice.payment_state, "paid")
        self.assertEqual(
            attempt.provider_reference, self.psp.payment(session).intent_id
        )
        # What is late is about the same.
        self.psp.replay(session)
        self.assertFalse(self._deliver())

    def test_what_the_payer_reads(self):
        invoice = self._invoice()
        asked = self.psp.payment(self._begin(invoice).provider_reference).asked
        [line] = asked["line_items"]
        name = line["price_data"]["product_data"]["name"]
        self.assertTrue(name.startswith(invoice.payment_reference))
        self.assertEqual(asked["allowed_payment_method_types"], ["bancontact"])

    def test_events_of_other_systems_are_none_of_ours(self):
        """One account, several systems: nothing is kept, and nothing refused."""
        other = self.psp.create(
            {
                "mode": "payment",
                "success_url": "http://127.0.0.1:1/",
                "line_items": [
                    {
                        "quantity": "1",
                        "price_data": {
                            "currency": "eur",
                            "unit_amount": "100",
                            "product_data": {"name": "X"},
                        },
                    }
                ],
            }
        )
        self.psp.pay(other.id)
        url = f"/pom/webhook/stripe/{self.provider.id}"
        before = self.events.search_count([])
        for news in self._news():
            answer = self.url_open(url, data=news.body, headers=news.headers)
            self.assertEqual(answer.status_code, 200)
        self.assertEqual(self.events.search_count([]), before)

    def test_debit_comes_days_later_and_may_fail(self):
        invoice = self._invoice()
        attempt = self._begin(invoice)
        self.psp.wait(attempt.provider_reference)
        self._deliver()
        self.assertEqual(attempt.state, "pending")
        self.assertEqual(invoice.pom_payment_status, "in_progress")
        self.psp.pay(attempt.provider_reference)
        self._deliver()
        self.assertEqual(invoice.payment_state, "paid")
        other = self._begin(self._invoice())
        self.psp.wait(other.provider_reference)
        self.psp.fail(other.provider_reference)
        self._deliver()
        self.assertEqual(other.state, "error")

    def _look(self, invoice):
        """What the page says of it, in English."""
        self.env.flush_all()
        page = self.url_open(f"/p/{invoice.pom_paylink_id.token}?lang=en_US")
        return html.fromstring(page.content)

    def test_refused_card_and_then_another(self):
        """Whoever goes back from Stripe's page reads that it was refused, and may go on
        or pay another way.
        """
        invoice = self._invoice()
        attempt = self._begin(invoice)
        waiting = self._look(invoice).text_content()
        self.assertIn("We are waiting for your payment", waiting)
        self.psp.fail(attempt.provider_reference)
        self._deliver()
        attempt._pom_follow()
        self.assertEqual((attempt.state, attempt.pom_failure), ("draft", "soft"))
        page = self._look(invoice)
        self.assertIn("Your payment was refused", page.text_content())
        self.assertNotIn("We are waiting", page.text_content())
        [give_up] = page.xpath("//form[contains(@action, '/give-up')]")
        self.psp.pay(attempt.provider_reference)
        self._deliver()
        self.assertEqual((attempt.state, attempt.pom_failure), ("done", False))

    def test_refused_card_and_then_another_way(self):
        invoice = self._invoice()
        attempt = self._begin(invoice)
        self.psp.fail(attempt.provider_reference)
        self._deliver()
        self.url_open(f"/p/{invoice.pom_paylink_id.token}/give-up", data={"a": "b"})
        self.env.invalidate_all()
        self.assertEqual(attempt.state, "cancel")
        self.assertTrue(self._look(invoice).xpath("//button[@name='way']"))

    def test_core_s_webhook_leaves_ours_alone(self):
        """It would believe what stands in the event."""
        invoice = self._invoice()
        attempt = self._begin(invoice)
        event = {
            "type": "payment_intent.succeeded",
            "data": {
                "object": {
                    "id": "pi_forged",
                    "description": attempt.reference,
                    "status": "succeeded",
                    "amount": 4573,
                    "currency": "eur",
                }
            },
        }
        answer = self.url_open("/payment/stripe/webhook", json=event)
        self.assertEqual(answer.status_code, 200)
        self.env.invalidate_all()
        self.assertEqual(attempt.state, "draft")

    def test_webhook_is_registered_with_a_button(self):
        self.provider.stripe_checkout_secret = False
        self.assertTrue(self.provider.pom_is_unsafe)
        link = self._invoice().pom_paylink_id
        offered = [provider for provider, _method in link._ways_to_pay()]
        self.assertNotIn(self.provider, offered)
        self.provider.action_pom_stripe_webhook()
        made = list(self.psp.endpoints.values())[-1]
        self.addCleanup(self.psp.endpoints.pop, made["id"])
        self.assertEqual(made["url"], self.provider.pom_webhook_url)
        self.assertIn("checkout.session.completed", made["enabled_events"])
        self.assertEqual(self.provider.stripe_checkout_secret, made["secret"])
        self.assertFalse(self.provider.pom_is_unsafe)

    def test_connection(self):
        result = self.provider.action_pom_test_connection()
        test = self.env["pom.connection.test"].browse(result["res_id"])
        verdicts = {line.what: line.verdict for line in test.line_ids}
        self.assertEqual((verdicts["Key"], verdicts["Profile"]), ("good", "good"))

    def test_core_s_form_stays_to_be_had(self):
        self.provider.stripe_checkout = False
        self.assertFalse(self.provider._pom_adapter())
        self.assertFalse(self.provider.pom_webhook_url)
        self.assertTrue(self.provider.support_express_checkout)
        self.assertTrue(self.provider._should_build_inline_form())
        self.provider.stripe_checkout = True
        self.assertFalse(self.provider.support_express_checkout)
        self.assertFalse(self.provider._should_build_inline_form())

    def test_not_while_somebody_pays(self):
        """Core couldn't follow what was begun on Stripe's page."""
        link = self._begin(self._invoice()).invoice_ids.pom_paylink_id
        with self.assertRaises(ValidationError), self.cr.savepoint():
            self.provider.stripe_checkout = False
        link._give_up()
        self.provider.stripe_checkout = False

    def test_key_of_the_other_mode(self):
        with self.assertRaises(ValidationError):
            self.provider.stripe_secret_key = "sk_test_x"
        # Core's form is core's business.
        self.provider.write(
            {"stripe_checkout": False, "stripe_secret_key": "sk_test_x"}
        )


@tagged("standard", "post_install", "-at_install")
class TestCharges(StripeCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.card = cls.env.ref("payment.payment_method_card")
        cls.card.active = True
        cls.provider.payment_method_ids |= cls.card
        cls.provider.allow_tokenization = True
        cls.jan.email = "jan@klant.example"

    def _agreed(self, method="card"):
        attempt = self._invoice().pom_paylink_id._create_attempt(
            self.provider,
            self.env.ref(f"payment.payment_method_{method}"),
            "online_redirect",
        )
        attempt.tokenize = True
        attempt._pom_start("http://127.0.0.1:1/back")
        self.assertTrue(attempt.pom_redirect_url, attempt.state_message)
        self.psp.pay(attempt.provider_reference)
        self._deliver()
        self.assertEqual(attempt.state, "done")
        return attempt.token_id

    def _charge(self, token, **faults):
        invoice = self._invoice()
        attempt = invoice.pom_paylink_id._create_attempt(
            self.provider, token.payment_method_id, "online_token"
        )
        attempt.token_id = token
        for name, value in faults.items():
            self.psp.faults.inject(name, value, times=1, only="create_intent")
        attempt._charge_with_token()
        return invoice, attempt

    def test_card_is_charged_at_once(self):
        token = self._agreed()
        self.assertEqual(token.payment_details, "4242")
        invoice, attempt = self._charge(token)
        self.assertEqual((attempt.state, invoice.payment_state), ("done", "paid"))

    def test_bancontact_gives_a_direct_debit(self):
        invoice, attempt = self._charge(self._agreed("bancontact"))
        self.assertEqual(attempt.state, "pending")
        self.psp.pay(attempt.provider_reference)
        self._deliver()
        self.assertEqual(invoice.payment_state, "paid")

    def test_lost_answer_charges_once(self):
        token = self._agreed()
        before = set(self.psp.intents)
        invoice, attempt = self._charge(token, lost_answer=504)
        self.assertEqual(attempt.state, "pending")
        attempt._pom_ask()
        self.assertEqual(invoice.payment_state, "paid")
        self.assertEqual(set(self.psp.intents) - before, {attempt.provider_reference})

    def test_declined(self):
        token = self._agreed()
        self.psp.methods[token.provider_ref]["declines"] = True
        invoice, attempt = self._charge(token)
        self.assertEqual(attempt.state, "error")
        self.assertIn("declined", attempt.state_message)
        self.assertEqual(invoice.payment_state, "not_paid")

    def test_taken_back(self):
        token = self._agreed()
        number = token.provider_ref
        token.active = False
        self.assertFalse(self.psp.methods[number]["customer"])

    def test_saved_without_paying(self):
        """On the debtor's own "payment methods" in the portal."""
        attempt = self.env["payment.transaction"].create(
            {
                "provider_id": self.provider.id,
                "payment_method_id": self.card.id,
                "reference": "V-1",
                "amount": 0,
                "currency_id": self.company.currency_id.id,
                "partner_id": self.jan.id,
                "operation": "validation",
                "tokenize": True,
            }
        )
        values = attempt._get_processing_values()
        self.assertIn(self.psp.url, values["redirect_form_html"])
        self.psp.pay(attempt.provider_reference)
        self._deliver()
        self.assertEqual(attempt.state, "done")
        self.assertEqual(attempt.token_id.payment_details, "4242")
        self.assertFalse(attempt.payment_id)
        invoice, _charged = self._charge(attempt.token_id)
        self.assertEqual(invoice.payment_state, "paid")


@tagged("standard", "post_install", "-at_install")
class TestForm(StripeCase, HttpCase):
    def test_core_s_form_without_stripe_s_script(self):
        card = self.env.ref("payment.payment_method_card")
        card.active = True
        self.provider.payment_method_ids |= card
        self.provider.allow_tokenization = True
        user = self._create_new_portal_user()
        user.partner_id = self.jan
        self.authenticate(user.login, user.login)
        for checkout in (True, False):
            self.provider.stripe_checkout = checkout
            page = self.url_open("/my/payment_method").text
            self.assertIn("o_payment_form", page)
            self.assertEqual("o_stripe_element_container" in page, not checkout)
            self.assertEqual("js.stripe.com" in page, not checkout)
