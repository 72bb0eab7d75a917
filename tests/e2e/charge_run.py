"""Parts of many payment plans, charged by two servers at once, some of which die.

    dev/run python -m tests.e2e.charge_run --plans 500 --kills 3

Each first part is due today and charged to a card of its own, at a provider that
answers slowly, so that a kill falls between question and answer as well. In the end
each was charged once, to the cent, or not asked for at all. Prints a summary as JSON.
"""

import argparse
import json
import subprocess
import sys
import time
from collections import Counter

from odoo import fields
from odoo.fields import Command

from tests.company import collect_with
from tests.simulators.mollie import Mollie

from .gate import shut_after
from .harness import ROOT, database, environment

#: Of 100 euros and so many cents.
CENTS = 7
PARTS = 3
PATIENCE = 3000


class Run:
    """
    :param servers: that charge at the same time
    """

    def __init__(self, name, plans, kills, servers=2):
        self.name, self.plans, self.kills = name, plans, kills
        self.servers = servers

    def play(self):
        with Mollie(retry_delays=(), callback_timeout=1) as psp:
            psp.faults.inject("slow_answer", 0.05, only="create")
            with environment(self.name) as env:
                ids = announce(env, psp, self.plans)
            started = time.monotonic()
            self._charge_all(psp)
            seconds = round(time.monotonic() - started, 1)
            with environment(self.name) as env:
                charges = env["pom.charge"].browse(ids)
                settle(charges)
                found = compare(charges, psp)
        return {**found, "servers": self.servers, "seconds_charging": seconds}

    def _charge_all(self, psp):
        running = [worker(self.name) for _server in range(self.servers)]
        with shut_after(self.name, "payment_transaction", self.plans - 5):
            self._kill_some(running, psp)
        for process in running:
            assert process.wait(PATIENCE) == 0

    def _kill_some(self, running, psp):
        for kill in range(self.kills):
            goal = (kill + 1) * self.plans // (self.kills + 1)
            deadline = time.monotonic() + PATIENCE
            while len(psp.payments) < goal and running[0].poll() is None:
                assert time.monotonic() < deadline
                time.sleep(0.01)
            assert len(psp.payments) < self.plans, "to be killed before it was ready"
            victim = running.pop(0)
            victim.kill()
            victim.wait()
            running.append(worker(self.name))


def worker(name):
    command = [sys.executable, "-m", "tests.e2e.charge_worker", name]
    process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True)
    assert process.stdout.readline().strip() == "ready"
    return process


def announce(env, psp, plans):
    """
    :return: ids of the charges that are due today
    """
    env.company.pom_charge_bank_days = -1
    card = env.ref("payment.payment_method_card")
    provider = collect_with(
        env, psp, payment_method_ids=[(6, 0, card.ids)], allow_tokenization=True
    )
    moves = issue(env, plans)
    return [make(env, psp, provider, card, move).id for move in moves]


def issue(env, plans):
    today = env.company._pom_today()
    debtors = env["res.partner"].create(
        [{"name": f"Debtor {number}"} for number in range(plans)]
    )
    moves = env["account.move"].create(
        [
            {
                "move_type": "out_invoice",
                "partner_id": debtor.id,
                "invoice_date": today,
                "invoice_date_due": today,
                "invoice_payment_term_id": False,
                "invoice_line_ids": [
                    Command.create(
                        {
                            "name": "Bread",
                            "price_unit": 100 + number * CENTS / 100,
                            "tax_ids": [Command.clear()],
                        }
                    )
                ],
            }
            for number, debtor in enumerate(debtors)
        ]
    )
    moves.action_post()
    return moves


def make(env, psp, provider, card, move):
    """A plan, the consent to charge its parts, and the first charge."""
    plan = env["pom.payment.plan"].create(
        {
            "move_ids": [Command.set(move.ids)],
            "first_on": env.company._pom_today(),
            "count": PARTS,
        }
    )
    plan.line_ids = [Command.create(row) for row in plan._equal_lines()]
    plan._agree()
    customer = psp.add_customer({})
    token = env["payment.token"].create(
        {
            "provider_id": provider.id,
            "payment_method_id": card.id,
            "partner_id": move.partner_id.id,
            "provider_ref": customer.add_mandate("creditcard"),
            "pom_customer": customer.id,
            "pom_consent": "I agree",
            "payment_details": "6787",
        }
    )
    consent = env["pom.charge.consent"].create(
        {
            "partner_id": move.partner_id.id,
            "company_id": env.company.id,
            "currency_id": move.currency_id.id,
            "kind": "due",
            "move_id": move.id,
            "state": "active",
            "token_id": token.id,
            "means": "card",
            "wording": "I agree",
        }
    )
    consent._plan()
    first = consent.charge_ids.sorted("day")[0]
    first.write({"state": "announced", "day": env.company._pom_today()})
    return first


def settle(charges):
    """Of those whose answer got lost, the provider is asked: a minute has passed."""
    lost = charges.filtered(lambda one: one.state == "charging")
    lost.transaction_id.pom_next_ask = fields.Datetime.now()
    for charge in lost:
        charge.transaction_id._pom_sweep_one()
        charge._conclude_one()


def compare(charges, psp):
    """Both books, charge by charge."""
    theirs = Counter(payment.reference for payment in psp.payments.values())
    cents = {payment.reference: payment.amount for payment in psp.payments.values()}
    booked, wrong, unasked = 0, [], 0
    for charge in charges:
        [attempt] = charge.transaction_ids
        amount = cents.pop(attempt.reference, None)
        if amount is None:
            # Stopped before it was asked for: looked for during an hour.
            fine = (charge.state, attempt.state) == ("charging", "draft")
            unasked += 1
        else:
            booked += round(attempt.payment_id.amount * 100)
            fine = is_right(charge, amount)
        if not fine:
            wrong.append((charge.id, charge.state, attempt.state, amount))
    return {
        "plans": len(charges),
        "charged": len(charges) - unasked,
        "provider_cents": sum(payment.amount for payment in psp.payments.values()),
        "odoo_cents": booked,
        "stopped_before_asking": unasked,
        "charged_twice": sum(count > 1 for count in theirs.values()),
        "nobody_knows_of": len(cents),
        "wrong": wrong,
    }


def is_right(charge, amount):
    """Charged what the part was, and nothing else is paid."""
    move = charge.move_id
    [plan] = move.pom_plan_ids
    lefts = [round(left * 100) for left in plan.line_ids.mapped("left")]
    parts = [round(part * 100) for part in plan.line_ids.mapped("amount")]
    paid = round((move.amount_total - move.amount_residual) * 100)
    return (
        charge.state == "done"
        and amount == parts[0] == paid == round(charge.amount * 100)
        and lefts == [0, *parts[1:]]
    )


def is_good(summary):
    return summary["provider_cents"] == summary["odoo_cents"] and not (
        summary["charged_twice"] or summary["nobody_knows_of"] or summary["wrong"]
    )


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--plans", type=int, default=500)
    parser.add_argument("--kills", type=int, default=3)
    parser.add_argument("--servers", type=int, default=2)
    parser.add_argument("--database", default="pom_charge_run")
    options = parser.parse_args()
    database("world", options.database)
    run = Run(options.database, options.plans, options.kills, options.servers)
    summary = run.play()
    summary["agrees"] = is_good(summary)
    print(json.dumps(summary, indent=1))
    database("drop", options.database)
    return 0 if summary["agrees"] else 1


if __name__ == "__main__":
    sys.exit(main())
