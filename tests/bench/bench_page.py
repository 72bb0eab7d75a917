"""Our page beside core's portal page for the same invoice, on the same server."""

import functools
import statistics
import time
from http.client import HTTPConnection
from urllib.parse import urlsplit

from tests.bench.bench_posting import invoice
from tests.bench.row import row
from tests.e2e.harness import PHONE, Server, browser, database, environment

REQUESTS = 200


@functools.cache
def pages():
    """Addresses of both pages, and the server that gives them (ended at exit)."""
    import atexit

    database("world", "pom_bench_page")
    server = Server("pom_bench_page").start()
    atexit.register(database, "drop", "pom_bench_page")
    atexit.register(server.stop)
    with environment("pom_bench_page") as env:
        env["ir.config_parameter"].set_param("web.base.url", server.url)
        partner = env["res.partner"].search([("email", "=", "marie@klant.example")])
        move = env["account.move"].create(invoice(partner))
        move.action_post()
        return move.pom_payment_url, server.url + move.get_portal_url()


def page_ttfb():
    """Time to the first byte, in turns, each request on a connection of its own."""
    ours, theirs = pages()
    times = {ours: [], theirs: []}
    for number in range(REQUESTS + 5):
        for url in (ours, theirs) if number % 2 else (theirs, ours):
            seconds = first_byte(url)
            if number >= 5:
                times[url].append(seconds)
    return row(
        "page_ttfb",
        statistics.median(times[ours]) * 1000,
        statistics.median(times[theirs]) * 1000,
        "ms to the first byte",
        REQUESTS,
    )


def first_byte(url):
    """By a socket alone: what a library does before it asks isn't the server's."""
    parts = urlsplit(url)
    start = time.perf_counter()
    connection = HTTPConnection(parts.hostname, parts.port, timeout=60)
    try:
        connection.request("GET", parts._replace(scheme="", netloc="").geturl())
        answer = connection.getresponse()
        answer.read(1)
        seconds = time.perf_counter() - start
    finally:
        connection.close()
    assert answer.status == 200, f"{url} answers {answer.status}"
    return seconds


@functools.cache
def loaded():
    """(bytes, requests) of each page on a phone that sees it for the first time."""
    with browser() as chromium:
        return [weigh(chromium, url) for url in pages()]


def weigh(chromium, url):
    context = chromium.new_context(**PHONE)
    page = context.new_page()
    session = context.new_cdp_session(page)
    session.send("Network.enable")
    sizes = []
    session.on("Network.dataReceived", lambda event: sizes.append(event["dataLength"]))
    seen = []
    page.on("request", lambda request: seen.append(request.url))
    page.goto(url, wait_until="networkidle", timeout=120_000)
    context.close()
    return sum(sizes), len([url for url in seen if not url.startswith("data:")])


def page_bytes():
    (ours, _), (theirs, _) = loaded()
    return row("page_bytes", ours / 1000, theirs / 1000, "kB, uncompressed", 1)


def page_requests():
    (_, ours), (_, theirs) = loaded()
    return row("page_requests", ours, theirs, "requests", 1)


BENCHES = {
    "page_ttfb": page_ttfb,
    "page_bytes": page_bytes,
    "page_requests": page_requests,
}
