"""Names and references that others choose, in what leaves us: mails and documents."""

import io
from datetime import date

from pypdf import PdfReader

from odoo.tests import tagged

from tests.odoo.pom_message.test_mail import MailCase

DUE = date(2026, 3, 31)
#: By which a mail would go to somebody else, or to nobody.
NAMES = (
    "Marie\rBcc: evil@x.example",
    "Marie\r\nBcc: evil@x.example",
    "Marie\nPeeters",
    "\revil@x.example, <evil2@x.example>",
    "Marie\u2028Peeters",
    'Marie" <evil@x.example>, "x',
)
FILE = "/etc/passwd"
#: What a browser, or wkhtmltopdf, would run or fetch.
HTML = (
    f'</p><iframe src="file://{FILE}"></iframe><script>document.write("RUN"+1)</script>'
    "<img src=x onerror=alert(1)><style>*{display:none}</style>{{7*7}}${7*7}"
)


@tagged("standard", "post_install", "-at_install")
class TestHostileNames(MailCase):
    def test_mails_reach_the_debtor_and_nobody_else(self):
        for name in NAMES:
            self.marie.name = name
            with self.subTest(name), self._smtp() as smtp:
                self._reminded(smtp)
                self._sent_with_the_invoice(smtp)
                self._asked(smtp)
                self.assertGreaterEqual(len(smtp.mails), 3)
                for mail in smtp.mails:
                    self.assertEqual(mail.recipients, ("marie@klant.example",))
                    for header in ("To", "Cc", "Bcc"):
                        found = mail.message[header]
                        found = found.addresses if found else ()
                        for one in found:
                            self.assertEqual(one.addr_spec, "marie@klant.example")

    def _asked(self, smtp):
        """By a template of ours; what it is about has the debtor's name, too."""
        links = self.env["pom.paylink"].sudo()
        link = links._statement_of(self.marie, self.company)
        template = self.env.ref("pom_payment.mail_template_new_link").sudo()
        self.assertTrue(template._pom_send(link))
        self.env["mail.mail"].sudo().search([("state", "=", "outgoing")]).send()
        smtp.wait_for("marie@klant.example", 3)

    def test_one_line_in_every_list(self):
        self.marie.name = NAMES[0]
        self.assertEqual(self.marie.pom_addressee, "Marie Bcc: evil@x.example")
        self.assertNotIn("\r", self.marie.email_formatted)


@tagged("standard", "post_install", "-at_install")
class TestHostileDocuments(MailCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.marie.write({"name": HTML, "street": HTML, "city": HTML, "ref": HTML})
        cls.move.write({"ref": HTML, "payment_reference": HTML})
        cls.company.write({"street": HTML, "report_footer": HTML})

    def _is_text(self, html):
        for raw in ("<iframe", "<script>document", "<img src=x", "<style>*{"):
            self.assertNotIn(raw, str(html))
        self.assertNotIn("RUN1", str(html))

    def test_mails(self):
        with self._smtp() as smtp:
            self._is_text(self._reminded(smtp).html)
            self._is_text(self._sent_with_the_invoice(smtp).html)

    def test_documents(self):
        """As wkhtmltopdf draws them: what is in its files isn't on the paper."""
        letter = self._ask(self.move, "letter")
        self._pay(self.move, 10)
        reports = {
            "pom_message.report_letter": letter,
            "pom_payment.report_receipt": self.move,
            "account.report_invoice_with_payments": self.move,
        }
        for name, record in reports.items():
            report = self.env["ir.actions.report"].with_context(
                force_report_rendering=True
            )
            with self.allow_pdf_render():
                pdf, _kind = report._render_qweb_pdf(name, record.ids)
            pages = PdfReader(io.BytesIO(pdf)).pages
            text = "".join(page.extract_text() for page in pages)
            self.assertNotIn("root:x:0", text, name)
            self.assertNotIn("RUN1", text, name)
            self.assertIn("121", text, name)
