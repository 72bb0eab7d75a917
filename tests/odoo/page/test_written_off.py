"""What a debtor is told of a debt that wasn't paid, or not all of it, with money."""

from datetime import timedelta

from lxml import html

from odoo.tests import tagged

from tests.odoo.page.test_old_page import OldPageCase


class WrittenOffCase(OldPageCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.marie.lang = "en_US"
        ours = cls.env["account.account"]._check_company_domain(cls.company)
        cls.expense = cls.env["account.account"].search(
            [*ours, ("account_type", "=", "expense")], limit=1
        )

    def give_up(self, move, amount=None):
        """An entry closes what is open of it, and no money comes."""
        receivable = move.line_ids.filtered("date_maturity").account_id
        journal = self.env["account.journal"].search(
            [("company_id", "=", self.company.id), ("type", "=", "general")], limit=1
        )
        open_now = amount or move.amount_residual
        entry = self.env["account.move"].create(
            {
                "journal_id": journal.id,
                "line_ids": [
                    (0, 0, {"account_id": self.expense.id, "balance": open_now}),
                    (0, 0, {"account_id": receivable.id, "balance": -open_now,
                            "partner_id": move.partner_id.id}),
                ],
            }
        )  # fmt: skip
        entry.action_post()
        items = (move + entry).line_ids.filtered("account_id.reconcile")
        items.filtered(lambda item: not item.reconciled).reconcile()
        if not amount:
            self.assertEqual(move.payment_state, "paid")

    def pay_and_write_off(self, moves, amount, **values):
        """Core's wizard: mark as fully paid, with the difference on an account."""
        wizard = (
            self.env["account.payment.register"]
            .with_context(active_model="account.move", active_ids=moves.ids)
            .create(
                {
                    "amount": amount,
                    "group_payment": True,
                    "payment_difference_handling": "reconcile",
                    "writeoff_account_id": self.expense.id,
                    **values,
                }
            )
        )
        payment = wizard._create_payments()
        self.assertEqual(set(moves.mapped("payment_state")) - {"in_payment"}, {"paid"})
        return payment

    def receipt_of(self, move):
        report = self.env["ir.actions.report"].sudo().with_context(lang="en_US")
        content, _kind = report._render_qweb_html(
            "pom_payment.action_report_receipt", move.ids
        )
        return " ".join(html.fromstring(content).text_content().split())

    def mail_of(self, move, name):
        template = self.env.ref(f"pom_payment.mail_template_{name}")
        template = template.with_context(lang="en_US")
        body = template._generate_template(move.ids, ("body_html",))[move.id]
        return " ".join(html.fromstring(str(body["body_html"])).text_content().split())


@tagged("standard", "post_install", "-at_install")
class TestWrittenOff(WrittenOffCase):
    def test_all_of_it(self):
        """Nobody says that it was paid, or gives a receipt of money that never came."""
        self.give_up(self.move)
        text = self.text_of(self.path)
        self.assertNotIn("Paid. Thank you", text)
        self.assertIn("don't have to pay this", text.replace("&#39;", "'"))
        self.assertNotIn("receipt", text)
        self.assertEqual(self.url_open(f"{self.path}/receipt.pdf").status_code, 404)
        mail = self.mail_of(self.move, "invoice")
        self.assertIn("this invoice is settled.", mail)
        self.assertNotIn("Thank you", mail)

    def test_the_rest(self):
        """Page and receipt tell of the money that came, and of the rest."""
        self.register_payment(self.move, 60)
        self.give_up(self.move)
        self._check_told(60, 61)

    def test_the_rest_with_the_payment(self):
        self.pay_and_write_off(self.move, 100)
        self._check_told(100, 21)

    def _check_told(self, paid, noted):
        text = self.text_of(self.path)
        self.assertNotIn("Paid. Thank you", text)
        self.assertIn("don't have to pay the rest", text.replace("&#39;", "'"))
        self.assertRegex(
            text, rf"<dd>{paid}\.00.*without a payment</dt> <dd>{noted}\.00"
        )
        self.assertEqual(self.move.pom_paylink_id._paid_amount(), paid)
        receipt = self.receipt_of(self.move)
        self.assertRegex(receipt, rf"{paid}\.00.*Settled without a payment {noted}\.00")
        self.assertNotIn("Paid in full", receipt)
        mail = self.mail_of(self.move, "receipt")
        self.assertRegex(mail, rf"Paid {paid}\.00.*without a payment {noted}\.00")

    def test_a_part_of_what_is_still_open(self):
        self.give_up(self.move, 21)
        text = self.text_of(self.path)
        self.assertIn("Settled already", text)
        self.assertNotIn("Paid or credited", text)
        self.assertRegex(
            self.mail_of(self.move, "invoice"),
            r"Total of the invoice 121\.00.{1,3} Settled already 21\.00",
        )

    def test_several_at_once(self):
        """The money is for the first of them: no more is said to be paid than came."""
        second = self.invoice(50.0, invoice_date_due=self.days(40))
        self.pay_and_write_off(self.move | second, 130)
        links = (self.move | second).pom_paylink_id
        self.assertEqual([link._paid_amount() for link in links], [121, 9])
        noted = [move._pom_noted_amount() for move in self.move | second]
        self.assertEqual(noted, [0, 41])
        self.assertIn("Paid in full", self.receipt_of(self.move))

    def test_money_beyond_what_is_due(self):
        """What is kept for itself takes nothing away."""
        self.pay_and_write_off(self.move, 130)
        self.assertFalse(self.move._pom_noted_amount())
        self.assertIn("Paid. Thank you", self.text_of(self.path))

    def test_what_a_provider_kept(self):
        """Its debtor paid that, too."""
        self.provider.pom_fee_account_id = self.expense
        self.pay_and_write_off(self.move, 118)
        self.assertFalse(self.move._pom_noted_amount())
        self.assertEqual(self.move.pom_paylink_id._paid_amount(), 121)

    def test_a_bank_line(self):
        """As who books it by hand leaves it: the rest on an account of costs."""
        journal = self.env["account.journal"].search(
            [("company_id", "=", self.company.id), ("type", "=", "bank")], limit=1
        )
        line = self.env["account.bank.statement.line"].create(
            {"journal_id": journal.id, "amount": 100, "payment_ref": "Cake"}
        )
        [term] = self.move.line_ids.filtered("date_maturity")
        [suspense] = line.move_id.line_ids.filtered(
            lambda item: item.account_id == journal.suspense_account_id
        )
        line.move_id.with_context(skip_readonly_check=True).write(
            {
                "line_ids": [
                    (1, suspense.id, {"account_id": term.account_id.id, "credit": 121,
                                      "amount_currency": -121,
                                      "partner_id": self.marie.id}),
                    (0, 0, {"account_id": self.expense.id, "debit": 21,
                            "amount_currency": 21}),
                ]
            }
        )  # fmt: skip
        (suspense | term).reconcile()
        self._check_told(100, 21)

    def test_long_ago(self):
        """Who finds the link then isn't told either that it was paid."""
        second = self.invoice(50.0)
        self.give_up(self.move)
        self.register_payment(second)
        self.env.cr.execute("UPDATE account_partial_reconcile SET create_date = %s",
                            [self.env.cr.now() - timedelta(days=400)])  # fmt: skip
        self.assertTrue(self.move.pom_paylink_id._is_closed())
        text = self.text_of(self.path)
        self.assertNotIn("been paid", text)
        self.assertIn("nothing to pay", text)
        self.assertIn("been paid", self.text_of(f"/p/{second.pom_paylink_id.token}"))

    def test_the_picture(self):
        second = self.invoice(50.0)
        self.give_up(self.move)
        self.register_payment(second)
        self.assertIn("Settled", self.text_of(f"{self.path}/status.svg"))
        path = f"/p/{second.pom_paylink_id.token}/status.svg"
        self.assertIn("Paid", self.text_of(path))
