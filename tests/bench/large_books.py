"""Books of a company that has worked with Odoo for years, before it installs anything
of ours: 225,000 entries, 5,000 of them open invoices. Made in a minute: a few documents
go through Odoo, and PostgreSQL multiplies them.
"""

import subprocess
import sys
from datetime import date

import psycopg2

from tests.e2e.harness import ROOT, database

OPEN, PAID, BANK = 5_000, 20_000, 200_000
#: Below it are the documents that went through Odoo.
FIRST = 10_000_000


def make(name, numbers=(OPEN, PAID, BANK)):
    """A database of that name, with Odoo's and OCA's addons alone.

    :param numbers: of open invoices, paid ones, and bank lines
    """
    database("base", name)
    command = [sys.executable, ROOT / "dev" / "world.py", name]
    subprocess.run(command, check=True, cwd=ROOT)
    # In a process of its own: its registry knows nothing of ours, either.
    command = [sys.executable, "-m", "tests.bench.large_books", name]
    command += map(str, numbers)
    subprocess.run(command, check=True, cwd=ROOT)


def few(name):
    """One open and one paid invoice, and the bank line that paid it."""
    from tests.e2e.harness import environment

    with environment(name) as env:
        partner = env["res.partner"].create({"name": "Regular"})
        values = {
            "move_type": "out_invoice",
            "partner_id": partner.id,
            "invoice_date": date(2026, 9, 1),
            "invoice_line_ids": [(0, 0, {"name": "Bread", "price_unit": 100})],
        }
        moves = env["account.move"].create([values, values])
        moves.action_post()
        wizard = env["account.payment.register"].with_context(
            active_model="account.move", active_ids=moves[1].ids
        )
        wizard.create({}).action_create_payments()
        journal = env["account.journal"].search([("type", "=", "bank")], limit=1)
        line = env["account.bank.statement.line"].create(
            {"journal_id": journal.id, "date": date(2026, 9, 9), "amount": 7.0,
             "payment_ref": "Money"}
        )  # fmt: skip
        return moves[0].id, moves[1].id, line.id, line.move_id.id


def multiply(name, numbers, opened, paid, line, line_move):
    open_, paid_, bank = numbers
    with psycopg2.connect(dbname=name) as connection, connection.cursor() as cr:
        # No triggers: what refers to what is right as it is written.
        cr.execute("SET session_replication_role = replica")
        copy_moves(cr, opened, open_, FIRST, "OPEN/")
        copy_moves(cr, paid, paid_, FIRST + open_, "PAID/")
        first = FIRST + open_ + paid_
        copy_moves(
            cr, line_move, bank, first, "BANK/", statement_line_id=f"{first} + n"
        )
        copy(
            cr, "account_bank_statement_line", f"id = {line}", bank,
            id=f"{first} + n", move_id=f"{first} + n", internal_index="n::text",
        )  # fmt: skip
        for table in (
            "account_move",
            "account_move_line",
            "account_bank_statement_line",
        ):
            cr.execute(
                f"SELECT setval('{table}_id_seq', (SELECT max(id) FROM {table}))"
            )
    connection = psycopg2.connect(dbname=name)
    connection.autocommit = True
    connection.cursor().execute("VACUUM ANALYZE")
    connection.close()


def copy_moves(cr, source, number, first, prefix, **values):
    """An entry with its items."""
    # Of this entry, the n-th copy.
    values = {"id": f"{first} + n", "name": f"'{prefix}' || n", **values}
    values |= {"sequence_prefix": f"'{prefix}'", "sequence_number": "n"}
    values |= {"payment_reference": f"'{prefix}' || n", "access_token": "NULL"}
    copy(cr, "account_move", f"id = {source}", number, **values)
    values = {"move_id": f"{first} + n", "id": "nextval('account_move_line_id_seq')"}
    values |= {"move_name": f"'{prefix}' || n"}
    copy(cr, "account_move_line", f"move_id = {source}", number, **values)


def copy(cr, table, where, number, **values):
    """
    :param values: SQL of the columns that differ, where ``n`` counts the copies
    """
    cr.execute(
        """SELECT column_name FROM information_schema.columns
            WHERE table_name = %s AND is_generated = 'NEVER'""",
        [table],
    )
    columns = {name: values.get(name, f'"{name}"') for (name,) in cr.fetchall()}
    names = ", ".join(f'"{name}"' for name in columns)
    cr.execute(
        f"INSERT INTO {table} ({names}) SELECT {', '.join(columns.values())} "
        f"FROM {table}, generate_series(1, {number}) AS n WHERE {where}"
    )


if __name__ == "__main__":
    name, *numbers = sys.argv[1:]
    multiply(name, map(int, numbers), *few(name))
