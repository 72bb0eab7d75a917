"""The dashboard that installs itself beside Odoo's own: drawn, and without an error."""

import pytest

from tests.e2e.harness import ROOT, Server, environment
from tests.e2e.test_new_addons import run
from tests.e2e.test_overview import SHOTS, Reader, make_debts

pytestmark = pytest.mark.e2e


def test_dashboard(world, chromium):
    run(
        ROOT / "dev" / "odoo",
        f"--database={world}",
        "--init=spreadsheet_dashboard",
        "--stop-after-init",
        "--no-http",
    )
    with environment(world) as env:
        make_debts(env)
        dashboard = env.ref("pom_overview_spreadsheet.dashboard_payments").id
    with Server(world, crons=0) as server:
        reader = Reader(chromium, server, "desk")
        page = reader.page
        page.goto(f"{server.url}/odoo/dashboards?dashboard_id={dashboard}")
        page.wait_for_selector(".o-spreadsheet .o-figure canvas")
        # Data come after the sheet.
        page.wait_for_timeout(3000)
        SHOTS.mkdir(exist_ok=True)
        page.screenshot(path=SHOTS / "dashboard.png")
        assert page.locator(".o-figure canvas").count() == 4
        assert not page.locator("text=#ERROR").count()
        assert reader.errors == []
