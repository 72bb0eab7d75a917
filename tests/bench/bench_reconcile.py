"""Import and matching of bank lines, against what Odoo and OCA do today.

Each benchmark measures both sides in one process on one scratch database, in turn, in
transactions that are rolled back; the best of the rounds counts.
"""

import contextlib
import time
from collections.abc import Callable
from datetime import date, timedelta
from functools import cache

from tests.e2e.harness import database, environment

DATABASE = "pom_bench_reconcile"
FIRST = date(2026, 1, 5)
UNTRACKED = {
    "tracking_disable": True,
    "mail_notrack": True,
    "mail_create_nolog": True,
    "skip_retrieve_partner": True,
}


def import_per_line(lines: int = 500) -> dict:
    """Import of lines that settle nothing, against account_statement_import_file."""
    with _world() as env:
        data = _coda(env, [("10.00", f"no reference {n}") for n in range(lines)])
        ours = _best(env, lambda: _import(env, data, _our_import))
        theirs = _best(env, lambda: _import(env, data, _oca_import))
    return _row("import_per_line", ours, theirs, lines)


def match_floor(lines: int = 500) -> dict:
    """Match and book, against native bulk booking that is told the pairs."""
    with _world() as env:
        invoices = _invoices(env, lines)
        ours = _best(env, lambda: _ours(env, invoices), rounds=4)
        theirs = _best(env, lambda: _native(env, invoices), rounds=4)
        queries = _queries(env, lambda: _ours(env, invoices)) / lines
        floor = _queries(env, lambda: _native(env, invoices)) / lines
    row = _row("match_floor", ours, theirs, lines)
    unit = f"ms/line; {queries:.1f} queries/line, theirs {floor:.1f}"
    return {**row, "unit": unit}


def match_oca_60() -> dict:
    return _against_oca("match_oca_60", 60)


def match_oca_150() -> dict:
    return _against_oca("match_oca_150", 150)


def match_growth(small: int = 500, large: int = 5000) -> dict:
    """Time per line of a large run against a small one, with as many open invoices."""
    with _world() as env:
        few = _best(env, lambda: _ours(env, _invoices(env, small)), rounds=2)
        invoices = _invoices(env, large)
        many = _best(env, lambda: _ours(env, invoices), rounds=1)
        queries = _queries(env, lambda: _ours(env, invoices)) / large
    row = _row("match_growth", many / large * small, few, small)
    return {**row, "n": large, "unit": f"ms/line; {queries:.1f} queries/line"}


BENCHES: dict[str, Callable[[], dict]] = {
    bench.__name__: bench
    for bench in (
        import_per_line,
        match_floor,
        match_oca_60,
        match_oca_150,
        match_growth,
    )
}


def _against_oca(name: str, lines: int) -> dict:
    """OCA's automatic reconciliation, with labels that are just the reference."""
    with _world() as env:
        invoices = _invoices(env, lines)
        ours = _best(env, lambda: _ours(env, invoices))
        theirs = _best(env, lambda: _oca(env, invoices), rounds=1)
    return _row(name, ours, theirs, lines)


def _row(name: str, ours: float, theirs: float, lines: int) -> dict:
    """:param ours: seconds for all lines."""
    return {
        "name": name,
        "ours": round(ours / lines * 1000, 2),
        "theirs": round(theirs / lines * 1000, 2),
        "ratio": round(ours / theirs, 3),
        "unit": "ms/line",
        "n": lines,
    }


# The world


@cache
def _scratch() -> str:
    database("world", DATABASE)
    return DATABASE


@contextlib.contextmanager
def _world():
    with environment(_scratch()) as env:
        company = env.ref("base.main_company")
        context = {**env.context, "allowed_company_ids": company.ids}
        yield env(context=context)
        env.cr.rollback()


def _journal(env):
    return env["account.journal"].search(
        [("type", "=", "bank"), ("company_id", "=", env.company.id)], limit=1
    )


def _invoices(env, count: int):
    """Return that many open invoices, each with an amount of its own; kept."""
    known = env["account.move"].search(
        [("ref", "=", "bench"), ("payment_state", "=", "not_paid")], order="id"
    )
    missing = count - len(known)
    partners = env["res.partner"].search([("name", "=like", "Bench debtor %")])
    if not partners:
        partners = env["res.partner"].create(
            [{"name": f"Bench debtor {n}"} for n in range(200)]
        )
    quiet = env["account.move"].with_context(**UNTRACKED)
    for start in range(0, max(missing, 0), 250):
        moves = quiet.create(
            [
                _invoice_vals(partners[n % len(partners)], len(known) + n)
                for n in range(start, min(start + 250, missing))
            ]
        )
        moves.action_post()
        env.cr.commit()  # pylint: disable=invalid-commit
        env.invalidate_all()
    return env["account.move"].search(
        [("ref", "=", "bench"), ("payment_state", "=", "not_paid")],
        order="id",
        limit=count,
    )


def _invoice_vals(partner, number: int) -> dict:
    line = {"name": "Work", "price_unit": 100 + number / 100, "tax_ids": [(5,)]}
    return {
        "move_type": "out_invoice",
        "ref": "bench",
        "partner_id": partner.id,
        "invoice_date": FIRST,
        "invoice_line_ids": [(0, 0, line)],
    }


def _best(env, run: Callable, rounds: int = 3) -> float:
    """Return the seconds of the fastest round; nothing stays."""
    times = []
    for _round in range(rounds):
        env.cr.rollback()
        env.invalidate_all()
        start = time.perf_counter()
        run()
        env.flush_all()
        times.append(time.perf_counter() - start)
        env.cr.rollback()
        env.invalidate_all()
    return min(times)


def _queries(env, run: Callable) -> int:
    start = env.cr.sql_log_count
    run()
    env.flush_all()
    count = env.cr.sql_log_count - start
    env.cr.rollback()
    env.invalidate_all()
    return count


# The sides


def _line_vals(env, invoices) -> list[dict]:
    journal = _journal(env)
    return [
        {
            "journal_id": journal.id,
            "date": FIRST + timedelta(days=30),
            "amount": invoice.amount_residual,
            "payment_ref": invoice.payment_reference,
            "account_number": f"BE{invoice.id:014}",
            "partner_name": invoice.partner_id.name,
        }
        for invoice in invoices
    ]


def _ours(env, invoices, batch: int = 500):
    """By pieces, and nothing of one is kept for the next, as an import does it."""
    journal = _journal(env)
    Line = env["account.bank.statement.line"]
    Line = Line.with_context(**journal._pom_import_context())
    vals_list = _line_vals(env, invoices)
    for start in range(0, len(vals_list), batch):
        lines = Line._pom_create_matched(vals_list[start : start + batch])
        assert all(lines.mapped("is_reconciled"))
        env.flush_all()
        env.invalidate_all()
    assert set(invoices.mapped("payment_state")) == {"paid"}


def _native(env, invoices):
    """The cheapest that Odoo offers, for someone who knows each line's invoice."""
    Line = env["account.bank.statement.line"].with_context(**UNTRACKED)
    vals_list = _line_vals(env, invoices)
    debts = [
        invoice.line_ids.filtered(lambda item: item.display_type == "payment_term")
        for invoice in invoices
    ]
    for vals, debt in zip(vals_list, debts, strict=True):
        vals["counterpart_account_id"] = debt.account_id.id
        vals["partner_id"] = debt.partner_id.id
    plan = [
        debt + line.line_ids.filtered(lambda i, a=debt.account_id: i.account_id == a)
        for line, debt in zip(Line.create(vals_list), debts, strict=True)
    ]
    env["account.move.line"].with_context(**UNTRACKED)._reconcile_plan(plan)
    assert set(invoices.mapped("payment_state")) == {"paid"}


def _oca(env, invoices):
    journal = _journal(env)
    journal.pom_auto_match = False
    Line = env["account.bank.statement.line"].with_context(**UNTRACKED)
    lines = Line.create(_line_vals(env, invoices))
    assert all(lines.mapped("is_reconciled"))


def _coda(env, payments) -> bytes:
    from tests.simulators.bank import Bank

    bank = Bank(_journal(env).bank_account_id.sanitized_acc_number)
    for amount, text in payments:
        bank.receive(amount, "Somebody", "BE62510007547061", text, date=FIRST)
    return bank.statement(FIRST)


def _import(env, data: bytes, create: Callable):
    import base64

    wizard = env["account.statement.import"].create(
        {"statement_file": base64.b64encode(data), "statement_filename": "bench.cod"}
    )
    before = env["account.bank.statement.line"].search_count([])
    create(wizard, data)
    assert env["account.bank.statement.line"].search_count([]) > before


def _our_import(wizard, data: bytes):
    wizard.import_file_button()


def _oca_import(wizard, data: bytes):
    """The same parsed lines through OCA's own code, without any reconciliation."""
    from odoo.addons.account_statement_import_file.wizard import (
        account_statement_import as oca,
    )

    oca_class = oca.AccountStatementImport
    wizard = wizard.with_context(pom_importing=True, **UNTRACKED)
    for currency, account, stmts_vals in wizard._parse_file(data):
        journal = wizard._match_journal(account, wizard._match_currency(currency))
        for vals in stmts_vals:
            del vals["received"]
            for number, line in enumerate(vals["transactions"]):
                line["unique_import_id"] = f"{line.pop('fingerprint')}-{number}"
                del line["foreign"]
        oca_class._complete_stmts_vals(wizard, stmts_vals, journal, account)
        oca_class._create_bank_statements(
            wizard, stmts_vals, {"statement_ids": [], "notifications": []}
        )
