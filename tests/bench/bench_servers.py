"""One server, then two, on the same work: two do nearly twice as much, and nothing
twice. Real servers, each with one thread for scheduled actions.

What is asked or told over the network takes its time there, as it does in life.
``BENCH_STEPS=importing,sending`` says what is compared, ``BENCH_KEEP=1`` leaves the
books for the next run.
"""

import os
import time
from collections import Counter
from contextlib import ExitStack
from typing import NamedTuple

from tests.bench import growth_company, growth_watch, servers_files
from tests.bench.many_books import connect, copy_database, multiply
from tests.e2e.harness import Server, database, environment
from tests.simulators.receiver import Receiver

BOOKS, NAME = "pom_servers_books", "pom_servers"
COPIES = 240
#: That the other side takes to answer.
SECONDS = 0.05
#: Messages and attempts.
MOST = 1_200
#: Of events fewer: about what isn't known there, one asks again after a minute.
EVENTS = 400
#: Systems that are told.
SYSTEMS = 4
#: A run that takes longer hangs.
TOO_LONG = 400
CHOSEN = [name for name in os.environ.get("BENCH_STEPS", "").split(",") if name]
KEEP = os.environ.get("BENCH_KEEP")
CRONS = (
    "pom_reconcile.ir_cron_statement_import",
    "pom_reconcile.ir_cron_statement_import_2",
)


class Step(NamedTuple):
    """
    :param crons: scheduled actions that do it
    :param left: query: how many are still to be done
    :param doubles: query: how many were done more than once, or wrongly
    """

    name: str
    crons: tuple
    left: str
    doubles: str


STEPS = (
    Step(
        "planning",
        ("pom_reminder.cron_plan_reminders", "pom_reminder.cron_plan_reminders_2"),
        "SELECT CASE WHEN count(*) = 0 THEN 1 ELSE sum(is_due::int) END"
        "  FROM pom_reminder_round",
        "SELECT count(*) FROM (SELECT FROM pom_reminder"
        " GROUP BY move_id, due_date, level_id HAVING count(*) > 1) twice",
    ),
    Step(
        "sending",
        ("pom_reminder.cron_send_reminders", "pom_reminder.cron_send_reminders_2"),
        "SELECT count(*) FROM pom_reminder WHERE state = 'approved'",
        "SELECT count(*) FROM (SELECT FROM pom_delivery_move_rel rel"
        " JOIN pom_delivery d ON d.id = rel.delivery_id"
        " GROUP BY rel.move_id, d.level_id HAVING count(*) > 1) twice",
    ),
    Step(
        "pushing",
        ("pom_status_api.cron_push", "pom_status_api.cron_push_2"),
        "SELECT count(*) FROM pom_outbound_event WHERE state = 'new'",
        "",
    ),
    Step(
        "sweeping",
        ("pom_payment.cron_sweep", "pom_payment.cron_sweep_2"),
        "SELECT count(*) FROM payment_transaction"
        " WHERE pom_next_ask <= now() AT TIME ZONE 'UTC'",
        "",
    ),
    Step(
        "applying",
        tuple(f"pom_payment.cron_apply_events_{shard}" for shard in range(4)),
        "SELECT count(*) FROM pom_webhook_event WHERE state = 'new' AND attempts = 0",
        "",
    ),
    Step(
        "importing",
        CRONS,
        "SELECT count(*) FROM pom_statement_import"
        " WHERE state IN ('waiting', 'running')",
        servers_files.WRONG,
    ),
)
#: What is waiting for each step, made in the copied books.
WORK = {
    "pushing": f"""
        DELETE FROM pom_outbound_event WHERE id NOT IN (
            SELECT max(id) FROM pom_outbound_event WHERE state = 'new'
             GROUP BY move_id LIMIT {MOST});
        UPDATE pom_outbound_event SET subscriber_id = (
            SELECT id FROM pom_subscriber WHERE name = 'System '
                   || pom_outbound_event.id %% {SYSTEMS});
        UPDATE pom_subscriber SET url = %(url)s, internal_networks = '127.0.0.0/8'""",
    "sweeping": f"""
        UPDATE payment_provider SET bancontact_api_url = %(url)s;
        UPDATE payment_transaction
           SET state = 'pending', pom_next_ask = create_date, pom_api_url = %(url)s,
               is_post_processed = FALSE
         WHERE id IN (SELECT id FROM payment_transaction ORDER BY id LIMIT {MOST})""",
    "applying": f"""
        UPDATE payment_provider SET bancontact_api_url = %(url)s;
        UPDATE pom_webhook_event
           SET state = 'new', shard = id %% 4, next_try = create_date, attempts = 0
         WHERE id IN (SELECT id FROM pom_webhook_event ORDER BY id LIMIT {EVENTS})""",
}


def two_servers():
    prepare()
    steps = [step for step in STEPS if step.name in (CHOSEN or [step.name])]
    ratios = {step.name: compare(step) for step in steps}
    if not KEEP:
        database("drop", BOOKS)
    worst = min(ratios, key=lambda name: ratios[name][1] / ratios[name][0])
    one, two = ratios[worst]
    return {
        "name": "two_servers",
        "ours": two,
        "theirs": one,
        "ratio": two / one,
        "unit": f"a second by two servers and by one, the worst: {worst}",
        "n": len(steps),
    }


def prepare():
    if KEEP and is_there(BOOKS):
        return
    database("world", BOOKS)
    first, _parts, _systems = growth_company.found(BOOKS)
    with environment(BOOKS) as env:
        for number in range(SYSTEMS):
            env["pom.subscriber"].create({"name": f"System {number}"})
        env["ir.cron"].with_context(active_test=False).search([]).active = False
    growth_watch.leave(BOOKS)
    multiply(BOOKS, first, COPIES)


def is_there(name):
    connection = connect("postgres")
    with connection.cursor() as cr:
        cr.execute("SELECT FROM pg_database WHERE datname = %s", [name])
        found = cr.fetchone()
    connection.close()
    return found is not None


def compare(step):
    """
    :return: done in a second by one server, and by two
    """
    rates = [run(step, number) for number in (1, 2)]
    print(f"{step.name:<12}{rates[0]:9.1f}{rates[1]:9.1f} a second, "
          f"{rates[1] / rates[0]:.2f} times", flush=True)  # fmt: skip
    return rates


def run(step, number):
    copy_database(BOOKS, NAME)
    with ExitStack() as running:
        other = running.enter_context(Receiver(lambda _received: answer(step)))
        get_ready(step, other.url)
        for _one in range(number):
            running.enter_context(Server(NAME, crons=1))
        total = amount(step)
        began = time.monotonic()
        start(step)
        wait(step)
        rate = total / (time.monotonic() - began)
    check(step, total, other)
    database("drop", NAME)
    return rate


def answer(step):
    time.sleep(SECONDS)
    return 200 if step.name == "pushing" else 404


def get_ready(step, url):
    if step.name in WORK:
        with connect(NAME) as connection, connection.cursor() as cr:
            cr.execute(WORK[step.name], {"url": url})
        connection.close()
    if step.name == "sending":
        with environment(NAME) as env:
            env["pom.reminder"].with_company(env.company)._plan(env.company)
            env["mail.mail"].search([]).unlink()
    if step.name == "importing":
        with environment(NAME) as env:
            servers_files.hand_over(env)
    growth_watch.leave(NAME)


def amount(step):
    """How many there are to do."""
    if step.name == "planning":
        return ask("SELECT count(*) FROM account_move WHERE move_type = 'out_invoice'"
                   " AND state = 'posted' AND amount_residual > 0")  # fmt: skip
    if step.name == "importing":
        return ask("SELECT sum(total_lines) FROM pom_statement_import")
    return ask(step.left)


def start(step):
    with environment(NAME) as env:
        for name in step.crons:
            cron = env.ref(name)
            cron.active = True
            cron._trigger()


def wait(step):
    deadline = time.monotonic() + TOO_LONG
    while ask(step.left):
        assert time.monotonic() < deadline, f"{step.name}: {ask(step.left)} are left"
        time.sleep(0.05)


def check(step, total, other):
    """Nothing twice."""
    if step.doubles:
        assert not ask(step.doubles), f"{step.name}: something was done twice or not"
        return
    said = Counter(
        received.headers.get("Webhook-Id") or received.path
        for received in other.received
    )
    twice = {what: times for what, times in said.items() if times > 1}
    assert not twice, f"{step.name}: more than once: {twice}"
    assert len(said) == total, f"{step.name}: {len(said)} of {total}"


def ask(query):
    connection = connect(NAME)
    with connection.cursor() as cr:
        cr.execute(query)
        (value,) = cr.fetchone()
    connection.close()
    return value or 0


BENCHES = {"two_servers": two_servers}
