"""Reminders on a database that several servers work on, one of which dies."""

import subprocess
import sys
import time

import pytest

from tests.clock import today
from tests.e2e.gate import shut_after
from tests.e2e.harness import ROOT, environment, own_world

NAME = "pom_e2e_reminder"
CUSTOMERS, INVOICES = 40, 60


@pytest.fixture(scope="module", autouse=True)
def world():
    with own_world(NAME):
        yield


@pytest.fixture
def planned():
    """Reminders that are approved and due now, for customers of this test only.

    :return: their ids
    """
    with environment(NAME) as env:
        policy = env.ref("pom_reminder.policy_friendly")
        policy.write({"hour_from": 0, "hour_to": 24, "working_days": False})
        env.company._pom_setup().bank_days = -1
        env.company.write(
            {"pom_policy_consumer_id": policy.id, "pom_policy_business_id": policy.id}
        )
        invoices(env)._post()
        env["pom.reminder"]._plan(env.company)
        reminders = env["pom.reminder"].search([("state", "=", "approved")])
        assert len(reminders) == INVOICES
        ids = reminders.ids
    yield ids
    with environment(NAME) as env:
        reminders = env["pom.reminder"].browse(ids)
        reminders.move_id.pom_delivery_ids.unlink()
        moves = reminders.move_id
        reminders.unlink()
        moves.button_draft()
        env["mail.mail"].search([]).unlink()


def invoices(env):
    import datetime  # noqa: PLC0415

    due = today() - datetime.timedelta(days=12)
    partners = env["res.partner"].create(
        [
            {"name": f"Debtor {n}", "email": f"d{n}@klant.example"}
            for n in range(CUSTOMERS)
        ]
    )
    return env["account.move"].create(
        [
            {
                "move_type": "out_invoice",
                "partner_id": partners[n % CUSTOMERS].id,
                "invoice_date": due,
                "invoice_date_due": due,
                "invoice_payment_term_id": False,
                "invoice_line_ids": [(0, 0, {"name": "Bread", "price_unit": 10 + n})],
            }
            for n in range(INVOICES)
        ]
    )


def worker(batch):
    command = [sys.executable, "-m", "tests.e2e.reminder_worker", NAME, str(batch)]
    return subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True)


def wait_ready(*workers):
    for process in workers:
        assert process.stdout.readline().strip() == "ready"


def count_sent(ids):
    with environment(NAME) as env:
        domain = [("id", "in", ids), ("state", "=", "sent")]
        return env["pom.reminder"].search_count(domain)


def check_each_once(ids):
    """Every invoice asked for once, every customer written to once."""
    with environment(NAME) as env:
        reminders = env["pom.reminder"].browse(ids)
        assert set(reminders.mapped("state")) == {"sent"}
        deliveries = reminders.move_id.pom_delivery_ids
        assert len(deliveries) == len(deliveries.partner_id) == CUSTOMERS
        assert sorted(deliveries.move_ids.ids) == sorted(reminders.move_id.ids)
        names = deliveries.mapped("message_id")
        mails = env["mail.mail"].search([("message_id", "in", names)])
        assert len(mails) == CUSTOMERS


@pytest.mark.e2e
def test_two_servers_send_nothing_twice(planned):
    workers = [worker(batch=3), worker(batch=3)]
    wait_ready(*workers)
    for process in workers:
        assert process.wait(900) == 0
    check_each_once(planned)


@pytest.mark.e2e
def test_killed_and_resumed(planned):
    with shut_after(NAME, "pom_delivery", CUSTOMERS // 2):
        process = worker(batch=1)
        wait_ready(process)
        deadline = time.monotonic() + 600
        while count_sent(planned) < 5:
            assert time.monotonic() < deadline
            time.sleep(0.1)
        process.kill()
        process.wait()
    assert count_sent(planned) < INVOICES, "it was to be killed before it was ready"
    second = worker(batch=10)
    assert second.wait(900) == 0
    check_each_once(planned)
