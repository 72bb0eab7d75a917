"""The API against what it says of itself, by somebody else's judge: schemathesis, from
PyPI, makes up requests from the file, right and wrong ones, and looks at each answer.

``POM_API_EXAMPLES=200`` says how many it makes up for each operation,
``POM_API_PHASES=fuzzing`` what it does, ``POM_API_OPERATIONS=getRequest,sendRequest``
with which of them, and ``POM_API_REPORT=file`` keeps what it says.
"""

import importlib.util
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.e2e import company
from tests.e2e.harness import ROOT, Server
from tests.e2e.test_webshop import subscribe
from tests.simulators.bancontact_pro import BancontactPro

pytestmark = pytest.mark.e2e

#: For each operation.
EXAMPLES = int(os.environ.get("POM_API_EXAMPLES", "15"))
PHASES = os.environ.get("POM_API_PHASES", "examples,coverage,fuzzing,stateful")
#: None: all.
OPERATIONS = os.environ.get("POM_API_OPERATIONS", "").split(",")
REPORT = os.environ.get("POM_API_REPORT")
#: What can't be done is said with these; the rest is the judge's own.
SETTINGS = f"""
hooks = "{ROOT / "tests" / "e2e" / "api_judge.py"}"
[generation]
allow-x00 = false
[checks.positive_data_acceptance]
expected-statuses = ["2xx", "304", "401", "403", "404", "409", "415", "422"]
[checks.negative_data_rejection]
expected-statuses = ["400", "401", "403", "404", "405", "413", "415", "422"]
"""


@pytest.mark.skipif(
    not importlib.util.find_spec("schemathesis"),
    reason="schemathesis from PyPI isn't installed",
)
def test_schemathesis_finds_nothing(world, tmp_path):
    settings = tmp_path / "schemathesis.toml"
    settings.write_text(SETTINGS)
    with BancontactPro() as psp, Server(world, workers=0) as server:
        company.configure(world, server, psp)
        for _number in range(3):
            company.invoice(world)
        key = subscribe(world, False)
        done = subprocess.run(
            [
                sys.executable,
                "-m",
                "schemathesis.cli",
                f"--config-file={settings}",
                "run",
                f"{server.url}/pom/api/v1/openapi.json",
                f"--header=Authorization: Bearer {key}",
                "--checks=all",
                *(f"--include-operation-id={one}" for one in OPERATIONS if one),
                f"--phases={PHASES}",
                f"--max-examples={EXAMPLES}",
                "--seed=19",
                "--generation-deterministic",
                "--request-timeout=60",
                "--no-color",
            ],
            # It keeps what it found where it runs.
            cwd=tmp_path,
            capture_output=True,
            text=True,
            check=False,
            timeout=1800,
        )
    if REPORT:
        Path(REPORT).write_text(done.stdout)
    assert done.returncode == 0, done.stdout[-8000:] + done.stderr[-2000:]
