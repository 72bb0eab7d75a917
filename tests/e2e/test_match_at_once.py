"""Open items that several work on at the same time, one of whom dies."""

import subprocess
import sys
import time

import pytest

from tests.e2e.gate import shut_after
from tests.e2e.harness import ROOT, environment, own_world
from tests.e2e.match_books import check_books, make_invoices, open_lines

pytestmark = pytest.mark.e2e
NAME = "pom_e2e_match"
INVOICES = 30


@pytest.fixture(autouse=True)
def world():
    with own_world(NAME):
        with environment(NAME) as env:
            make_invoices(env, INVOICES)
        yield


def worker(*arguments):
    return subprocess.Popen(
        [sys.executable, "-m", "tests.e2e.match_worker", NAME, *arguments],
        cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
    )  # fmt: skip


def begin(*workers):
    """Let all begin at the same moment."""
    for process in workers:
        assert process.stdout.readline().strip() == "ready"
    for process in workers:
        process.stdin.write("go\n")
        process.stdin.flush()


def test_nothing_is_booked_twice():
    with environment(NAME) as env:
        open_lines(env, "hand")
    workers = [
        worker("import_file", "one"),
        worker("import_file", "two"),
        worker("register"),
        worker("person"),
        worker("match_again"),
    ]
    begin(*workers)
    for process in workers:
        assert process.wait(900) == 0
    with environment(NAME) as env:
        lines = check_books(env)
        assert len(lines) == 3 * INVOICES


def test_killed_and_resumed():
    with environment(NAME) as env:
        open_lines(env, "feed")
    with shut_after(NAME, "account_partial_reconcile", INVOICES // 2):
        first = worker("match_again", "3")
        begin(first)
        deadline = time.monotonic() + 600
        while not matched():
            assert time.monotonic() < deadline
            time.sleep(0.1)
        first.kill()
        first.wait()
    assert matched() < INVOICES, "it was to be killed before it was ready"
    second = worker("match_again", "10")
    begin(second)
    assert second.wait(900) == 0
    with environment(NAME) as env:
        lines = check_books(env)
        assert len(lines) == len(lines.filtered("is_reconciled")) == INVOICES
        assert len(lines.pom_match_ids) == INVOICES


def matched():
    with environment(NAME) as env:
        return env["pom.match"].search_count([("state", "=", "matched")])
