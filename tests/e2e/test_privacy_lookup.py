"""Odoo's *Privacy Lookup* beside our addons: installed, and asked about a debtor."""

import os
import sys

import pytest

from tests.e2e.harness import ROOT, database, free_port
from tests.e2e.test_new_addons import run

pytestmark = pytest.mark.e2e

NAME = "pom_e2e_privacy_lookup"


def test_it_finds_and_deletes_what_is_ours():
    database("tests", NAME)
    run(
        ROOT / "dev" / "odoo",
        f"--database={NAME}",
        "--init=privacy_lookup",
        "--stop-after-init",
        "--no-http",
    )
    run(
        sys.executable,
        "-m",
        "pytest",
        "--odoo-http",
        f"--odoo-config={os.environ['ODOO_RC']}",
        f"--odoo-database={NAME}",
        f"--odoo-extra=http-port={free_port()}",
        "-q",
        ROOT / "tests" / "odoo" / "security" / "privacy_lookup.py",
    )
    database("drop", NAME)
