"""Run by tests/e2e/test_orders.py where ``sale`` is installed: orders that are paid
online, and invoiced later.
"""

from odoo import Command
from odoo.tests import tagged

from .common import EngineCase


@tagged("standard", "post_install", "-at_install")
class TestOrders(EngineCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.provider.action_pom_make_signing_key()
        cls.psp.merchants[0].jwks = cls.provider._pom_jwks()
        cls.bread, cls.cake = cls.env["product.product"].create(
            [
                {"name": name, "type": "service", "invoice_policy": "delivery"}
                for name in ("Bread", "Cake")
            ]
        )

    def _order(self):
        """Of 150."""
        lines = [
            Command.create(
                {
                    "product_id": product.id,
                    "product_uom_qty": 1,
                    "price_unit": price,
                    "tax_ids": [Command.clear()],
                }
            )
            for product, price in ((self.bread, 100), (self.cake, 50))
        ]
        return self.env["sale.order"].create(
            {"partner_id": self.jan.id, "require_payment": True, "order_line": lines}
        )

    def _begin_order(self, order, amount=150):
        """As the order's page does it, which is core's."""
        attempt = self.env["payment.transaction"].create(
            {
                "provider_id": self.provider.id,
                "payment_method_id": self.provider.payment_method_ids[:1].id,
                "amount": amount,
                "currency_id": order.currency_id.id,
                "partner_id": order.partner_invoice_id.id,
                "operation": "online_redirect",
                "sale_order_ids": [Command.set(order.ids)],
            }
        )
        attempt._pom_start("http://127.0.0.1:1/back")
        self.assertTrue(attempt.pom_redirect_url, attempt.state_message)
        return attempt

    def _come_in(self, attempt):
        self.psp.pay(attempt.provider_reference)
        self._deliver()
        self.assertEqual((attempt.state, attempt.pom_booking_error), ("done", False))

    def _paid_order(self, amount=150):
        order = self._order()
        attempt = self._begin_order(order, amount)
        self._come_in(attempt)
        return order, attempt

    def _invoiced(self, order, *products):
        """Hand these over, and make a draft of it."""
        for line in order.order_line.filtered(lambda line: line.product_id in products):
            line.qty_delivered = 1
        return order._create_invoices()

    def _posted_invoice(self, order, *products):
        invoice = self._invoiced(order, *products)
        invoice.action_post()
        return invoice

    def _bank_has(self, payment):
        """The provider paid out what it took, and the statement was matched."""
        [line] = payment.move_id.line_ids - self._receivable(payment)
        shown = self.env["account.bank.statement.line"].create(
            {
                "journal_id": payment.journal_id.id,
                "amount": payment.amount,
                "payment_ref": "Payout",
            }
        )
        _bank, suspense, _other = shown._seek_for_lines()
        suspense.account_id = line.account_id
        (suspense | line).reconcile()
        self.assertEqual(payment.state, "paid")

    def _receivable(self, payment):
        return payment.payment_transaction_id._pom_receivable_line()

    def test_its_payment_pays_its_invoice_once(self):
        order, attempt = self._paid_order()
        self.assertEqual(order.state, "sale")
        invoice = self._posted_invoice(order, self.bread, self.cake)
        self.assertEqual((invoice.payment_state, invoice.amount_residual), ("paid", 0))
        attempt._post_process()
        self.assertEqual(order.transaction_ids.payment_id, attempt.payment_id)
        self.assertEqual(invoice.pom_standing.word, "paid")

    def test_the_rest_is_asked_of_what_was_paid_in_part(self):
        order, _attempt = self._paid_order(30)
        order.action_confirm()
        invoice = self._posted_invoice(order, self.bread, self.cake)
        self.assertEqual(invoice.amount_residual, 120)
        self.assertEqual(invoice.pom_amount_asked, 120)

    def test_each_part_that_is_invoiced_takes_its_own(self):
        order, attempt = self._paid_order()
        for product in (self.bread, self.cake):
            invoice = self._posted_invoice(order, product)
            self.assertEqual(invoice.payment_state, "paid", product.name)
        self.assertTrue(attempt.payment_id.is_reconciled)

    def test_what_the_bank_has_pays_it_too(self):
        order, attempt = self._paid_order()
        self._bank_has(attempt.payment_id)
        invoice = self._posted_invoice(order, self.bread, self.cake)
        self.assertEqual((invoice.payment_state, invoice.amount_residual), ("paid", 0))

    def test_what_was_given_back_pays_nothing(self):
        for name, before in (("given back", True), ("being given back", False)):
            with self.subTest(name):
                order, attempt = self._paid_order()
                self._bank_has(attempt.payment_id)
                refund = attempt._refund()
                if before:
                    refund._pom_follow_refund()
                invoice = self._posted_invoice(order, self.bread, self.cake)
                refund._pom_follow_refund()
                self.assertEqual(refund.state, "done")
                self.assertEqual(invoice.amount_residual, 150)
                self.assertEqual(invoice.pom_amount_asked, 150)

    def test_what_is_not_invoiced_yet_is_not_paid_twice(self):
        order = self._order()
        order.action_confirm()
        attempt = self._begin_order(order)
        attempt._set_pending()
        first = self._posted_invoice(order, self.bread)
        self._come_in(attempt)
        self.assertEqual(first.payment_state, "paid")
        self.assertFalse(attempt.pom_double)
        self.assertFalse(first.pom_amount_surplus)
        second = self._posted_invoice(order, self.cake)
        self.assertEqual(second.payment_state, "paid")

    def test_what_is_more_than_was_ordered_is(self):
        order = self._order()
        order.action_confirm()
        attempt = self._begin_order(order, 170)
        attempt._set_pending()
        first = self._posted_invoice(order, self.bread)
        self._come_in(attempt)
        self.assertEqual((attempt.pom_double, attempt.pom_surplus), (True, 20))
        self.assertEqual(first.pom_amount_surplus, 20)
        # Nobody waits for the rest of a cancelled order.
        order._action_cancel()
        attempt.invalidate_recordset(["pom_surplus"])
        self.assertEqual(attempt.pom_surplus, 70)

    def test_processing_again_posts_the_invoice_that_was_made_since(self):
        """As core's own test of it."""
        order, attempt = self._paid_order()
        invoice = self._invoiced(order, self.bread, self.cake)
        self.assertEqual(invoice.transaction_ids, attempt)
        attempt._post_process()
        self.assertEqual((invoice.state, invoice.payment_state), ("posted", "paid"))
        self.assertEqual(order.transaction_ids.payment_id, attempt.payment_id)

    def test_what_could_not_be_booked_is_invoiced_once(self):
        """An order is confirmed and invoiced when its payment is booked, or not yet."""
        self.env["ir.config_parameter"].set_param("sale.automatic_invoice", "True")
        (self.bread | self.cake).invoice_policy = "order"
        clearing = self.provider.pom_clearing_account_id
        clearing.active = False
        order = self._order()
        attempt = self._begin_order(order)
        self.psp.pay(attempt.provider_reference)
        self._deliver()
        self.assertTrue(attempt.pom_booking_error)
        self.assertFalse(order.invoice_ids)
        clearing.active = True
        attempt.action_pom_book_now()
        self.assertEqual(order.invoice_ids.payment_state, "paid")
        self.assertEqual(order.invoice_ids.transaction_ids, attempt)
