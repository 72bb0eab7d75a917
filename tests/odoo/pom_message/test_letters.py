"""Letters: in the window of an envelope, on one page, with both codes."""

import io
import subprocess
import tempfile
from datetime import date, timedelta
from pathlib import Path

from pypdf import PdfReader

from odoo import fields
from odoo.exceptions import AccessError
from odoo.tests import new_test_user, tagged

from ..paper import place_of
from .common import MessageCase

DUE = date(2026, 3, 31)


@tagged("standard", "post_install", "-at_install")
class TestLetters(MessageCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.account = cls.env["res.partner.bank"].create(
            {
                "acc_number": "BE68 5390 0754 7034",
                "partner_id": cls.company.partner_id.id,
                "acc_holder_name": "Slagerij De Hond BV",
                "allow_out_payment": True,
            }
        )

    def _owed(self, name="Marie Peeters"):
        partner = self._debtor(name, "x@klant.example")
        return self._invoice(DUE, partner=partner, partner_bank_id=self.account.id)

    def _printed(self, letters):
        with self.allow_pdf_render():
            with_pdf = letters.with_context(force_report_rendering=True)
            action = with_pdf.action_print_letters()
        attachment = int(action["url"].split("/")[3].partition("?")[0])
        # The file is of whoever printed it.
        return letters.env["ir.attachment"].browse(attachment).raw

    def test_the_address_is_in_the_window(self):
        """Of a Belgian C5/6 envelope: 110 mm from the left, 45 mm from the top."""
        pdf = self._printed(self._ask(self._owed(), "letter"))
        left, top = place_of(pdf, "Marie", below=40)
        self.assertAlmostEqual(left, 110, delta=3)
        self.assertAlmostEqual(top, 45, delta=3)
        for word in ("Marktplein", "9000"):
            left, top = place_of(pdf, word)
            self.assertAlmostEqual(left, 110, delta=3)
            self.assertTrue(45 < top < 75, top)

    def test_one_page_each_with_both_codes(self):
        """Both are read from the paper at 80 to 300 dpi."""
        moves = self._owed(), self._owed("An De Smet")
        letters = self.env["pom.delivery"].union(
            *(self._ask(move, "letter") for move in moves)
        )
        self.assertEqual(set(letters.mapped("state")), {"by_hand"})
        pdf = self._printed(letters)
        self.assertEqual(set(letters.mapped("state")), {"sent"})
        self.assertEqual(len(PdfReader(io.BytesIO(pdf)).pages), 2)
        for dpi in (80, 150, 300):
            with self.subTest(dpi=dpi):
                codes = read_codes(pdf, dpi)
                self.assertLessEqual(set(letters.mapped("url")), set(codes))
                self.assertEqual(codes.count("BCD"), 2)
                self.assertEqual(codes.count("EUR121.00"), 2)
        text = read_text(pdf)
        for said in ("An De Smet", "BE68 5390 0754 7034", moves[0].payment_reference):
            self.assertIn(said, text)

    def test_three_invoices_fit_on_one_page(self):
        one = self._owed()
        moves = one + self._invoice(DUE, partner=one.partner_id)
        moves += self._invoice(DUE, partner=one.partner_id)
        pdf = self._printed(self._ask(moves, "letter"))
        self.assertEqual(len(PdfReader(io.BytesIO(pdf)).pages), 1)

    def test_the_invoice_is_behind_it(self):
        move = self._owed()
        move.partner_id.invoice_sending_method = "pom_letter"
        with self.allow_pdf_render():
            self.env["account.move.send"].with_context(
                force_report_rendering=True
            )._generate_and_send_invoices(move, sending_methods={"pom_letter"})
        pages = PdfReader(io.BytesIO(move.invoice_pdf_report_id.raw)).pages
        pdf = self._printed(move.pom_delivery_ids)
        self.assertEqual(len(PdfReader(io.BytesIO(pdf)).pages), 1 + len(pages))

    def test_what_is_paid_is_not_printed(self):
        paid, owed = self._owed(), self._owed("An De Smet")
        letters = self._ask(paid, "letter") | self._ask(owed, "letter")
        self._pay(paid)
        pdf = self._printed(letters)
        self.assertEqual(letters.mapped("state"), ["overtaken", "sent"])
        self.assertNotIn(paid.name, read_text(pdf))

    def test_the_file_for_the_printer_is_not_kept(self):
        """What was sent is with each message; the file of all is its printer's, and
        gone by the next day.
        """
        letters = self._ask(self._owed(), "letter") | self._ask(self._owed(), "letter")
        an, jan = (self._accountant(name) for name in ("an", "jan"))
        self._printed(letters.with_user(an))
        download = self.env["pom.download"].sudo().search([("create_uid", "=", an.id)])
        files = self.env["ir.attachment"].sudo()
        file = files.search(
            [("res_model", "=", download._name), ("res_id", "=", download.id)]
        )
        self.assertTrue(file.with_user(an).raw)
        with self.assertRaises(AccessError):
            file.with_user(jan).read(["raw"])
        download._transient_vacuum()
        self.assertTrue(file.exists(), "the browser may be about to fetch it")
        yesterday = fields.Datetime.now() - timedelta(days=1)
        self.env.cr.execute(
            "UPDATE pom_download SET create_date = %s, write_date = %s",
            [yesterday, yesterday],
        )
        download._transient_vacuum()
        self.assertFalse(file.exists())
        self.assertTrue(all(letters.mapped("attachment_id.raw")))

    def _accountant(self, login):
        return new_test_user(
            self.env,
            login,
            groups="account.group_account_invoice",
            company_id=self.company.id,
            company_ids=[(6, 0, self.company.ids)],
        )


def read_codes(pdf, dpi):
    """Texts of the QR codes on all pages, as a scanner sees them."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder, "letters.pdf")
        file.write_bytes(pdf)
        base = str(Path(folder, "page"))
        subprocess.run(["pdftoppm", "-r", str(dpi), "-png", file, base], check=True)
        pages = sorted(Path(folder).glob("page*.png"))
        scan = subprocess.run(
            ["zbarimg", "-q", "--raw", *pages], capture_output=True, text=True
        )
    return scan.stdout.split()


def read_text(pdf):
    return "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages)
