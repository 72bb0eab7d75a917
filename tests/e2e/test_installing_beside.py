"""Installing in books of years: nobody who writes there is kept waiting for an index,
and one that was left half built is built anew. Nor does Odoo itself change a table
that was there, which would keep all from reading it until an addon's tables are made.
"""

import os
import re
import threading
import time

import psycopg2
import pytest

from tests.bench import large_books
from tests.e2e.harness import ROOT, database, run

pytestmark = [pytest.mark.e2e, pytest.mark.slow]

NAME = "pom_e2e_beside"
#: Enough for what is done beside; a test needn't wait for years of books.
NUMBERS = (50, 50, 12_000)
#: Left by somebody whose installation was stopped.
LEFT = "account_move_pom_debtor_idx"
OURS = """
    SELECT c.relname, i.indisvalid, obj_description(c.oid, 'pg_class')
      FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid
     WHERE c.relname LIKE '%\\_pom\\_%'
       AND i.indrelid IN ('account_move'::regclass, 'account_move_line'::regclass,
                          'account_bank_statement_line'::regclass)"""
#: An index that isn't built beside others locks its table so, until all is committed.
LOCKS = """
    SELECT relation::regclass::text FROM pg_locks
     WHERE mode = 'ShareLock' AND granted
       AND relation IN ('account_move'::regclass, 'account_move_line'::regclass,
                        'account_bank_statement_line'::regclass)"""

#: What Odoo says while it keeps an addon's tables locked; of tables that it makes, and
#: of those that it changes.
LOCKED = re.compile(r"creating or updating database tables.*?modules.loading: ", re.S)
MADE = re.compile(r"Table '(\w+)': created")
CHANGED = re.compile(
    r"Table '(\w+)': (added column '\w+'|added constraint '\w+' as CHECK"
    r"|column '\w+': added constraint NOT NULL)"
)
#: What is chosen in dialogs: nobody waits for their tables.
ASIDE = ("res_config_settings", "account_statement_import")


def connected():
    connection = psycopg2.connect(dbname=NAME, host=os.environ["PGHOST"])
    connection.autocommit = True
    return connection


@pytest.fixture(scope="module")
def books():
    large_books.make(NAME, NUMBERS)
    yield
    database("drop", NAME)


def test_indexes_are_built_beside(books):
    with connected().cursor() as cr:
        leave_one_half_built(cr)
        said = []
        locked = watch_while(lambda: said.append(install()))
        cr.execute(OURS)
        found = {name: (valid, comment) for name, valid, comment in cr.fetchall()}
    assert not locked
    assert not changed(said[0])
    assert LEFT in found and len(found) > 15, sorted(found)
    for name, (valid, comment) in found.items():
        assert valid, name
        # Odoo takes what has another, or none, for somebody's own.
        assert name.endswith("_index") or comment.startswith("INDEX "), (name, comment)


def leave_one_half_built(cr):
    """As PostgreSQL does for who is stopped: it waits for somebody, and is told to
    stop.
    """
    other = psycopg2.connect(dbname=NAME, host=os.environ["PGHOST"])
    with other.cursor() as busy:
        busy.execute(
            "UPDATE account_move SET ref = ref WHERE id = %s", [large_books.FIRST]
        )
        cr.execute("SET statement_timeout = '1s'")
        with pytest.raises(psycopg2.errors.QueryCanceled):
            cr.execute(f"CREATE INDEX CONCURRENTLY {LEFT} ON account_move (partner_id)")
        cr.execute("RESET statement_timeout")
    other.close()
    cr.execute(
        "SELECT indisvalid FROM pg_index WHERE indexrelid = %s::regclass", [LEFT]
    )
    assert cr.fetchone() == (False,)


def install():
    done = run(
        [ROOT / "dev" / "odoo", "-d", NAME, "-i", "pom_reconcile", "--no-http",
         "--stop-after-init", "--max-cron-threads=0", "--log-level=info",
         "--log-handler=odoo.schema:DEBUG"],
        capture_output=True, text=True,
    )  # fmt: skip
    assert not done.returncode and " ERROR " not in done.stderr, done.stderr[-3000:]
    assert not re.search("Left to Odoo", done.stderr)
    return done.stderr


def changed(said):
    """
    :return: what was changed of tables that people have records in
    """
    parts = LOCKED.findall(said)
    made = set(MADE.findall(said))
    assert len(parts) > 1 and "pom_paylink" in made
    return [
        (table, what)
        for part in parts
        for table, what in CHANGED.findall(part)
        if table not in made and table not in ASIDE
    ]


def watch_while(work):
    """
    :return: large tables that somebody kept from being written for an index
    """
    seen, over = set(), threading.Event()

    def watch():
        with connected().cursor() as cr:
            while not over.is_set():
                cr.execute(LOCKS)
                seen.update(name for (name,) in cr.fetchall())
                time.sleep(0.005)

    watcher = threading.Thread(target=watch)
    watcher.start()
    try:
        work()
    finally:
        over.set()
        watcher.join()
    return seen
