"""Money that a payment provider collected, from its transactions to the bank."""

import base64

from odoo import SUPERUSER_ID
from odoo.exceptions import UserError
from odoo.tools.misc import format_amount

from .common import DAY, ReconcileCase


class TestPayouts(ReconcileCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        context = {**cls.env.context, "allowed_company_ids": cls.company.ids}
        cls.env = cls.env(user=SUPERUSER_ID, context=context)
        cls.journal = cls.journal.with_env(cls.env)
        cls.jan = cls.jan.with_env(cls.env)
        template = cls.env.ref("pom_payment_bancontact.payment_provider_bancontact_pro")
        cls.provider = template.copy(
            {"company_id": cls.company.id, "name": "Bancontact"}
        )
        cls.provider.write(
            {
                "bancontact_api_key": "0" * 36,
                "bancontact_ppid": "1" * 24,
                "state": "test",
            }
        )
        cls.method = cls.env.ref("payment.payment_method_bancontact")
        cls.method.active = True
        cls.clearing = cls.provider.pom_clearing_account_id

    def _collected(self, amount, number):
        """An invoice that was paid through the provider, and the transaction."""
        invoice = self._invoice(amount)
        transaction = self.env["payment.transaction"].create(
            {
                "provider_id": self.provider.id,
                "payment_method_id": self.method.id,
                "operation": "online_redirect",
                "reference": f"{invoice.name}-{number}",
                "provider_reference": f"{number:024x}",
                "amount": amount,
                "currency_id": invoice.currency_id.id,
                "partner_id": invoice.partner_id.id,
                "invoice_ids": [(6, 0, invoice.ids)],
            }
        )
        transaction._set_done()
        transaction._post_process()
        self.assertEqual(invoice.payment_state, "paid")
        self.assertFalse(transaction.payment_id.is_matched)
        return transaction

    def _payout(self, amount, text, name="BANCONTACT PAYCONIQ COMPANY"):
        return self._line(amount, text, name, "BE94001778555314")

    def _list(self, transactions, amount, reference):
        rows = ["Payment ID;Amount;Currency"]
        rows += [f"{tx.provider_reference};{tx.amount:.2f};EUR" for tx in transactions]
        return self.env["pom.payout"].create(
            {
                "company_id": self.company.id,
                "reference": reference,
                "date": DAY,
                "amount": amount,
                "list_file": base64.b64encode("\n".join(rows).encode()),
            }
        )

    def _check(self, line, transactions, fee=0.0):
        """The payments have their money, and what lacks went to the fees."""
        self.assertTrue(line.is_reconciled, line.pom_reason)
        for transaction in transactions:
            self.assertTrue(transaction.payment_id.is_matched)
        items = self.env["account.move.line"].search(
            [("account_id", "=", self.clearing.id)]
        )
        self.assertFalse(sum(items.mapped("amount_residual")))
        fees = line.line_ids.filtered(
            lambda item: item.account_id == self.provider.pom_fee_account_id
        )
        self.assertAlmostEqual(sum(fees.mapped("balance")), fee)

    def test_individual(self):
        transaction = self._collected(45.0, 0xA1)
        text = (
            f"Payconiq{transaction.provider_reference}De Bakker{transaction.reference}"
        )
        line = self._payout(45.0, text)
        self.assertEqual(line._pom_auto_match(), line)
        self._check(line, transaction)
        self.assertEqual(line.pom_match_id.rule, "waiting_payment")

    def test_individual_less_fee(self):
        transaction = self._collected(45.0, 0xA2)
        line = self._payout(44.94, f"Bancontact Pro {transaction.provider_reference}")
        line._pom_auto_match()
        self._check(line, transaction, fee=0.06)

    def test_individual_by_the_invoices_reference(self):
        """However it is written, and though more is open of the same amount."""
        texts = (
            "Payconiq 687E0F4C373DBC4F381D31CD DE KAT {}",
            "BANCONTACT PAY 123456789012 DE KAT {}",
            "{}",
        )
        for number, text in enumerate(texts):
            transaction = self._collected(47.0 + number, 0xA3 + number)
            invoice, other = transaction.invoice_ids, self._invoice(47.0 + number)
            line = self._payout(47.0 + number, text.format(invoice.payment_reference))
            line._pom_auto_match()
            self._check(line, transaction)
            self.assertEqual(other.amount_residual, 47.0 + number)

    def test_what_was_never_told_by_the_invoices_reference(self):
        invoice, other = self._invoice(55.0), self._invoice(55.0)
        text = f"BANCONTACT PAY 123456789012 DE KAT {invoice.payment_reference}"
        line = self._payout(55.0, text)
        line._pom_auto_match()
        self.assertEqual(invoice.payment_state, "paid")
        self.assertEqual(other.payment_state, "not_paid")

    def test_list_of_references(self):
        transactions = [self._collected(33.0 + n, 0xA8 + n) for n in range(3)]
        references = [tx.invoice_ids.payment_reference for tx in transactions]
        line = self._payout(101.82, " ".join(references))
        line._pom_auto_match()
        self._check(line, transactions, fee=0.18)

    def test_bulk_with_its_list(self):
        transactions = [self._collected(10.0 + n, 0xB0 + n) for n in range(3)]
        bulk = f"{0xBEEF:024x}"
        line = self._payout(32.82, f"20261123 {bulk} SHOP PQ BulkRecon {'7' * 24}")
        line._pom_auto_match()
        self.assertFalse(line.is_reconciled)
        line.pom_tried_on = "2020-01-01"
        payout = self._list(transactions, 32.82, bulk)
        self.assertEqual((payout.item_count, payout.gross), (3, 33.0))
        self.assertIn(line, line._pom_to_try())
        line._pom_auto_match()
        self._check(line, transactions, fee=0.18)
        fee = format_amount(line.env, 0.18, line.currency_id)
        self.assertIn(fee, line.pom_reason)
        line.pom_match_id.action_undo()
        self.assertFalse(line.is_reconciled)
        self.assertFalse(transactions[0].payment_id.is_matched)

    def test_list_that_tells_more_than_we_know(self):
        transactions = [self._collected(20.0 + n, 0xC0 + n) for n in range(2)]
        bulk = f"{0xCAFE:024x}"
        payout = self._list(transactions, 70.9, bulk)
        payout.items = [*payout.items, [f"{0xDEAD:024x}", "30.00"]]
        line = self._payout(70.9, f"20261123 {bulk} PQ BulkRecon")
        line._pom_auto_match()
        self.assertFalse(line.is_reconciled)

    def test_list_of_another_amount(self):
        transactions = [self._collected(20.0 + n, 0xD0 + n) for n in range(2)]
        bulk = f"{0xCAFF:024x}"
        self._list(transactions, 41.0, bulk)
        line = self._payout(40.5, f"20261123 {bulk} PQ BulkRecon")
        line._pom_auto_match()
        self.assertFalse(line.is_reconciled)

    def test_payout_that_the_provider_told_of_each_payment(self):
        transactions = [self._collected(30.0 + n, 0xE0 + n) for n in range(2)]
        for transaction in transactions:
            transaction.pom_payout_reference = "po_1A2b3C4d5E"
        line = self._payout(60.5, "STRIPE PO_1A2B3C4D5E", "Stripe Payments Europe")
        line._pom_auto_match()
        self._check(line, transactions, fee=0.5)

    def test_the_journals_own_fee_account(self):
        self.journal.pom_fee_account_id = self.company_data["default_account_expense"]
        transaction = self._collected(45.0, 0xF1)
        line = self._payout(44.5, f"Payconiq{transaction.provider_reference}")
        line._pom_auto_match()
        self.assertIn(self.journal.pom_fee_account_id, line.line_ids.account_id)

    def test_fees_without_any_setting(self):
        """They go where the Belgian chart has bank costs, and the decision says so."""
        self.provider.pom_fee_account_id = False
        transaction = self._collected(45.0, 0xF3)
        line = self._payout(44.5, f"Payconiq{transaction.provider_reference}")
        line._pom_auto_match()
        self.assertTrue(line.is_reconciled, line.pom_reason)
        costs = line.line_ids.account_id.filtered(lambda a: a.code == "657200")
        self.assertTrue(costs)
        self.assertIn("657200", line.pom_reason)

    def test_debtors_money_is_not_a_payout(self):
        """A transfer for an invoice that was paid by card: his credit."""
        transaction = self._collected(45.0, 0xF2)
        reference = transaction.invoice_ids.payment_reference
        unknown = self._line(45.0, reference)
        unknown._pom_auto_match()
        self.assertFalse(unknown.is_reconciled)
        line = self._line(45.0, reference, self.jan.name, "BE71096123456769")
        line._pom_auto_match()
        self.assertEqual(line.pom_flag, "paid_twice")
        self.assertFalse(transaction.payment_id.is_matched)
        self._check_to_do(line, 1)
        action = line.pom_match_id.action_pay_back()
        wizard = self.env[action["res_model"]].with_context(**action["context"])
        payment = wizard.create({})._create_payments()
        self.assertEqual((payment.payment_type, payment.amount), ("outbound", 45.0))
        self._check_to_do(line, 0)
        with self.assertRaises(UserError):
            line.pom_match_id.action_pay_back()

    def _check_to_do(self, line, count):
        """The button goes with what there is to do, in whoever looks next."""
        line.pom_match_id.invalidate_recordset(["can_pay_back"])
        tasks = self.env["pom.to.do"]._counts(line.company_id)
        self.assertEqual(tasks["too_much"][1], count)
        self.assertEqual(line.pom_match_id.can_pay_back, bool(count))

    def test_list_that_is_none(self):
        with self.assertRaisesRegex(UserError, "CSV"):
            self.env["pom.payout"].create(
                {
                    "company_id": self.company.id,
                    "reference": "1",
                    "amount": 1,
                    "list_file": base64.b64encode(b"a;b\n1;2\n"),
                }
            )
