"""A company worked with all of the addons for a while, and uninstalls them: what was
paid stays paid, nothing of ours is left, and core works as if it had never known us.
Then it installs them again.
"""

import json
import os
import sys

import pytest
import requests

from dev.addons import ROOT
from tests.e2e.harness import DEV, Client, Server, database, environment, run
from tests.e2e.install_traces import LEFT, SWITCHES
from tests.e2e.test_install import ADDONS, LOWEST, psql
from tests.simulators.smtp import MailCatcher

pytestmark = [pytest.mark.e2e, pytest.mark.slow]

NAME = f"pom_uninstall_{os.getpid()}"
#: Providers' addons go before what they build on; the others with it.
AWAY = [
    "-pom_payment_bancontact", "-pom_payment_mollie", "-pom_payment_stripe",
    f"-{LOWEST}",
]  # fmt: skip
AGAIN = ["+pom_reminder", "+pom_reconcile", "+pom_payment_bancontact"]
#: What isn't ours, by what may not change.
BOOKS = """
    SELECT 'move', name, state, payment_state, amount_residual FROM account_move
    UNION ALL
    SELECT 'item', id::text, account_id::text, reconciled::text, balance
      FROM account_move_line
    UNION ALL
    SELECT 'payment', memo, state, is_reconciled::text, amount FROM account_payment
    UNION ALL
    SELECT 'transaction', reference, state, is_post_processed::text, amount
      FROM payment_transaction
    UNION ALL
    SELECT 'line', payment_ref, NULL, is_reconciled::text, amount
      FROM account_bank_statement_line
    ORDER BY 1, 2, 3, 4, 5
"""
#: Of these there is what there was before any of ours came.
SAME = {
    "menus": "SELECT name->>'en_US' FROM ir_ui_menu",
    "scheduled actions": "SELECT cron_name FROM ir_cron",
    "views": "SELECT coalesce(key, name) FROM ir_ui_view WHERE name !~ '^res.company'",
    "windows": "SELECT name->>'en_US' FROM ir_act_window",
    "server actions": "SELECT name->>'en_US' FROM ir_act_server",
    "reports": "SELECT report_name FROM ir_act_report_xml",
    "rules": "SELECT name FROM ir_rule",
    "groups": "SELECT name->>'en_US' FROM res_groups",
    "e-mails": "SELECT name->>'en_US' FROM mail_template",
    "subtypes": "SELECT name->>'en_US' FROM mail_message_subtype",
    "activities": "SELECT name->>'en_US' FROM mail_activity_type",
    "ways to pay": "SELECT code FROM payment_method",
    "filters": "SELECT name FROM ir_filters",
    "functions": "SELECT proname FROM pg_proc WHERE prokind = 'f'",
    "triggers": "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal",
    "sequences": "SELECT code FROM ir_sequence WHERE code IS NOT NULL",
}
#: Nothing may name us.
NONE = {
    "models": r"SELECT model FROM ir_model WHERE model LIKE 'pom.%'",
    "fields": r"SELECT name FROM ir_model_fields WHERE name LIKE 'pom\_%'",
    "names": r"SELECT module || '.' || name FROM ir_model_data "
    r"WHERE module LIKE 'pom\_%'",
    "parameters": "SELECT key FROM ir_config_parameter WHERE key LIKE 'pom%'",
    "relations": r"SELECT relname FROM pg_class WHERE relname LIKE 'pom\_%'",
    "files": "SELECT res_model FROM ir_attachment WHERE res_model LIKE 'pom.%'",
    "messages": "SELECT model FROM mail_message WHERE model LIKE 'pom.%'",
    "followers": "SELECT res_model FROM mail_followers WHERE res_model LIKE 'pom.%'",
    "to do": "SELECT res_model FROM mail_activity WHERE res_model LIKE 'pom.%'",
    "providers": "SELECT code FROM payment_provider WHERE code LIKE 'bancontact%'",
}


def steps(*names):
    done = run(
        [sys.executable, "-m", "tests.e2e.install_run", NAME, *names],
        cwd=ROOT, capture_output=True, text=True,
    )  # fmt: skip
    (DEV / f"{NAME}.log").write_text(done.stderr)
    assert done.returncode == 0, done.stdout[-2000:] + done.stderr[-3000:]
    return [json.loads(line) for line in done.stdout.splitlines()][1:]


def rows(name, queries):
    return {what: sorted(psql(name, query)) for what, query in queries.items()}


@pytest.fixture(scope="module")
def gone():
    """The books before, and what was said while all was uninstalled."""
    database("world", NAME)
    try:
        fill = [sys.executable, ROOT / "tests" / "releases" / "fill.py", NAME]
        run(fill, cwd=ROOT, check=True)
        before = psql(NAME, BOOKS)
        yield before, steps(*AWAY)
    finally:
        database("drop", NAME)


def test_it_goes_without_complaints(gone):
    _before, said = gone
    assert [row["step"] for row in said] == AWAY
    assert [one for row in said for one in row["complaints"]] == []
    assert not set(said[-1]["installed"]) & set(ADDONS)


def test_what_was_paid_stays_paid(gone):
    before, _said = gone
    assert psql(NAME, BOOKS) == before
    states = {row.split("|")[3] for row in before if row.startswith("move|INV")}
    assert states >= {"paid", "not_paid"}


def test_nothing_is_left(gone):
    assert psql(NAME, LEFT) == []
    left = rows(NAME, NONE)
    assert {what: found for what, found in left.items() if found} == {}


def test_what_there_was_is_there(gone):
    database("base")
    before, after = rows("pom_base", SAME), rows(NAME, SAME)
    more = {what: sorted(set(after[what]) - set(before[what])) for what in SAME}
    less = {what: sorted(set(before[what]) - set(after[what])) for what in SAME}
    assert {what: found for what, found in more.items() if found} == {}
    assert {what: found for what, found in less.items() if found} == {}
    assert [row.partition("|")[2] for row in psql(NAME, SWITCHES)] == ["f|f"]


def test_core_works(gone):
    """Screens open, the customer sees an invoice in the portal, and *Send* sends."""
    with MailCatcher() as smtp, Server(NAME, crons=0) as server:
        with environment(NAME) as env:
            env["ir.mail_server"].create(
                {"name": "SMTP", "smtp_host": smtp.host, "smtp_port": smtp.port}
            )
        boss = Client(server)
        paid, unpaid = (
            boss.call("account.move", "search", domain, limit=1)[0]
            for state in ("paid", "not_paid")
            for domain in [
                [["payment_state", "=", state], ["move_type", "=", "out_invoice"]]
            ]
        )
        for model, kinds in (
            ("account.move", ("form", "list", "kanban", "search")),
            ("account.journal", ("kanban", "form")),
            ("res.partner", ("form", "list")),
            ("payment.provider", ("form", "kanban")),
            ("res.config.settings", ("form",)),
        ):
            opened(boss, model, kinds)
        url = boss.call("account.move", "get_portal_url", [paid])
        page = requests.get(server.url + url, timeout=120)
        assert page.status_code == 200 and "INV/" in page.text
        send(boss, unpaid)
        [mail] = smtp.wait_for(timeout=120)
        assert "INV/" in mail.subject and mail.attachments


def opened(boss, model, kinds):
    """As the browser does it: the views, and a record with all that they show."""
    views = boss.call(model, "get_views", [[False, kind] for kind in kinds])
    fields = views["models"][model]["fields"]
    assert not [name for name in fields if name.startswith("pom_")]
    for record in boss.call(model, "search", [], limit=1):
        boss.call(model, "web_read", [record], {name: {} for name in fields})
    for kind in kinds:
        assert "pom_" not in views["views"][kind]["arch"]


def send(boss, move):
    context = {"active_model": "account.move", "active_ids": [move]}
    [wizard] = boss.call("account.move.send.wizard", "create", [{}], context=context)
    boss.call("account.move.send.wizard", "action_send_and_print", [wizard])


def test_it_can_be_installed_again(gone):
    """Whatever is open gets its link."""
    said = steps(*AGAIN)
    assert [row["complaints"] for row in said if row["complaints"]] == []
    links = psql(NAME, "SELECT count(*) FROM pom_paylink")
    assert int(links[0]) > 0
    assert [row.partition("|")[2] for row in psql(NAME, SWITCHES)] == ["t|t"]
