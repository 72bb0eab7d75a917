"""Webhooks accepted: ours against core's Mollie route, under the same load.

Both run on the same server with the same workers, and both have as many payments at a
simulated provider. Core's route is given our simulator's address in place of Mollie's.
"""

import statistics
import time
from concurrent.futures import ThreadPoolExecutor

import requests

from tests.bench.row import row
from tests.e2e import fault_run
from tests.e2e.harness import Server, database, environment
from tests.simulators.bancontact_pro import BancontactPro
from tests.simulators.mollie import Mollie

NAME = "pom_bench_webhook"
EVENTS = 480
#: Ours and theirs take turns, so that a busy moment of the machine hits both.
ROUNDS = 6
THREADS = 8
WORKERS = 4
LATENCY_EVENTS = 10
#: Before them, not counted: a worker that has just started reads much for the first
#: time, and each of them is to have had one.
WARM_EVENTS = 3 * WORKERS

_result = {}


def webhook_rate():
    """Events answered per second: more is better."""
    ours, theirs = _measure()["ours"], _measure()["theirs"]
    return row("webhook_rate", ours["rate"], theirs["rate"], "events/s", EVENTS)


def webhook_p95_ms():
    """Time until the answer, the slowest 5 % left out: less is better."""
    ours, theirs = _measure()["ours"], _measure()["theirs"]
    return row("webhook_p95_ms", ours["p95"], theirs["p95"], "ms", EVENTS)


def paid_latency_s():
    """From the provider's success to the paid invoice, if the payer doesn't come back.

    No peer: core's route only notes the state, and the invoice is paid when a cron
    comes by, every ten minutes.
    """
    ours = statistics.median(_measure()["latency"])
    return {
        "name": "paid_latency_s",
        "ours": round(ours, 3),
        "theirs": None,
        "ratio": None,
        "unit": "s",
        "n": LATENCY_EVENTS,
    }


BENCHES = {
    bench.__name__: bench for bench in (webhook_rate, webhook_p95_ms, paid_latency_s)
}


def _measure():
    if not _result:
        _result.update(_run())
    return _result


def _run():
    database("world", NAME)
    with BancontactPro() as bancontact, Mollie() as mollie:
        server = Server(NAME, workers=WORKERS, crons=2)
        fault_run.prepare(NAME, bancontact, server.url, 2)
        ours = _prepare_ours(bancontact, EVENTS)
        theirs = _prepare_theirs(mollie, EVENTS)
        with server:
            result = {"latency": _latencies(server, bancontact)}
        # No scheduler: what ours books later on mustn't disturb theirs.
        server.crons = 0
        with server:
            loads = {"ours": ours, "theirs": theirs}
            result |= _interleaved(server, loads)
    database("drop", NAME)
    return result


def _interleaved(server, loads):
    """Rate and p95 of each, under the same load, turn by turn."""
    times = {name: [] for name in loads}
    spent = dict.fromkeys(loads, 0.0)
    size = EVENTS // ROUNDS
    for number in range(ROUNDS):
        for name, calls in loads.items():
            started = time.monotonic()
            times[name] += _load(server, calls[number * size : (number + 1) * size])
            spent[name] += time.monotonic() - started
    return {
        name: {
            "rate": len(times[name]) / spent[name],
            "p95": statistics.quantiles(times[name], n=20)[-1] * 1000,
        }
        for name in loads
    }


def _prepare_ours(psp, count):
    """Paid at the provider, and not told yet: requests as (path, body, headers)."""
    psp.faults.inject("drop_callbacks")
    with environment(NAME) as env:
        provider = env["payment.provider"].search([("code", "=", "bancontact_pro")])[:1]
        numbers = []
        for tx in _transactions(env, provider, count):
            tx._pom_start("http://127.0.0.1:1/")
            numbers.append(tx.provider_reference)
        path = f"/pom/webhook/bancontact_pro/{provider.id}"
    for number in numbers:
        psp.pay(number)
    psp.faults.clear()
    calls = {call.payment_id: call for call in psp.callbacks}
    return [(path, calls[n].body, calls[n].headers) for n in numbers]


def _prepare_theirs(psp, count):
    with environment(NAME) as env:
        provider = env["payment.provider"].search([("code", "=", "mollie")])[:1]
        provider.write(
            {
                "mollie_api_key": psp.api_key,
                "mollie_api_url": psp.api_url,
                "state": "enabled",
            }
        )
        method = env["payment.method"].search([("code", "=", "bancontact")])
        method.active = True
        references = []
        for tx in _transactions(env, provider, count):
            payment = psp.create(
                {
                    "amount": {"currency": "EUR", "value": f"{tx.amount:.2f}"},
                    "description": tx.reference,
                    "redirectUrl": "http://127.0.0.1:1/",
                }
            )
            tx.provider_reference = payment.id
            psp.pay(payment.id)
            references.append((tx.reference, payment.id))
    headers = {"content-type": "application/x-www-form-urlencoded"}
    return [
        (f"/payment/mollie/webhook?ref={reference}", f"id={number}".encode(), headers)
        for reference, number in references
    ]


def _transactions(env, provider, count):
    """Attempts on invoices of their own."""
    partner = env["res.partner"].search([("email", "=like", "%.example")], limit=1)
    method = env["payment.method"].search([("code", "=", "bancontact")], limit=1)
    moves = env["account.move"].create(
        [fault_run.invoice(partner, 1000 + n) for n in range(count)]
    )
    moves.action_post()
    return env["payment.transaction"].create(
        [
            {
                "provider_id": provider.id,
                "payment_method_id": method.id,
                "reference": f"BENCH-{provider.id}-{move.id}",
                "amount": move.amount_residual,
                "currency_id": move.currency_id.id,
                "partner_id": partner.id,
                "operation": "online_redirect",
                "invoice_ids": [(6, 0, move.ids)],
            }
            for move in moves
        ]
    )


def _load(server, calls):
    """Seconds until each answer."""

    def tell(call):
        path, body, headers = call
        started = time.monotonic()
        answer = requests.post(
            server.url + path, data=body, headers=headers, timeout=120
        )
        assert answer.status_code == 200, answer.status_code
        return time.monotonic() - started

    with ThreadPoolExecutor(THREADS) as tellers:
        return list(tellers.map(tell, calls))


def _latencies(server, psp):
    """One payment at a time, from the payer's yes to the paid invoice."""
    with environment(NAME) as env:
        provider = env["payment.provider"].search([("code", "=", "bancontact_pro")])[:1]
        payments = []
        for tx in _transactions(env, provider, WARM_EVENTS + LATENCY_EVENTS):
            tx._pom_start("http://127.0.0.1:1/")
            token = tx.invoice_ids.pom_paylink_id.token
            payments.append((tx.provider_reference, token))
    return [_latency(server, psp, *payment) for payment in payments][WARM_EVENTS:]


def _latency(server, psp, number, token):
    started = time.monotonic()
    psp.pay(number)
    address = f"{server.url}/p/{token}/status.json"
    while requests.get(address, timeout=30).json()["state"] != "paid":
        if time.monotonic() - started > 60:
            raise TimeoutError(number)
        time.sleep(0.05)
    return time.monotonic() - started


if __name__ == "__main__":
    for bench in BENCHES.values():
        print(bench(), flush=True)
