"""A debtor who owes nothing yet, and short ways to what he owes."""

from odoo import Command
from odoo.tests import tagged

from ..payment.common import PayPageCase
from .readers import Readers


@tagged("standard", "post_install", "-at_install")
class TruthCase(Readers, PayPageCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["ir.config_parameter"].set_param(
            "account_payment.enable_portal_payment", True
        )
        cls.company.pom_reminders_stopped = False
        cls.env["pom.subscriber"].create(
            {
                "name": "Webshop",
                "url": "https://shop.example/hook",
                "company_id": cls.company.id,
            }
        )
        cls.els = cls.env["res.partner"].create(
            {"name": "Els Maes", "email": "els@klant.example"}
        )

    def owed(self, amount=100.0, due=30, **values):
        """An invoice of a debtor who owes nothing else.

        :param int due: in how many days
        """
        move = self.invoice(
            amount,
            partner_id=self.els.id,
            invoice_date=self.days(min(due, 0) - 30),
            invoice_date_due=self.days(due),
            invoice_payment_term_id=False,
            **values,
        )
        # Third systems are told what it was first.
        self.env.cr.flush()
        return move

    def terms(self, *parts, **values):
        """:param parts: (percent, days after the invoice's date)"""
        return self.env["account.payment.term"].create(
            {
                "name": "Terms",
                "line_ids": [
                    Command.create(
                        {"value": "percent", "value_amount": part, "nb_days": days}
                    )
                    for part, days in parts
                ],
                **values,
            }
        )

    def early(self, amount=1000.0, ago=0):
        terms = self.terms(
            (100, 30),
            early_discount=True,
            discount_percentage=2,
            discount_days=7,
            early_pay_discount_computation="included",
        )
        return self.invoice(
            amount,
            partner_id=self.els.id,
            invoice_date=self.days(-ago),
            invoice_payment_term_id=terms.id,
        )

    def ask(self, move, kind, **values):
        return self.env["pom.payer.request"].create(
            {
                "kind": kind,
                "paylink_id": move.pom_paylink_id.id,
                "move_ids": move.ids,
                "partner_id": self.els.id,
                "company_id": self.company.id,
                "currency_id": move.currency_id.id,
                **values,
            }
        )
