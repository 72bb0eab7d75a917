"""A real server with two workers, under two floods, and the page beside them.

    dev/run python -m tests.e2e.flood_run --seconds 20 [--waiting 0]

First forged events, 40 at a time, signed with a key that nobody knows, while the host
of the provider's keys takes every call and never says a word. Then requests for
receipts, 20 at a time. Meanwhile somebody opens payment pages; what matters is how long
that takes. All of it on loopback, and it stops by itself. Prints the figures as JSON.
"""

import argparse
import json
import os
import statistics
import sys
import time
from collections import Counter
from collections.abc import Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from http.client import HTTPConnection, HTTPException
from multiprocessing import get_context
from typing import NamedTuple
from urllib.parse import urlsplit

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


class Flood(NamedTuple):
    """So many callers, one after the other answer each, for so many seconds."""

    callers: int
    seconds: float
    url: str
    paths: Sequence[str]
    verb: str = "GET"
    body: bytes | None = None
    headers: Mapping[str, str] = {}

    def play(self) -> Counter:
        """By answer, how often; by name of the failure where there was none."""
        over = time.monotonic() + self.seconds
        with ThreadPoolExecutor(self.callers) as callers:
            rows = callers.map(lambda one: self._call(one, over), range(self.callers))
            return sum(rows, Counter())

    def _call(self, number, over):
        answers = Counter()
        address = urlsplit(self.url)
        while time.monotonic() < over:
            wire = HTTPConnection(address.hostname, address.port, timeout=120)
            try:
                path = self.paths[number % len(self.paths)]
                wire.request(self.verb, path, self.body, dict(self.headers))
                answer = wire.getresponse()
                answer.read()
                answers[answer.status] += 1
            except (OSError, HTTPException) as error:
                answers[type(error).__name__] += 1
            finally:
                wire.close()
            number += 1
        return answers


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
    """Open pages while it floods; the figures. In another process: forty callers would
    keep each other, and whoever takes the time, waiting.
    """
    with ProcessPoolExecutor(1, get_context("spawn")) as elsewhere:
        # What it loads takes a second; then it floods.
        elsewhere.submit(int).result()
        playing = elsewhere.submit(flood.play)
        took = look(server.url, tokens, lambda: not playing.done())
        answers = playing.result()
    return {**figures(took), "answers": {str(k): n for k, n in answers.items()}}


def figures(took):
    ranked = sorted(took)
    return {
        "pages": len(took),
        "median": round(statistics.median(took), 3),
        "p95": round(ranked[int(len(ranked) * 0.95)], 3),
        "worst": round(ranked[-1], 3),
    }


def run(name, seconds, waiting):
    with BancontactPro() as psp, silent_host() as (keys_url, calls):
        server = Server(name, workers=2, waiting=waiting)
        webhook, due, paid = prepare(name, psp, server.url, keys_url)
        events = Flood(
            40, seconds, server.url, [webhook], "POST", b"{}",
            {"Signature": forged(psp.merchants[0].ppid)},
        )  # fmt: skip
        receipts = [f"/p/{token}/receipt.pdf" for token in paid]

        with server:
            end = time.monotonic() + 5
            calm = figures(look(server.url, due, lambda: time.monotonic() < end))
            during_events = beside(server, due, events)
            during_receipts = beside(
                server, due, Flood(20, seconds, server.url, receipts)
            )
    return {
        "load_average": [round(load, 2) for load in os.getloadavg()],
        "waiting": waiting,
        "calm": calm,
        "forged_events_40": during_events,
        "calls_to_the_keys_host": len(calls),
        "receipts_20": during_receipts,
    }


def is_good(summary):
    return all(
        summary[flood]["p95"] < LIMIT for flood in ("forged_events_40", "receipts_20")
    )


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--seconds", type=int, default=20)
    parser.add_argument("--database", default="pom_flood_run")
    parser.add_argument(
        "--waiting",
        type=int,
        default=256,
        help="connections that may wait for a worker, as a socket unit says it; 0 for "
        "Odoo's own eight a worker: whoever comes then is kept out for a second by TCP",
    )
    options = parser.parse_args()
    database("world", options.database)
    summary = run(options.database, options.seconds, options.waiting)
    summary["good"] = is_good(summary)
    print(json.dumps(summary, indent=1))
    database("drop", options.database)
    return 0 if summary["good"] else 1


if __name__ == "__main__":
    sys.exit(main())
