"""What people are told of discounts, of what was paid and of what was contested."""

from lxml import html

from odoo.tests import tagged
from odoo.tools.misc import format_date

from .case import TruthCase


@tagged("standard", "post_install", "-at_install")
class TestDiscountWords(TruthCase):
    def _promise(self, move):
        found = self.invoice_document(move).xpath("//*[@id='early_payment_discount']")
        return " ".join(" ".join(one.text_content() for one in found).split())

    def test_one_that_is_over_is_no_more_printed(self):
        self.assertIn("980.00", self._promise(self.early(ago=7)))
        self.assertEqual(self._promise(self.early(ago=8)), "")

    def test_the_portal_names_its_day(self):
        move = self.early()
        page = html.fromstring(self.url_open(move.get_portal_url()).text)
        text = " ".join(page.text_content().split())
        day = format_date(self.env(context={"lang": "en_US"}), self.days(7))
        self.assertIn(f"if paid by {day}", text)
        self.assertNotIn("if paid within", text)


class MailCase(TruthCase):
    def _mail(self, move):
        template = self.env.ref("pom_payment.mail_template_invoice")
        template = template.with_context(lang="en_US")
        body = template._generate_template(move.ids, ("body_html",))[move.id]
        return " ".join(html.fromstring(str(body["body_html"])).text_content().split())


@tagged("standard", "post_install", "-at_install")
class TestMailWords(MailCase):
    def test_why_another_amount_is_asked(self):
        move = self.owed()
        self.assertNotIn("Total of the invoice", self._mail(move))
        self.register_payment(move, 30.0)
        self.ask(move, "dispute", amount=40, reason="amount")
        self.assertRegex(
            self._mail(move),
            r"Total of the invoice 100\.00.{1,3} Paid or credited 30\.00.{1,3} "
            r"You don't agree with 40\.00.{1,3} Amount due 30\.00",
        )
        code = self.invoice_document(move).xpath("//div[@name='pom_amount']")[0]
        self.assertRegex(code.text_content(), r"30\.00.*, without 40\.00.* agree")

    def test_what_comes_next(self):
        move = self.invoice(
            100.0,
            partner_id=self.els.id,
            invoice_date=self.days(-5),
            invoice_payment_term_id=self.terms((30, 10), (70, 90)).id,
        )
        self.register_payment(move, 30.0)
        text = self._mail(move)
        self.assertRegex(text, r"anything now\. The next part, 70\.00")
        self.assertIn(move.pom_payment_url, text)
        self.register_payment(move)
        self.assertNotIn("next part", self._mail(move))


@tagged("standard", "post_install", "-at_install")
class TestOtherWords(MailCase):
    def _ways(self, move):
        return [payment.way for payment in move.pom_paylink_id._payments()]

    def test_how_it_was_paid(self):
        """Manual Payment is the creditor's word."""
        move = self.owed()
        self.register_payment(move, 30.0)
        self.assertEqual(self._ways(move), [""])
        line = move._get_reconciled_payments().payment_method_line_id
        line.name = "Cheque"
        self.assertEqual(self._ways(move), ["Cheque"])
        cash = self.env["account.journal"].create(
            {"name": "Till", "code": "TILL1", "type": "cash"}
        )
        wizard = (
            self.env["account.payment.register"]
            .with_context(active_model="account.move", active_ids=move.ids)
            .create({"journal_id": cash.id})
        )
        wizard.action_create_payments()
        self.assertEqual(self._ways(move), ["Cheque", "cash"])

    def test_paid_and_then_credited(self):
        move = self.owed()
        self.register_payment(move)
        self.assertNotIn("Credit note", self._page(move).text_content())
        note = move._reverse_moves([{"invoice_date": self.days(0)}])
        note.action_post()
        text = " ".join(self._page(move).text_content().split())
        self.assertRegex(text, rf"Credit note {note.name}: you have 100\.00.* left")

    def test_who_was_right_isnt_said_to_contest(self):
        move = self.owed()
        request = self.ask(move, "dispute", amount=25, reason="amount")
        self.assertIn("You don't agree with", self._mail(move))
        request.action_accept()
        for text in (self._mail(move), self._page(move).text_content()):
            self.assertRegex(" ".join(text.split()), r"We will credit 25\.00")
            self.assertNotIn("don't agree with", text)
            self.assertNotIn("Total still to pay", text)
        self.assertIn("Make the credit note", str(move.activity_ids.mapped("summary")))
        wizard = (
            self.env["account.move.reversal"]
            .with_context(active_model="account.move", active_ids=move.ids)
            .create({"journal_id": move.journal_id.id})
        )
        wizard.refund_moves()
        wizard.new_move_ids.action_post()
        self.assertFalse(move.activity_ids)

    def test_the_receipt_says_the_same(self):
        move = self.owed()
        self.register_payment(move)
        sheet = self.env["ir.actions.report"]._render_qweb_html(
            "pom_payment.report_receipt", move.ids
        )[0]
        self.assertNotIn("Manual", sheet.decode())

    def test_what_wasnt_sent_is_an_invoice_all_the_same(self):
        move = self.owed()
        for path in (
            f"{self._path(move)}/invoice.pdf",
            move.get_portal_url(report_type="pdf", download=True),
        ):
            answer = self.url_open(path)
            self.assertNotIn("roforma", answer.text)
            self.assertNotIn("roforma", answer.headers["Content-Disposition"])
            self.assertIn(move.name, answer.text)
