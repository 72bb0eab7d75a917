"""A Belgian company with a bank journal, customers and invoices, made once a class."""

import base64
from datetime import date

from odoo import fields
from odoo.tests import tagged

from tests.odoo.belgium import BelgianCase
from tests.simulators.bank import Bank

IBAN = "BE68539007547034"
DAY = date(2026, 11, 23)


@tagged("standard", "post_install", "-at_install")
class ReconcileCase(BelgianCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company = cls.company_data["company"]
        cls.journal = cls.company_data["default_journal_bank"]
        cls.journal.bank_account_id = cls._bank_account(cls.company.partner_id, IBAN)
        cls.company_data["default_journal_sale"].invoice_reference_model = "be"
        cls.jan = cls._customer("Jan Peeters", "BE71096123456769")
        cls.an = cls._customer("An De Smet", "BE43068999999501")
        cls.receivable = cls.company_data["default_account_receivable"]

    @classmethod
    def _bank_account(cls, partner, number):
        return cls.env["res.partner.bank"].create(
            {"acc_number": number, "partner_id": partner.id}
        )

    @classmethod
    def _customer(cls, name, number=None):
        partner = cls.env["res.partner"].create({"name": name})
        if number:
            cls._bank_account(partner, number)
        return partner

    @classmethod
    def _invoice(cls, amount, partner=None, move_type="out_invoice", **values):
        values = {"invoice_date": "2026-11-01", "date": "2026-11-01", **values}
        return cls._posted(partner or cls.jan, amount, move_type=move_type, **values)

    @classmethod
    def _bank(cls, **values):
        return Bank(IBAN, **{"opening_balance": "1000.00", **values})

    def _wizard(self, data, name="day.cod", **values):
        return self.env["account.statement.import"].create(
            {
                "statement_file": base64.b64encode(data),
                "statement_filename": name,
                **values,
            }
        )

    def _import(self, data, name="day.cod", **values):
        """Import through the wizard; return the new statements."""
        before = self.env["account.bank.statement"].search([])
        self._wizard(data, name, **values).import_file_button()
        return self.env["account.bank.statement"].search([]) - before

    def _line(self, amount, text="-", partner_name=False, number=False, **values):
        """Return a bank line typed in by hand."""
        return self.env["account.bank.statement.line"].create(
            {
                "journal_id": self.journal.id,
                "date": fields.Date.to_string(DAY),
                "amount": amount,
                "payment_ref": text,
                "partner_name": partner_name,
                "account_number": number,
                **values,
            }
        )
