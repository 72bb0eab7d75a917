from dataclasses import replace
from decimal import Decimal

from odoo import models

from ..models.payment_provider import STRIPE

#: More than the least that Stripe takes in any currency of ours.
TEST_AMOUNT = Decimal(1)


class PomConnectionTest(models.TransientModel):
    _inherit = "pom.connection.test"

    def _test_order(self):
        # EXTENDS 'pom_payment'
        order = super()._test_order()
        if self.provider_id.code != STRIPE.code:
            return order
        return replace(order, amount=TEST_AMOUNT)
