"""What a piece of work costs in a database: queries, rows that PostgreSQL looked at,
tables that it read from end to end, and seconds.
"""

import gc
import time
from typing import NamedTuple

import odoo.sql_db as sql_db

from tests.bench.many_books import connect

ROUNDS = 9
#: And less often what takes long: so many seconds for all rounds, and two at least.
LONG, FEWEST = 15, 2


class Cost(NamedTuple):
    """
    :param rows: that were read, of tables and by indexes
    :param scans: names of large tables that were read from end to end, with the rows
    """

    queries: int
    rows: int
    scans: dict


def seconds(works):
    """The quickest of many times of each, in turns: what else the machine does comes
    to all of them.

    :param works: functions that do it once, and return how long that took
    """
    best = [float("inf")] * len(works)
    began = time.monotonic()
    gc.collect()
    gc.disable()
    try:
        for number in range(ROUNDS):
            if number >= FEWEST and time.monotonic() - began > LONG:
                break
            best = [min(b, work()) for b, work in zip(best, works, strict=True)]
    finally:
        gc.enable()
    return best


def cost(name, work, large):
    """
    :param large: rows from which on a table may not be read from end to end
    """
    work()
    before = _read(name)
    queries = sql_db.sql_counter
    work()
    queries = sql_db.sql_counter - queries
    after = _read(name)
    rows, scans = 0, {}
    for table, (sequential, by_index, size) in after.items():
        was = before.get(table, (0, 0, 0))
        rows += sequential - was[0] + by_index - was[1]
        if size >= large and sequential - was[0] >= size / 2:
            scans[table] = sequential - was[0]
    return Cost(queries, rows, scans)


def leave(name):
    """Be connected no more."""
    sql_db.close_db(name)


def _read(name):
    """Rows read so far, from end to end and by indexes, and how many there are, of each
    table. What a process did is counted when it has ended.
    """
    leave(name)
    connection = connect(name)
    connection.autocommit = True
    with connection.cursor() as cr:
        for _try in range(200):
            cr.execute(
                "SELECT count(*) FROM pg_stat_activity WHERE datname = %s"
                " AND backend_type = 'client backend' AND pid <> pg_backend_pid()",
                [name],
            )
            if not cr.fetchone()[0]:
                break
            time.sleep(0.05)
        else:
            raise RuntimeError(f"Somebody else works in {name}")
        cr.execute(
            """
            SELECT s.relname, coalesce(s.seq_tup_read, 0),
                   coalesce(s.idx_tup_fetch, 0), c.reltuples
              FROM pg_stat_user_tables s JOIN pg_class c ON c.oid = s.relid
            """
        )
        found = {table: tuple(figures) for table, *figures in cr.fetchall()}
    connection.close()
    return found
