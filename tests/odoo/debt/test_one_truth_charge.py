"""A debt that is charged by itself, asked of every place."""

from odoo.tests import tagged

from .case import TruthCase
from .readers import Said


@tagged("standard", "post_install", "-at_install")
class TestChargeEverywhere(TruthCase):
    def planned(self, move, *parts, state="active"):
        """
        :param parts: (days from now, amount) of each charge
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
                    "part_day": self.days(day),
                    "day": self.days(day),
                    "announce_on": self.days(0),
                    "amount": amount,
                }
                for day, amount in parts
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
        self.planned(move, (2, 100))
        self.assert_says(move, Said("collected", None, silence="planned", unasked=True))

    def test_paused(self):
        move = self.owed()
        self.planned(move, (30, 100), state="paused")
        self.assert_says(move, Said("open", "100.00"))

    def test_stopped(self):
        move = self.owed()
        consent = self.planned(move, (30, 100))
        consent._stop("payer")
        self.assert_says(move, Said("open", "100.00"))
