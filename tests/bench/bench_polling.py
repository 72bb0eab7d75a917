"""A system that asks instead of being told, on the books of years and over HTTP: the
last page of each list beside its first, and how soon after a change is through it's
seen, while somebody else's transaction goes on and on.

``BENCH_DEBTS=300000`` says of how many invoices, ``BENCH_BOOKS=name`` where books are
that are there already.
"""

import functools
import os
import threading
import time

import requests

from tests.bench.bench_overview import DEBTS, books
from tests.bench.many_books import connect
from tests.bench.row import row
from tests.e2e.harness import Server, database, environment

ROUNDS = 7
CHANGES = 10
#: Seconds within which each is seen.
MOST = 1.0
#: How much longer the last page may take: other work of the machine comes to both.
LONGER = 1.5
PATIENCE = 30
PAGE = 100
#: The lists, and in which table the numbers are by which they go on.
LISTS = {
    "invoices": ("cursor", "account_move"),
    "payments": ("cursor", "account_partial_reconcile"),
    "messages": ("cursor", "pom_delivery"),
    "events": ("after", "pom_outbound_event"),
}


def polling_last_page():
    """The worst of the lists."""
    pages = _measure()["pages"]
    for name, (first, last) in pages.items():
        print(f"{name}: {first * 1000:.0f} ms, the last page {last * 1000:.0f} ms")
    name, (first, last) = max(pages.items(), key=lambda one: one[1][1] / one[1][0])
    if last > LONGER * first:
        raise AssertionError(
            f"{name}: the last page takes {last / first:.1f} × as long"
        )
    return row("polling_last_page", last, first, "s, the first page is theirs", DEBTS)


def polling_seen_s():
    """From the commit of a change until who asks ten times a second has it."""
    slowest = max(_measure()["seen"])
    if slowest > MOST:
        raise AssertionError(f"A change is seen after {slowest:.2f} s, not {MOST}.")
    return {
        "name": "polling_seen_s",
        "ours": round(slowest, 3),
        "theirs": None,
        "ratio": None,
        "unit": "s until a polling system has it, the slowest",
        "n": CHANGES,
    }


@functools.cache
def _measure():
    given = os.environ.get("BENCH_BOOKS")
    name = given or books()
    with Server(name, workers=2, crons=0) as server:
        shop = _shop(name, server)
        found = {"pages": _pages(name, shop), "seen": _seen(name, shop)}
    if not given:
        database("drop", name)
    return found


def _shop(name, server):
    """
    :return: what asks a list for a page
    """
    with environment(name) as env:
        system = env["pom.subscriber"].search([("name", "=", "Shop")])
        system.per_minute = 1_000_000
        key = env["pom.api.key"]._make(system, "Polling")
    session = requests.Session()
    session.headers["Authorization"] = f"Bearer {key}"

    def ask(path, **asked):
        answer = session.get(
            f"{server.url}/pom/api/v1/{path}", params=asked, timeout=60
        )
        assert answer.ok, answer.text
        return answer.json()

    return ask


def _pages(name, shop):
    found = {}
    for path, (parameter, table) in LISTS.items():
        with connect(name) as connection, connection.cursor() as cr:
            cr.execute(
                f"SELECT id FROM {table} ORDER BY id DESC OFFSET {PAGE * 2} LIMIT 1"
            )
            (near,) = cr.fetchone()
        connection.close()
        found[path] = tuple(
            min(_time(shop, path, {parameter: str(at)}) for _round in range(ROUNDS))
            for at in (0, near)
        )
    return found


def _time(shop, path, asked):
    start = time.perf_counter()
    shop(path, **asked)
    return time.perf_counter() - start


def _seen(name, shop):
    """
    :return: seconds of each change
    """
    with environment(name) as env:
        after = env["pom.outbound.event"].search([], order="id desc", limit=1).id
    # It wrote something, and goes on: as a long import does.
    with connect(name) as busy, busy.cursor() as cr:
        cr.execute("UPDATE res_partner SET color = color WHERE id = 1")
        seconds = []
        for _change in range(CHANGES):
            waits = threading.Thread(target=_change_one, args=(name, done := []))
            waits.start()
            while not (told := shop("events", after=after))["events"]:
                if done and time.monotonic() > done[0] + PATIENCE:
                    raise AssertionError("A change is never seen.")
                time.sleep(0.1)
            waits.join()
            seconds.append(time.monotonic() - done[0])
            after = told["after"]
        busy.rollback()
    busy.close()
    return seconds


def _change_one(name, done):
    """Somebody pays an invoice."""
    with environment(name) as env:
        owed = [("payment_state", "=", "not_paid"), ("move_type", "=", "out_invoice")]
        move = env["account.move"].search(owed, limit=1)
        env["account.payment.register"].with_context(
            active_model="account.move", active_ids=move.ids
        ).create({})._create_payments()
        env.cr.commit()
        done.append(time.monotonic())


BENCHES = {
    "polling_last_page": polling_last_page,
    "polling_seen_s": polling_seen_s,
}
