"""What a second message brings of an invoice that holds an e-invoice: core's all do."""

from io import BytesIO

from odoo.tests import tagged
from odoo.tools.pdf import OdooPdfFileReader, OdooPdfFileWriter

from .case import TruthCase

XML = b"<Invoice>As it was sent</Invoice>"


@tagged("standard", "post_install", "-at_install")
class TestEinvoiceAgain(TruthCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["ir.config_parameter"].set_param("report.url", cls.base_url())

    def _send(self, move):
        """Press Send; the mail."""
        wizard = (
            self.env["account.move.send.wizard"]
            .with_context(active_model="account.move", active_ids=move.ids)
            .create({"sending_methods": ["email"]})
        )
        wizard.action_send_and_print(allow_fallback_pdf=True)
        return move.message_ids.filtered("attachment_ids").sorted("id")[-1:]

    def _documents(self, mail):
        files = mail.attachment_ids.filtered(lambda one: ".pdf" in one.name)
        return {file.name: file.raw for file in files}

    def _sent(self):
        """An invoice that went out; in tests core puts its XML beside it."""
        move = self.owed()
        self._send(move)
        writer, filled = OdooPdfFileWriter(), BytesIO()
        writer.addBlankPage(width=210, height=297)
        writer.addAttachment("factur-x.xml", XML, subtype="text/xml")
        writer.write(filled)
        move.invoice_pdf_report_id.raw = filled.getvalue()
        return move

    def _files_in(self, pdf):
        return dict(OdooPdfFileReader(BytesIO(pdf), strict=False).getAttachments())

    def test_the_first_mail_brings_one(self):
        """Whatever was paid or contested before."""
        for left in (100, 70, 0):
            with self.subTest(left):
                move = self.owed()
                if left < 100:
                    self.register_payment(move, 100 - left)
                self.assertEqual(len(self._documents(self._send(move))), 1)
                self.assertFalse(move._pom_needs_drawing())
        move = self.owed()
        self.ask(move, "dispute", amount=40, reason="amount")
        self.assertEqual(len(self._documents(self._send(move))), 1)
        self.assertFalse(move._pom_needs_drawing())

    def test_one_to_pay_with_beside_the_original(self):
        self.els.lang = "nl_BE"
        move = self._sent()
        self.register_payment(move, 30.0)
        mail = self._send(move)
        name = move.name.replace("/", "_")
        self.assertEqual(
            list(self._documents(mail)),
            [f"{name}, te betalen 70,00 €.pdf", f"{name}, originele factuur.pdf"],
        )
        original = self._documents(mail)[f"{name}, originele factuur.pdf"]
        self.assertEqual(original, move.invoice_pdf_report_id.raw)
        self.assertIn(f"{name}, te betalen 70,00 €.pdf", mail.body)

    def test_nothing_that_asks_when_nothing_is_asked(self):
        move = self._sent()
        self.register_payment(move)
        with self.allow_pdf_render():
            again = self.env["account.move.send.wizard"].with_context(
                active_model="account.move",
                active_ids=move.ids,
                force_report_rendering=True,
            )
            again.create({"sending_methods": ["email"]}).action_send_and_print()
        mail = move.message_ids.filtered("attachment_ids").sorted("id")[-1:]
        [(name, pdf)] = self._documents(mail).items()
        self.assertEqual(name, f"{move.name.replace('/', '_')}.pdf")
        self.assertNotEqual(pdf, move.invoice_pdf_report_id.raw)
        self.assertEqual(self._files_in(pdf), {"factur-x.xml": XML})
