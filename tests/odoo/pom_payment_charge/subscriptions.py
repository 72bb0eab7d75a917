"""Run by tests/e2e/test_contract.py where OCA's subscriptions are installed: what they
invoice is charged to whoever agreed once to every invoice.
"""

from odoo import Command
from odoo.tests import tagged

from .common import MONDAY
from .contracts import RecurringCase


@tagged("standard", "post_install", "-at_install")
class TestSubscription(RecurringCase):
    def subscription(self, price):
        """Begun on Tuesday, 1 December 2026."""
        template = self.env["sale.subscription.template"].create(
            {"name": "Bread every month", "invoicing_mode": "invoice"}
        )
        stages = self.env["sale.subscription.stage"]
        subscription = (
            self.env["sale.subscription"]
            .with_company(self.company)
            .create(
                {
                    "partner_id": self.jan.id,
                    "company_id": self.company.id,
                    "template_id": template.id,
                    "pricelist_id": self.prices().id,
                    "sale_subscription_line_ids": [
                        Command.create(
                            {"product_id": self.sold(price).id, "price_unit": price}
                        )
                    ],
                }
            )
        )
        with self.on("2026-12-01"):
            subscription.stage_id = stages.search([("type", "=", "in_progress")])[:1]
        return subscription

    def prices(self):
        return self.env["product.pricelist"].create(
            {"name": "Prices", "currency_id": self.company.currency_id.id}
        )

    def sold(self, price):
        """Its addon takes the account from the product or its category alone."""
        bread = self.bread()
        account = self.company_data["default_account_revenue"]
        bread.write({"property_account_income_id": account.id, "list_price": price})
        return bread

    def invoice_on(self, day):
        """By its own scheduled action, which posts and sends it."""
        with self.on(day):
            self.env["sale.subscription"].cron_subscription_management()
            self.env.invalidate_all()

    def test_each_month(self):
        """Announced three days before: on Tuesday, 1 December, and on Monday, 4
        January, since New Year is a holiday.
        """
        subscription = self.subscription(50)
        self.invoice_on("2026-12-01")
        [first] = self.following()
        self.assertEqual((first.subscription_id, first.state), (subscription, "posted"))
        with self.on("2026-12-01"):
            self.assertEqual(first.pom_payment_status, "collected")
        self.days("2026-12-01", "2026-12-04")
        self.invoice_on("2026-12-02")
        self.assertEqual(len(self.following()), 1)
        self.invoice_on("2027-01-01")
        self.days("2027-01-01", "2027-01-04", "2027-01-07")
        self.assertEqual(self.stands(), [("paid", ["done"])] * 2)
        # Stopped on the page of any of them: the next one is asked.
        with self.on("2027-01-08"):
            self.post(first, "/charge/stop")
        self.invoice_on("2027-02-01")
        self.days("2027-02-01", "2027-02-04")
        self.assertEqual(self.stands()[-1], ("not_paid", []))

    def test_dearer_than_was_agreed_to(self):
        self.subscription(120)
        self.invoice_on("2026-12-01")
        self.days("2026-12-01", "2026-12-04")
        self.assertEqual(self.stands(), [("not_paid", ["asked"])])
        self.assertEqual(self.told(self.following())[-1], "charge_failed")
        self.assertEqual(self.consent.state, "active")

    def test_to_an_invoice_address_of_its_own(self):
        """Who agreed is somebody else: that one is asked."""
        billing = self.env["res.partner"].create(
            {"name": "Billing", "type": "invoice", "parent_id": self.jan.id}
        )
        subscription = self.subscription(50)
        self.assertEqual(subscription.partner_invoice_id, billing)
        with self.on(MONDAY):
            self.consent._plan()
        self.invoice_on("2026-12-01")
        self.days("2026-12-01", "2026-12-04")
        [move] = self.env["account.move"].search([("partner_id", "=", billing.id)])
        self.assertEqual(move.payment_state, "not_paid")
        self.assertFalse(move.pom_charge_ids)
