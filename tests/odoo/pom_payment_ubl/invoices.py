"""Ten kinds of invoices that a Belgian company sends as structured files."""

from odoo import Command

from tests.odoo.belgium import BelgianCase

#: By country: street, zip, city and a VAT number that exists on paper.
BUYERS = {
    "BE": ("Rue Haute 9", "1000", "Bruxelles", "BE0202239951", "fr_BE"),
    "NL": ("Damrak 1", "1012 LG", "Amsterdam", "NL000099998B57", "nl_BE"),
    "US": ("Main Street 1", "10001", "New York", False, "en_US"),
    "DE": ("Unter den Linden 1", "10117", "Berlin", "DE123456788", "de_DE"),
}
SALE = "attn_VAT-OUT-"
#: Kind: country of the buyer, and price, tax and discount of each line.
KINDS = {
    "one_rate": ("BE", [(100, "21-L", 0)]),
    "several_rates": ("BE", [(100, "21-L", 0), (50, "12-L", 0), (33.33, "06-L", 0)]),
    "exempt": ("BE", [(100, "00-L", 0)]),
    "co_contractor": ("BE", [(1000, "00-CC", 0)]),
    "within_the_eu": ("NL", [(250, "00-EU-L", 0)]),
    "export": ("US", [(250, "00-ROW", 0)]),
    "discounted_lines": ("BE", [(100, "21-L", 10), (19.99, "21-L", 33.33)]),
    "early_payment": ("BE", [(100, "21-L", 0), (50, "06-L", 0)]),
    "foreign_currency": ("DE", [(80, "00-EU-L", 0)]),
    "prepaid": ("BE", [(100, "21-L", 0)]),
}


class EInvoiceCase(BelgianCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company = cls.company_data["company"]
        cls.company.write(
            {
                "vat": "BE0477472701",
                "company_registry": "0477472701",
                "street": "Kattenstraat 12",
                "zip": "9000",
                "city": "Gent",
                "phone": "+32 9 123 45 67",
                "email": "boekhouding@dekat.example",
            }
        )
        cls.company.partner_id.bank_ids = [
            Command.create({"acc_number": "BE68539007547034"})
        ]
        cls.buyers = {code: cls._buyer(code, *row) for code, row in BUYERS.items()}

    @classmethod
    def _buyer(cls, code, street, zip_code, city, vat, lang):
        return cls.env["res.partner"].create(
            {
                "name": f"Koper {code}",
                "is_company": True,
                "street": street,
                "zip": zip_code,
                "city": city,
                "country_id": cls.env.ref(f"base.{code.lower()}").id,
                "vat": vat,
                "lang": lang,
                "email": f"{code.lower()}@koper.example",
                "phone": "+32 2 123 45 67",
                "ref": f"C-{code}",
                "invoice_edi_format": "ubl_bis3",
            }
        )

    def _kind(self, kind, move_type="out_invoice"):
        country, lines = KINDS[kind]
        extra = {
            "early_payment": self._with_discount,
            "foreign_currency": self._in_dollars,
        }
        move = self.env["account.move"].create(
            {
                "move_type": move_type,
                "partner_id": self.buyers[country].id,
                "invoice_date": "2026-11-02",
                "delivery_date": "2026-11-02",
                "partner_bank_id": self.company.partner_id.bank_ids[0].id,
                "invoice_line_ids": [
                    Command.create(
                        {
                            "product_id": self.product_a.id,
                            "price_unit": price,
                            "tax_ids": [Command.set(self._tax(tax).ids)],
                            "discount": discount,
                        }
                    )
                    for price, tax, discount in lines
                ],
                **extra.get(kind, dict)(),
            }
        )
        move.action_post()
        if kind == "prepaid":
            self._prepay(move)
        return move

    def _tax(self, code):
        charts = self.env["account.chart.template"].with_company(self.company)
        tax = charts.ref(SALE + code)
        tax.active = True
        if code == "00-CC":
            tax.ubl_cii_tax_category_code = "AE"
        return tax

    def _with_discount(self):
        term = self.env["account.payment.term"].create(
            {
                "name": "2 % within 8 days",
                "note": "2 % within 8 days, else 30 days net",
                "early_discount": True,
                "discount_percentage": 2,
                "discount_days": 8,
                "early_pay_discount_computation": "mixed",
                "line_ids": [Command.create({"value_amount": 100, "nb_days": 30})],
            }
        )
        return {"invoice_payment_term_id": term.id}

    def _in_dollars(self):
        dollar = self.env.ref("base.USD")
        dollar.active = True
        return {"currency_id": dollar.id}

    def _prepay(self, move):
        wizard = (
            self.env["account.payment.register"]
            .with_context(active_model="account.move", active_ids=move.ids)
            .create({"amount": 21, "payment_date": "2026-11-02"})
        )
        wizard.action_create_payments()
