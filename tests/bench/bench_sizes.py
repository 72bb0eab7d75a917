"""How large it is: bytes on disk of each of our tables, of our indexes on Odoo's own,
and of those, in the books that the growth benchmark makes: the table in
docs/pages/operations.md.
"""

from tests.bench import bench_growth
from tests.bench.growth_watch import leave
from tests.bench.many_books import connect
from tests.bench.row import row

#: Whose size is told: for so many invoices.
INVOICES = 100_000
#: Megabytes: what has less is the same in all books.
LEAST = 1
BOOKS = ("account_", "payment_transaction")
TABLES = """
    SELECT c.relname, c.reltuples::bigint, pg_total_relation_size(c.oid),
           coalesce((SELECT sum(pg_relation_size(i.indexrelid))
                       FROM pg_index i
                       JOIN pg_class n ON n.oid = i.indexrelid
                      WHERE i.indrelid = c.oid
                        AND n.relname LIKE '%\\_pom\\_%'), 0)::bigint
      FROM pg_class c
     WHERE c.relkind = 'r' AND c.reltuples > 0
       AND c.relnamespace = current_schema::regnamespace"""
COUNT = "SELECT count(*) FROM account_move WHERE move_type = 'out_invoice'"


def sizes():
    """Prints a table; the row tells what is ours beside what is Odoo's."""
    bench_growth.prepare()
    leave(bench_growth.LARGE)
    connection = connect(bench_growth.LARGE)
    with connection.cursor() as cr:
        cr.execute(COUNT)
        (invoices,) = cr.fetchone()
        cr.execute(TABLES)
        tables = cr.fetchall()
    connection.close()
    if not bench_growth.KEEP:
        bench_growth.forget()
    theirs = indexes = ours = 0
    print(f"{'':<34}{'rows':>10}{'bytes each':>12}{'MB':>8} for {INVOICES} invoices")
    for name, rows, size, of_ours in sorted(tables, key=lambda table: -table[2]):
        if name.startswith("pom_"):
            ours += size
        elif name.startswith(BOOKS):
            size -= of_ours
            theirs += size
            indexes += of_ours
        else:
            continue
        if megabytes(size, invoices) > LEAST:
            print(line(name, rows, size, invoices))
    print(line("our indexes on Odoo's tables", invoices, indexes, invoices))
    return row(
        "sizes",
        megabytes(ours + indexes, invoices),
        megabytes(theirs, invoices),
        f"MB for {INVOICES} invoices with all that comes with them, of ours and Odoo's",
        invoices,
    )


def line(name, rows, size, invoices):
    each = size / max(rows, 1)
    return f"{name:<34}{rows:>10}{each:>12.0f}{megabytes(size, invoices):>8.1f}"


def megabytes(size, invoices):
    return size / invoices * INVOICES / 1e6


BENCHES = {"sizes": sizes}
