"""Books made by the product itself, and the same books many times over: in minutes
instead of days, with rows that are told apart as real ones are.
"""

import os
import shutil

import psycopg2

from tests.e2e.harness import DEV

#: From the ids of a copy to those of the next one.
STEP = 10_000
#: Tables of which each row belongs to a copy; those that others need come first.
TABLES = (
    "res_partner",
    "res_partner_bank",
    "account_move",
    "account_full_reconcile",
    "account_bank_statement_line",
    "account_payment",
    "account_move_line",
    "account_partial_reconcile",
    "payment_transaction",
    "pom_paylink",
    "pom_webhook_event",
    "pom_match",
    "pom_delivery",
    "pom_reminder",
    "pom_outbound_event",
    "account_invoice_transaction_rel",
    "account_move__account_payment",
    "account_move_line_account_tax_rel",
    "pom_delivery_move_rel",
)
NUMBER = "p.sequence_prefix || lpad((p.sequence_number + k * 1000)::text, 7, '0')"
#: What says which one a row is, as SQL of the prototype ``p`` and the copy's number
#: ``k``; ``{id}`` is the new id.
OWN = {
    "res_partner": {
        "name": "p.name || ' ' || k",
        "complete_name": "p.complete_name || ' ' || k",
        "email": "'k' || k || '.' || p.email",
        "email_normalized": "'k' || k || '.' || p.email_normalized",
        "ref": "p.ref || '-' || k",
    },
    "res_partner_bank": {
        "acc_number": "pg_temp.iban(p.sanitized_acc_number, k)",
        "sanitized_acc_number": "pg_temp.iban(p.sanitized_acc_number, k)",
    },
    "account_move": {
        "name": f"CASE WHEN p.sequence_number > 0 THEN {NUMBER} ELSE p.name END",
        "sequence_number": "p.sequence_number + k * 1000 * sign(p.sequence_number)",
        "payment_reference": "pg_temp.ogm({id})",
        "access_token": "NULL",
        # Not all on one day, nor those of a day in one copy.
        "invoice_date": "p.invoice_date - k % 300",
        "date": "p.date - k % 300",
    },
    "account_move_line": {
        "date": "p.date - k % 300",
        "invoice_date": "p.invoice_date - k % 300",
        "move_name": "(SELECT name FROM account_move WHERE id = {move_id})",
        "matching_number": "CASE WHEN p.full_reconcile_id IS NULL"
        " THEN p.matching_number ELSE {full_reconcile_id}::text END",
    },
    "account_bank_statement_line": {
        "account_number": "pg_temp.iban(p.account_number, k)",
        "partner_name": "p.partner_name || ' ' || k",
        "unique_import_id": "p.unique_import_id || '-' || k",
        "pom_fingerprint": "md5(p.pom_fingerprint || k)",
        "internal_index": "left(p.internal_index, length(p.internal_index) - 10)"
        " || lpad({id}::text, 10, '0')",
    },
    "account_payment": {"memo": "p.memo || '-' || k"},
    "payment_transaction": {
        "reference": "p.reference || '-' || k",
        "provider_reference": "p.provider_reference || '-' || k",
    },
    "pom_paylink": {"token": "left(upper(md5({id}::text)), 26)"},
    "pom_webhook_event": {
        "event_key": "p.event_key || '-' || k",
        "provider_reference": "p.provider_reference || '-' || k",
    },
    "pom_delivery": {
        "code": "left(upper(md5({id}::text)), 10)",
        "message_id": "'<' || {id} || '@copy.example>'",
        "short_token": "CASE WHEN p.short_token IS NOT NULL"
        " THEN left(upper(md5({id}::text)), 16) END",
    },
}
#: Amounts that aren't in the field's type, by table.
AMOUNTS = {
    "account_move_line": ["price_unit"],
    "account_bank_statement_line": ["amount_residual"],
}
#: Belgian numbers that add up.
FUNCTIONS = """
    CREATE FUNCTION pg_temp.ogm(id bigint) RETURNS text AS $$
        SELECT regexp_replace(
            lpad(id::text, 10, '0') || lpad(
                (CASE WHEN id % 97 = 0 THEN 97 ELSE id % 97 END)::text, 2, '0'),
            '(...)(....)(.....)', '+++\\1/\\2/\\3+++') $$ LANGUAGE sql IMMUTABLE;
    CREATE FUNCTION pg_temp.iban(former text, k int) RETURNS text AS $$
        SELECT 'BE' || lpad((98 - (bban || '111400')::numeric % 97)::text, 2, '0')
               || bban
          FROM (SELECT lpad(body::text, 10, '0') || lpad(
                    (CASE WHEN body % 97 = 0 THEN 97 ELSE body % 97 END)::text,
                    2, '0') AS bban
                  FROM (SELECT substr(former, 5, 10)::bigint + k AS body) b) c $$
        LANGUAGE sql IMMUTABLE"""


def connect(name):
    return psycopg2.connect(dbname=name, host=os.environ["PGHOST"])


def copy_database(source, target):
    """Nobody may be connected to the source."""
    connection = connect("postgres")
    connection.autocommit = True
    with connection.cursor() as cr:
        cr.execute(f'DROP DATABASE IF EXISTS "{target}"')
        cr.execute(f'CREATE DATABASE "{target}" TEMPLATE "{source}"')
    connection.close()
    store = DEV / "data" / "filestore"
    shutil.rmtree(store / target, ignore_errors=True)
    if (store / source).exists():
        shutil.copytree(store / source, store / target, copy_function=os.link)


def marks(cr):
    """The last id of each table: what is made from now on is copied.

    :rtype: dict[str, int]
    """
    found = {}
    for table in TABLES:
        if not table.endswith("_rel") and table != "account_move__account_payment":
            cr.execute(f"SELECT coalesce(max(id), 0) FROM {table}")
            (found[table],) = cr.fetchone()
    return found


def multiply(name, first, copies):
    """
    :param dict first: marks of before the books were made
    """
    with connect(name) as connection, connection.cursor() as cr:
        cr.execute("SET session_replication_role = replica; SET work_mem = '128MB'")
        cr.execute(FUNCTIONS)
        last = marks(cr)
        for table in TABLES:
            cr.execute(_insert(cr, table, first, last, copies))
        for table in first:
            cr.execute(
                f"SELECT setval('{table}_id_seq', (SELECT max(id) FROM {table}))"
            )
    connection.close()
    connection = connect(name)
    connection.autocommit = True
    with connection.cursor() as cr:
        cr.execute("VACUUM ANALYZE")
    connection.close()


def _insert(cr, table, first, last, copies):
    columns, targets = _columns(cr, table), {"id": table, **_targets(cr, table)}
    shifted = {
        column: f"(CASE WHEN p.{column} > {first[target]}"
        f" THEN p.{column} + k * {STEP} ELSE p.{column} END)"
        for column, target in targets.items()
        if target in first
    }
    own = {column: sql.format(**shifted) for column, sql in OWN.get(table, {}).items()}
    # As many times as it's the copy: else hundreds owe the same. Whole times, so that
    # everything goes on adding up.
    own |= {column: f'p."{column}" * k' for column in _amounts(cr, table)}
    values = [own.get(c) or shifted.get(c) or f'p."{c}"' for c in columns]
    keys = ["id"] if "id" in columns else [c for c in columns if c in shifted]
    where = " AND ".join(
        f"p.{key} BETWEEN {first[targets[key]] + 1} AND {last[targets[key]]}"
        for key in keys
    )
    names = ", ".join(f'"{column}"' for column in columns)
    return (
        f"INSERT INTO {table} ({names}) SELECT {', '.join(values)}"
        f" FROM generate_series(1, {copies}) k, {table} p WHERE {where}"
        f" ORDER BY k, p.{keys[0]}"
    )


def _columns(cr, table):
    cr.execute(
        "SELECT column_name FROM information_schema.columns WHERE table_name = %s"
        " AND is_generated = 'NEVER' ORDER BY ordinal_position",
        [table],
    )
    return [column for (column,) in cr.fetchall()]


def _amounts(cr, table):
    cr.execute(
        "SELECT name FROM ir_model_fields"
        " WHERE model = %s AND ttype = 'monetary' AND store",
        [table.replace("_", ".")],
    )
    return [name for (name,) in cr.fetchall()] + AMOUNTS.get(table, [])


def _targets(cr, table):
    """Which table each foreign key is about."""
    cr.execute(
        """
        SELECT a.attname, c.confrelid::regclass::text
          FROM pg_constraint c
          JOIN pg_attribute a ON a.attrelid = c.conrelid AND a.attnum = c.conkey[1]
         WHERE c.conrelid = %s::regclass AND c.contype = 'f'
           AND cardinality(c.conkey) = 1
        """,
        [table],
    )
    return dict(cr.fetchall())
