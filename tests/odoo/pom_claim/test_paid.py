"""128.50 asked, 128.50 paid on the page: the invoice is paid, 7.50 is income, and there
is nothing to pay back.
"""

import csv
import io
from datetime import timedelta
from urllib.parse import urlencode

from odoo.tests import tagged

from tests.odoo.payment.common import PayPageCase
from tests.odoo.pom_claim.common import claim, income, switch_on


@tagged("standard", "post_install", "-at_install")
class TestPaidOnThePage(PayPageCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.setup = switch_on(cls.company)

    def setUp(self):
        super().setUp()
        self.costs = claim(self.move)

    def _pay(self, paid, **asked):
        self.pay_from_page(self.move, **asked)
        tx = self.move.transaction_ids.sorted("id")[-1:]
        self.assertEqual(tx.amount, paid)
        self.pay_and_relay(tx)
        self.apply_events()
        self.env.invalidate_all()
        return tx

    def _text(self, **asked):
        page = self.page_of(f"{self.path}?{urlencode({'lang': 'en_US', **asked})}")
        return " ".join(page.text_content().split())

    def test_the_page_says_what_it_is(self):
        text = self._text()
        self.assertIn("128.50", text)
        self.assertIn("Costs of the reminder of", text)
        self.assertIn("Pay the invoice only: 121.00", text)
        alone = self._text(amount="121.00")
        self.assertIn("Pay 128.50 €, with what was asked on top", alone)
        self.assertIn("Amount 121.00 €", alone)

    def test_all_of_it(self):
        tx = self._pay(128.5)
        self.assertEqual(self.move.pom_payment_status, "paid")
        self.assertEqual((self.costs.state, self.costs.paid), ("paid", 7.5))
        self.assertEqual(income(self.costs), {"costs": 7.5})
        self.assertEqual((tx.pom_double, tx.pom_surplus), (False, 0))
        self.assertFalse(self.move.pom_amount_surplus)
        [item] = self.costs.item_ids
        self.assertEqual(item.account_id, self.setup.claims_costs_account_id)
        self.assertFalse(item.tax_ids or item.tax_tag_ids)
        receivable = tx.payment_id.move_id.line_ids.filtered(
            lambda line: line.account_type == "asset_receivable"
        )
        self.assertTrue(receivable.reconciled)

    def test_the_invoice_alone(self):
        tx = self._pay(121, amount="121.00")
        self.assertEqual(self.move.pom_payment_status, "paid")
        self.assertEqual((self.costs.state, tx.pom_double), ("asked", False))
        # What is left doesn't keep the page from saying so.
        self.assertIn("Paid. Thank you!", self._text())

    def test_a_part_of_it(self):
        self._pay(125, amount="125")
        self.assertEqual(self.move.pom_payment_status, "paid")
        self.assertEqual((self.costs.state, self.costs.left), ("asked", 3.5))

    def test_less_than_the_invoice_pays_nothing_on_top(self):
        self.company.pom_part_allowed = True
        self._pay(50, amount="50")
        self.assertEqual((self.costs.left, self.costs.paid), (7.5, 0))
        self.assertEqual(self.move.pom_amount_asked, 78.5)

    def test_paid_twice(self):
        """Only what no claim explains is there to be paid back."""
        self.begin()
        tx = self.move.transaction_ids.sorted("id")[-1:]
        self.register_payment(self.move)
        self.pay_and_relay(tx)
        self.apply_events()
        self.env.invalidate_all()
        self.assertEqual(income(self.costs), {"costs": 7.5})
        self.assertEqual((tx.pom_double, tx.pom_surplus), (True, 121))

    def test_given_back(self):
        tx = self._pay(128.5)
        refund = tx._refund()
        refund._set_done()
        refund._post_process()
        self.env.invalidate_all()
        self.assertEqual((self.costs.state, self.costs.paid), ("asked", 0))
        self.assertEqual(self.move.pom_amount_asked, 128.5)
        self.assertEqual(sum(self.costs.item_ids.mapped("balance")), 0)

    def test_the_costs_alone_are_given_back(self):
        tx = self._pay(128.5)
        refund = tx._refund(7.5)
        refund._set_done()
        refund._post_process()
        self.env.invalidate_all()
        self.assertEqual((self.costs.state, self.move.pom_payment_status),
                         ("asked", "paid"))  # fmt: skip

    def test_switched_off(self):
        self.setup.claims = False
        self.env.invalidate_all()
        self.assertEqual(self.move.pom_amount_asked, 121)
        tx = self._pay(121)
        self.assertFalse(tx.pom_double)

    def test_the_statement(self):
        other = self.invoice(100)
        links = self.env["pom.paylink"].sudo()
        link = links._statement_of(self.marie, self.company)
        self.move.invoice_date_due = other.invoice_date_due
        page = self.page_of(f"/p/{link.token}?lang=en_US")
        text = " ".join(page.text_content().split())
        self.assertIn("Costs of the reminder of", text)
        self.assertIn("Pay the invoices only", text)
        both = page.xpath("//h1/span[@class='amount']")[0].text_content()
        choice = link._choice()
        self.assertIn(f"{choice.amount:,.2f}", both)
        self.assertEqual(float(choice.bounds.asked - choice.bounds.least), 7.5)

    # -- given up ----------------------------------------------------------------------

    def test_it_lapses(self):
        self._pay(121, amount="121.00")
        look = self.env["pom.claim"]._cron_look
        look()
        self.assertEqual(self.costs.settled_on, self.company._pom_today())
        self.costs.settled_on -= timedelta(days=29)
        look()
        self.assertEqual(self.costs.state, "asked")
        self.costs.settled_on -= timedelta(days=1)
        look()
        self.assertEqual(self.costs.state, "lapsed")
        self.costs.action_ask_again()
        self.assertEqual(self.costs.state, "asked")

    def test_it_never_lapses_before_the_invoice_is_paid(self):
        self.setup.claims_days = 1
        self.env["pom.claim"]._cron_look()
        self.assertFalse(self.costs.settled_on)

    def test_a_debit_note(self):
        interest = claim(self.move, "interest", 2.25)
        action = (self.costs | interest).action_debit_note()
        note = self.env["account.move"].browse(action["res_id"])
        self.assertEqual((note.move_type, note.amount_total), ("out_receipt", 9.75))
        self.assertFalse(note.line_ids.tax_ids)
        self.assertEqual(
            note.invoice_line_ids.account_id,
            self.setup.claims_costs_account_id | self.setup.claims_interest_account_id,
        )
        self.assertEqual(self.costs.state, "booked")
        self.assertEqual(self.move.pom_amount_asked, 121)
        note.unlink()
        self.env.invalidate_all()
        self.assertEqual(self.costs.state, "asked")
        self.assertEqual(self.move.pom_amount_asked, 130.75)

    def test_the_hand_over_lists_them(self):
        self.move.invoice_date_due = self.days(-60)
        deliveries = self.env["pom.delivery"].sudo()
        text = deliveries._debts_csv(self.move).decode("utf-8-sig")
        [row] = csv.DictReader(io.StringIO(text), delimiter=";")
        self.assertEqual((row["Open"], row["Costs"]), ("121.00", "7.50"))
        self.assertEqual((row["Interest"], row["Compensation"]), ("0.00", "0.00"))
