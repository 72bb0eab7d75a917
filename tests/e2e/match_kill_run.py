"""A long matching run that is killed again and again; by hand, it takes its time.

    python -m tests.e2e.match_kill_run [lines [kills]]

Prints what was done at each kill, and ends with the state of the books.
"""

import random
import subprocess
import sys
import time

from tests.e2e.harness import ROOT, database, environment
from tests.e2e.match_books import check_books, make_invoices, open_lines

NAME = "pom_e2e_match_kill"


def main(lines=5000, kills=5):
    database("world", NAME)
    with environment(NAME) as env:
        make_invoices(env, lines)
        open_lines(env, "feed")
    for _ in range(kills):
        process = start()
        before = matched()
        goal = before + random.randrange(1, max(lines // (kills + 1), 2))
        while process.poll() is None and matched() < goal:
            time.sleep(0.2)
        time.sleep(random.random() * 3)
        process.kill()
        process.wait()
        print(f"killed at {matched()} of {lines}", flush=True)
    process = start()
    process.wait()
    with environment(NAME) as env:
        found = check_books(env)
        done = len(found.filtered("is_reconciled"))
        decisions = len(found.pom_match_ids)
        print(f"{len(found)} lines, {done} matched, {decisions} decisions, books right")
    database("drop", NAME)
    return 0 if done == decisions == lines else 1


def start():
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.e2e.match_worker", NAME, "match_again", "100"],
        cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    process.stdout.readline()
    process.stdin.write("go\n")
    process.stdin.flush()
    return process


def matched():
    with environment(NAME) as env:
        return env["pom.match"].search_count([("state", "=", "matched")])


if __name__ == "__main__":
    sys.exit(main(*map(int, sys.argv[1:])))
