"""A running Bancontact, and a shop that collects with it."""

import pytest

from odoo.addons.pom_payment_bancontact.psp import BancontactPro as Bancontact

from tests.simulators.bancontact_pro import BancontactPro
from tests.unit.shop import Shop


@pytest.fixture(scope="session")
def running_psp():
    with BancontactPro(retry_delays=(0.02, 0.02), callback_timeout=60) as psp:
        yield psp


@pytest.fixture
def shop(psp, receiver):
    adapter = Bancontact()
    credentials = adapter.Credentials(psp.api_key, psp.ppid, psp.url, psp.jwks_url)
    return Shop(adapter, credentials, receiver.url + "/pom/webhook/bancontact_pro/7")
