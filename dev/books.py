"""The company of the tests that run in Odoo, beside that of ``dev/world.py``: made
once, since that takes longer than most of them.

Run by ``dev/database`` to fill the template ``pom_tests``; :mod:`tests.odoo.belgium`
works in it.
"""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from tests.e2e.harness import environment  # noqa: E402

#: As core's tests call theirs.
NAME = "company_1_data"


def build(env):
    country, euro = env.ref("base.be"), env.ref("base.EUR")
    company = env["res.company"].create(
        {"name": NAME, "country_id": country.id, "currency_id": euro.id}
    )
    charts = env["account.chart.template"]
    chart = charts._guess_chart_template(country)
    charts.try_loading(chart, company=company, install_demo=False)
    company.currency_id = euro


if __name__ == "__main__":
    with environment(sys.argv[1]) as env:
        build(env)
