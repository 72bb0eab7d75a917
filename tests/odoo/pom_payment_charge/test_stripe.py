"""The same with Stripe: agreed to on its page, charged without the payer."""

from odoo.tests import tagged

from tests.odoo.pom_payment_stripe.test_stripe import StripeCase

from .common import DUE, MONDAY, AgreeingCase


@tagged("standard", "post_install", "-at_install")
class TestStripe(StripeCase, AgreeingCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.card = cls.env.ref("payment.payment_method_card")
        cls.card.active = True
        cls.provider.payment_method_ids = cls.card
        cls.provider.allow_tokenization = True
        cls.company.write({"pom_charge_offered": True, "pom_charge_bank_days": -1})
        cls.company.partner_id.email = "bakkerij@example.com"
        cls.jan.write({"email": "jan@klant.example", "lang": "en_US"})

    def agreed(self):
        with self.on(MONDAY):
            move = self._invoice(
                invoice_date=MONDAY,
                invoice_date_due=DUE,
                invoice_payment_term_id=False,
            )
            consent = self.agree(move)
        with self.on("2026-11-17"):
            self.run_crons()
        return move, consent

    def charge(self, day=DUE):
        before = set(self.psp.intents)
        with self.on(day):
            self.run_crons()
        return [self.psp.intents[number] for number in set(self.psp.intents) - before]

    def test_agreed_to_without_paying(self):
        move, consent = self.agreed()
        session = self.psp.payment(consent.transaction_ids.provider_reference)
        self.assertEqual(session.asked["mode"], "setup")
        self.assertEqual((consent.means, consent.hint), ("card", "4242"))
        self.assertEqual(consent.expires.isoformat(), "2030-12-31")
        [charged] = self.charge()
        self.assertEqual(charged.amount, 4573)
        self.assertEqual(charged.asked["off_session"], "true")
        self.assertEqual(move.payment_state, "paid")

    def test_bank_wants_to_hear_it_from_the_payer(self):
        move, consent = self.agreed()
        kept = self.psp.methods[consent.token_id.provider_ref]
        kept["declines"] = "authentication_required"
        self.charge()
        charge = self.charges(move)
        self.assertEqual(charge.state, "asked")
        self.assertTrue(charge.transaction_id.provider_reference.startswith("pi_"))
        self.assertEqual(consent.state, "active")
        self.assertFalse(self.charge("2026-11-25"))

    def test_no_funds_then_some(self):
        move, consent = self.agreed()
        kept = self.psp.methods[consent.token_id.provider_ref]
        kept["declines"] = "insufficient_funds"
        self.charge()
        kept["declines"] = ""
        self.assertEqual(len(self.charge("2026-11-25")), 1)
        self.assertEqual(move.payment_state, "paid")

    def test_answer_that_got_lost(self):
        move, _consent = self.agreed()
        self.psp.faults.inject("lost_answer", 504, times=1, only="create_intent")
        self.assertEqual(len(self.charge()), 1)
        charge = self.charges(move)
        self.assertEqual(charge.state, "charging")
        with self.on(DUE, 11):
            charge.transaction_id._pom_ask()
        self.assertFalse(self.charge("2026-11-23"))
        self.assertEqual((charge.state, move.payment_state), ("done", "paid"))

    def test_taken_off_the_customer(self):
        move, consent = self.agreed()
        self.psp.methods[consent.token_id.provider_ref]["customer"] = ""
        self.assertFalse(self.charge())
        self.assertEqual((consent.state, consent.reason), ("failed", "mandate"))
        self.assertEqual(self.charges(move).state, "failed")
