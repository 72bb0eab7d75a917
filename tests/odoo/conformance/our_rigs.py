"""Providers that speak through an adapter of ours."""

import json
import time

from odoo.exceptions import ValidationError

from tests.company import collect_with
from tests.simulators.bancontact_payouts import pay_out
from tests.simulators.bancontact_pro import BancontactPro
from tests.simulators.mollie import Mollie
from tests.simulators.service import now
from tests.simulators.stripe import Stripe

from .rig import Rig

EVERY = frozenset(
    "pay online news hint secret other_amount other_merchant unknown_word cancel fail "
    "expire late tabs down refund payouts public key".split()
)
MORE = EVERY | frozenset(
    "other_currency mode wait refund_fails elsewhere chargeback token authorize".split()
)


class AdapterRig(Rig):
    """
    :cvar simulator: class of the provider's.
    :cvar key: field with its API key.
    :cvar secret: field without which nothing is believed.
    """

    simulator = None
    key = ""
    secret = ""
    dollars = "USD"

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.psp = cls.simulator(retry_delays=(), callback_timeout=1).start()
        cls.addClassCleanup(cls.psp.stop)
        cls.provider = collect_with(cls.env, cls.psp, cls.company)

    def begin(self, invoice, fails=False):
        if not fails:
            return self._begin(invoice)
        link, method = invoice.pom_paylink_id, self.provider.payment_method_ids[:1]
        attempt = link._create_attempt(self.provider, method, "online_redirect")
        attempt._pom_start("http://127.0.0.1:1/back")
        return attempt

    def pay(self, attempt, number="", stored_only=False, **how):
        self.psp.pay(number or attempt.provider_reference, **how)
        self.deliver(stored_only=stored_only)

    def act(self, attempt, action):
        getattr(self.psp, action)(attempt.provider_reference)
        self.deliver()

    def deliver(self, *news, stored_only=False):
        """Over HTTP, as they come; then applied."""
        url = f"/pom/webhook/{self.provider.code}/{self.provider.id}"
        for one in news or self._news():
            self.url_open(url, data=one.body, headers=one.headers)
        self.env.invalidate_all()
        if not stored_only:
            self._apply()

    def _apply(self):
        for event in self.events.search([("state", "=", "new")], order="id"):
            event._apply_or_postpone()
        self.env.invalidate_all()

    def tell_again(self, attempt):
        self.psp.replay(attempt.provider_reference)
        self.deliver()

    def hint(self, attempt):
        """News from before the money, which is delivered later."""
        self.authorize_there(attempt)
        return self._news()

    def authorize(self, attempt):
        self.authorize_there(attempt)
        self.deliver()

    def authorize_there(self, attempt):
        self.psp.authorize(attempt.provider_reference)

    def drop_news(self):
        self.psp.faults.inject("drop_callbacks")

    def catch_up(self):
        for shard in range(4):
            self._run(f"pom_payment.cron_apply_events_{shard}")
        super().catch_up()

    def forge(self, attempt):
        body, headers = self.forged(attempt)
        url = f"/pom/webhook/{self.provider.code}/{self.provider.id}"
        self.url_open(url, data=body, headers=headers)
        self.env.invalidate_all()
        self._apply()

    def drop_secret(self):
        try:
            with self.cr.savepoint():
                self.provider.write({self.secret: False})
        except ValidationError:
            # It can't even be without while it's on.
            self.env.invalidate_all()

    def replace_key(self, key):
        """:return: what it was before"""
        before = self.provider[self.key]
        self.provider[self.key] = before[:8] + key if key == "wrong" else key
        return before

    def finish_refund(self, refund):
        refund._pom_follow_refund()

    def pay_as_the_public(self, invoice):
        way = self.provider._pom_way_key(self.provider.payment_method_ids[:1])
        self.env.flush_all()
        url = f"/p/{invoice.pom_paylink_id.token}/pay"
        answer = self.url_open(url, data={"way": way}, allow_redirects=False)
        self.assertEqual(answer.status_code, 303)
        self.env.invalidate_all()
        attempt = invoice.transaction_ids
        self.assertTrue(attempt.pom_redirect_url, answer.headers.get("Location"))
        self.pay(attempt)
        self.assert_paid(invoice)

    def told_payouts(self):
        today = now().date()
        return self.provider._pom_payouts(today, today)

    def settle(self):
        """:return: number of the payout that was made"""
        return self.psp.settle().id

    # -- agreements --------------------------------------------------------------------

    def agreed(self):
        """What a payer agreed to be charged to."""
        card = self.env.ref("payment.payment_method_card")
        card.active = True
        self.provider.payment_method_ids |= card
        self.provider.allow_tokenization = True
        attempt = self.invoice().pom_paylink_id._create_attempt(
            self.provider, card, "online_redirect"
        )
        attempt.tokenize = True
        attempt._pom_start("http://127.0.0.1:1/back")
        self.pay(attempt)
        return attempt.token_id

    def charge(self, token, taken_back=False):
        invoice = self.invoice()
        attempt = invoice.pom_paylink_id._create_attempt(
            self.provider, token.payment_method_id, "online_token"
        )
        attempt.token_id = token
        if taken_back:
            token.active = False
        attempt._charge_with_token()
        return invoice, attempt


class BancontactRig(AdapterRig):
    code = "bancontact_pro"
    simulator = BancontactPro
    can = EVERY
    key = "bancontact_api_key"
    secret = "bancontact_ppid"

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.provider.action_pom_make_signing_key()
        cls.psp.merchants[0].jwks = cls.provider._pom_jwks()
        cls.provider.bancontact_merchant_number = cls.psp.merchants[0].number

    def authorize_there(self, attempt):
        payment = self.psp.payment(attempt.provider_reference)
        payment.status = "AUTHORIZED"
        self.psp.announce(payment.id)

    def forged(self, attempt):
        self.psp.faults.inject("forged")
        self.psp.announce(attempt.provider_reference, ("SUCCEEDED",))
        [news] = self._news()
        return news.body, news.headers

    def hand_over(self, attempt):
        merchant = self.psp.payment(attempt.provider_reference).merchant
        self.addCleanup(setattr, merchant, "ppid", merchant.ppid)
        merchant.ppid = "f" * 24

    def settle(self):
        [payout, *_others] = pay_out(self.psp, bulked=True)
        return payout.number


class MollieRig(AdapterRig):
    code = "mollie"
    simulator = Mollie
    can = MORE
    key = "mollie_api_key"
    secret = "mollie_api_key"

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.provider.mollie_access_token = cls.psp.access_token

    def forged(self, attempt):
        headers = {"Content-Type": "application/x-www-form-urlencoded"}
        return f"id={attempt.provider_reference}&status=paid".encode(), headers

    def hand_over(self, attempt):
        mine, self.psp.profile_id = self.psp.profile_id, "pfl_other"
        self.addCleanup(setattr, self.psp, "profile_id", mine)

    def pretend_test_mode(self):
        self.psp.mode = "test"
        self.addCleanup(setattr, self.psp, "mode", "live")

    def finish_refund(self, refund):
        payment = self.psp.payment(refund.source_transaction_id.provider_reference)
        for one in payment.refunds:
            one["status"] = "refunded"
        super().finish_refund(refund)

    def refund_elsewhere(self, attempt, cents):
        payment = self.psp.payment(attempt.provider_reference)
        amount = {"currency": "EUR", "value": f"{cents / 100:.2f}"}
        self.psp.refund(payment, {"amount": amount})
        self.psp.end_refund(attempt.provider_reference, "refunded")

    def is_kept(self, token):
        return self.psp.customer(token.pom_customer).mandates[token.provider_ref]


class StripeRig(AdapterRig):
    code = "stripe"
    simulator = Stripe
    can = MORE
    key = "stripe_secret_key"
    secret = "stripe_checkout_secret"
    dollars = "usd"

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        for endpoint in cls.psp.endpoints.values():
            endpoint["url"] = "http://127.0.0.1:1/"

    def forged(self, attempt):
        session = self.psp.shown.session(self.psp.payment(attempt.provider_reference))
        session = {**session, "payment_status": "paid", "status": "complete"}
        event = {"id": "evt_1", "object": "event", "data": {"object": session}}
        proof = f"t={int(time.time())},v1={'0' * 64}"
        return json.dumps(event).encode(), {"Stripe-Signature": proof}

    def hand_over(self, attempt):
        payment = self.psp.payment(attempt.provider_reference)
        for marked in (payment.metadata, payment.intent_asked["metadata"]):
            marked["pom_database"] = "another"

    def pretend_test_mode(self):
        self.psp.shown.live = False
        self.addCleanup(setattr, self.psp.shown, "live", True)

    def refund_elsewhere(self, attempt, cents):
        payment = self.psp.payment(attempt.provider_reference)
        self.psp.refund(payment, {"amount": str(cents)})

    def is_kept(self, token):
        return self.psp.methods[token.provider_ref]["customer"]
