"""A debt that is charged by itself, asked of every place."""

from odoo.tests import tagged

from .case import TruthCase
from .readers import Said


@tagged("standard", "post_install", "-at_install")
class TestChargeEverywhere(TruthCase):
    def planned(self, move, *parts, state="active"):
        """
        :param parts: (days from now, amount) of each charge, and the day of its part
            where that is another
        """
        consent = self.env["pom.charge.consent"].create(
            {
                "partner_id": move.partner_id.id,
                "company_id": self.company.id,
                "currency_id": move.currency_id.id,
                "kind": "due",
                "move_id": move.id,
                "state": state,
                "wording": "I agree",
            }
        )
        self.env["pom.charge"].create(
            [
                {
                    "consent_id": consent.id,
                    "move_id": move.id,
                    "part_day": self.days(*(part or [day])),
                    "day": self.days(day),
                    "announce_on": self.days(0),
                    "amount": amount,
                }
                for day, amount, *part in parts
            ]
        )
        return consent

    def test_all_of_it(self):
        move = self.owed()
        self.planned(move, (30, 100))
        self.assert_says(move, Said("collected", None, silence="planned"))

    def test_tried_again_after_its_day(self):
        """Nobody is late with what we collect."""
        move = self.owed(due=-3)
        self.planned(move, (2, 100, -3))
        self.assert_says(move, Said("collected", None, silence="planned", unasked=True))

    def test_the_first_of_two_parts_failed(self):
        """That the second will be charged doesn't pay the first."""
        terms = self.terms((30, 0), (70, 60))
        move = self.invoice(
            100,
            partner_id=self.els.id,
            invoice_date=self.days(-30),
            invoice_payment_term_id=terms.id,
            invoice_date_due=False,
        )
        self.env.cr.flush()
        self.planned(move, (30, 70))
        self.assert_says(move, Said("overdue", "30.00", late=30))

    def test_the_cash_to_expect(self):
        """On the day of the charge, whatever the customer's habit."""
        move = self.owed()
        self.planned(move, (33, 100, 30))
        self.env.flush_all()
        row = self.env["pom.debtor.report"].search([("move_id", "=", move.id)])
        self.assertTrue(row.is_collected)
        self.assertEqual(row.expected_date, self.days(33))

    def test_paused(self):
        move = self.owed()
        self.planned(move, (30, 100), state="paused")
        self.assert_says(move, Said("open", "100.00"))

    def test_stopped(self):
        move = self.owed()
        consent = self.planned(move, (30, 100))
        consent._stop("payer")
        self.assert_says(move, Said("open", "100.00"))
