"""What debtors are told a second time is what holds by then."""

from lxml import html

from odoo.tests import tagged

from odoo.addons.pom_payment.tools import qr

from .case import TruthCase
from .readers_portal import amount as _amount


@tagged("standard", "post_install", "-at_install")
class TestDocumentAgain(TruthCase):
    """In tests documents are drawn as HTML."""

    def _send(self, move):
        """Press Send; the PDF in the mail."""
        wizard = (
            self.env["account.move.send.wizard"]
            .with_context(active_model="account.move", active_ids=move.ids)
            .create({"sending_methods": ["email"]})
        )
        wizard.action_send_and_print(allow_fallback_pdf=True)
        mail = move.message_ids.filtered("attachment_ids").sorted("id")[-1:]
        [document] = mail.attachment_ids.filtered(lambda one: ".pdf" in one.name)
        return document.raw

    def assert_code(self, document, move, asked):
        """The bank code on it asks that; none is on it where nothing is asked."""
        shown = html.fromstring(document).xpath(
            "//img[@alt='Bank transfer QR code']/@src"
        )
        payload = move.partner_bank_id._pom_epc_payload(
            float(asked or 1), move.currency_id, move.payment_reference
        )
        wanted = [qr.data_uri(qr.svg(payload))] if asked else []
        self.assertEqual(shown, wanted)

    def _portal_pdf(self, move):
        path = move.get_portal_url(report_type="pdf", download=True)
        answer = self.url_open(path)
        self.assertEqual(answer.headers["Content-Type"], "application/pdf")
        return answer.content

    def _page_pdf(self, move):
        return self.url_open(f"{self._path(move)}/invoice.pdf").content

    def assert_asks(self, move, asked):
        """In the mail of another Send, in the portal and on the page."""
        kept = move.invoice_pdf_report_id
        before = kept.raw
        for give in (self._send, self._portal_pdf, self._page_pdf):
            with self.subTest(give.__name__):
                self.assert_code(give(move), move, asked)
        self.assertEqual(move.invoice_pdf_report_id, kept)
        self.assertEqual(kept.raw, before, "The one that was sent stays as it was")

    def test_nothing_has_changed(self):
        move = self.owed()
        self.assert_code(self._send(move), move, "100.00")
        self.assertFalse(move._pom_needs_drawing())
        sent = move.invoice_pdf_report_id.raw
        self.assertEqual(self._send(move), sent)
        self.assertEqual(self._portal_pdf(move), sent)
        self.assertEqual(self._page_pdf(move), sent)

    def test_a_part_was_paid(self):
        move = self.owed()
        self._send(move)
        self.register_payment(move, 30.0)
        self.assert_asks(move, "70.00")

    def test_a_part_is_contested(self):
        move = self.owed()
        self._send(move)
        self.ask(move, "dispute", amount=40, reason="amount")
        self.assert_asks(move, "60.00")

    def test_all_was_paid(self):
        move = self.owed()
        self._send(move)
        self.register_payment(move)
        self.assert_asks(move, None)

    def test_the_first_part_was_paid(self):
        move = self.invoice(
            1000.0,
            partner_id=self.els.id,
            invoice_date=self.days(-5),
            invoice_payment_term_id=self.terms((50, 10), (50, 90)).id,
        )
        self.assert_code(self._send(move), move, "500.00")
        self.assertFalse(move._pom_needs_drawing())
        self.register_payment(move, 500.0)
        self.assertTrue(move._pom_needs_drawing())

    def test_a_discount_that_still_holds_changes_nothing(self):
        move = self.early()
        self.assert_code(self._send(move), move, "980.00")
        self.assertFalse(move._pom_needs_drawing())


@tagged("standard", "post_install", "-at_install")
class TestPaidTooMuch(TruthCase):
    def assert_told(self, move, surplus):
        """On the page, the portal, the receipt, the form and to third systems."""
        self.env.flush_all()
        self.env.invalidate_all()
        shown = f"{surplus} more than was due" if surplus else "more than was due"
        check = self.assertIn if surplus else self.assertNotIn
        text = " ".join(self._page(move).text_content().split())
        check(shown, " ".join(text.replace("€", "").split()))
        page = html.fromstring(self.url_open(move.get_portal_url()).text)
        notes = page.xpath("//*[@name='pom_surplus']")
        self.assertEqual(len(notes), bool(surplus))
        told = move._pom_told()["amount_surplus"]
        self.assertEqual(told, surplus or "0.00")
        self.assertEqual(_amount(move.pom_amount_surplus), surplus)
        sheet = self.env["ir.actions.report"]._render_qweb_html(
            "pom_payment.report_receipt", move.ids
        )[0]
        check(
            "beyond what was due",
            " ".join(html.fromstring(sheet).text_content().split()),
        )

    def _paid_twice(self):
        move = self.owed()
        attempt = self.begin(move)
        self.register_payment(move)
        self.psp.pay(attempt.provider_reference)
        self.company.partner_id.lang = "nl_BE"
        move.invoice_user_id.lang = "en_US"
        attempt.with_context(lang=False)._pom_follow()
        return move, attempt

    def test_paid_twice(self):
        move, attempt = self._paid_twice()
        self.assertTrue(attempt.pom_double)
        # By whom a job has no language; for whoever has to act.
        [told] = move.activity_ids.filtered(lambda one: one.summary == "Paid twice")
        self.assertIn("100.00", told.note)
        self.assert_told(move, "100.00")

    def test_on_the_statement(self):
        move, _attempt = self._paid_twice()
        text = " ".join(self.statement_page(move).text_content().split())
        self.assertIn("more than was due", text)

    def test_used_for_the_next_invoice(self):
        move, attempt = self._paid_twice()
        other = self.owed(60.0)
        credit = attempt.payment_id.move_id.line_ids.filtered(
            lambda line: line.account_type == "asset_receivable"
        )
        (credit + other.line_ids.filtered("date_maturity")).reconcile()
        self.assert_told(move, "40.00")
        self.assertEqual(_amount(other.pom_amount_surplus), None)

    def test_a_payment_on_account_is_for_no_invoice(self):
        move = self.owed()
        self.register_payment(move)
        self.env["account.payment"].create(
            {
                "payment_type": "inbound",
                "partner_type": "customer",
                "partner_id": self.els.id,
                "amount": 100,
                "journal_id": self.company.bank_journal_ids[:1].id,
            }
        ).action_post()
        self.assert_told(move, None)

    def test_too_much_by_bank(self):
        for paid, surplus in ((121, "21.00"), (100, "121.00")):
            with self.subTest(paid=paid):
                move = getattr(self, "by_bank", None) or self.owed()
                self.by_bank = move
                line = self.env["account.bank.statement.line"].create(
                    {
                        "journal_id": self.company.bank_journal_ids[:1].id,
                        "amount": paid,
                        "payment_ref": move.payment_reference,
                        "date": self.days(0),
                    }
                )
                line._pom_auto_match()
                self.assertTrue(line.is_reconciled)
                self.assert_told(move, surplus)


@tagged("standard", "post_install", "-at_install")
class TestDiscountInTheForm(TruthCase):
    def test_the_widget_says_what_came_in_and_the_discount(self):
        move = self.early()
        self.register_payment(move, 980.0)
        [payment] = move.invoice_payments_widget["content"]
        self.assertEqual((payment["amount"], payment["pom_discount"]), (980, 20))
        self.assertRegex(payment["pom_discount_shown"], r"20[.,]00")

    def test_without_a_discount_it_says_what_core_says(self):
        move = self.early(ago=9)
        self.register_payment(move)
        [payment] = move.invoice_payments_widget["content"]
        self.assertEqual(payment["amount"], 1000)
        self.assertNotIn("pom_discount", payment)


@tagged("standard", "post_install", "-at_install")
class TestWireTransfer(TruthCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.wire = cls.env["payment.provider"].search(
            [("code", "=", "custom")], limit=1
        )
        cls.wire.write(
            {"company_id": cls.company.id, "state": "enabled", "is_published": True}
        )
        cls.wire_method = cls.wire.payment_method_ids or cls.env[
            "payment.method"
        ].with_context(active_test=False).search([("code", "=", "wire_transfer")])
        cls.wire_method.active = True

    def _promise(self, link, amount, items=()):
        """Choose it on core's form, as its script does; where that ends."""
        path, mark = f"/p/{link.token}", link._mark(link._choice(items, amount))
        chosen = "".join(f"&item={item}" for item in items)
        query = f"amount={amount}&mark={mark}{chosen}"
        call = {
            "provider_id": self.wire.id,
            "payment_method_id": self.wire_method.id,
            "flow": "redirect",
        }
        answer = self.opener.post(
            f"{self.base_url()}{path}/transaction?{query}",
            json={"jsonrpc": "2.0", "params": call},
            timeout=60,
        ).json()
        reference = answer["result"]["reference"]
        return self.url_open(
            "/payment/custom/process", data={"reference": reference}, timeout=60
        )

    def test_the_page_waits_for_it(self):
        move = self.owed(due=-3)
        answer = self._promise(move.pom_paylink_id, "100.00")
        self.assertEqual(
            answer.url.partition("?")[0], self.base_url() + self._path(move)
        )
        page = html.fromstring(answer.text)
        [note] = page.xpath("//p[contains(., 'waiting for your transfer')]")
        text = " ".join(note.text_content().split())
        for part in ("100.00", move.partner_bank_id.acc_number, move.payment_reference):
            self.assertIn(part, text)
        # Later on, too, and to nobody else.
        self.assertIn("waiting for your transfer", self._page(move).text_content())
        self.assertNotIn(
            "waiting for your transfer", self._page(self.owed(5)).text_content()
        )
        self.register_payment(move)
        self.assertNotIn("waiting for your transfer", self._page(move).text_content())

    def test_of_a_statement(self):
        moves = self.owed(40) + self.owed(60)
        link = self.env["pom.paylink"].sudo()._statement_of(self.els, self.company)
        self.env.flush_all()
        answer = self._promise(link, "40.00", moves[0].ids)
        self.assertIn(f"/p/{link.token}", answer.url)
        text = html.fromstring(answer.text).text_content()
        self.assertIn("waiting for your transfer", text)
        self.assertEqual(moves[0].transaction_ids.state, "pending")
        self.assertFalse(moves[1].transaction_ids)
