"""Ways to pay that Mollie has and Odoo doesn't know, and those that lend money."""

import base64
import runpy
from decimal import Decimal
from pathlib import Path

from odoo import Command
from odoo.tests import tagged

from odoo.addons import pom_payment_mollie

from tests.scanning import scanned

from .test_mollie import MollieCase


@tagged("standard", "post_install", "-at_install")
class TestWays(MollieCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.jan.write(
            {
                "street": "Kerkstraat 1",
                "zip": "9000",
                "city": "Gent",
                "country_id": cls.env.ref("base.be").id,
                "email": "jan@klant.example",
                "phone": "0470 12 34 56",
            }
        )

    def _asked(self, method, invoice=None):
        """What Mollie was asked for, with this way to pay."""
        method = self.env.ref(method)
        self.provider.payment_method_ids |= method
        method.active = True
        link = (invoice or self._invoice()).pom_paylink_id
        self.assertIn((self.provider, method), link._ways_to_pay())
        attempt = link._create_attempt(self.provider, method, "online_redirect")
        attempt._pom_start("http://127.0.0.1:1/back")
        self.assertTrue(attempt.pom_redirect_url, attempt.state_message)
        return self.psp.payment(attempt.provider_reference).asked

    def test_pay_by_bank(self):
        asked = self._asked("pom_payment_mollie.payment_method_paybybank")
        self.assertEqual(asked["method"], "paybybank")
        self.assertNotIn("lines", asked)

    def test_apple_pay(self):
        asked = self._asked("pom_payment_mollie.payment_method_apple_pay")
        self.assertEqual(asked["method"], "applepay")

    def test_apple_pay_after_an_update(self):
        """Providers of before get it; nobody has to look for it."""
        method = self.env.ref("pom_payment_mollie.payment_method_apple_pay")
        method.provider_ids = False
        folder = Path(pom_payment_mollie.__path__[0], "migrations/19.0.1.1.0")
        runpy.run_path(folder / "post-migration.py")["migrate"](self.env.cr, "")
        self.env.invalidate_all()
        self.assertIn(self.provider, method.provider_ids)

    def test_code_on_a_computer_s_screen(self):
        """Scanned from our own page, and nobody is sent away."""
        method = self.env.ref("payment.payment_method_ideal")
        self.jan.country_id = self.env.ref("base.nl")
        asked = self._asked(method.get_external_id()[method.id])
        self.assertEqual(asked["method"], "ideal")
        attempt = self.env["payment.transaction"].search([], limit=1, order="id DESC")
        shown = attempt._pom_qr_uri()
        code = base64.b64decode(shown.partition("base64,")[2])
        self.assertEqual(scanned(code), attempt.pom_redirect_url)
        self.psp.cancel(attempt.provider_reference)
        attempt._pom_follow()
        self.assertFalse(attempt._pom_qr_uri())

    def test_no_code_of_a_card(self):
        self._asked("payment.payment_method_card")
        attempt = self.env["payment.transaction"].search([], limit=1, order="id DESC")
        self.assertFalse(attempt._pom_qr_uri())

    def test_chosen_at_mollie(self):
        """Whatever is switched on there, also what nobody here knows yet."""
        asked = self._asked("pom_payment_mollie.payment_method_choice")
        self.assertNotIn("method", asked)

    def test_lender_wants_to_know_who_and_what_for(self):
        asked = self._asked("payment.payment_method_klarna")
        self.assertEqual(
            asked["billingAddress"],
            {
                "givenName": "Jan",
                "familyName": "Peeters",
                "streetAndNumber": "Kerkstraat 1",
                "postalCode": "9000",
                "city": "Gent",
                "country": "BE",
                "email": "jan@klant.example",
                "phone": "+32470123456",
            },
        )
        [line] = asked["lines"]
        self.assertEqual(line["totalAmount"]["value"], "45.73")

    def test_lines_with_taxes(self):
        tax = self.company_data["default_tax_sale"]
        rows = [
            Command.create({"name": name, "price_unit": price, "tax_ids": tax.ids})
            for name, price in (("Brood", 10), ("Taart", 20))
        ]
        invoice = self.env["account.move"].create(
            {
                "move_type": "out_invoice",
                "partner_id": self.jan.id,
                "invoice_date": "2026-11-01",
                "invoice_line_ids": rows,
            }
        )
        invoice.action_post()
        asked = self._asked("payment.payment_method_klarna", invoice)
        total = sum(Decimal(line["totalAmount"]["value"]) for line in asked["lines"])
        self.assertEqual(total, Decimal(asked["amount"]["value"]))
        self.assertEqual(len(asked["lines"]), 2)
        rates = {line["vatRate"] for line in asked["lines"]}
        self.assertEqual(rates, {f"{tax.amount:.2f}"})
