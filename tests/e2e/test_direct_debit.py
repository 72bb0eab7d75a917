"""OCA's mandates and payment orders, where they are installed: the templates do
without, since they change what an invoice's account is.
"""

import pytest

from tests.e2e.harness import ROOT, database
from tests.e2e.test_new_addons import run, run_tests

pytestmark = pytest.mark.e2e

NAME = "pom_e2e_direct_debit"


def test_mandates_and_orders():
    database("tests", NAME)
    run(
        ROOT / "dev" / "odoo",
        f"--database={NAME}",
        "--init=account_banking_sepa_direct_debit",
        "--stop-after-init",
        "--no-http",
    )
    run_tests(NAME, "pom_payment_order/debits.py", "pom_payment_order/came_back.py")
    database("drop", NAME)
