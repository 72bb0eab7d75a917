"""What a link on every invoice costs when many are confirmed."""

import statistics
import time

from tests.e2e.harness import database, environment

NUMBER, ROUNDS = 200, 12


def posting_overhead():
    """Confirming 200 invoices, with the link and without, in turns on one database."""
    database("world", "pom_bench")
    stock("pom_bench")
    ours, theirs = [], []
    for number in range(ROUNDS + 1):
        pair = {with_link: post(with_link) for with_link in order(number)}
        if number:  # The first round fills caches.
            ours.append(pair[True])
            theirs.append(pair[False])
    database("drop", "pom_bench")
    ratio = statistics.median(a / b for a, b in zip(ours, theirs, strict=True))
    return {
        "name": "posting_overhead",
        "ours": statistics.median(ours) / NUMBER * 1000,
        "theirs": statistics.median(theirs) / NUMBER * 1000,
        "ratio": ratio,
        "unit": "ms per invoice confirmed, with and without the link",
        "n": NUMBER * ROUNDS,
    }


def stock(name, batches=20, size=25):
    """Invoices that were there before: PostgreSQL plans badly for empty tables."""
    for _number in range(batches):
        with environment(name) as env:
            partner = env["res.partner"].create({"name": "Regular"})
            env["account.move"].create(
                [invoice(partner, 1.0 + price) for price in range(size)]
            )._post()
    with environment(name) as env:
        env.cr.execute("ANALYZE")


def order(number):
    """Neither comes first every time."""
    return (True, False) if number % 2 else (False, True)


def post(with_link):
    """Seconds for confirming; everything is rolled back afterwards."""
    with environment("pom_bench") as env:
        moves = env["account.move"].create(invoices(env))
        env.flush_all()
        model = type(moves)
        if with_link:
            seconds = timed(env, moves._post)
        else:
            # The very method that the addon extends, without the addon's part.
            seconds = timed(env, without_addon(model).__get__(moves))
        assert len(moves.pom_paylink_id) == (NUMBER if with_link else 0)
        env.cr.rollback()
    return seconds


def without_addon(model):
    """``_post`` of the class after the last of ours in the order of inheritance."""
    named = [cls for cls in model.__mro__ if "_post" in vars(cls)]
    ours = [cls.__module__.startswith("odoo.addons.pom_") for cls in named]
    last = max(number for number, is_ours in enumerate(ours) if is_ours)
    return vars(named[last + 1])["_post"]


def timed(env, function):
    start = time.perf_counter()
    function()
    env.flush_all()
    return time.perf_counter() - start


def invoices(env):
    """All different: core looks for duplicates, which takes long among equal ones."""
    partners = env["res.partner"].create(
        [{"name": f"Customer {number}"} for number in range(NUMBER)]
    )
    return [invoice(partner, 10.0 + number) for number, partner in enumerate(partners)]


def invoice(partner, price=10.0):
    return {
        "move_type": "out_invoice",
        "partner_id": partner.id,
        "invoice_date": "2026-11-01",
        "invoice_line_ids": [(0, 0, {"name": "Bread", "price_unit": price})],
    }


BENCHES = {"posting_overhead": posting_overhead}
