"""Core's orders, where ``sale`` is installed: the templates do without, since most who
collect invoices have no shop.
"""

import pytest

from tests.e2e.harness import ROOT, database
from tests.e2e.test_new_addons import run, run_tests

pytestmark = pytest.mark.e2e

NAME = "pom_e2e_orders"


def test_orders_are_paid_before_they_are_invoiced():
    database("tests", NAME)
    run(
        ROOT / "dev" / "odoo",
        f"--database={NAME}",
        "--init=sale",
        "--stop-after-init",
        "--no-http",
    )
    run_tests(NAME, "engine/orders.py")
    database("drop", NAME)
