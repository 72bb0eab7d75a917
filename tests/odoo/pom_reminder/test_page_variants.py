"""What an A/B test tries on the page is what the debtor sees there."""

import re

from lxml import html

from odoo import Command
from odoo.tests import tagged

from tests.company import collect_with, provider_of
from tests.odoo.payment.common import PayPageCase
from tests.simulators.mollie import Mollie


@tagged("standard", "post_install", "-at_install")
class TestPageVariants(PayPageCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        mollie = cls.enterClassContext(Mollie())
        second = collect_with(cls.env, mollie, cls.company, sequence=90)
        card = cls.env.ref("payment.payment_method_card")
        card.active = True
        second.payment_method_ids = card
        cls.provider.sequence = 1
        provider_of(cls.env, "demo", cls.company).state = "disabled"
        test = cls.env["pom.ab.test"].create(
            {
                "name": "Page",
                "place": "page",
                "planned": 20,
                "variant_ids": [
                    Command.create({"name": "As it is", "weight": 0}),
                    Command.create({"name": "Other"}),
                ],
            }
        )
        cls.variant = test.variant_ids[1]
        cls.els = cls.env["res.partner"].create({"name": "Els", "lang": "en_US"})

    def setUp(self):
        super().setUp()
        self._owe()

    def _owe(self, **values):
        self.move = self.invoice(partner_id=self.els.id, **values)
        self.path = f"/p/{self.move.pom_paylink_id.token}"

    def _shown(self):
        self.env.flush_all()
        self.env.invalidate_all()
        text = self.url_open(self.path).text
        page = html.fromstring(text)
        color = re.search("--brand:(#[0-9a-f]{6})", text)
        words = [
            " ".join(one.text_content().split())
            for one in page.xpath("//a[@href='#transfer'] | //button[@name='way']")
        ]
        return words, color and color[1]

    def test_as_it_is(self):
        words, color = self._shown()
        self.assertRegex(words[0], "with Bancontact$")
        self.assertEqual(words[1:], ["Card"])
        self.assertNotEqual(color, "#aa0055")

    def test_order_of_the_ways(self):
        self.variant.first_way = "card"
        words, _color = self._shown()
        self.assertRegex(words[0], "with Card$")
        self.assertEqual(words[1:], ["Bancontact"])

    def test_words_and_colour_of_the_button(self):
        self.variant.write({"button": "Pay in two taps", "color": "#aa0055"})
        words, color = self._shown()
        self.assertEqual(words, ["Pay in two taps", "Card"])
        self.assertEqual(color, "#aa0055")

    def test_code_or_transfer_first(self):
        account = self.company.partner_id.bank_ids[:1]
        account.allow_out_payment = True
        self._owe(partner_bank_id=account.id)
        self.assertNotIn("Pay by bank transfer", self._shown()[0])
        self.variant.transfer_first = True
        words, _color = self._shown()
        self.assertEqual(words[0], "Pay by bank transfer")
        self.assertEqual(len(words), 3)
