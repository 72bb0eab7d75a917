"""Ten years later: the same work in small books, and in the same books many times over.

What touches one debt may not take longer there, ask more, look at more rows, or read a
large table from end to end. ``BENCH_COPIES=20,400`` says how many times over each is,
``BENCH_KEEP=1`` leaves the books for the next run, which then begins at once.
"""

import json
import os
from functools import partial

from tests.bench import growth_company, growth_watch, growth_works
from tests.bench.growth_works import Where
from tests.bench.many_books import STEP, connect, copy_database, multiply
from tests.e2e.harness import DEV, database

SMALL, LARGE = "pom_growth_small", "pom_growth_large"
COPIES = [int(n) for n in os.environ.get("BENCH_COPIES", "20,400").split(",")]
#: Parts of the names of what is compared: ``BENCH_WORKS="typed,a file"``.
CHOSEN = os.environ.get("BENCH_WORKS", "").split(",")
#: What is where in books that are kept.
KEEP = os.environ.get("BENCH_KEEP")
KEPT = DEV / "growth.json"
#: So many milliseconds more can be anything on a machine that others use too.
LEAST_MS = 1.0
#: So often what took longer is looked at again.
AGAIN = 3
#: Tables with more rows aren't read from end to end.
LARGE_TABLE = 100_000
#: So many rows more say nothing.
LEAST_ROWS = 500


def growth():
    parts, systems = prepare()
    places = [place(SMALL, parts, systems), place(LARGE, parts, systems)]
    rows, wrong = [], []
    print(f"{'':<26}{'small':>9}{'large':>9} ms {'ratio':>6}  queries  rows")
    for work in growth_works.WORKS:
        if not any(part in work.name for part in CHOSEN):
            continue
        rows.append(compare(work, places))
        wrong += faults(work, rows[-1])
        print(line(rows[-1]), flush=True)
    if not KEEP:
        forget()
    if wrong:
        raise AssertionError("; ".join(wrong))
    flat = {work.name for work in growth_works.WORKS if not work.most_ms}
    compared = [row for row in rows if row["name"] in flat] or rows
    worst = max(compared, key=lambda row: row["ratio"])
    return {
        "name": "growth",
        "ours": worst["large"],
        "theirs": worst["small"],
        "ratio": worst["ratio"],
        "unit": f"ms in large books and in small ones, the worst: {worst['name']}",
        "n": COPIES[1] // COPIES[0],
    }


def prepare():
    if KEEP and KEPT.exists():
        return json.loads(KEPT.read_text())
    forget()
    database("world", SMALL)
    first, parts, systems = growth_company.found(SMALL)
    growth_watch.leave(SMALL)
    copy_database(SMALL, LARGE)
    for name, copies in zip((SMALL, LARGE), COPIES, strict=True):
        multiply(name, first, copies)
        crowd(name, parts, copies // 4)
    if KEEP:
        KEPT.write_text(json.dumps([parts, systems]))
    return parts, systems


def forget():
    KEPT.unlink(missing_ok=True)
    for name in (SMALL, LARGE):
        database("drop", name)


def crowd(name, parts, copies):
    """One debtor owes what is open in so many copies."""
    debtor, first, last = parts["debtor"] + STEP, parts["first_open"], parts["last"]
    with connect(name) as connection, connection.cursor() as cr:
        cr.execute("SET session_replication_role = replica")
        cr.execute(
            f"""
            WITH owed AS (
                UPDATE account_move
                   SET partner_id = %(debtor)s, commercial_partner_id = %(debtor)s
                 WHERE id %% {STEP} BETWEEN {first} AND {last}
                   AND id < {(copies + 1) * STEP} AND amount_residual > 0
                RETURNING id)
            UPDATE account_move_line SET partner_id = %(debtor)s
             WHERE move_id IN (SELECT id FROM owed)""",
            {"debtor": debtor},
        )
    connection.close()


def place(name, parts, systems):
    """Where the copy in the middle is looked at."""
    shift = COPIES[(SMALL, LARGE).index(name)] // 2 * STEP
    shifted = {part: number + shift for part, number in parts.items()}
    shifted["crowd"] = parts["statement"] + STEP
    return Where(name, shifted, systems, growth_works.client((SMALL, LARGE)))


def compare(work, places):
    costs = [
        growth_watch.cost(where.name, partial(work.run, where), LARGE_TABLE)
        for where in places
    ]
    runs = [partial(work.run, where) for where in places]
    small, large = growth_watch.seconds(runs)
    for _again in range(AGAIN):
        if not is_longer(work, small * 1000, large * 1000):
            break
        # A busy moment of the machine isn't there the next time.
        small, large = map(min, (small, large), growth_watch.seconds(runs))
    return {
        "name": work.name,
        "small": small * 1000,
        "large": large * 1000,
        "ratio": large / small,
        "costs": costs,
    }


def faults(work, row):
    small, large = row["costs"]
    for table, count in large.scans.items():
        if table not in work.whole:
            yield f"{work.name}: reads {count} rows of {table} from end to end"
    if work.most_ms:
        if row["large"] > work.most_ms:
            yield f"{work.name}: {row['large']:.0f} ms"
        return
    if is_longer(work, row["small"], row["large"]):
        yield f"{work.name}: {row['ratio']:.2f} times longer"
    if small.queries != large.queries:
        yield f"{work.name}: {small.queries} queries, then {large.queries}"
    if large.rows > work.most * small.rows + LEAST_ROWS:
        yield f"{work.name}: {small.rows} rows looked at, then {large.rows}"


def is_longer(work, small, large):
    """
    :param small, large: milliseconds
    """
    return not work.most_ms and large > small * work.most and large - small > LEAST_MS


def line(row):
    small, large = row["costs"]
    return (
        f"{row['name']:<26}{row['small']:>9.1f}{row['large']:>9.1f}"
        f"    {row['ratio']:>6.2f}  {small.queries}/{large.queries}"
        f"  {small.rows}/{large.rows} {large.scans or ''}"
    )


BENCHES = {"growth": growth}
