"""OCA's contracts and subscriptions, where they are installed: a debtor's standing
consent pays what they invoice.
"""

import pytest

from tests.e2e.harness import ROOT, database
from tests.e2e.test_new_addons import run, run_tests

pytestmark = pytest.mark.e2e

NAME = "pom_e2e_contract"


def test_what_comes_by_itself_is_paid_by_itself():
    database("tests", NAME)
    run(
        ROOT / "dev" / "odoo",
        f"--database={NAME}",
        "--init=contract,subscription_oca",
        "--stop-after-init",
        "--no-http",
    )
    run_tests(NAME, "pom_payment_charge/contracts.py")
    database("drop", NAME)
