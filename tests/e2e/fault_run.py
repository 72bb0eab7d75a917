"""Many payments against a real server, while a good part of everything goes wrong.

    dev/run python -m tests.e2e.fault_run --payments 1000 --kills 3

Payers press Pay on the page of a server with several workers; simulated providers take
the money, and drop, double, delay, reorder, tamper with and forge their news, fail,
answer late and let some pay another amount. The server is killed without warning in
between. In the end the books must agree to the cent; nothing may be lost, booked twice
or believed wrongly, and who paid isn't asked again. Prints a summary as JSON.
"""

import argparse
import contextlib
import json
import random
import sys
import threading
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta, timezone

import psycopg2
import requests
from psycopg2.errors import SerializationFailure

from tests.clock import today
from tests.company import collect_with, way_of

from .fault_providers import PROVIDERS, Providers
from .harness import Server, database, environment


class Run:
    def __init__(self, name, payments, workers, kills, seed, providers):
        self.name, self.kills = name, kills
        self.dice = random.Random(seed)
        self.providers = Providers(providers)
        self.server = Server(name, workers=workers, crons=2)
        self.seen = Counter()
        self.invoices = {}
        self.payments = payments
        self._stopped = threading.Event()

    def play(self):
        with self.providers:
            with environment(self.name) as env:
                self.providers.collect(env)
                self.invoices = issue(env, self.server.url, self.payments)
            with self.server:
                started = time.monotonic()
                self._pay_all()
                paying = time.monotonic() - started
                self.providers.calm_down()
                settle(self.name)
            return {
                **compare(self.name, self.providers.paid(), self.invoices),
                "chased": chased(self.name),
                "seconds_paying": round(paying, 1),
                "payers": dict(self.seen),
                "faults": self.providers.happened(),
            }

    def _pay_all(self):
        self.providers.inject()
        killer = threading.Thread(target=self._kill_now_and_then)
        killer.start()
        with ThreadPoolExecutor(8) as payers:
            list(payers.map(self._payer, list(self.invoices)))
        self._stopped.set()
        killer.join()

    def _kill_now_and_then(self):
        """At a quarter, at half, …, of the payments."""
        for number in range(1, self.kills + 1):
            at = self.payments * number / (self.kills + 1)
            while self.seen["over"] < at and not self._stopped.wait(0.2):
                pass
            self.server.kill()
            self.seen["kill -9"] += 1
            self.server.start()

    def _payer(self, token):
        """One payer: presses Pay, perhaps twice, and does what people do."""
        mood, way = self.dice.random(), self.dice.choice(self.providers.ways)
        try:
            for _try in range(6):
                pages = self._press(token, way, 2 if mood < 0.1 else 1)
                if pages:
                    break
                self._another_way(token)
            for page in pages:
                self._decide(page, mood)
        except Exception as error:
            self.seen[type(error).__name__] += 1
        finally:
            self.seen["over"] += 1

    def _press(self, token, way, times):
        """Pages of a provider that pressing Pay leads to."""
        with ThreadPoolExecutor(times) as fingers:
            path, data = f"/p/{token}/pay", {"way": way}
            places = list(fingers.map(self._post, [path] * times, [data] * times))
        return {place for place in places if self.providers.at(place)}

    def _another_way(self, token):
        self.seen["pressed again"] += 1
        self._post(f"/p/{token}/give-up")
        time.sleep(1)

    def _post(self, path, data=None):
        try:
            answer = requests.post(
                self.server.url + path,
                data=data,
                allow_redirects=False,
                timeout=30,
            )
        except requests.RequestException:
            return ""
        return answer.headers.get("Location", "")

    def _decide(self, page, mood):
        psp, number = self.providers.at(page), page.rpartition("/")[2]
        if mood < 0.8:
            psp.pay(number)
        elif mood < 0.87:
            psp.cancel(number)
        elif mood < 0.93:
            psp.fail(number)
        else:
            psp.expire(number)
            if mood < 0.97:
                psp.pay(number, late=True)


WAY = {}


def prepare(name, psp, url, count):
    """One provider, and :func:`issue`."""
    with environment(name) as env:
        WAY["way"] = way_of(collect_with(env, psp))
        return issue(env, url, count)


def issue(env, url, count):
    """Invoices with their links; returns amounts in cents by token."""
    env["ir.config_parameter"].set_param("web.base.url", url)
    partners = env["res.partner"].search([("email", "=like", "%.example")])
    dice = random.Random(count)
    moves = env["account.move"]
    for start in range(0, count, 200):
        moves |= moves.create(
            [
                invoice(partners[n % len(partners)], dice.randint(200, 90_000))
                for n in range(start, min(count, start + 200))
            ]
        )
    moves.action_post()
    return {
        move.pom_paylink_id.token: round(move.amount_residual * 100) for move in moves
    }


#: When all of them were due.
LATE = today() - timedelta(days=12)


def invoice(partner, cents):
    line = {"name": "Brood", "quantity": 1, "price_unit": cents / 100}
    return {
        "move_type": "out_invoice",
        "partner_id": partner.id,
        "invoice_date": LATE,
        "invoice_date_due": LATE,
        "invoice_payment_term_id": False,
        "invoice_line_ids": [(0, 0, {**line, "tax_ids": [(5,)]})],
    }


def settle(name, seconds=3600):
    """Let the crons do the rest: what was due later is due now, and once more."""
    deadline = time.monotonic() + seconds
    for _pass in range(2):
        hurry(name)
        while left := waiting(name):
            if time.monotonic() > deadline:
                raise TimeoutError(f"{left} events and attempts are left")
            time.sleep(2)


def hurry(name):
    """Everything that is to be asked about is due now."""
    execute(
        name,
        "UPDATE payment_transaction SET pom_next_ask = now() AT TIME ZONE 'UTC' "
        " WHERE pom_next_ask > now() AT TIME ZONE 'UTC'",
    )


def execute(name, statement):
    """Change rows beside Odoo, each as it is at that moment: Odoo's own isolation would
    refuse those that its workers have changed meanwhile.
    """
    with contextlib.closing(psycopg2.connect(dbname=name)) as connection:
        connection.autocommit = True
        connection.cursor().execute(statement)


def waiting(name):
    """Wake the crons while there's something to do; how much there is."""
    execute(
        name,
        "UPDATE pom_webhook_event SET next_try = now() AT TIME ZONE 'UTC' "
        "WHERE state = 'new' AND next_try > now() AT TIME ZONE 'UTC'",
    )
    with contextlib.suppress(SerializationFailure), environment(name) as env:
        events = env["pom.webhook.event"].search([("state", "=", "new")])
        now = datetime.now(timezone.utc).replace(tzinfo=None)
        due = env["payment.transaction"].search_count([("pom_next_ask", "<=", now)])
        crons = {f"apply_events_{event.shard}" for event in events}
        for cron in crons | ({"sweep"} if due else set()):
            env.ref(f"pom_payment.cron_{cron}")._trigger()
        return len(events) + due
    return 1


def chased(name):
    """How many of those whose money is there would be reminded all the same."""
    with environment(name) as env:
        policy = env.ref("pom_reminder.policy_friendly")
        policy.write({"hour_from": 0, "hour_to": 24, "working_days": False})
        env.company._pom_setup().bank_days = -1
        env.company.write(
            {"pom_policy_consumer_id": policy.id, "pom_policy_business_id": policy.id}
        )
        env["pom.reminder"]._plan(env.company)
        reminded = env["pom.reminder"].search([("state", "=", "approved")]).move_id
        came = [("pom_problem", "!=", False)]
        paid = env["payment.transaction"].search(["|", ("state", "=", "done"), *came])
        assert reminded, "nobody at all is reminded: that would prove nothing"
        return len(reminded & paid.invoice_ids)


def compare(name, theirs, invoices):
    """Both books, payment by payment.

    :param theirs: cents by the provider's number
    """
    with environment(name) as env:
        booked, held = {}, {}
        doubled = 0
        for tx in env["payment.transaction"].search([("operation", "!=", "refund")]):
            if tx.state == "done":
                doubled += tx.provider_reference in booked
                booked[tx.provider_reference] = round(tx.payment_id.amount * 100)
            elif tx.pom_problem:
                held[tx.provider_reference] = theirs.get(tx.provider_reference, 0)
        payments = env["account.payment"].search([("payment_transaction_id", "!=", 0)])
        per_transaction = Counter(p.payment_transaction_id.id for p in payments)
        events = dict(env["pom.webhook.event"]._read_group([], ["state"], ["__count"]))
        accepted = {**booked, **held}
        states = Counter(env["payment.transaction"].search([]).mapped("state"))
        return {
            "payments": len(invoices),
            "psp_cents": sum(theirs.values()),
            "odoo_cents": sum(booked.values()) + sum(held.values()),
            "held_cents": sum(held.values()),
            "held": len(held),
            "paid_twice_flagged": env["payment.transaction"].search_count(
                [("pom_double", "=", True)]
            ),
            "lost": len(theirs.keys() - accepted.keys()),
            "forged_accepted": len(accepted.keys() - theirs.keys())
            + sum(booked[i] != theirs.get(i) for i in booked),
            "double": doubled + sum(n > 1 for n in per_transaction.values()),
            "events": events,
            "transactions": dict(states),
        }


def is_good(summary):
    return summary["psp_cents"] == summary["odoo_cents"] and not (
        summary["lost"]
        or summary["forged_accepted"]
        or summary["double"]
        or summary["chased"]
    )


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--payments", type=int, default=1000)
    parser.add_argument("--workers", type=int, default=4)
    parser.add_argument("--kills", type=int, default=3)
    parser.add_argument("--seed", type=int, default=19)
    parser.add_argument("--providers", nargs="+", default=list(PROVIDERS))
    parser.add_argument("--database", default="pom_fault_run")
    options = parser.parse_args()
    database("world", options.database)
    run = Run(
        options.database,
        options.payments,
        options.workers,
        options.kills,
        options.seed,
        options.providers,
    )
    summary = run.play()
    summary["agrees"] = is_good(summary)
    print(json.dumps(summary, indent=1))
    return 0 if summary["agrees"] else 1


if __name__ == "__main__":
    sys.exit(main())
