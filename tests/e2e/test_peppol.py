"""Peppol as a channel, where Odoo's addon for it is installed: elsewhere the templates
do without, since it looks companies up on the network.
"""

import pytest

from tests.e2e.harness import ROOT, database
from tests.e2e.test_new_addons import run, run_tests

pytestmark = pytest.mark.e2e

NAME = "pom_e2e_peppol"


def test_peppol_is_a_channel():
    database("tests", NAME)
    run(
        ROOT / "dev" / "odoo",
        f"--database={NAME}",
        "--init=account_peppol",
        "--stop-after-init",
        "--no-http",
    )
    run_tests(NAME, "pom_message_peppol/peppol.py")
    database("drop", NAME)
