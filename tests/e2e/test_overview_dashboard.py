"""The dashboard that installs itself beside Odoo's own: drawn, and without an error."""

import pytest
from playwright.sync_api import expect

from tests.e2e.harness import ROOT, Server, environment
from tests.e2e.test_new_addons import run
from tests.e2e.test_overview import SHOTS, Reader, make_debts

pytestmark = pytest.mark.e2e

#: What the cells of the sheet hold by now, of which only a picture is drawn; what is
#: still asked for is an error, too.
CELLS = """() => {
    const { App } = odoo.loader.modules.get("@odoo/owl");
    const found = (node) => node.component.props.model
        || Object.values(node.children).map(found).find(Boolean);
    const model = [...App.apps].map((app) => found(app.root)).find(Boolean);
    return model.getters.getSheetIds()
        .flatMap((id) => Object.values(model.getters.getEvaluatedCells(id)))
        .map((cell) => cell.type);
}"""


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
        expect(page.locator(".o-spreadsheet .o-figure canvas")).to_have_count(4)
        # Data come after the sheet.
        page.wait_for_function(f"({CELLS})().includes('number')")
        page.wait_for_function(f"!({CELLS})().includes('error')")
        SHOTS.mkdir(exist_ok=True)
        page.screenshot(path=SHOTS / "dashboard.png")
        assert reader.errors == []
