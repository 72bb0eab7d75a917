"""What installing costs where there are years of books, while others work there."""

import contextlib
import json
import re
import subprocess
import sys
import threading
import time
from datetime import UTC, datetime

import psycopg2
from psycopg2.extensions import QueryCanceledError, TransactionRollbackError

from dev.addons import to_choose
from tests.bench import large_books
from tests.e2e.harness import DEV, ROOT, database

NAME = "pom_bench_install"
LOADED = re.compile(r"Module (pom_\w+) loaded in ([\d.]+)s, (\d+) queries")
#: What people read and write meanwhile. Of the last documents: those that are open too.
READS = (
    "SELECT count(*) FROM account_move WHERE id = %(id)s",
    "SELECT count(*) FROM account_move_line WHERE move_id = %(id)s",
    "SELECT count(*) FROM account_bank_statement_line WHERE id = %(id)s",
    "SELECT count(*) FROM res_partner",
    "SELECT count(*) FROM payment_transaction",
    "SELECT count(*) FROM res_company",
)
WRITES = (
    "UPDATE account_move SET ref = 'R%(n)s' WHERE id = %(id)s",
    "UPDATE account_move_line SET ref = 'R%(n)s' WHERE move_id = %(id)s",
    "UPDATE account_bank_statement_line SET payment_ref = 'R%(n)s' WHERE id = %(id)s",
    "UPDATE res_partner SET ref = 'R%(n)s' WHERE name = 'Regular'",
    "UPDATE payment_transaction SET reference = reference WHERE id < 0",
    "UPDATE payment_provider SET sequence = sequence WHERE id < 0",
)
ROWS = 225_000
#: Seconds of a wait that is kept in the log.
NOTED = 0.1


class Worker(threading.Thread):
    """Somebody who works in that database, and notes the longest wait.

    :ivar waits: by statement, seconds of the longest
    """

    def __init__(self, statements, pause=0.02):
        super().__init__(daemon=True)
        self.statements, self.pause = statements, pause
        self.over = threading.Event()
        self.waits, self.problems, self.noted, self.times = {}, [], [], 0

    def run(self):
        connection = psycopg2.connect(dbname=NAME)
        connection.autocommit = True
        with connection.cursor() as cr:
            while not self.over.is_set():
                for statement in self.statements:
                    self._do(cr, statement)
                    time.sleep(self.pause)
        connection.close()

    def _do(self, cr, statement):
        self.times += 1
        # All over the table, the open ones among them.
        place = large_books.FIRST + 1 + self.times * 7919 % ROWS
        start = time.perf_counter()
        try:
            cr.execute(statement, {"id": place, "n": self.times})
        except (QueryCanceledError, TransactionRollbackError) as error:
            self.problems.append(f"{statement}: {error}")
        seconds = time.perf_counter() - start
        self.waits[statement] = max(seconds, self.waits.get(statement, 0))
        if seconds > NOTED:
            self.noted.append(f"{datetime.now(UTC):%T.%f} {seconds:.2f} s: {statement}")


@contextlib.contextmanager
def clerk(found):
    """Who writes invoices meanwhile, see :mod:`.clerk`.

    :param dict found: for what came of it
    """
    command = [sys.executable, "-m", "tests.bench.clerk", NAME]
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "text": True}
    with subprocess.Popen(command, cwd=ROOT, **pipes) as process:
        assert process.stdout.readline() == "ready\n"
        yield
        said, _errors = process.communicate()
        found.update(json.loads(said))


def install(addons):
    """
    :return: queries by addon, seconds by addon, the workers, and what the clerk did
    :raises RuntimeError: when it came to nothing
    """
    workers, invoices = [Worker(READS), Worker(WRITES)], {}
    with clerk(invoices):
        for worker in workers:
            worker.start()
        done = subprocess.run(
            [ROOT / "dev" / "odoo", "-d", NAME, "-i", ",".join(addons), "--no-http",
             "--stop-after-init", "--max-cron-threads=0", "--log-level=info"],
            capture_output=True, text=True,
        )  # fmt: skip
        for worker in workers:
            worker.over.set()
            worker.join(60)
    noted = "\n".join(line for one in workers for line in one.noted)
    (DEV / "bench_install.log").write_text(f"{done.stderr}\n{noted}\n")
    if done.returncode or " ERROR " in done.stderr:
        raise RuntimeError("installing failed: see .dev/bench_install.log")
    found = LOADED.findall(done.stderr)
    queries = {name: int(count) for name, _seconds, count in found}
    seconds = {name: float(count) for name, count, _queries in found}
    return queries, seconds, workers, invoices


_measured = {}


def measured():
    """Both benchmarks look at the same installation."""
    if not _measured:
        large_books.make(NAME)
        try:
            names = ("queries", "seconds", "workers", "invoices")
            _measured.update(zip(names, install(to_choose()), strict=True))
        finally:
            database("drop", NAME)
    return _measured


def install_queries():
    """Of the addon that takes most."""
    queries, seconds = measured()["queries"], measured()["seconds"]
    worst = max(queries, key=queries.get)
    return {
        "name": "install_queries",
        "ours": queries[worst],
        "theirs": None,
        "ratio": None,
        "unit": f"queries of {worst}; all: {sum(queries.values())} "
        f"in {sum(seconds.values()):.0f} s",
        "n": ROWS,
    }


def install_lock_s():
    """The longest that anybody waited."""
    workers = measured()["workers"]
    waits = {key: value for one in workers for key, value in one.waits.items()}
    worst = max(waits, key=waits.get)
    problems = sum(len(one.problems) for one in workers)
    invoices = measured()["invoices"]
    assert not invoices["problems"], invoices["problems"]
    return {
        "name": "install_lock_s",
        "ours": waits[worst],
        "theirs": None,
        "ratio": None,
        "unit": f"s, longest wait: {worst.split(' SET ')[0]}; {problems} refused; "
        f"{invoices['done']} invoices confirmed meanwhile, each within "
        f"{invoices['longest']:.1f} s",
        "n": sum(one.times for one in workers),
    }


BENCHES = {"install_queries": install_queries, "install_lock_s": install_lock_s}
