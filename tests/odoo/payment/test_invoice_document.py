"""What is printed: both codes, readable at every resolution of a cheap printer."""

import subprocess
import tempfile
from pathlib import Path

from odoo.tests import HttpCase, tagged

from odoo.addons.pom_payment.tools import epc_qr

from .common import PaymentCase, World

RESOLUTIONS = range(80, 301, 10)
LONG_NAME = "Koninklijke Vereniging voor Natuur- en Stedenschoon en Erfgoedzorg BV"


def decode(image):
    """Texts of the codes that zbar finds in a picture."""
    scan = subprocess.run(
        ["zbarimg", "-q", "--xml", "--nodbus", str(image)],
        capture_output=True,
        text=True,
        check=False,
    )
    parts = scan.stdout.split("<![CDATA[")[1:]
    return {part.partition("]]>")[0] for part in parts}


@tagged("standard", "post_install", "-at_install")
class TestScan(World, HttpCase):
    """In a class with a server, since the layout of the PDF is fetched from it."""

    def test_both_codes_decode_at_every_resolution(self):
        self.company.name = LONG_NAME
        self.company.pom_base_url = "https://betalen.natuur-en-stedenschoon.example"
        move = self.invoice(1234567.89)
        move.partner_bank_id.acc_holder_name = LONG_NAME.ljust(70, "!")
        pdf = self._pdf(move)
        payload = move.partner_bank_id._pom_epc_payload(
            move.amount_residual, move.currency_id, move.payment_reference
        )
        wanted = {payload, move.pom_payment_url}
        self.assertIn(LONG_NAME.ljust(70, "!"), payload)
        with tempfile.TemporaryDirectory() as folder:
            missed = {
                dpi: wanted - decode(self._picture(pdf, folder, dpi))
                for dpi in RESOLUTIONS
            }
        self.assertEqual({dpi: m for dpi, m in missed.items() if m}, {})

    def _pdf(self, move):
        self.env["ir.config_parameter"].set_param("report.url", self.base_url())
        with self.allow_pdf_render():
            report = self.env["ir.actions.report"].with_context(
                force_report_rendering=True
            )
            return report._render_qweb_pdf("account.account_invoices", move.ids)[0]

    @staticmethod
    def _picture(pdf, folder, dpi):
        file = Path(folder, "invoice.pdf")
        file.write_bytes(pdf)
        base = Path(folder, str(dpi))
        subprocess.run(
            ["pdftoppm", "-r", str(dpi), "-png", "-singlefile", file, base], check=True
        )
        return base.with_suffix(".png")


@tagged("standard", "post_install", "-at_install")
class TestInvoiceDocument(PaymentCase):
    def html(self, move):
        return (
            self.env["ir.actions.report"]
            ._render_qweb_html("account.account_invoices", move.ids)[0]
            .decode()
        )

    def test_core_blocks_are_fed_and_no_third_is_added(self):
        html = self.html(self.invoice())
        self.assertEqual(html.count('src="data:image/svg+xml'), 2)
        self.assertNotIn("Odoo_logo_O", html)

    def test_no_code_when_nothing_is_due(self):
        move = self.invoice()
        self.register_payment(move)
        self.assertNotIn('src="data:image/svg+xml', self.html(move))

    def test_no_bank_code_in_another_currency(self):
        dollars = self.env.ref("base.USD")
        dollars.active = True
        html = self.html(self.invoice(currency_id=dollars.id))
        self.assertEqual(html.count('src="data:image/svg+xml'), 1)

    def test_a_code_that_cannot_be_drawn_stops_nothing(self):
        move = self.invoice(1_000_000_000.0)
        self.assertEqual(self.html(move).count('src="data:image/svg+xml'), 1)
        move.qr_code_method = "sct_qr"
        move.partner_bank_id.acc_number = "1234"
        self.assertEqual(self.html(move).count('src="data:image/svg+xml'), 1)

    def test_bank_code_asks_for_what_is_left(self):
        move = self.invoice(121.0)
        self.register_payment(move, 75.27)
        payload = move.partner_bank_id._pom_epc_payload(
            move.amount_residual, move.currency_id, move.payment_reference
        )
        self.assertIn("EUR45.73\n", payload)

    def test_reference_in_the_field_that_was_chosen(self):
        move = self.invoice()
        account, reference = move.partner_bank_id, move.payment_reference
        digits = "".join(c for c in reference if c.isdigit())

        def lines():
            return account._get_qr_vals(
                "sct_qr", 1.0, move.currency_id, move.partner_id, "", reference
            )

        self.assertEqual(lines()[9:], [digits])
        self.company.pom_epc_reference_field = "text"
        self.assertEqual(lines()[9:], ["", reference])

    def test_only_euros(self):
        account = self.invoice().partner_bank_id
        with self.assertRaises(epc_qr.EpcError):
            account._pom_epc_payload(1.0, self.env.ref("base.USD"), "x")
