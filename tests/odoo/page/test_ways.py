"""In which ways the page lets somebody pay."""

from lxml import html

from odoo import Command
from odoo.tests import tagged

from tests.company import collect_with, provider_of
from tests.odoo.payment.common import PayPageCase
from tests.simulators.mollie import Mollie


@tagged("standard", "post_install", "-at_install")
class TestWays(PayPageCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.mollie = cls.enterClassContext(Mollie())
        cls.second = collect_with(cls.env, cls.mollie, cls.company, sequence=90)
        cls.provider.sequence = 1
        cls.card = cls.env.ref("payment.payment_method_card")
        cls.ideal = cls.env.ref("payment.payment_method_ideal")
        cls.bancontact = cls.env.ref("payment.payment_method_bancontact")
        cls.second.payment_method_ids = cls.card | cls.ideal | cls.bancontact
        (cls.card | cls.ideal).active = True
        demo = provider_of(cls.env, "demo", cls.company)
        demo.state = "disabled"
        belgium = cls.env.ref("base.be")
        cls.els = cls.env["res.partner"].create(
            {"name": "Els", "lang": "en_US", "country_id": belgium.id}
        )

    def setUp(self):
        super().setUp()
        self.move = self.invoice(partner_id=self.els.id)
        self.path = f"/p/{self.move.pom_paylink_id.token}"

    def shown(self, move=None, agent=""):
        """Names of the ways, in the order of the page."""
        self.env.flush_all()
        link = (move or self.move).pom_paylink_id
        headers = {"User-Agent": agent} if agent else {}
        answer = self.url_open(f"/p/{link.token}", headers=headers)
        page = html.fromstring(answer.text)
        return [
            " ".join(button.text_content().split())
            for button in page.xpath("//button[@name='way']")
        ]

    def test_each_method_once(self):
        """Two providers have Bancontact: the debtor sees one."""
        names = self.shown()
        self.assertIn("with Bancontact", names[0])
        self.assertEqual(names[1:], ["Card"])
        pairs = self.move.pom_paylink_id._ways_to_pay()
        of_bancontact = [one for one, method in pairs if method == self.bancontact]
        self.assertEqual(of_bancontact, [self.provider, self.second])

    def test_by_its_picture(self):
        page = self.page_of(self.path)
        pictures = page.xpath("//button[@name='way']/img[@class='method']/@src")
        self.assertEqual(len(pictures), 2)
        for picture in pictures:
            self.assertTrue(picture.startswith("data:image/"), picture[:40])

    def test_in_the_order_of_the_country(self):
        """What is made for a country comes first there, whoever is first elsewhere."""
        self.second.sequence = 0
        self.assertIn("with Bancontact", self.shown()[0])
        # What only customers of one bank can use comes after what all can.
        kbc = self.env.ref("payment.payment_method_kbc_cbc")
        kbc.active = True
        self.second.payment_method_ids |= kbc
        self.assertIn("with Bancontact", self.shown()[0])
        self.assertEqual(self.shown()[1], kbc.name)
        self.els.country_id = self.env.ref("base.nl")
        self.assertIn("with iDEAL", self.shown()[0])
        self.els.country_id = self.env.ref("base.de")
        self.assertEqual(self.shown(), [self.shown()[0]])
        self.assertIn("with Card", self.shown()[0])

    def test_a_wallet_on_top_where_the_device_has_it(self):
        apple = self.env.ref("pom_payment_mollie.payment_method_apple_pay")
        self.second.payment_method_ids |= apple
        apple.active = True
        iphone = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) Safari/604.1"
        android = "Mozilla/5.0 (Linux; Android 16; Pixel 9) Chrome/140.0 Mobile Safari"
        self.assertIn("with Apple Pay", self.shown(agent=iphone)[0])
        self.assertEqual(self.shown(agent=iphone)[1], "Bancontact")
        self.assertNotIn("Apple Pay", " ".join(self.shown(agent=android)))
        self.assertIn("with Bancontact", self.shown(agent=android)[0])

    def test_the_second_steps_in(self):
        """The first can't start: the payer doesn't notice."""
        self.psp.faults.inject("api_error", 503)
        self.addCleanup(self.psp.faults.clear, "api_error")
        answer = self.pay_from_page(self.move)
        self.assertIn(self.mollie.url, answer.headers["Location"])
        first, second = self.move.transaction_ids.sorted("id")
        self.assertEqual((first.provider_id, first.state), (self.provider, "error"))
        self.assertEqual((second.provider_id, second.state), (self.second, "draft"))

    def test_neither_starts(self):
        for psp in (self.psp, self.mollie):
            psp.faults.inject("api_error", 503)
            self.addCleanup(psp.faults.clear, "api_error")
        answer = self.pay_from_page(self.move)
        self.assertIn("problem=start", answer.headers["Location"])
        page = self.page_of(answer.headers["Location"])
        self.assertIn("Nothing was charged", page.text_content())
        self.assertEqual(page.xpath("//body/@data-state"), ["open"])

    def test_no_wire_transfer_beside_our_own(self):
        wire = provider_of(self.env, "custom", self.company)
        wire.write({"state": "enabled", "is_published": True})
        methods = wire.with_context(active_test=False).payment_method_ids
        methods.active = True
        self.assertNotIn(methods.name, self.shown())
        self.company.pom_page_transfer = False
        self.assertIn(methods.name, self.shown())

    def test_by_customer_and_by_invoice(self):
        self.els.pom_method_ids = self.card
        self.assertEqual(len(self.shown()), 1)
        self.assertIn("with Card", self.shown()[0])
        answer = self.post(f"{self.path}/pay", way=self.way)
        self.assertIn("problem=choose", answer.headers["Location"])
        # The invoice's own come before the customer's.
        self.move.pom_method_ids = self.bancontact
        self.assertIn("with Bancontact", self.shown()[0])
        self.assertEqual(len(self.shown()), 1)
        other = self.invoice(partner_id=self.els.id)
        self.assertIn("with Card", self.shown(other)[0])
        # What one of them excludes is excluded for all of them.
        link = self.env["pom.paylink"]._statement_of(self.els, self.company)
        self.assertFalse(link._ways_to_pay())
        self.assertFalse(link._ways_offered(link._choice()))

    def test_named_after_a_page_was_seen(self):
        """What a worker remembers of there being none named ends with the first."""
        for named in (self.move, self.els):
            with self.subTest(model=named._name):
                self.assertGreater(len(self.shown()), 1)
                named.pom_method_ids = self.card
                self.assertEqual(len(self.shown()), 1)
                named.pom_method_ids = False

    def test_core_s_own_form_too(self):
        self.els.pom_method_ids = self.card
        params = {
            "access_token": self.move._portal_ensure_token(),
            "provider_id": self.provider.id,
            "payment_method_id": self.bancontact.id,
            "token_id": None,
            "amount": self.move.amount_residual,
            "flow": "redirect",
            "tokenization_requested": False,
            "landing_route": "/my/invoices",
        }
        answer = self.opener.post(
            f"{self.base_url()}/invoice/transaction/{self.move.id}",
            json={"jsonrpc": "2.0", "params": params},
            timeout=60,
        )
        self.assertIn("This way to pay isn't available", answer.text)
        self.assertFalse(self.move.transaction_ids)

    def test_by_amount(self):
        """The provider that doesn't take it leaves its methods to the other."""
        self.provider.pom_minimum_amount = 200
        self.assertEqual(len(self.shown()), 2)
        self.pay_from_page_with(self.second)
        self.assertEqual(self.move.transaction_ids.provider_id, self.second)
        self.second.pom_minimum_amount = 200
        small = self.invoice(100, partner_id=self.els.id)
        self.assertFalse(self.shown(small))
        large = self.invoice(250, partner_id=self.els.id)
        self.assertEqual(len(self.shown(large)), 2)
        self.second.maximum_amount = 240
        self.assertEqual(len(self.shown(large)), 1)

    def pay_from_page_with(self, provider):
        way = f"{provider.id}-{self.bancontact.id}"
        fields = {**self.fields_of(self.move), "way": way}
        fields.pop("remember", None)
        return self.post(f"{self.path}/pay", **fields)

    def test_partner_field_is_for_accounting(self):
        self.els.write({"pom_method_ids": [Command.set(self.card.ids)]})
        clerk = self.env["res.users"].create(
            {
                "name": "Clerk",
                "login": "clerk-ways",
                "group_ids": [Command.set(self.env.ref("base.group_user").ids)],
            }
        )
        shown = self.els.with_user(clerk).fields_get(["pom_method_ids"])
        self.assertFalse(shown)
