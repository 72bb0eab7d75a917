"""Who unticks everything pays nothing, and isn't asked for all of it."""

from odoo.tests import tagged

from tests.odoo.page.test_old_page import OldPageCase


@tagged("standard", "post_install", "-at_install")
class TestUnticked(OldPageCase):
    def setUp(self):
        super().setUp()
        self.moves = self.invoice(70, partner_id=self.els.id)
        self.moves += self.invoice(50, partner_id=self.els.id)
        link = self.env["pom.paylink"]._statement_of(self.els, self.company)
        self.path = f"/p/{link.token}"
        self.env.flush_all()

    def list_sends(self, *moves):
        """The address that the list leads to with these ticked, without a script."""
        [form] = self.page_of(self.path).xpath("//form[@class='choose']")
        hidden = form.xpath(".//input[@type='hidden']")
        sent = [(one.get("name"), one.get("value")) for one in hidden]
        sent += [("item", move.id) for move in moves]
        return f"{self.path}?" + "&".join(f"{name}={value}" for name, value in sent)

    def test_nothing_is_ticked(self):
        address = self.list_sends()
        page = self.page_of(f"{address}&lang=en_US")
        [alert] = page.xpath("//*[@role='alert']")
        self.assertEqual(alert.text_content().strip(), "Tick what you want to pay.")
        self.assertFalse(page.xpath("//form[@class='ways']"))
        self.assertFalse(page.xpath("//h1/span[@class='amount']"))
        self.assertFalse(page.xpath("//input[@name='item'][@checked]"))
        self.assertEqual(len(page.xpath("//input[@name='item']")), 2)
        text = " ".join(page.text_content().split())
        for words in ("Unpaid besides this", "Please contact", "120.00"):
            self.assertNotIn(words, text)
        # Where a script puts the account of what is ticked next.
        [transfer] = page.xpath("//section[contains(@class, 'transfer')]")
        self.assertNotIn("IBAN", transfer.text_content())

    def test_a_script_adds_to_the_action(self):
        """So there's nothing in it yet; the language is a field."""
        page = self.page_of(f"{self.path}?lang=en_US")
        [form] = page.xpath("//form[@class='choose']")
        self.assertNotIn("?", form.get("action"))
        self.assertEqual(form.fields["lang"], "en_US")

    def test_something_is(self):
        page = self.page_of(self.list_sends(self.moves[1]))
        self.assertIn("50.00", page.xpath("string(//h1)"))
        ticked = page.xpath("//input[@name='item'][@checked]/@value")
        self.assertEqual(ticked, [str(self.moves[1].id)])

    def test_nobody_has_chosen_yet(self):
        page = self.page_of(self.path)
        self.assertIn("120.00", page.xpath("string(//h1)"))

    def test_a_message_s_documents_unticked(self):
        """What it asked for doesn't come back."""
        page = self.page_of(f"{self.list_sends()}&d=ABCDEF")
        self.assertFalse(page.xpath("//form[@class='ways']"))

    def test_an_invoice_s_page_has_no_list(self):
        page = self.page_of(f"/p/{self.move.pom_paylink_id.token}?ticked=1")
        self.assertTrue(page.xpath("//form[@class='ways']"))
