"""The payment page in structured files, judged by the official rules."""

from pathlib import Path
from tempfile import TemporaryDirectory

from lxml import etree

from odoo.tests import tagged

from tests import einvoice_rules
from tests.e2e.harness import DEV
from tests.odoo.pom_payment_ubl.invoices import KINDS, EInvoiceCase

FORMATS = ("ubl_bis3", "xrechnung", "facturx")
UBL_URL = "./{*}AdditionalDocumentReference/{*}Attachment/{*}ExternalReference/{*}URI"
UBL_NAME = "./{*}AdditionalDocumentReference/{*}DocumentDescription"
UBL_NOTE = "./{*}PaymentTerms/{*}Note"
CII_URL = (
    ".//{*}ApplicableHeaderTradeAgreement/{*}AdditionalReferencedDocument/{*}URIID"
)
CII_NAME = ".//{*}AdditionalReferencedDocument/{*}Name"
CII_NOTE = ".//{*}SpecifiedTradePaymentTerms/{*}Description"


def said(content):
    """What a file says of the payment page: addresses, descriptions, notes."""
    tree = etree.fromstring(content)
    is_ubl = etree.QName(tree).localname in ("Invoice", "CreditNote")
    paths = (UBL_URL, UBL_NAME, UBL_NOTE) if is_ubl else (CII_URL, CII_NAME, CII_NOTE)
    return tuple([node.text for node in tree.findall(path)] for path in paths)


def note(found):
    """What the judge says of each file, in ``.dev/einvoices.tsv``."""
    rows = [
        "\t".join(
            [
                name,
                str(sum(flag != "warning" for flag, _rule, _text in broken)),
                str(sum(flag == "warning" for flag, _rule, _text in broken)),
                " ".join(sorted({rule for _flag, rule, _text in broken})),
            ]
        )
        for name, broken in sorted(found.items())
    ]
    rows.insert(0, "file\terrors\twarnings\trules")
    (DEV / "einvoices.tsv").write_text("\n".join(rows) + "\n")


@tagged("standard", "post_install", "-at_install")
class TestEInvoice(EInvoiceCase):
    def _export(self, move, form):
        builder = self.env["res.partner"]._get_edi_builder(form)
        content, errors = builder._export_invoice(move)
        # What Odoo itself asks of German files has nothing to do with ours.
        self.assertFalse(errors if form == "ubl_bis3" else set(), form)
        return content

    def test_the_official_rules(self):
        """Ten kinds in three formats: no error, and no warning that isn't there
        without the page.
        """
        if lacking := einvoice_rules.missing():
            self.skipTest(lacking)
        files = {}
        for kind in KINDS:
            move = self._kind(kind)
            for form in FORMATS:
                files[f"{kind}-{form}-with.xml"] = self._export(move, form)
            move.pom_paylink_id.action_withdraw()
            for form in FORMATS:
                files[f"{kind}-{form}-without.xml"] = self._export(move, form)
        folder = DEV / "einvoices"
        folder.mkdir(exist_ok=True)
        found = einvoice_rules.broken(files, folder)
        note(found)
        for kind in KINDS:
            for form in FORMATS:
                ours, theirs = (
                    found[f"{kind}-{form}-{which}.xml"] for which in ("with", "without")
                )
                name = f"{kind} as {form}"
                self.assertEqual(ours, theirs, name)
                if form != "facturx":
                    errors = [row for row in ours if row[0] != "warning"]
                    self.assertEqual(errors, [], name)
                with_page = said(files[f"{kind}-{form}-with.xml"])
                self.assertEqual(len(with_page[0]), 1, name)

    def test_the_judge_objects(self):
        """To what is told not to be done, so that its silence means something."""
        if lacking := einvoice_rules.missing():
            self.skipTest(lacking)
        content = self._export(self._kind("one_rate"), "ubl_bis3")
        tree = etree.fromstring(content)
        means = tree.find("./{*}PaymentMeans")
        space = etree.QName(means[0]).namespace
        note = etree.Element(f"{{{space}}}InstructionNote")
        note.text = "Pay online"
        means.insert(1, note)
        with TemporaryDirectory() as folder:
            files = {"note.xml": etree.tostring(tree)}
            [(flag, rule, _text)] = einvoice_rules.broken(files, Path(folder))[
                "note.xml"
            ]
        self.assertEqual((flag, rule), ("warning", "UBL-CR-681"))

    def test_what_each_format_says(self):
        move = self._kind("early_payment")
        url = move.pom_payment_url
        for form in FORMATS:
            urls, [name], [note] = said(self._export(move, form))
            self.assertEqual(urls, [url], form)
            self.assertTrue(name)
            first, *_between, last = note.splitlines()
            self.assertIn("2 % within 8 days", first)
            self.assertIn(url, last)

    def test_in_the_buyers_language(self):
        """Whatever language the person who sends it reads."""
        move = self._kind("one_rate")
        said_in = set()
        for lang in ("fr_BE", "nl_BE", "de_DE"):
            move.partner_id.lang = lang
            move = move.with_context(lang="en_US")
            _urls, [name], [note] = said(self._export(move, "ubl_bis3"))
            invoice = move.with_context(lang=lang)
            self.assertEqual(name, invoice._pom_einvoice_reference())
            said_in.add((name, note))
        self.assertEqual(len(said_in), 3)

    def test_not_where_nobody_pays(self):
        paid, withdrawn = self._kind("one_rate"), self._kind("one_rate")
        withdrawn.pom_paylink_id.action_withdraw()
        self.env["account.payment.register"].with_context(
            active_model="account.move", active_ids=paid.ids
        ).create({}).action_create_payments()
        refund = self._kind("one_rate", "out_refund")
        for move in (paid, withdrawn, refund):
            for form in FORMATS:
                urls, _names, notes = said(self._export(move, form))
                self.assertEqual(urls, [], move.name)
                self.assertNotIn("/p/", "".join(note or "" for note in notes))

    def test_sent_with_the_invoice(self):
        """As *Send* makes it, the PDF inside it included."""
        move = self._kind("one_rate")
        with self.allow_pdf_render():
            self.env["account.move.send"]._generate_and_send_invoices(
                move, sending_methods={"manual"}, invoice_edi_format="ubl_bis3"
            )
        urls, _names, _notes = said(move.ubl_cii_xml_id.raw)
        self.assertEqual(urls, [move.pom_payment_url])


@tagged("standard", "post_install", "-at_install")
class TestIncoming(EInvoiceCase):
    """What we send is what another company with the addon gets."""

    def _receive(self, content, name="invoice.xml"):
        attachment = self.env["ir.attachment"].create(
            {"name": name, "raw": content, "mimetype": "application/xml"}
        )
        journal = self.company_data["default_journal_purchase"]
        return journal._create_document_from_attachment(attachment.ids)

    def _sent(self, form="ubl_bis3"):
        self.company.pom_base_url = "https://pay.supplier.example"
        move = self._kind("one_rate")
        builder = self.env["res.partner"]._get_edi_builder(form)
        return move, builder._export_invoice(move)[0]

    def test_a_button_on_the_bill(self):
        for form in FORMATS:
            move, content = self._sent(form)
            bill = self._receive(content)
            self.assertEqual(bill.move_type, "in_invoice", form)
            self.assertEqual(bill.pom_supplier_page, move.pom_payment_url, form)
            self.assertEqual(bill.pom_supplier_host, "pay.supplier.example")
            action = bill.action_pom_open_supplier_page()
            self.assertEqual(action["url"], move.pom_payment_url)
            said_in_chatter = "".join(bill.message_ids.mapped("body"))
            self.assertIn("pay.supplier.example", said_in_chatter)

    def test_nothing_that_a_browser_would_run(self):
        _move, content = self._sent()
        page = b"https://pay.supplier.example"
        for evil in (b"javascript:alert(1)//", b"http://pay.supplier.example"):
            bill = self._receive(content.replace(page, evil))
            self.assertFalse(bill.pom_supplier_page)

    def test_other_documents_are_not_pages_to_pay_on(self):
        _move, content = self._sent()
        for words in ("Payer en ligne", "Pay online"):
            content = content.replace(words.encode(), b"Feuilles de temps")
        self.assertFalse(self._receive(content).pom_supplier_page)
