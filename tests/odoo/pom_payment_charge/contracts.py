"""Run by tests/e2e/test_contract.py where OCA's contracts are installed: what they
invoice is charged to whoever agreed once to every invoice.
"""

from datetime import date

from odoo import Command
from odoo.tests import tagged

from .common import MONDAY, ChargeCase

#: When it is invoiced, and the days until it is charged.
MONTHS = (
    ("2026-12-01", "2026-12-04"),
    ("2027-01-01", "2027-01-04", "2027-01-07"),
)


class RecurringCase(ChargeCase):
    """Jan agreed on Monday, 2 November 2026: at most 100 at once."""

    def setUp(self):
        super().setUp()
        with self.on(MONDAY):
            self.first = self.owed(10, due=MONDAY)
            self.consent = self.agree(self.first, "every", most="100", month="200")

    def days(self, *days):
        for day in days:
            with self.on(day):
                self.run_crons()

    def following(self):
        """Invoices that came by themselves, the oldest first."""
        moves = self.env["account.move"].search(
            [
                ("partner_id", "=", self.jan.id),
                ("move_type", "=", "out_invoice"),
                ("id", ">", self.first.id),
            ],
            order="id",
        )
        return moves - self.first

    def stands(self):
        return [
            (move.payment_state, self.charges(move).mapped("state"))
            for move in self.following()
        ]

    def bread(self):
        return self.env["product.product"].create(
            {"name": "Bread", "type": "service", "taxes_id": [Command.clear()]}
        )


@tagged("standard", "post_install", "-at_install")
class TestContract(RecurringCase):
    def contract(self, price):
        contracts = self.env["contract.contract"].with_company(self.company)
        return contracts.create(
            {
                "name": "Bread every month",
                "partner_id": self.jan.id,
                "company_id": self.company.id,
                "line_recurrence": True,
                "contract_line_ids": [
                    Command.create(
                        {
                            "product_id": self.bread().id,
                            "name": "Bread",
                            "price_unit": price,
                            "date_start": date(2026, 12, 1),
                            "recurring_next_date": date(2026, 12, 1),
                            "recurring_rule_type": "monthly",
                            "recurring_interval": 1,
                        }
                    )
                ],
            }
        )

    def invoice_on(self, day):
        """What the contract's cron makes is a draft: somebody posts it."""
        with self.on(day):
            self.env["contract.contract"].cron_recurring_create_invoice()
            drafts = self.following().filtered(lambda move: move.state == "draft")
            self.assertEqual(len(drafts), 1)
            drafts.action_post()

    def test_each_month(self):
        """Announced three days before: on Tuesday, 1 December, and on Monday, 4
        January, since New Year is a holiday.
        """
        with self.on(MONDAY):
            contract = self.contract(50)
        for invoiced, *days in MONTHS:
            self.invoice_on(invoiced)
            self.days(invoiced)
            with self.on(invoiced):
                status = self.following()[-1].pom_payment_status
            self.assertEqual(status, "collected")
            self.days(*days)
        self.assertEqual(self.stands(), [("paid", ["done"])] * 2)
        self.assertEqual(contract.invoice_count, 2)
        # Stopped on the page of any of them: the next one is asked.
        with self.on("2027-01-08"):
            self.post(self.following()[-1], "/charge/stop")
        self.invoice_on("2027-02-01")
        self.days("2027-02-01", "2027-02-04")
        self.assertEqual(self.stands()[-1], ("not_paid", []))
        with self.on("2027-02-05"):
            self.assertEqual(self.following()[-1].pom_payment_status, "overdue")

    def test_dearer_than_was_agreed_to(self):
        with self.on(MONDAY):
            self.contract(120)
        self.invoice_on("2026-12-01")
        self.days("2026-12-01", "2026-12-04")
        move = self.following()
        self.assertEqual(self.stands(), [("not_paid", ["asked"])])
        self.assertEqual(self.told(move)[-1], "charge_failed")
        self.assertEqual(self.consent.state, "active")
