"""Providers of Odoo's own, as they are with our addons installed."""

import json
import time
from unittest.mock import patch

from tests.odoo.conformance.rig import Rig
from tests.simulators.stripe import Stripe, signature


class CoreRig(Rig):
    provider_code = ""
    state = "test"
    #: How core's form begins it.
    operation = "online_direct"
    flow = "direct"

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["ir.config_parameter"].set_param("pom_payment.trial", True)
        cls.provider = cls.find_provider()
        cls.provider.write({"state": cls.state, "is_published": True})
        cls.method = cls.provider.with_context(active_test=False).payment_method_ids[:1]
        cls.method.active = True

    @classmethod
    def find_provider(cls):
        known = [("code", "=", cls.provider_code), ("company_id", "=", cls.company.id)]
        providers = cls.env["payment.provider"]
        return providers.search(known, limit=1) or providers.search(
            [("code", "=", cls.provider_code)], limit=1
        ).copy({"company_id": cls.company.id})

    def begin(self, invoice, fails=False):
        """Core's form does it, on our page too."""
        link = invoice.pom_paylink_id
        attempt = link._create_attempt(self.provider, self.method, self.operation)
        attempt._get_processing_values()
        return attempt

    def pay_as_the_public(self, invoice):
        """On our page's own form, by the routes that its script asks."""
        self.env.flush_all()
        token = invoice._portal_ensure_token()
        asked = {
            "access_token": token,
            "provider_id": self.provider.id,
            "payment_method_id": self.method.id,
            "token_id": None,
            "amount": invoice.amount_residual,
            "flow": self.flow,
            "tokenization_requested": False,
            "landing_route": "/my/invoices",
        }
        answer = self.ask(f"/invoice/transaction/{invoice.id}", asked)
        self.assertNotIn("error", answer)
        self.env.invalidate_all()
        self.finish_as_the_public(invoice.transaction_ids)

    def finish_as_the_public(self, attempt):
        self.pay(attempt)
        self.assert_paid(attempt.invoice_ids)

    def ask(self, path, params):
        call = {"jsonrpc": "2.0", "params": params}
        url = f"{self.base_url()}{path}"
        return self.opener.post(url, json=call, timeout=60).json()


class DemoRig(CoreRig):
    code = provider_code = "demo"
    can = frozenset("pay online news cancel fail wait tabs refund public".split())
    WORDS = {"cancel": "cancel", "fail": "error", "wait": "pending"}

    def pay(self, attempt, number="", stored_only=False):
        self.dropped = getattr(self, "dropped", False)
        if not self.dropped:
            self.simulate(attempt, "done", stored_only)

    def act(self, attempt, action):
        self.simulate(attempt, self.WORDS[action])

    def drop_news(self):
        self.dropped = True

    def simulate(self, attempt, state, stored_only=False):
        asked = {"reference": attempt.reference, "simulated_state": state}
        self.env.flush_all()
        self.ask("/payment/demo/simulate_payment", asked)
        self.env.invalidate_all()
        if not stored_only:
            self.catch_up()

    def tell_again(self, attempt):
        self.simulate(attempt, "done")

    def forge(self, attempt):
        """Nothing of it is signed: anybody can say so."""
        self.simulate(attempt, "done")


class WireRig(CoreRig):
    """The money comes by bank: no provider tells of it."""

    code = provider_code = "custom"
    operation = "online_redirect"
    flow = "redirect"
    can = frozenset("pay public".split())

    def pay(self, attempt, number="", stored_only=False):
        self.register_payment(attempt.invoice_ids)

    def finish_as_the_public(self, attempt):
        self.env.flush_all()
        answer = self.url_open(
            "/payment/custom/process",
            data={"reference": attempt.reference},
            allow_redirects=False,
        )
        self.assertEqual(answer.status_code, 303)
        self.env.invalidate_all()
        self.assertEqual(attempt.state, "pending")


class StripeFormRig(CoreRig):
    code = "stripe_form"
    provider_code = "stripe"
    state = "enabled"
    can = frozenset(
        "pay online news hint secret other_amount other_currency mode cancel fail wait "
        "tabs down refund refund_fails elsewhere chargeback public key "
        "authorize".split()
    )
    dollars = "usd"

    @classmethod
    def setUpClass(cls):
        cls.stripe = cls.enterClassContext(Stripe(retry_delays=(), callback_timeout=1))
        super().setUpClass()
        cls.psp = cls.stripe
        cls.endpoint = cls.psp.listen("http://127.0.0.1:1/", version="2019-05-16")
        # Where core's own code asks: the one address of Stripe's that it knows.
        cls.startClassPatcher(
            patch.object(
                type(cls.env["payment.provider"]),
                "_build_request_url",
                lambda self, endpoint, **kw: f"{cls.stripe.api_url}/{endpoint}",
            )
        )
        cls.provider.stripe_webhook_secret = cls.endpoint["secret"]

    @classmethod
    def find_provider(cls):
        provider = super().find_provider()
        provider.write(
            {
                "stripe_checkout": False,
                "stripe_secret_key": cls.stripe.api_key,
                "stripe_publishable_key": "pk_live_x",
            }
        )
        return provider

    def setUp(self):
        super().setUp()
        self.psp = self.stripe
        self.psp.forget()
        self.addCleanup(self.psp.faults.clear)
        self.delivered = len(self.psp.callbacks)

    def begin(self, invoice, fails=False):
        known = set(self.psp.intents)
        attempt = super().begin(invoice)
        made = set(self.psp.intents) - known
        if not fails:
            self.assertEqual(len(made), 1, attempt.state_message)
            [number] = made
            # Core notes it when it hears of it first.
            attempt.provider_reference = number
        return attempt

    def pay(self, attempt, number="", stored_only=False, **how):
        self.psp.pay(number or self.number_of(attempt), **how)
        self.deliver(stored_only=stored_only)

    def number_of(self, attempt):
        return attempt.provider_reference or list(self.psp.intents)[-1]

    def act(self, attempt, action):
        getattr(self.psp, action)(self.number_of(attempt))
        self.deliver()

    def authorize(self, attempt):
        self.act(attempt, "authorize")

    def hint(self, attempt):
        self.psp.wait(self.number_of(attempt))
        return self._news()

    def deliver(self, *news, stored_only=False):
        for one in news or self._news():
            self.url_open("/payment/stripe/webhook", data=one.body, headers=one.headers)
        self.env.invalidate_all()
        if not stored_only:
            self.catch_up()

    def tell_again(self, attempt):
        self.psp.replay(self.number_of(attempt))
        self.deliver()

    def drop_news(self):
        self.psp.faults.inject("drop_callbacks")

    def forge(self, attempt):
        payment = self.psp.payment(self.number_of(attempt))
        intent = {**self.psp.shown.intent(payment), "status": "succeeded"}
        kind = "payment_intent.succeeded"
        event = {"id": "evt_1", "type": kind, "data": {"object": intent}}
        body = json.dumps(event).encode()
        proof = signature(["forged"], body, int(time.time()))
        headers = {"Stripe-Signature": proof, "Content-Type": "application/json"}
        self.url_open("/payment/stripe/webhook", data=body, headers=headers)
        self.env.invalidate_all()
        self.catch_up()

    def drop_secret(self):
        self.provider.stripe_webhook_secret = False

    def replace_key(self, key):
        before = self.provider.stripe_secret_key
        self.provider.stripe_secret_key = before[:8] + key if key == "wrong" else key
        return before

    def pretend_test_mode(self):
        self.psp.shown.live = False
        self.addCleanup(setattr, self.psp.shown, "live", True)

    def refund_elsewhere(self, attempt, cents):
        payment = self.psp.payment(self.number_of(attempt))
        self.psp.refund(payment, {"amount": str(cents)})
