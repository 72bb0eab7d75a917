"""Charges on a database that several servers work on, some of which die."""

import subprocess
import sys
import time

import pytest

from tests.company import collect_with
from tests.e2e.harness import ROOT, database, environment
from tests.simulators.mollie import Mollie

NAME = "pom_e2e_charge"
CHARGES, KILLS = 60, 3


@pytest.fixture(scope="module", autouse=True)
def world():
    from odoo.tools import config  # noqa: PLC0415

    # Else loading this database's modules looks for tests in them.
    enabled, config["test_enable"] = config["test_enable"], False
    database("world", NAME)
    yield
    database("drop", NAME)
    config["test_enable"] = enabled


@pytest.fixture
def psp():
    """Who answers slowly, so that a kill falls between question and answer as well."""
    with Mollie(retry_delays=(), callback_timeout=1) as mollie:
        mollie.faults.inject("slow_answer", 0.05, only="create")
        yield mollie


@pytest.fixture
def announced(psp):
    """Charges that are due today, each to a card of its own.

    :return: their ids
    """
    with environment(NAME) as env:
        env.company.pom_charge_bank_days = -1
        card = env.ref("payment.payment_method_card")
        provider = collect_with(
            env,
            psp,
            payment_method_ids=[(6, 0, card.ids)],
            allow_tokenization=True,
        )
        ids = [make(env, psp, provider, card, number) for number in range(CHARGES)]
    return ids


def make(env, psp, provider, card, number):
    today = env.company._pom_today()
    debtor = env["res.partner"].create({"name": f"Debtor {number}"})
    move = env["account.move"].create(
        {
            "move_type": "out_invoice",
            "partner_id": debtor.id,
            "invoice_date": today,
            "invoice_date_due": today,
            "invoice_payment_term_id": False,
            "invoice_line_ids": [(0, 0, {"name": "Bread", "price_unit": 10 + number})],
        }
    )
    move.action_post()
    customer = psp.add_customer({})
    mandate = customer.add_mandate("creditcard")
    token = env["payment.token"].create(
        {
            "provider_id": provider.id,
            "payment_method_id": card.id,
            "partner_id": debtor.id,
            "provider_ref": mandate,
            "pom_customer": customer.id,
            "pom_consent": "I agree",
            "payment_details": "6787",
        }
    )
    consent = env["pom.charge.consent"].create(
        {
            "partner_id": debtor.id,
            "company_id": env.company.id,
            "currency_id": move.currency_id.id,
            "kind": "due",
            "move_id": move.id,
            "state": "active",
            "token_id": token.id,
            "wording": "I agree",
        }
    )
    charge = env["pom.charge"].create(
        {
            "consent_id": consent.id,
            "move_id": move.id,
            "part_day": today,
            "day": today,
            "announce_on": today,
            "announced_on": today,
            "state": "announced",
            "amount": move.amount_total,
        }
    )
    return charge.id


def worker():
    command = [sys.executable, "-m", "tests.e2e.charge_worker", NAME]
    process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True)
    assert process.stdout.readline().strip() == "ready"
    return process


def check_each_once(psp, ids):
    """What the provider charged is what the books say, to the cent."""
    with environment(NAME) as env:
        charges = env["pom.charge"].browse(ids)
        for charge in charges:
            # Of those whose answer got lost: the provider is asked.
            if charge.state == "charging":
                charge.transaction_id._pom_sweep_one()
                charge._conclude_one()
        made = {}
        for payment in psp.payments.values():
            assert payment.reference not in made, "charged twice"
            made[payment.reference] = payment.amount
        for charge in charges:
            attempt = charge.transaction_ids
            assert len(attempt) == 1, charge.state
            amount = made.pop(attempt.reference, None)
            if amount is None:
                # Stopped before it was asked for: looked for during an hour.
                assert (charge.state, attempt.state) == ("charging", "draft")
                assert charge.move_id.payment_state == "not_paid"
                continue
            assert round(charge.move_id.amount_total * 100) == amount
            assert charge.state == "done"
            assert charge.move_id.payment_state in ("paid", "in_payment")
        assert not made, "charged, and nobody knows of it"


@pytest.mark.e2e
def test_two_servers_charge_once(psp, announced):
    both = [worker(), worker()]
    for process in both:
        assert process.wait(600) == 0
    assert len(psp.payments) == CHARGES
    check_each_once(psp, announced)


@pytest.mark.e2e
def test_killed_again_and_again(psp, announced):
    for kill in range(1, KILLS + 1):
        process = worker()
        deadline = time.monotonic() + 300
        goal = kill * CHARGES // (KILLS + 1)
        while len(psp.payments) < goal and process.poll() is None:
            assert time.monotonic() < deadline
        process.kill()
        process.wait()
    assert len(psp.payments) < CHARGES, "it was to be killed before it was ready"
    assert worker().wait(600) == 0
    check_each_once(psp, announced)
