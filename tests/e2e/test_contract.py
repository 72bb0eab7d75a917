"""OCA's contracts and subscriptions, where they are installed: a debtor's standing
consent pays what they invoice.
"""

import pytest

from tests.e2e.harness import ROOT, database
from tests.e2e.test_new_addons import run, run_tests

pytestmark = pytest.mark.e2e

#: By addon, what is played where it is installed.
PLAYED = {
    "contract": "pom_payment_charge/contracts.py",
    "subscription_oca": "pom_payment_charge/subscriptions.py",
}


@pytest.mark.parametrize("addon", PLAYED)
def test_what_comes_by_itself_is_paid_by_itself(addon):
    name = f"pom_e2e_{addon}"
    database("tests", name)
    run(
        ROOT / "dev" / "odoo",
        f"--database={name}",
        f"--init={addon}",
        "--stop-after-init",
        "--no-http",
    )
    run_tests(name, PLAYED[addon])
    database("drop", name)
