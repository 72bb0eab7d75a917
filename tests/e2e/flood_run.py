"""A real server with two workers, under two floods, and the page beside them.

    dev/run python -m tests.e2e.flood_run --seconds 20

First forged events, 40 at a time, signed with a key that nobody knows, while the host
of the provider's keys takes every call and never says a word. Then requests for
receipts, 20 at a time. Meanwhile somebody opens payment pages; what matters is how long
that takes. All of it on loopback, and it stops by itself. Prints the figures as JSON.
"""

import argparse
import json
import statistics
import sys
import threading
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor

import requests

from tests.company import collect_with
from tests.odoo.security.elsewhere import silent_host
from tests.simulators.bancontact_pro import BancontactPro
from tests.simulators.signing import encode

from .harness import Server, database, environment

CLAIM = "https://payconiq.com/"
#: Seconds that 95 of 100 pages may take during a flood.
LIMIT = 1.0


def prepare(name, psp, url, keys_url, count=20):
    """Invoices, half of them paid: (webhook's path, tokens to open, tokens paid)."""
    with environment(name) as env:
        for parameter in ("web.base.url", "report.url"):
            env["ir.config_parameter"].set_param(parameter, url)
        provider = collect_with(env, psp, bancontact_jwks_url=keys_url)
        partner = env["res.partner"].search([("email", "=", "marie@klant.example")])
        moves = env["account.move"].create([_invoice(partner, n) for n in range(count)])
        moves.action_post()
        paid, due = moves[: count // 2], moves[count // 2 :]
        for move in paid:
            wizard = env["account.payment.register"].with_context(
                active_model="account.move", active_ids=move.ids
            )
            wizard.create({})._create_payments()
        tokens = [[m.pom_paylink_id.token for m in part] for part in (due, paid)]
        return f"/pom/webhook/bancontact_pro/{provider.id}", *tokens


def _invoice(partner, number):
    return {
        "move_type": "out_invoice",
        "partner_id": partner.id,
        "invoice_date": "2026-11-01",
        "invoice_line_ids": [
            (0, 0, {"name": f"Taart {number}", "price_unit": 10 + number})
        ],
    }


def forged(ppid):
    """Header of an event that is signed with a key nobody has heard of."""
    claims = {"alg": "ES256", "kid": "nobody", CLAIM + "iss": "payconiq"}
    claims |= {CLAIM + "sub": ppid, CLAIM + "iat": "x", CLAIM + "jti": "x"}
    claims[CLAIM + "path"] = "x"
    return f"{encode(json.dumps(claims).encode())}..{encode(bytes(64))}"


class Flood:
    """So many callers, one after the other answer each, until the time is over."""

    def __init__(self, callers, seconds, call):
        self.callers, self.call = callers, call
        self.answers = Counter()
        self.over = time.monotonic() + seconds

    def one(self, number):
        while time.monotonic() < self.over:
            try:
                self.answers[self.call(number)] += 1
            except requests.RequestException as error:
                self.answers[type(error).__name__] += 1

    def play(self):
        with ThreadPoolExecutor(self.callers) as callers:
            list(callers.map(self.one, range(self.callers)))


def look(url, tokens, until):
    """Open pages, one after the other; seconds that each took."""
    took = []
    while until():
        started = time.monotonic()
        token = tokens[len(took) % len(tokens)]
        answer = requests.get(f"{url}/p/{token}", timeout=60)
        took.append(time.monotonic() - started)
        assert answer.status_code == 200, answer.status_code
        time.sleep(0.1)
    return took


def beside(server, tokens, flood):
    """Open pages while it floods; the figures."""
    thread = threading.Thread(target=flood.play)
    thread.start()
    took = look(server.url, tokens, thread.is_alive)
    thread.join()
    return {**figures(took), "answers": {str(k): n for k, n in flood.answers.items()}}


def figures(took):
    ranked = sorted(took)
    return {
        "pages": len(took),
        "median": round(statistics.median(took), 3),
        "p95": round(ranked[int(len(ranked) * 0.95)], 3),
        "worst": round(ranked[-1], 3),
    }


def run(name, seconds):
    with BancontactPro() as psp, silent_host() as (keys_url, calls):
        server = Server(name, workers=2)
        webhook, due, paid = prepare(name, psp, server.url, keys_url)
        header = {"Signature": forged(psp.merchants[0].ppid)}

        def event(_number):
            url = server.url + webhook
            return requests.post(url, b"{}", headers=header, timeout=60).status_code

        def receipt(number):
            url = f"{server.url}/p/{paid[number % len(paid)]}/receipt.pdf"
            return requests.get(url, timeout=120).status_code

        with server:
            end = time.monotonic() + 5
            calm = figures(look(server.url, due, lambda: time.monotonic() < end))
            events = beside(server, due, Flood(40, seconds, event))
            receipts = beside(server, due, Flood(20, seconds, receipt))
    return {
        "calm": calm,
        "forged_events_40": events,
        "calls_to_the_keys_host": len(calls),
        "receipts_20": receipts,
    }


def is_good(summary):
    return all(
        summary[flood]["p95"] < LIMIT for flood in ("forged_events_40", "receipts_20")
    )


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--seconds", type=int, default=20)
    parser.add_argument("--database", default="pom_flood_run")
    options = parser.parse_args()
    database("world", options.database)
    summary = run(options.database, options.seconds)
    summary["good"] = is_good(summary)
    print(json.dumps(summary, indent=1))
    database("drop", options.database)
    return 0 if summary["good"] else 1


if __name__ == "__main__":
    sys.exit(main())
