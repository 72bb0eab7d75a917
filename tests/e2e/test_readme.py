"""README.md, as it stands: from an Odoo of one's own that knows nothing of us to the
first invoice paid and the first statement matched. No right is given to anybody.
"""

import re
import subprocess
import time

import pytest

from tests.clock import today
from tests.e2e.harness import PHONE, Client, Server
from tests.e2e.own_odoo import OwnOdoo, packages, read
from tests.e2e.test_first_statement import import_statement, log_in, statement
from tests.simulators.bancontact_pro import BancontactPro

pytestmark = [pytest.mark.e2e, pytest.mark.slow]

DATABASE = "pom_own"


@pytest.fixture(scope="module")
def own(tmp_path_factory):
    """With README's first two steps done."""
    blocks, _apps = read()
    mine = OwnOdoo(tmp_path_factory.mktemp("own"), packages(blocks[:1]))
    mine.clone()
    mine.configure(mine.copy)
    for command in blocks[0]:
        mine.run(command)
    return mine


@pytest.fixture
def theirs(own):
    """Their database: Belgian accounts, and nothing of ours."""
    query("postgres", f'DROP DATABASE IF EXISTS "{DATABASE}" WITH (FORCE)')
    query("postgres", f'CREATE DATABASE "{DATABASE}" TEMPLATE template0')
    assert own.odoo("-d", DATABASE, "-i", "l10n_be") == []
    yield DATABASE
    query("postgres", f'DROP DATABASE "{DATABASE}" WITH (FORCE)')


def query(name, text):
    command = ["psql", "-qAtX", "-d", name, "-c", text]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout


def test_readme_leads_to_money_on_the_books(own, theirs, chromium):
    server = Server(theirs, crons=1, program=own.program, environ=own.environ)
    with server, BancontactPro() as psp:
        boss = Client(server)
        install(boss, read()[1])
        boss = Client(server)
        set_up(boss, psp)
        move, number, url = invoice(boss)
        pay(chromium, url, psp)
        wait_until_paid(boss, move)
        move, number, url = invoice(boss)
        page = chromium.new_page(viewport={"width": 1440, "height": 900})
        page.set_default_timeout(240_000)
        log_in(page, server.url)
        import_statement(page, server.url, statement(number))
        page.close()
        wait_until_paid(boss, move)
        [line] = boss.call(
            "account.bank.statement.line", "search_read", [],
            ["is_reconciled", "journal_id"],
        )  # fmt: skip
        assert line["is_reconciled"]
        # Before it is ended, which some of Odoo's own actions don't bear.
        assert complaints(server.said()) == []


def complaints(log):
    """What stands in a log as an error; but for work that is done again, since somebody
    else was at the same row.
    """
    return [
        entry
        for entry in re.split(r"\n(?=\d{4}-\d\d-\d\d )", log)
        if re.search(r" (ERROR|CRITICAL) ", entry.partition("\n")[0])
        and "could not serialize access" not in entry
    ]


def install(boss, names):
    """As the Apps screen does it: by the names that README gives."""
    boss.call("ir.module.module", "update_list")
    found = boss.call(
        "ir.module.module", "search_read", [["shortdesc", "in", names]], ["shortdesc"]
    )
    assert sorted(row["shortdesc"] for row in found) == sorted(names)
    boss.call(
        "ir.module.module", "button_immediate_install", [row["id"] for row in found]
    )


def set_up(boss, psp):
    """Belgian accounts, and the contract with Bancontact."""
    [company] = boss.call("res.company", "search", [])
    [country] = boss.call("res.country", "search", [["code", "=", "BE"]])
    boss.call("res.company", "write", [company], {"country_id": country})
    settings = boss.call(
        "res.config.settings", "create", [{"chart_template": "be_comp"}]
    )
    boss.call("res.config.settings", "execute", settings)
    [provider] = boss.call(
        "payment.provider", "search", [["code", "=", "bancontact_pro"]]
    )
    boss.call(
        "payment.provider", "write", [provider],
        {"bancontact_api_key": psp.api_key, "bancontact_ppid": psp.ppid,
         "bancontact_api_url": psp.url, "bancontact_jwks_url": psp.jwks_url,
         "state": "enabled", "is_published": True},
    )  # fmt: skip


def invoice(boss):
    """Confirm one of 121.00: id, number, address of its page."""
    partner = boss.call("res.partner", "create", [{"name": "Marie Peeters"}])
    line = {"name": "Work", "price_unit": 100}
    move = boss.call(
        "account.move", "create",
        [{"move_type": "out_invoice", "partner_id": partner[0],
          "invoice_date": str(today()), "invoice_line_ids": [[0, 0, line]]}],
    )  # fmt: skip
    boss.call("account.move", "action_post", move)
    [row] = boss.read("account.move", move, ["name", "amount_total", "pom_payment_url"])
    assert row["amount_total"] == 121
    return move[0], row["name"], row["pom_payment_url"]


def pay(chromium, url, psp):
    page = chromium.new_page(**PHONE)
    page.set_default_timeout(120_000)
    page.goto(url)
    page.click("button.first")
    page.wait_for_url(f"{psp.url}/**")
    page.click("button[value=pay], button:has-text('Pay')")
    page.wait_for_selector(".state.paid")
    page.close()


def wait_until_paid(boss, move, timeout=120):
    deadline = time.monotonic() + timeout
    while time.monotonic() < deadline:
        [row] = boss.read("account.move", [move], ["payment_state"])
        if row["payment_state"] in ("paid", "in_payment"):
            return
        time.sleep(0.5)
    raise AssertionError(row)
