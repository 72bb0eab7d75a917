"""A running Stripe, and a shop that collects with it."""

import pytest

from odoo.addons.pom_payment_stripe.psp.adapter import Credentials

from tests.simulators.stripe import Stripe as StripeService
from tests.unit.shop import Shop

from .asked import PSP


@pytest.fixture(scope="session")
def running_psp():
    with StripeService(retry_delays=(0.02, 0.02), callback_timeout=60) as psp:
        yield psp


@pytest.fixture
def shop(psp, receiver):
    url = receiver.url + "/pom/webhook/stripe/8"
    psp.endpoints.clear()
    credentials = Credentials(psp.api_key, database="db-1", api_url=psp.api_url)
    shop = Shop(PSP, credentials, url)
    secret = PSP.read_webhook(shop.send(PSP.webhook_request(url)).json())
    shop.credentials = Credentials(psp.api_key, (secret,), "db-1", psp.api_url)
    return shop
