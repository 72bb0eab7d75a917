"""Payouts that the provider tells us, from the debtor's tap to the bank statement."""

from datetime import timedelta

from odoo import SUPERUSER_ID, fields
from odoo.exceptions import AccessError, UserError
from odoo.service.model import call_kw

from tests.company import collect_with
from tests.simulators.bancontact_payouts import pay_out
from tests.simulators.bancontact_pro import BancontactPro
from tests.simulators.mollie import Mollie

from .common import ReconcileCase


class FetchCase(ReconcileCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        context = {**cls.env.context, "allowed_company_ids": cls.company.ids}
        cls.env = cls.env(user=SUPERUSER_ID, context=context)
        cls.journal = cls.journal.with_env(cls.env)
        cls.jan = cls.jan.with_env(cls.env)
        cls.method = cls.env.ref("payment.payment_method_bancontact")

    def _paid(self, amount):
        """An invoice that was paid through the provider, and the transaction."""
        invoice = self._invoice(amount)
        link = invoice.pom_paylink_id
        attempt = link._create_attempt(self.provider, self.method, "online_redirect")
        attempt._pom_start("http://127.0.0.1:1/back")
        self.psp.pay(attempt.provider_reference)
        attempt._pom_follow()
        self.assertEqual(invoice.payment_state, "paid", attempt.state_message)
        return attempt

    def _refund(self, attempt, amount):
        refund = attempt._refund(amount)
        refund._pom_follow_refund()
        self.assertEqual(refund.state, "done", refund.state_message)
        return refund

    def _fetch(self):
        self.env.flush_all()
        with self.enter_registry_test_mode():
            self.env.ref("pom_reconcile.ir_cron_fetch_payouts").method_direct_trigger()
        self.env.invalidate_all()
        return self.env["pom.payout"].search([("provider_id", "=", self.provider.id)])

    def _bank_line(self, amount, text, name):
        return self._line(float(amount), text, name, "BE94001778555314")

    def _check_settled(self, line, attempts, fee=0.0):
        self.assertTrue(line.is_reconciled, line.pom_reason)
        for attempt in attempts:
            self.assertTrue(attempt.payment_id.is_matched, attempt.reference)
        items = self.env["account.move.line"].search(
            [("account_id", "=", self.provider.pom_clearing_account_id.id)]
        )
        self.assertFalse(sum(items.mapped("amount_residual")))
        fees = line.line_ids.filtered(
            lambda item: item.account_id == self.provider.pom_fee_account_id
        )
        self.assertAlmostEqual(sum(fees.mapped("balance")), fee)


class TestBancontactPayouts(FetchCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.psp = BancontactPro(retry_delays=(), callback_timeout=1).start()
        cls.addClassCleanup(cls.psp.stop)
        merchant = cls.psp.merchants[0]
        cls.provider = collect_with(
            cls.env,
            cls.psp,
            cls.company,
            bancontact_merchant_number=merchant.number,
            name="PSP",
        )
        cls.provider.action_pom_make_signing_key()
        merchant.jwks = cls.provider._pom_jwks()

    def setUp(self):
        super().setUp()
        self.psp.entries.clear()
        self.psp.payouts.clear()
        self.psp.page_size = 10_000
        self.addCleanup(self.psp.faults.clear)

    def test_from_tap_to_bank_line(self):
        self.psp.page_size = 2
        attempts = [self._paid(10.0 + n) for n in range(3)]
        refund = self._refund(attempts[0], 4)
        [payout] = pay_out(self.psp)
        line = self._bank_line(payout.amount, payout.text, "Bancontact Payconiq")
        self.assertFalse(line._pom_auto_match())
        cron = self.env.ref("pom_reconcile.ir_cron_fetch_payouts")
        asked = [("cron_id", "=", cron.id)]
        self.assertTrue(self.env["ir.cron.trigger"].search(asked))
        received = self._fetch()
        self.assertEqual(received.reference, payout.number)
        self.assertEqual((received.amount, received.item_count), (29.0, 4))
        self.assertFalse(self.provider.pom_payouts_problem)
        self.assertEqual(line._pom_auto_match(), line)
        self._check_settled(line, [*attempts, refund])

    def test_received_once(self):
        self._paid(10.0)
        pay_out(self.psp)
        self._fetch()
        self.provider.pom_payouts_asked = fields.Datetime.now() - timedelta(hours=2)
        self.assertEqual(len(self._fetch()), 1)

    def test_not_asked_all_the_time(self):
        self._fetch()
        self._paid(10.0)
        pay_out(self.psp)
        self.assertFalse(self._fetch())
        self.provider.pom_payouts_asked = fields.Datetime.now() - timedelta(hours=2)
        self.assertTrue(self._fetch())

    def test_what_does_not_add_up_is_not_received(self):
        self._paid(10.0)
        [payout] = pay_out(self.psp, fee=6)
        self.assertFalse(self._fetch())
        self.assertIn(payout.number, self.provider.pom_payouts_problem)

    def test_provider_that_does_not_answer(self):
        self._paid(10.0)
        pay_out(self.psp)
        self.psp.faults.inject("api_error", 503)
        self.assertFalse(self._fetch())
        self.assertTrue(self.provider.pom_payouts_problem)
        self.psp.faults.clear()
        self.env["pom.payout"].action_fetch()
        self.assertFalse(self.provider.pom_payouts_problem)
        self.assertEqual(self.env["pom.payout"].search_count([]), 1)

    def test_button(self):
        action = self.env["pom.payout"].action_fetch()
        self.assertEqual(action["params"]["type"], "success")
        # As the browser presses it, with nothing selected.
        pressed = call_kw(self.env["pom.payout"], "action_fetch", [[]], {})
        self.assertEqual(pressed["params"]["type"], "success")
        self.psp.faults.inject("api_error", 503)
        action = self.env["pom.payout"].action_fetch()
        self.assertEqual(action["params"]["type"], "warning")
        self.assertIn("PSP", action["params"]["message"])
        self.provider.bancontact_merchant_number = False
        with self.assertRaisesRegex(UserError, "merchant ID"):
            self.env["pom.payout"].action_fetch()

    def test_not_for_everybody(self):
        user = self.env["res.users"].create(
            {
                "name": "Seller",
                "login": "seller",
                "group_ids": [(6, 0, self.env.ref("base.group_user").ids)],
            }
        )
        with self.assertRaises(AccessError):
            self.env["pom.payout"].with_user(user).action_fetch()


class TestMolliePayouts(FetchCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.psp = Mollie(retry_delays=(), callback_timeout=1).start()
        cls.addClassCleanup(cls.psp.stop)
        cls.provider = collect_with(
            cls.env, cls.psp, cls.company, mollie_access_token=cls.psp.access_token
        )

    def test_from_tap_to_bank_line(self):
        attempts = [self._paid(20.0 + n) for n in range(2)]
        settlement = self.psp.settle(fee=29)
        text = f"REF {settlement.reference} MOLLIE"
        line = self._bank_line(settlement.amount, text, "Stichting Mollie Payments")
        self.assertFalse(line._pom_auto_match())
        received = self._fetch()
        self.assertEqual(received.reference, settlement.reference)
        self.assertEqual(received.gross, 41.0)
        line._pom_auto_match()
        self._check_settled(line, attempts, fee=0.58)
