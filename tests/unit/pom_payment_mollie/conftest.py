"""A running Mollie, and a shop that collects with it."""

import pytest

from odoo.addons.pom_payment_mollie.psp.adapter import Credentials

from tests.simulators.mollie import Mollie as MollieService
from tests.unit.shop import Shop

from .asked import PSP


@pytest.fixture(scope="session")
def running_psp():
    with MollieService(retry_delays=(0.02, 0.02), callback_timeout=60) as psp:
        yield psp


@pytest.fixture
def shop(psp, receiver):
    credentials = Credentials(psp.api_key, psp.profile_id, api_url=psp.api_url)
    return Shop(PSP, credentials, receiver.url + "/pom/webhook/mollie/8")
