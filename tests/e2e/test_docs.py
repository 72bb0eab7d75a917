"""The documentation builds, strictly, and what it tells an administrator or a third
system to type does what it says there.
"""

import json
import os
import re
import subprocess
from datetime import timedelta

import pytest

from dev.addons import ROOT
from tests.commands import commands_of
from tests.e2e import company
from tests.e2e.harness import DEV, Server, database, environment, run
from tests.e2e.test_webshop import subscribe
from tests.simulators.bancontact_pro import BancontactPro

pytestmark = [pytest.mark.e2e, pytest.mark.slow]

PUBLIC = "https://pay.mycompany.be"


def test_it_builds():
    """No link, anchor, picture or included file lacks, or it fails."""
    run([ROOT / "dev" / "docs", "text"], check=True)
    page = (DEV / "site" / "lifecycle" / "index.html").read_text()
    assert "account-reconcile-oca" in page, "README's words are in it"


def test_a_link_that_leads_nowhere_fails(tmp_path):
    """Each other proof here would be worth nothing."""
    run([ROOT / "dev" / "docs", "tools"], check=True)
    (tmp_path / "pages").mkdir()
    (tmp_path / "pages" / "index.md").write_text("[Away](gone.md)\n")
    (tmp_path / "mkdocs.yml").write_text(
        f"INHERIT: {ROOT / 'docs' / 'mkdocs.yml'}\n"
        "docs_dir: pages\nhooks: []\nnav:\n  - Home: index.md\n"
    )
    build = [
        DEV / "site-venv" / "bin" / "python", "-m", "mkdocs", "build", "--strict",
        "--config-file", tmp_path / "mkdocs.yml", "--site-dir", tmp_path / "site",
    ]  # fmt: skip
    done = run(build, capture_output=True, text=True, cwd=ROOT)
    assert done.returncode == 1 and "gone.md" in done.stderr + done.stdout


@pytest.fixture
def typed(tmp_path):
    """Types a line in a shell whose ``odoo`` is this one's."""
    program = tmp_path / "odoo"
    program.write_text(f'#!/bin/sh\nexec "{ROOT}/dev/odoo" "$@" --no-http\n')
    program.chmod(0o755)

    def type_(command, **variables):
        path = f"{tmp_path}:{os.environ['PATH']}"
        done = subprocess.run(
            command, shell=True, capture_output=True, text=True, cwd=DEV,
            env={**os.environ, "PATH": path, **variables},
        )  # fmt: skip
        assert done.returncode == 0, f"{command}\n{done.stdout}\n{done.stderr}"
        return done.stdout

    return type_


def test_what_an_administrator_types(world, typed):
    [update] = commands_of("docs/pages/lifecycle.md")
    [neutralize] = commands_of("docs/pages/operations.md")
    [look] = commands_of("docs/pages/monitoring.md")
    with environment(world) as env:
        env["ir.config_parameter"].set_param("pom_payment.health_token", "abc")
        env.company.pom_base_url = PUBLIC
        # This database was made some time ago, and nobody has run any since.
        env["ir.cron"].search([]).nextcall = env.cr.now() + timedelta(hours=1)
    with Server(world, crons=0) as server:
        said = json.loads(typed(look, POM_HEALTH_TOKEN="abc", POM_URL=server.url))
        assert set(said) == {"status", "checks"} and "actions_late" in said["checks"]
    typed(update, POM_DATABASE=world)
    copy = f"{world}_copy"
    database("drop", copy)
    typed(f'createdb "{copy}" && pg_dump "{world}" | psql -qX -d "{copy}"')
    try:
        typed(neutralize, POM_COPY=copy)
        left = "SELECT pom_base_url FROM res_company WHERE pom_base_url IS NOT NULL"
        assert typed(f'psql -qAtX -d "{copy}" -c "{left}"') == ""
    finally:
        database("drop", copy)


def test_what_a_third_system_types(world, typed):
    """README's words, with the key that it got and the address of here."""
    asked = [one for one in commands_of("README.md") if one.startswith("curl")]
    assert len(asked) == 4
    with BancontactPro() as psp, Server(world, crons=0) as server:
        company.configure(world, server, psp)
        company.invoice(world)
        key = subscribe(world, False)
        for command in asked:
            command = command.replace("pomk_…", key).replace(PUBLIC, server.url)
            # It says as much when it isn't taken.
            answer = json.loads(typed(f"{command} --fail-with-body --globoff"))
            assert not re.search("error|problem", json.dumps(answer)), answer
