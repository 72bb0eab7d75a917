from odoo.tests import tagged

from tests.odoo.pom_payment_mollie.test_mollie import MollieCase
from tests.odoo.pom_payment_stripe.test_stripe import StripeCase

from . import any_provider
from .common import EngineCase


@tagged("standard", "post_install", "-at_install")
class TestBancontact(EngineCase, any_provider.AnyProvider):
    pass


@tagged("standard", "post_install", "-at_install")
class TestMollie(MollieCase, any_provider.AnyProvider):
    pass


@tagged("standard", "post_install", "-at_install")
class TestStripe(StripeCase, any_provider.AnyProvider):
    pass
