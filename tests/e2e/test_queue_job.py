"""OCA's job queue, where it is installed: real servers, its own runner."""

import base64
import time
from datetime import timedelta

import pytest

from tests.bench.servers_files import iban_of
from tests.e2e.harness import ROOT, Server, environment, own_world, wake
from tests.e2e.test_new_addons import run
from tests.e2e.test_reminder_run import invoices
from tests.simulators.bank import Bank
from tests.simulators.receiver import Receiver

pytestmark = pytest.mark.e2e

NAME = "pom_e2e_queue_job"
ODOO = str(ROOT / "dev" / "odoo")
WITH_RUNNER = (ODOO, "--load=base,web,queue_job")
IBAN = "BE33737000000046"
#: Seconds that a busy machine may take.
MOST = 180


@pytest.fixture(scope="module", autouse=True)
def world():
    with own_world(NAME):
        run(
            ODOO,
            f"--database={NAME}",
            "--init=queue_job",
            "--stop-after-init",
            "--no-http",
        )
        yield


@pytest.fixture(scope="module")
def moves():
    """Invoices that are long due, and a policy that is friendly at any hour."""
    with environment(NAME) as env:
        policy = env.ref("pom_reminder.policy_friendly")
        policy.write({"hour_from": 0, "hour_to": 24, "working_days": False})
        env.company._pom_setup().bank_days = -1
        env.company.write(
            {"pom_policy_consumer_id": policy.id, "pom_policy_business_id": policy.id}
        )
        made = invoices(env)
        made._post()
        return made.ids


@pytest.fixture
def shop():
    with Receiver() as receiver:
        with environment(NAME) as env:
            env["pom.subscriber"].create(
                {
                    "name": "Webshop",
                    "url": receiver.url,
                    "internal_networks": "127.0.0.0/8",
                }
            )
        yield receiver


def hand_over_statement(env, paid):
    """A file that is so long that it is imported in the background."""
    env = env(user=env.ref("base.user_admin").id)
    env["ir.config_parameter"].sudo().set_param("pom_reconcile.background_lines", "10")
    journal = env["account.journal"].create(
        {"name": "Bank of jobs", "code": "BJOB", "type": "bank"}
    )
    journal.set_bank_account(IBAN)
    day = env.company._pom_today() - timedelta(days=1)
    bank = Bank(IBAN)
    for move in paid:
        amount, name = f"{move.amount_residual:.2f}", move.partner_id.name
        payer = iban_of(move.partner_id.id)
        bank.receive(amount, name, payer, move.payment_reference, date=day)
    wizard = env["account.statement.import"].create(
        {
            "statement_file": base64.b64encode(bank.statement(day)),
            "statement_filename": "jobs.cod",
        }
    )
    assert wizard.import_file_button()["res_model"] == "pom.statement.import"


def until(holds):
    deadline = time.monotonic() + MOST
    while time.monotonic() < deadline:
        with environment(NAME) as env:
            if holds(env):
                return
        time.sleep(0.5)
    raise AssertionError(holds.__name__)


def nothing_waits(env):
    return not (
        env["pom.reminder"].search_count([("state", "=", "approved")])
        or env["pom.statement.import"].search_count([("state", "!=", "done")])
        or env["pom.outbound.event"].search_count([("state", "=", "new")])
        or env["queue.job"].search_count([("state", "not in", ("done", "failed"))])
    )


def plan(env):
    """Reminders that are to leave now."""
    env["pom.reminder"]._plan(env.company)
    assert env["pom.reminder"].search_count([("state", "=", "approved")])
    env.ref("pom_reminder.cron_send_reminders")._trigger()


def test_all_that_is_carried_is_there():
    """A name that is mistyped would be carried by nobody."""
    with environment(NAME) as env:
        crons = [env.ref(name) for name in env["ir.cron"]._pom_long_work()]
        channels = {cron._pom_channel() for cron in crons}
        there = env["queue.job.channel"].search([]).mapped("complete_name")
        assert channels <= set(there)
        assert not env.ref("base.autovacuum_job")._pom_channel()


def test_jobs_carry_what_takes_long(moves, shop):
    """Reminders, third systems and a statement; nothing twice."""
    with environment(NAME) as env:
        hand_over_statement(env, env["account.move"].browse(moves[:20]))
        plan(env)
    with Server(NAME, program=WITH_RUNNER):
        wake(NAME)
        until(nothing_waits)
    with environment(NAME) as env:
        jobs = env["queue.job"].search([])
        assert set(jobs.mapped("state")) == {"done"}, jobs.mapped("exc_info")
        for name in ("send", "push", "import"):
            assert f"root.pom.{name}" in jobs.mapped("channel")
        moves = env["account.move"].browse(moves)
        assert set(moves[:20].mapped("payment_state")) <= {"paid", "in_payment"}
        assert not set(moves[20:].mapped("payment_state")) - {"not_paid"}
        lines = [("journal_id.code", "=", "BJOB")]
        assert env["account.bank.statement.line"].search_count(lines) == 20
        told = [len(move.pom_delivery_ids) for move in moves]
        assert set(told[20:]) == {1}
        assert max(told) == 1
    said = [received.headers["Webhook-Id"] for received in shop.received]
    assert said
    assert len(said) == len(set(said))


@pytest.mark.usefixtures("moves")
def test_where_nobody_takes_jobs_the_work_goes_on():
    """The queue is installed, but its runner isn't started."""
    with environment(NAME) as env:
        env["queue.job"].search([]).unlink()
        invoices(env)._post()
        plan(env)
    with Server(NAME):
        wake(NAME)
        until(is_handed_over)
        with environment(NAME) as env:
            assert env["pom.reminder"].search_count([("state", "=", "approved")])
            old = "UPDATE queue_job SET date_created = date_created - interval '6 min'"
            env.cr.execute(old)
            env.ref("pom_reminder.cron_send_reminders")._trigger()
        wake(NAME)
        until(all_left)
    with environment(NAME) as env:
        found = env["pom.trouble"]._find()[1]
        assert "jobs_waiting" in {finding.code for finding in found}


def is_handed_over(env):
    return env["queue.job"].search_count([("channel", "=", "root.pom.send")])


def all_left(env):
    return not env["pom.reminder"].search_count([("state", "=", "approved")])
