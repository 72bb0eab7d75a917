"""What nobody foresaw (a provider, a bank's format, a rule, a channel, a kind of
request) is an addon of its own, and a small one, for which the same tests hold as for
those that there are.
"""

import os
import subprocess
import sys

import pytest

from tests.e2e.harness import ROOT, database, free_port

pytestmark = pytest.mark.e2e

ADDONS = ROOT / "tests" / "addons"
NAME = "pom_e2e_new_addons"
#: Lines of code that a whole addon may take, less than that.
MOST = 80
#: By addon, the tests that hold for it.
TESTS = {
    "pom_payment_example": "engine/example_provider.py",
    "pom_reconcile_example_format": "reconcile/example_format.py",
    "pom_reconcile_example_rule": "reconcile/example_rule.py",
    "pom_message_example": "pom_message/example_channel.py",
    "pom_payment_example_request": "page/example_request.py",
}


@pytest.mark.parametrize("addon", TESTS)
def test_it_is_small(addon):
    files = (ADDONS / addon).rglob("*")
    code = [file.read_text() for file in files if file.suffix in (".py", ".xml")]
    lines = [line.lstrip() for text in code for line in text.splitlines()]
    lines = [line for line in lines if line and not line.startswith(("#", "<!--"))]
    assert 0 < len(lines) < MOST


def test_the_same_tests_hold():
    assert set(TESTS) == {path.name for path in ADDONS.iterdir()}
    database("tests", NAME)
    path = f"{os.environ['ODOO_ADDONS_PATH']},{ADDONS}"
    run(
        ROOT / "dev" / "odoo",
        f"--addons-path={path}",
        f"--database={NAME}",
        f"--init={','.join(TESTS)}",
        "--stop-after-init",
        "--no-http",
    )
    run_tests(NAME, *TESTS.values(), addons_path=path)
    database("drop", NAME)


def run_tests(name, *tests, addons_path=None):
    """Tests of tests/odoo, in a database that is there."""
    path = addons_path or os.environ["ODOO_ADDONS_PATH"]
    run(
        sys.executable,
        "-m",
        "pytest",
        "--odoo-http",
        f"--odoo-config={os.environ['ODOO_RC']}",
        f"--odoo-addons-path={path}",
        f"--odoo-database={name}",
        f"--odoo-extra=http-port={free_port()}",
        "-q",
        *(ROOT / "tests" / "odoo" / test for test in tests),
    )


def run(*command):
    done = subprocess.run(
        [*map(str, command)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
        timeout=1800,
    )
    assert done.returncode == 0, done.stdout[-6000:] + done.stderr[-3000:]
