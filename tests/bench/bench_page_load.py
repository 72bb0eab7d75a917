"""Our page and core's portal page for the same invoice, on the same running server:
queries of one view, and how long the slowest of fifty debtors at once wait.
"""

import atexit
import functools
import re
import statistics
import time
from concurrent.futures import ThreadPoolExecutor

import requests

from tests.bench.row import row
from tests.e2e import page_states
from tests.e2e.harness import Server, database, environment

DATABASE = "pom_bench_page_load"
DEBTORS = 50
ROUNDS = 4
#: werkzeug's log line ends with: status, size, queries, their time, the rest's time.
QUERIES = re.compile(r'"GET (?P<path>\S+) HTTP/1.1" 200 - (?P<queries>\d+) ')


@functools.cache
def pages():
    """(server, our address, core's address)"""
    database("world", DATABASE)
    server = Server(DATABASE).start()
    atexit.register(database, "drop", DATABASE)
    atexit.register(server.stop)
    with environment(DATABASE) as env:
        env["ir.config_parameter"].set_param("web.base.url", server.url)
        partner = page_states.debtor(env, "Joke Lemmens")
        move = page_states.invoice(env, partner, 100, 20)
        ours, theirs = move.pom_payment_url, server.url + move.get_portal_url()
    for _ in range(6):
        for url in (ours, theirs):
            requests.get(url, timeout=120).raise_for_status()
    return server, ours, theirs


def page_queries():
    server, *urls = pages()
    mark = server.log.stat().st_size
    for url in urls * 5:
        requests.get(url, timeout=60).raise_for_status()
    found = {url: [] for url in urls}
    for match in QUERIES.finditer(server.log.read_bytes()[mark:].decode()):
        for url in urls:
            if url.endswith(match["path"]):
                found[url].append(int(match["queries"]))
    ours, theirs = (statistics.median(found[url]) for url in urls)
    return row("page_queries", ours, theirs, "queries a view", 5)


def page_p95_50():
    _server, *urls = pages()
    # In turns, so that neither page has the quieter machine.
    times = {url: [] for url in urls}
    for _ in range(ROUNDS):
        for url in urls:
            times[url] += crowd(url)
    ours, theirs = (statistics.quantiles(times[url], n=20)[18] * 1000 for url in urls)
    return row("page_p95_50", ours, theirs, "ms, 50 debtors at once", DEBTORS * ROUNDS)


def crowd(url):
    with ThreadPoolExecutor(DEBTORS) as pool:
        return list(pool.map(seconds, [url] * DEBTORS))


def seconds(url):
    start = time.perf_counter()
    requests.get(url, timeout=300).raise_for_status()
    return time.perf_counter() - start


BENCHES = {"page_queries": page_queries, "page_p95_50": page_p95_50}
