"""Open items that several work on at the same time, one of whom dies."""

import subprocess
import sys
import time

import pytest

from tests.e2e.harness import ROOT, database, environment
from tests.e2e.match_worker import bank_journal, invoices, line_vals

pytestmark = pytest.mark.e2e
NAME = "pom_e2e_match"
INVOICES = 30


@pytest.fixture(autouse=True)
def world():
    from odoo.tools import config  # noqa: PLC0415

    # Else loading this database's modules looks for tests in them.
    enabled, config["test_enable"] = config["test_enable"], False
    database("world", NAME)
    with environment(NAME) as env:
        make_invoices(env, INVOICES)
    yield
    database("drop", NAME)
    config["test_enable"] = enabled


def make_invoices(env, count):
    partners = env["res.partner"].create(
        [{"name": f"Shared debtor {n}"} for n in range(5)]
    )
    moves = env["account.move"].create(
        [
            {
                "move_type": "out_invoice",
                "ref": "shared",
                "partner_id": partners[n % 5].id,
                "invoice_date": "2026-02-01",
                "invoice_line_ids": [
                    (0, 0, {"name": "Work", "price_unit": 100 + n, "tax_ids": [(5,)]})
                ],
            }
            for n in range(count)
        ]
    )
    moves.action_post()
    return moves


def open_lines(env, word):
    """Lines as a feed leaves them: nobody has looked at them."""
    Line = env["account.bank.statement.line"].with_context(pom_importing=True)
    return Line.create(line_vals(env, invoices(env), f"{word} {{}}"))


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


def check_books(env):
    """Every invoice settled exactly once, and no money lost or made.

    :return: the bank lines
    """
    moves = invoices(env)
    debts = moves.line_ids.filtered(lambda item: item.display_type == "payment_term")
    for debt in debts:
        given = sum(debt.matched_credit_ids.mapped("amount"))
        assert given == debt.balance and not debt.amount_residual, debt.move_name
    lines = env["account.bank.statement.line"].search(
        [("journal_id", "=", bank_journal(env).id), ("date", ">=", "2026-02-10")]
    )
    credits = env["account.move.line"].search(
        [
            ("account_id", "=", debts.account_id.id),
            ("partner_id.name", "like", "Shared debtor"),
            ("parent_state", "=", "posted"),
        ]
    )
    payments = env["account.payment"].search(
        [("partner_id", "in", moves.partner_id.ids)]
    )
    waiting = payments.filtered(lambda payment: not payment.is_matched)
    suspense = lines.filtered(lambda line: not line.is_reconciled)
    paid = sum(lines.mapped("amount")) + sum(waiting.mapped("amount"))
    left = sum(suspense.mapped("amount")) - sum(credits.mapped("amount_residual"))
    assert round(paid, 2) == round(sum(moves.mapped("amount_total")) + left, 2)
    for line in lines.filtered("pom_match_id"):
        assert (line.pom_match_id.state == "matched") == line.is_reconciled
    return lines


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
        assert process.wait(300) == 0
    with environment(NAME) as env:
        lines = check_books(env)
        assert len(lines) == 3 * INVOICES


def test_killed_and_resumed():
    with environment(NAME) as env:
        open_lines(env, "feed")
    first = worker("match_again", "3")
    begin(first)
    deadline = time.monotonic() + 120
    while not matched():
        assert time.monotonic() < deadline
    first.kill()
    first.wait()
    assert matched() < INVOICES, "it was to be killed before it was ready"
    second = worker("match_again", "10")
    begin(second)
    assert second.wait(300) == 0
    with environment(NAME) as env:
        lines = check_books(env)
        assert len(lines) == len(lines.filtered("is_reconciled")) == INVOICES
        assert len(lines.pom_match_ids) == INVOICES


def matched():
    with environment(NAME) as env:
        return env["pom.match"].search_count([("state", "=", "matched")])
