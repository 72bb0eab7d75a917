"""What reminders asked on top, asked of every place."""

from odoo.tests import tagged

from tests.odoo.pom_claim.common import claim, switch_on

from .case import TruthCase
from .readers import Said


@tagged("standard", "post_install", "-at_install")
class TestClaimsEverywhere(TruthCase):
    """121 euros, thirty days late, and 7.50 for a reminder."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        switch_on(cls.company)

    def test_one_total(self):
        move = self.owed(121.0, due=-30)
        claim(move)
        self.assert_says(move, Said("overdue", "128.50", late=30, alone="121.00"))

    def test_a_part_of_the_invoice_was_paid(self):
        move = self.owed(121.0, due=-30)
        claim(move)
        self.register_payment(move, 21.0)
        self.assert_says(move, Said("overdue", "107.50", late=30, alone="100.00"))

    def test_waived(self):
        move = self.owed(121.0, due=-30)
        claim(move).action_waive()
        self.assert_says(move, Said("overdue", "121.00", late=30))

    def test_the_invoice_was_paid(self):
        move = self.owed(121.0, due=-30)
        claim(move)
        self.register_payment(move, 121.0)
        self.assert_says(move, Said("paid", None, silence="paid"))
