"""Core's own ways to pay an invoice keep our promises too."""

from unittest.mock import patch

from odoo.exceptions import UserError
from odoo.tests import HttpCase, tagged
from odoo.tools import mute_logger

from odoo.addons.pom_payment.models.payment_provider import SECRETS

from .common import EngineCase


@tagged("standard", "post_install", "-at_install")
class TestCoreRoutes(EngineCase, HttpCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["ir.config_parameter"].set_param(
            "account_payment.enable_portal_payment", True
        )
        cls.method = cls.provider.payment_method_ids[:1]

    def _pay(self, invoice, amount=None, **values):
        """Press Pay on core's form, as its script does; returns the error message."""
        asked = {
            "access_token": invoice._portal_ensure_token(),
            "provider_id": self.provider.id,
            "payment_method_id": self.method.id,
            "token_id": None,
            "amount": invoice.amount_residual if amount is None else amount,
            "flow": "redirect",
            "tokenization_requested": False,
            "landing_route": "/my/invoices",
            **values,
        }
        url = f"{self.base_url()}/invoice/transaction/{invoice.id}"
        call = {"jsonrpc": "2.0", "params": asked}
        with mute_logger("odoo.http"):
            answer = self.opener.post(url, json=call, timeout=60).json()
        return answer.get("error", {}).get("data", {}).get("message", "")

    def assert_refused(self, words, invoice, *args, **values):
        before = len(invoice.transaction_ids)
        self.assertIn(words, self._pay(invoice, *args, **values))
        self.assertEqual(len(invoice.transaction_ids), before)

    def _another_browser(self):
        self.opener.cookies.clear()

    def test_paid_there_as_here(self):
        invoice = self._invoice()
        self._pay(invoice)
        attempt = invoice.transaction_ids
        self.assertEqual(invoice.pom_paylink_id.state, "in_progress")
        self.psp.pay(attempt.provider_reference)
        self._deliver()
        self.assertEqual(invoice.payment_state, "paid")

    def test_second_payment_is_refused(self):
        """odoo/odoo#287890, odoo/odoo#155348: begun on our page, then on core's."""
        invoice = self._invoice()
        self._begin(invoice)
        self.assert_refused("in progress", invoice)
        other = self._invoice()
        self._pay(other)
        self._another_browser()
        self.assert_refused("in progress", other)

    def test_pressed_again_in_the_same_browser(self):
        """The first attempt is given up, at the provider too."""
        invoice = self._invoice()
        self._pay(invoice)
        first = invoice.transaction_ids
        self._pay(invoice)
        self.assertEqual(len(invoice.transaction_ids), 2)
        self.assertEqual(first.state, "cancel")
        number = first.provider_reference
        self.assertEqual(self.psp.payment(number).status, "CANCELLED")

    def test_amount_is_ours_to_check(self):
        """odoo/odoo#223554, odoo/odoo#29286: what the browser says isn't believed."""
        invoice = self._invoice(45.73)
        for amount in (45.74, 0, -5, 5, 20, "45.73", [45.73]):
            with self.subTest(amount=amount):
                self.assert_refused("be paid: 45.73", invoice, amount)
        self.env.company.write({"pom_part_allowed": True, "pom_part_minimum": 10})
        self.assert_refused("be paid: 45.73", invoice, 9.99)
        self._pay(invoice, 20)
        self.assertEqual(invoice.transaction_ids.amount, 20)

    def test_two_amounts_from_one_browser(self):
        """What can't be stopped may still be paid: another amount would come on top."""
        self.env.company.write({"pom_part_allowed": True, "pom_part_minimum": 5})
        demo = self.env["payment.provider"].search([("code", "=", "demo")], limit=1)
        demo.write({"state": "test", "is_published": True})
        method = demo.with_context(active_test=False).payment_method_ids[:1]
        method.active = True
        values = {"provider_id": demo.id, "payment_method_id": method.id}
        invoice = self._invoice(100)
        self._pay(invoice, 5, **values)
        self.assertEqual(invoice.transaction_ids.mapped("amount"), [5])
        self.assert_refused("in progress", invoice, 100, **values)
        # Pressed again: one payment, not two.
        self.assertFalse(self._pay(invoice, 5, **values))
        invoice.pom_paylink_id._give_up()
        self.assertFalse(self._pay(invoice, 100, **values))

    def test_core_s_providers_are_booked_at_once_too(self):
        cron = self.env.ref("payment.cron_post_process_payment_tx")
        before = self.env["ir.cron.trigger"].search_count([("cron_id", "=", cron.id)])
        invoice = self._invoice()
        demo = self.env["payment.provider"].search([("code", "=", "demo")], limit=1)
        attempt = invoice.pom_paylink_id._create_attempt(
            demo, self.method, "online_direct"
        )
        attempt._set_done()
        triggers = self.env["ir.cron.trigger"].search([("cron_id", "=", cron.id)])
        self.assertEqual(len(triggers), before + 1)

    def test_provider_without_its_secret_is_not_offered(self):
        """Core believes unsigned events when no secret is set: our page doesn't."""
        invoice = self._invoice()
        offered = invoice.pom_paylink_id._ways_to_pay()
        self.assertIn(self.provider, [provider for provider, _method in offered])
        with patch.dict(SECRETS, {self.provider.code: "bancontact_bulk_id"}):
            self.assertTrue(self.provider.pom_is_unsafe)
            self.assertFalse(invoice.pom_paylink_id._ways_to_pay())

    def test_saved_card_is_for_its_owner(self):
        """A link to an invoice is no proof of being the customer."""
        token = self.env["payment.token"].create(
            {
                "provider_id": self.provider.id,
                "payment_method_id": self.method.id,
                "partner_id": self.jan.id,
                "provider_ref": "mdt_1",
                "payment_details": "9876",
            }
        )
        invoice = self._invoice()
        self.assert_refused(
            "Log in", invoice, flow="token", token_id=token.id, payment_method_id=None
        )
        key = invoice._portal_ensure_token()
        page = self.url_open(
            f"/my/invoices/{invoice.id}?access_token={key}&payment=True"
        ).text
        self.assertIn(invoice.pom_payment_url, page)
        self.assertNotIn("o_payment_form", page)
        self.assertFalse("9876" in page)


@tagged("standard", "post_install", "-at_install")
class TestHeld(EngineCase):
    def setUp(self):
        super().setUp()
        self.provider.action_pom_make_signing_key()
        self.psp.merchants[0].jwks = self.provider._pom_jwks()

    def _held(self, off):
        """An invoice of 45.73, for which another amount came in."""
        invoice = self._invoice()
        attempt = self._begin(invoice)
        self.psp.faults.inject("wrong_amount", off, times=1)
        self.psp.pay(attempt.provider_reference)
        event = self._deliver()
        self.assertEqual((event.state, invoice.pom_held_id), ("held", attempt))
        self.assertFalse(attempt.payment_id)
        self.assertTrue(invoice.activity_ids)
        return invoice, attempt, event

    def assert_decided(self, invoice, attempt, event):
        self.assertFalse(invoice.pom_held_id)
        self.assertFalse(invoice.activity_ids)
        self.assertEqual((attempt.state, event.state), ("done", "done"))
        notes = "".join(invoice.message_ids.mapped("body"))
        self.assertRegex(notes, f"{self.env.user.name} (booked|gave back) 44.73")

    def test_too_little_is_booked(self):
        invoice, attempt, event = self._held(-100)
        invoice.action_pom_accept_held()
        self.assert_decided(invoice, attempt, event)
        self.assertEqual(invoice.amount_residual, 1)
        self.assertEqual(attempt.payment_id.amount, 44.73)

    def test_too_much_is_booked_and_the_rest_can_go_back(self):
        invoice, attempt, event = self._held(500)
        attempt.action_pom_accept()
        self.assertEqual(invoice.payment_state, "paid")
        self.assertEqual(attempt.pom_surplus, 5)
        self.assertEqual(invoice.pom_double_payment_id, attempt.payment_id)
        self.assertEqual((attempt.state, event.state), ("done", "done"))

    def test_given_back(self):
        before = self.psp.ledger()["refunded"]
        invoice, attempt, event = self._held(-100)
        invoice.action_pom_refuse_held()
        attempt.child_transaction_ids._pom_follow_refund()
        self.assert_decided(invoice, attempt, event)
        self.assertEqual(self.psp.ledger()["refunded"] - before, 4473)
        self.assertEqual(invoice.amount_residual, 45.73)
        clearing = self.provider.pom_clearing_account_id
        balance = self.env["account.move.line"]._read_group(
            [("account_id", "=", clearing.id)], [], ["balance:sum"]
        )
        self.assertEqual(balance, [(0.0,)])

    def test_decided_once(self):
        invoice, attempt, _event = self._held(-100)
        attempt.action_pom_accept()
        with self.assertRaisesRegex(UserError, "decided already"):
            attempt.action_pom_accept()
        self.assertEqual(len(invoice.matched_payment_ids), 1)

    def test_refused_by_the_provider_stays_held(self):
        invoice, attempt, event = self._held(-100)
        self.provider.pom_signing_key = False
        with self.assertRaisesRegex(UserError, "signing key"), self.cr.savepoint():
            attempt.action_pom_refuse()
        self.env.invalidate_all()
        self.assertEqual((invoice.pom_held_id, event.state), (attempt, "held"))
        self.assertFalse(attempt.payment_id)

    def test_of_another_merchant_is_not_ours_to_book(self):
        _invoice, attempt, _event = self._held(-100)
        self.provider.bancontact_ppid = "f" * 24
        with self.assertRaisesRegex(UserError, "merchant"):
            attempt.action_pom_accept()
