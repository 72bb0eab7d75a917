"""The demo is what a newcomer runs first."""

import json
import os
import subprocess

import pytest

from tests.e2e import readme_pictures
from tests.e2e.harness import DEV, ROOT

pytestmark = pytest.mark.e2e


def test_demo_holds():
    run = subprocess.run(
        [ROOT / "dev" / "demo"],
        env={**os.environ, "HEADLESS": "1"},
        capture_output=True,
        text=True,
        check=False,
        timeout=1800,
    )
    assert run.returncode == 0, run.stdout[-3000:] + run.stderr[-3000:]
    story = json.loads(run.stdout.splitlines()[-1])
    assert story["ok"] is True
    assert (story["paid_by_webhook"], story["paid_by_qr"]) == (1, 1)
    assert (story["paid_by_coda"], story["open"]) == (1, 7)
    assert story["webhook_to_paid_s"] > 0
    for picture in ("mail", "list", "form", "page_li_open", "page_li_paid"):
        assert (DEV / "demo" / f"{picture}.png").stat().st_size > 5000
    for name, make in readme_pictures.PICTURES.items():
        differs = readme_pictures.difference(readme_pictures.kept(name), make())
        again = "dev/run python -m tests.e2e.readme_pictures"
        assert differs < readme_pictures.ALIKE, f"docs/{name} is stale: {again}"
