"""Databases of versions before, with something in each state in them, are upgraded to
what is here, as docs/pages/lifecycle.md says: nothing that is in them is lost or
changed, and links that debtors hold lead where they did.
"""

import os

import pytest
import requests

from dev.addons import ROOT, addons, manifest
from tests.e2e.harness import DEV, Server, database, environment, run
from tests.e2e.test_install import psql

pytestmark = [pytest.mark.e2e, pytest.mark.slow]

#: The first one's companies say what the others' set-up of reminders does.
FIRST, *_ = RELEASES = [
    line.split()[0]
    for line in (ROOT / "dev" / "releases").read_text().splitlines()
    if not line.startswith("#")
]
#: Columns that aren't there any more, by where what was in them is now.
MOVED = {
    # pom_reminder's migration: in the company's set-up.
    "res_company.pom_policy_business_id",
    "res_company.pom_policy_consumer_id",
    "res_company.pom_postage",
    "res_company.pom_remind_days",
    "res_company.pom_reminders_stopped",
    "pom_reminder_policy.bank_days",
    # A law's own, in pom.interest.rate.
    "pom_reminder_policy.reference_rate",
    # On the invoice, as the number of the request.
    "pom_payer_request.quiet_reason",
    # In pom_payment_plan, which is new.
    "pom_payer_request.plan_amount",
    "pom_payer_request.plan_count",
    "pom_payer_request.plan_first_on",
}
#: Words that came with an addon, and now in other languages, too.
WORDS = {
    "pom_reminder_policy.name",
    "pom_reminder_policy_level.name",
    "pom_reminder_policy_level.short_text",
    "pom_reminder_policy_level.subject",
    "pom_reminder_policy_level.text",
}
#: What is called otherwise now, as it was called: else it stays what it is.
CALLED = {
    "pom_payer_request.state": "(CASE WHEN kind = 'question' AND state = 'answered' "
    "THEN 'accepted' ELSE state END)",
}
#: Whatever an update does, these say when it was, or what it's called now.
ALWAYS = ("write_date", "write_uid")
COLUMNS = r"""
    SELECT table_name || '.' || column_name FROM information_schema.columns
     WHERE table_schema = 'public'
       AND (table_name LIKE 'pom\_%' OR column_name LIKE 'pom\_%')
       AND table_name IN (SELECT tablename FROM pg_tables WHERE schemaname = 'public')
     ORDER BY 1
"""
BOOKS = """
    SELECT name, state, payment_state, amount_residual FROM account_move ORDER BY id
"""
LINKS = """
    SELECT link.token, move.payment_state FROM pom_paylink link
      JOIN account_move move ON move.id = link.move_id ORDER BY link.id
"""


def newest(name, columns):
    """By table, its last record: what comes later is an update's."""
    tables = [column[:-3] for column in columns if column.endswith(".id")]
    parts = [f"SELECT '{one}', coalesce(max(id), 0) FROM \"{one}\"" for one in tables]
    return dict(row.split("|") for row in psql(name, " UNION ALL ".join(parts)))


def contents(name, columns, last):
    """By column, how many rows there are of those that were there, and what is in
    them.
    """
    parts = []
    for one in columns:
        table, _, column = one.partition(".")
        shown = CALLED.get(one, f'"{column}"')
        shown += "->>'en_US'" if one in WORDS else "::text"
        parts.append(
            f"SELECT '{one}', count(*), md5(string_agg(coalesce({shown}, '-'), '|' "
            f'ORDER BY {shown})) FROM "{table}"'
            + (f" WHERE id <= {last[table]}" if table in last else "")
        )
    rows = psql(name, " UNION ALL ".join(parts))
    return {column: rest for column, _, rest in (row.partition("|") for row in rows)}


class Upgraded:
    """A database of a release, before and after."""

    def __init__(self, release):
        self.release, self.name = release, f"pom_upgrade_{os.getpid()}"
        database("release", self.name, release)
        columns = set(psql(self.name, COLUMNS))
        columns = {one for one in columns if not one.endswith(ALWAYS)}
        last = newest(self.name, columns)
        self.before = contents(self.name, columns, last)
        self.books, self.links = psql(self.name, BOOKS), psql(self.name, LINKS)
        self.said = self.upgrade()
        there = set(psql(self.name, COLUMNS))
        self.lost = columns - there
        self.after = contents(self.name, columns & there, last)

    def upgrade(self):
        """
        :return: what its log complains about
        """
        done = run(
            [ROOT / "dev" / "odoo", f"--database={self.name}", "--update=pom_payment",
             "--stop-after-init", "--no-http", "--log-level=warn"],
            capture_output=True, text=True,
        )  # fmt: skip
        (DEV / f"{self.name}.log").write_text(done.stderr)
        assert done.returncode == 0, done.stderr[-3000:]
        words = (" WARNING ", " ERROR ", " CRITICAL ", "Traceback")
        return [one for one in done.stderr.splitlines() if any(w in one for w in words)]


@pytest.fixture(scope="module", params=RELEASES)
def upgraded(request):
    there = Upgraded(request.param)
    yield there
    database("drop", there.name)


def test_it_goes_without_complaints(upgraded):
    assert upgraded.said == []
    query = r"""
        SELECT name || ' ' || latest_version FROM ir_module_module
         WHERE state = 'installed' AND name LIKE 'pom\_%'
    """
    versions = dict(row.split() for row in psql(upgraded.name, query))
    assert versions == {name: manifest(name)["version"] for name in versions}
    assert set(versions) <= set(addons())


def test_nothing_that_was_there_is_lost(upgraded):
    assert upgraded.lost <= MOVED
    rows = {one.partition(".")[0]: had for one, had in upgraded.before.items()}
    filled = [table for table, had in rows.items() if not had.startswith("0|")]
    assert len([table for table in filled if table.startswith("pom_")]) >= 23


def test_nothing_that_was_there_changes(upgraded):
    assert psql(upgraded.name, BOOKS) == upgraded.books
    changed = [
        column
        for column, now in upgraded.after.items()
        if upgraded.before[column] != now
    ]
    assert sorted(changed) == []


def test_links_lead_where_they_did(upgraded):
    states = [row.partition("|") for row in upgraded.links]
    assert {state for _token, _, state in states} >= {"not_paid", "paid"}
    with Server(upgraded.name, crons=0) as server:
        for token, _, state in states:
            page = requests.get(f"{server.url}/p/{token}", timeout=60)
            assert page.status_code == 200
            can_pay = f'action="/p/{token}/pay"' in page.text
            assert can_pay == (state == "not_paid"), token
            shows = "99,00" in page.text
            assert shows, token


def test_reminders_go_on_as_they_did(upgraded):
    """Policies, what a letter costs, how far ahead a debtor may choose, and how old the
    bank's news may be; *Not started* would silence a company that reminds.
    """
    with environment(upgraded.name) as env:
        setup = env.company._pom_setup()
        policies = setup.consumer_policy_id, setup.business_policy_id
        assert setup.state == "running"
        assert all(policies) and policies[0] != policies[1]
        if upgraded.release == FIRST:
            assert (setup.postage, setup.remind_days) == (1.25, 21)
            assert (setup.bank_days, setup.business_by) == (3, "company")


def test_apple_pay_is_offered_by_who_has_mollie(upgraded):
    with environment(upgraded.name) as env:
        apple_pay = env.ref("pom_payment_mollie.payment_method_apple_pay")
        mollie = env["payment.provider"].search([("code", "=", "mollie")])
        assert mollie and apple_pay.provider_ids == mollie
