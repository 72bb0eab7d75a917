"""Planning reminders and putting them into words, beside OCA's credit control.

Both do the same on the same open invoices: find what is due at which level, make a
record of it, and queue one e-mail per customer with all that customer's invoices in it.
"""

import os
import statistics
import subprocess
import time

from odoo import fields

from tests.bench.row import row
from tests.e2e.harness import ROOT, database, environment

#: ``BENCH_INVOICES=20000`` is the size of the promise; it takes OCA's part ten minutes
#: on an idle machine.
INVOICES = int(os.environ.get("BENCH_INVOICES", 2_000))
PER_CUSTOMER = 4
MESSAGES = INVOICES // 10
ROUNDS = 3 if INVOICES < 10_000 else 1
OURS, THEIRS = "pom_bench_reminder", "pom_bench_oca"
#: What was measured in this run, so that three figures cost one run.
MEASURED = {}


def reminder_plan_oca():
    found = measured()
    return row(
        "reminder_plan_oca",
        found["plan", OURS, 0] / INVOICES * 1000,
        found["plan", THEIRS, 0] / INVOICES * 1000,
        "ms per open invoice planned",
        INVOICES,
    )


def reminder_mail_oca():
    found = measured()
    return row(
        "reminder_mail_oca",
        found["mail", OURS, 0] / MESSAGES * 1000,
        found["mail", THEIRS, 0] / MESSAGES * 1000,
        "ms per e-mail put into words and queued",
        MESSAGES,
    )


def reminder_queries():
    found = measured()
    ours, theirs = (
        found["plan", name, 1] / INVOICES
        + found["mail", name, 1] / (MESSAGES * PER_CUSTOMER)
        for name in (OURS, THEIRS)
    )
    unit = "SQL queries per invoice, planned and asked for by e-mail"
    return row("reminder_queries", ours, theirs, unit, INVOICES)


def measured():
    if not MEASURED:
        for name, prepare in ((OURS, prepare_ours), (THEIRS, prepare_theirs)):
            database("world", name)
            prepare(name)
        measure()
        for name in (OURS, THEIRS):
            database("drop", name)
    return MEASURED


def measure():
    """Both in turns, on a machine that other people use too."""
    rounds = {OURS: [], THEIRS: []}
    for number in range(ROUNDS):
        for name in (OURS, THEIRS) if number % 2 else (THEIRS, OURS):
            rounds[name].append(play(name))
    for name, results in rounds.items():
        for index, step in enumerate(("plan", "mail")):
            for kind in (0, 1):
                values = [result[index][kind] for result in results]
                MEASURED[step, name, kind] = statistics.median(values)


def play(name):
    """((seconds, queries) of planning, of mails); everything is rolled back."""
    with environment(name) as env:
        steps = ours if name == OURS else theirs
        result = [timed(env, step) for step in steps(env)]
        env.cr.rollback()
    return result


def timed(env, step):
    queries, start = env.cr.sql_log_count, time.perf_counter()
    step()
    env.flush_all()
    return time.perf_counter() - start, env.cr.sql_log_count - queries


def ours(env):
    company, reminders = env.company, env["pom.reminder"]

    def plan():
        reminders._plan(company)
        count = reminders.search_count([("state", "=", "approved")])
        assert count == INVOICES, count

    def mail():
        before = env["mail.mail"].search_count([])
        while env["mail.mail"].search_count([]) - before < MESSAGES:
            taken = reminders._take(company, 50)
            taken._send_now(company._pom_now().date())
            env.flush_all()

    return plan, mail


def theirs(env):
    made = []

    def plan():
        run = env["credit.control.run"].create({"date": fields.Date.today()})
        made.append(run._generate_credit_lines())
        assert len(made[0]) == INVOICES, len(made[0])

    def mail():
        partners = made[0].partner_id[:MESSAGES]
        lines = made[0].filtered(lambda line: line.partner_id in partners)
        lines.write({"state": "to_be_sent"})
        wizard = env["credit.control.emailer"].create({"line_ids": lines.ids})
        before = env["mail.mail"].search_count([])
        wizard.with_context(mail_notify_force_send=False)._send_emails()
        count = env["mail.mail"].search_count([]) - before
        assert count == MESSAGES, count

    return plan, mail


# -- the company with many debtors -----------------------------------------------------


def prepare_ours(name):
    with environment(name) as env:
        policy = env.ref("pom_reminder.policy_friendly")
        policy.write({"hour_from": 0, "hour_to": 24, "working_days": False})
        env.company._pom_setup().bank_days = -1
        env.company.pom_policy_consumer_id = policy
        env.company.pom_policy_business_id = policy
        stock(env)


def prepare_theirs(name):
    command = [ROOT / "dev" / "odoo", "-d", name, "-i", "account_credit_control"]
    options = ["--stop-after-init", "--no-http", "--max-cron-threads=0"]
    subprocess.run([*command, *options, "--log-level=error"], check=True)
    with environment(name) as env:
        policy = env.ref("account_credit_control.credit_control_3_time")
        account = env["account.account"].search(
            [("account_type", "=", "asset_receivable")]
        )
        policy.account_ids = account
        env.company.credit_policy_id = policy
        # Ours has no PDF either.
        policy.level_ids.email_template_id.report_template_ids = False
        stock(env)


def stock(env):
    """One invoice made by Odoo, and its rows many times over: what is read is the same,
    and it takes a minute instead of an hour.
    """
    partner = env["res.partner"].create(
        {"name": "Debtor 0", "email": "d0@klant.example", "lang": "nl_BE"}
    )
    move = env["account.move"].create(
        {
            "move_type": "out_invoice",
            "partner_id": partner.id,
            "invoice_date": "2026-09-01",
            "invoice_date_due": fields.Date.subtract(fields.Date.today(), days=12),
            "invoice_payment_term_id": False,
            "invoice_line_ids": [(0, 0, {"name": "Bread", "price_unit": 100})],
        }
    )
    move.action_post()
    env.flush_all()
    for table, values in (
        ("res_partner", {"id": "{p}", "name": "'Debtor ' || {p}",
                         "email": "'d' || {p} || '@klant.example'",
                         "email_normalized": "'d' || {p} || '@klant.example'",
                         "complete_name": "'Debtor ' || {p}",
                         "commercial_partner_id": "{p}"}),
        ("account_move", {"id": "{m}", "name": "'B/' || {m}", "sequence_number": "{m}",
                          "partner_id": "{p}", "commercial_partner_id": "{p}",
                          "access_token": "NULL"}),
        ("account_move_line", {"id": "{l}", "move_id": "{m}", "partner_id": "{p}",
                               "move_name": "'B/' || {m}"}),
        ("pom_paylink", {"id": "{m}", "move_id": "{m}",
                         "token": "upper(lpad({m}::text, 26, '0'))"}),
    ):  # fmt: skip
        multiply(env, table, values, partner, move)
    env.invalidate_all()
    env.cr.execute("ANALYZE")


def multiply(env, table, values, partner, move):
    names = {"p": "(1000000 + n / 4)", "m": "(1000000 + n)",
             "l": "(1000000 + n * 10 + row_number() over ())"}  # fmt: skip
    key = {"res_partner": "id", "account_move": "id"}.get(table, "move_id")
    source = partner.id if table == "res_partner" else move.id
    # One row a customer, four an invoice.
    step = PER_CUSTOMER if table == "res_partner" else 1
    env.cr.execute(
        "SELECT column_name FROM information_schema.columns "
        "WHERE table_name = %s AND is_generated = 'NEVER'",
        [table],
    )
    columns = [column for (column,) in env.cr.fetchall()]
    sources = [
        values.get(column, f'"{column}"').format(**names)
        if column in values
        else f't."{column}"'
        for column in columns
    ]
    if table == "account_move_line":
        sources[columns.index("id")] = "(1000000 + n * 10 + t.id - first)"
    quoted = ", ".join(f'"{column}"' for column in columns)
    env.cr.execute(
        f"""
        INSERT INTO {table} ({quoted})
        SELECT {", ".join(sources)}
          FROM generate_series(0, {INVOICES - 1}, {step}) n,
               (SELECT *, min(id) OVER () AS first FROM {table}
                 WHERE {key} = {source}) t
        """
    )
    if table == "account_move":
        env.cr.execute(
            "UPDATE account_move SET state = 'draft' WHERE id = %s", [source]
        )
    if table == "account_move_line":
        env.cr.execute(
            "UPDATE account_move_line SET parent_state = 'draft' WHERE move_id = %s",
            [source],
        )
    if table == "pom_paylink":
        env.cr.execute("DELETE FROM pom_paylink WHERE move_id = %s", [source])


BENCHES = {
    "reminder_plan_oca": reminder_plan_oca,
    "reminder_mail_oca": reminder_mail_oca,
    "reminder_queries": reminder_queries,
}
