"""What arrives at a mail server, and whether one can trust it."""

import re
from datetime import date

from PIL import ImageFont

from odoo.exceptions import UserError
from odoo.tests import tagged

from odoo.addons.pom_payment.controllers import pay_files

from tests.scanning import scanned

from .common import MessageCase

DUE = date(2026, 3, 31)
#: What Gmail shows without "view entire message" is 102 kB; the rest of what is sent.
LARGEST = 60 * 1024
PIXEL = (
    b"iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAA"
    b"AABJRU5ErkJggg=="
)


class MailCase(MessageCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company.write(
            {
                "logo": PIXEL,
                "street": "Kattenstraat 12",
                "zip": "9000",
                "city": "Gent",
                "vat": "BE0477472701",
            }
        )
        account = cls.env["res.partner.bank"].create(
            {
                "acc_number": "BE68 5390 0754 7034",
                "partner_id": cls.company.partner_id.id,
                "acc_holder_name": "Slagerij De Hond BV",
                "allow_out_payment": True,
            }
        )
        cls.seller = cls.env["res.users"].create(
            {"name": "Sam", "login": "sam", "email": "sam@private.example"}
        )
        cls.move = cls._invoice(
            DUE, partner_bank_id=account.id, invoice_user_id=cls.seller.id
        )
        cls.account = account

    def _sent_with_the_invoice(self, smtp, move=None):
        move = move or self.move
        with self.allow_pdf_render():
            self.env["account.move.send"]._generate_and_send_invoices(
                move, sending_methods={"email"}
            )
        return self._mailed(smtp)

    def _reminded(self, smtp, moves=None, kind="invoice"):
        self._ask(self.move if moves is None else moves, "email", kind)
        return self._mailed(smtp)


@tagged("standard", "post_install", "-at_install")
class TestMail(MailCase):
    def test_every_mail_is_on_the_same_sheet(self):
        for send in (self._sent_with_the_invoice, self._reminded):
            with self.subTest(send.__name__), self._smtp() as smtp:
                self._check_sheet(send(smtp))

    def test_the_chatter_says_the_same_without_the_debtor_s_button(self):
        """Who works there and clicks it would be taken for the debtor."""
        with self._smtp() as smtp:
            self._reminded(smtp)
        delivery = self.move.pom_delivery_ids[:1]
        said = self.move.message_ids.filtered(
            lambda m: m.message_type == "email_outgoing"
        )[:1].body.replace("&nbsp;", "\N{NO-BREAK SPACE}")
        self.assertIn(delivery.text.split("\n\n")[-1], said)
        self.assertIn(self.move.name, said)
        self.assertIn(delivery._money(delivery.total), said)
        self.assertNotIn("href", said)

    def _check_sheet(self, mail):
        html, text = mail.html, mail.text
        self.assertIn("boekhouding@dekat.example", mail.message["From"])
        self.assertNotIn("sam@private.example", mail.raw.decode("utf-8", "replace"))
        self.assertNotIn("odoobot", str(mail.message["Reply-To"]).lower())
        self.assertLess(len(html.encode()), LARGEST)
        self.assertIn("boekhouding@dekat.example", mail.message["Reply-To"])
        for said in (
            "Slagerij De Hond BV",
            "Kattenstraat 12",
            "BE68 5390 0754 7034",
            "31/03/2026",
            "Brood voor de week",
            "Hoe weet ik dat dit echt is?",
            "0477.472.701",
        ):
            self.assertIn(said, html)
            self.assertIn(said, text)
        self.assertIn(self.move.payment_reference, html)
        self.assertEqual(html.count("<v:roundrect"), 1)
        button = re.search(r'<td align="center" bgcolor="[^"]+"[^>]*><a', html)
        self.assertTrue(button, "in a table cell of its own")
        self.assertIn('name="color-scheme"', html)
        # The address in words too, and no other one.
        urls = set(re.findall(r'href="(http[^"]+)"', html))
        self.assertEqual({url.partition("?")[0] for url in urls}, {self.url()})
        self._check_text(text)
        self._check_logo(mail)

    def url(self):
        return self.move.pom_payment_url

    def _check_text(self, text):
        self.assertIn(f"{self.url()}?d=", text)
        for never in ("<", "[1]", "&nbsp;", "{", "@media"):
            self.assertNotIn(never, text)
        self.assertRegex(text, "(?i)uiterlijk op|by")
        self.assertIn("121,00", text.replace(".", ","))

    def _check_logo(self, mail):
        [cid] = re.findall(r'<img width="120"[^>]* src="cid:([^"]+)"', mail.html)
        parts = [p for p in mail.message.walk() if p["Content-ID"] == f"<{cid}>"]
        self.assertEqual([p.get_content_maintype() for p in parts], ["image"])
        self.assertNotIn("data:image", mail.html)
        related = mail.message.get_body(("related",))
        self.assertEqual(related.get_content_type(), "multipart/related")

    def test_the_code_of_the_ready_template_is_inside_the_message(self):
        """Most programs show no picture from elsewhere before one allows it."""
        with self._smtp() as smtp:
            mail = self._sent_with_the_invoice(smtp)
        self.assertNotIn("qr.png", mail.html)
        code = re.search(r'<img[^>]*width="160"[^>]*src="cid:([^"]+)"', mail.html)
        [part] = [p for p in mail.message.walk() if p["Content-ID"] == f"<{code[1]}>"]
        self.assertEqual(scanned(part.get_content()), self.url())

    def test_the_code_in_a_template_is_inside_the_message(self):
        template = self.company.pom_mail_template_id
        template = template.with_context(lang=self.move.partner_id.lang)
        template.body_html = '<p>Scan: <t t-out="object.pom_payment_qr"/></p>'
        with self._smtp() as smtp:
            mail = self._sent_with_the_invoice(smtp)
        code = re.search(r'<img[^>]*src="cid:([^"]+)"[^>]*width="160"', mail.html)
        self.assertTrue(code)
        [part] = [p for p in mail.message.walk() if p["Content-ID"] == f"<{code[1]}>"]
        self.assertEqual(scanned(part.get_content()), self.url())
        self.assertNotIn("/web/image", mail.html)

    def test_the_picture_of_the_status_in_a_template(self):
        """Any template can show it; its letters are those of all four languages."""
        template = self.company.pom_mail_template_id
        template = template.with_context(lang=self.move.partner_id.lang)
        template.body_html = '<p><t t-out="object.pom_payment_picture"/></p>'
        with self._smtp() as smtp:
            mail = self._sent_with_the_invoice(smtp)
        self.assertIn(f'src="{self.url()}/status.png?lang=nl_BE"', mail.html)
        font = ImageFont.truetype(pay_files.FONT, 26)
        unknown = bytes(font.getmask("\uffff"))
        for letter in "éèêëàçïôûüöäßœÉÜ":
            self.assertNotEqual(bytes(font.getmask(letter)), unknown, letter)

    def test_the_sender_of_the_settings(self):
        self.company.pom_mail_from = "facturen@dekat.example"
        for send in (self._sent_with_the_invoice, self._reminded):
            with self.subTest(send.__name__), self._smtp() as smtp:
                self.assertIn("facturen@dekat.example", send(smtp).message["From"])

    def test_why_one_failed_is_read_in_the_own_language(self):
        """Whoever notices has none; what a carrier says is left as it is."""
        delivery = self._ask(self.move, "email")
        dutch = delivery.with_context(lang="nl_BE")
        for kept, english, words in (
            ("came_back", "The e-mail came back.", "De e-mail kwam terug."),
            ("mail_bounce", "Bounce", "Bounce"),
            ("550 No such user", "550 No such user", "550 No such user"),
        ):
            delivery._note_lost(kept)
            self.assertEqual(delivery.shown_failure, english)
            self.assertEqual(dutch.shown_failure, words)

    def test_sentences_of_before(self):
        said = {
            "De e-mail kwam terug.": "came_back",
            self.company._pom_no_sender(): "no_sender",
            "The mail server can't be reached.": "no_server",
            "550 No such user": "550 No such user",
        }
        kept = {words: self._ask(self.move, "email") for words in said}
        for words, delivery in kept.items():
            delivery.sudo().failure = words
        self.env["pom.delivery"].sudo()._name_failures()
        self.assertEqual({w: one.failure for w, one in kept.items()}, said)

    def test_one_without_a_subject_has_a_name(self):
        """A short message has none, and its title was "Unnamed"."""
        values = {
            "kind": "invoice",
            "channel": "sms",
            "partner_id": self.marie.id,
            "company_id": self.company.id,
        }
        rows = [{}, {"move_ids": [(6, 0, self.move.ids)]}, {"subject": "Hello"}]
        deliveries = self.env["pom.delivery"].sudo()
        made = deliveries.create([{**values, **row} for row in rows])
        for lang, kind in (("en_US", "Invoice"), ("nl_BE", "Factuur")):
            names = made.with_context(lang=lang).mapped("display_name")
            about = (self.marie.display_name, self.move.name)
            self.assertEqual(names, [*(f"{kind} – {one}" for one in about), "Hello"])

    def test_no_mail_leaves_a_company_without_an_address(self):
        self.company.email = False
        delivery = self._ask(self.move, "email")
        self.assertEqual(delivery.state, "failed")
        self.assertIn("has no e-mail address", delivery.shown_failure)
        self.assertFalse(self._waiting())
        wizard = self.env["account.move.send.wizard"].create(
            {"move_id": self.move.id, "sending_methods": ["email"]}
        )
        with self.assertRaisesRegex(UserError, "has no e-mail address"):
            wizard.action_send_and_print()
        self.env["account.move.send"]._send_mail(
            self.move, self.company.pom_mail_template_id, body="x", subject="x"
        )
        self.assertFalse(self._waiting())
        template = self.env.ref("pom_payment.mail_template_new_link")
        self.assertFalse(template._pom_send(self.move.pom_paylink_id))
        self.assertFalse(self._waiting())

    def _waiting(self):
        return (
            self.env["mail.mail"]
            .sudo()
            .search([("state", "=", "outgoing"), ("res_id", "=", self.move.id)])
        )

    def test_two_addresses_are_two(self):
        self.marie.email = "marie@klant.example, Jan <jan@klant.example>"
        for send in (self._sent_with_the_invoice, self._reminded):
            with self.subTest(send.__name__), self._smtp() as smtp:
                send(smtp)
                smtp.wait_for("jan@klant.example")
        self.env["mail.blacklist"].sudo()._add("jan@klant.example")
        self.assertEqual(self.marie._pom_address("email"), "marie@klant.example")

    def test_a_contact_without_a_name(self):
        firm = self._debtor("Bakkerij De Kat", "info@klant.example", is_company=True)
        contact = self.env["res.partner"].create(
            {
                "parent_id": firm.id,
                "type": "invoice",
                "email": "facturen@klant.example",
            }
        )
        delivery = self._ask(self._invoice(DUE, partner=contact), "email")
        self.assertIn("Bakkerij De Kat", delivery.text)
        with self._smtp() as smtp:
            mail = self._mailed(smtp, "facturen@klant.example")
        self.assertIn("Bakkerij De Kat", mail.message["To"])

    def test_several_in_one_say_all_one_needs(self):
        moves = self.move + self._invoice(DUE, partner_bank_id=self.account.id)
        with self._smtp() as smtp:
            mail = self._reminded(smtp, moves)
        for move in moves:
            self.assertIn(move.payment_reference, mail.html)
            self.assertIn(move.name, mail.text)
        self.assertIn("BE68 5390 0754 7034", mail.html)
        self.assertIn("2 facturen", mail.subject)
        for move in moves:
            self.assertNotIn(move.name, mail.subject)

    def test_many_in_one_are_no_heavy_mail(self):
        moves = self.env["account.move"].concat(
            *(self._invoice(DUE, partner_bank_id=self.account.id) for _ in range(30))
        )
        with self._smtp() as smtp:
            mail = self._reminded(smtp, moves)
        self.assertLess(len(mail.html.encode()), LARGEST)

    def test_invoices_go_along_when_that_is_wanted(self):
        with self._smtp() as smtp:
            first = self._sent_with_the_invoice(smtp)
        self.assertEqual(len(first.attachments), 1)
        with self._smtp() as smtp:
            self.assertFalse(self._reminded(smtp).attachments)
        self.company.pom_attach_invoices = True
        with self._smtp() as smtp:
            attached = self._reminded(smtp).attachments
        self.assertEqual(list(attached.values()), [self.move.invoice_pdf_report_id.raw])

    def test_an_answer_greets(self):
        """Where there is room for it."""
        deliveries = self.env["pom.delivery"].sudo()
        delivery = deliveries._confirm(self.move, "Het is in orde.")
        self.assertEqual(delivery.text, "Beste Marie Peeters,\n\nHet is in orde.")
        self.assertTrue(delivery.short_text.startswith("Het is in orde. https://"))

    def test_a_thank_you_asks_for_nothing(self):
        with self._smtp() as smtp:
            mail = self._reminded(smtp, kind="thanks")
        self.assertNotIn("v:roundrect", mail.html)
        self.assertNotIn("BE68 5390 0754 7034", mail.html)
        self.assertIn("Kattenstraat 12", mail.html)

    def test_no_to_e_mail_counts_for_send_too(self):
        send = self.env["account.move.send"]
        self.assertEqual(send._get_default_sending_methods(self.move), {"email"})
        self._agree(self.marie, "email", given=False)
        self.assertEqual(send._get_default_sending_methods(self.move), set())
        self._agree(self.marie, "email")
        self.assertEqual(send._get_default_sending_methods(self.move), {"email"})
