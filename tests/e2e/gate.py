"""What holds others up at a place of a test's choosing, however fast the machine is."""

import contextlib

import psycopg2

#: Of PostgreSQL's advisory locks, the one that the door is.
KEY = 1819
SHUT = """
    CREATE FUNCTION pom_gate() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        IF (SELECT count(*) FROM {table}) >= {most} THEN
            PERFORM pg_advisory_xact_lock_shared({key});
        END IF;
        RETURN NEW;
    END $$;
    CREATE TRIGGER pom_gate BEFORE INSERT ON {table}
        FOR EACH ROW EXECUTE FUNCTION pom_gate();
"""
OPEN = "DROP TRIGGER pom_gate ON {table}; DROP FUNCTION pom_gate"


@contextlib.contextmanager
def shut_after(name, table, more):
    """A door in a table: whoever writes more than so many rows waits before it. Who is
    killed meanwhile was in the middle of its work.

    :param name: of the database
    :param more: rows that may still be written
    """
    with contextlib.closing(psycopg2.connect(dbname=name)) as connection:
        connection.autocommit = True
        cr = connection.cursor()
        cr.execute(f"SELECT pg_advisory_lock({KEY})")
        cr.execute(f"SELECT count(*) FROM {table}")
        most = cr.fetchone()[0] + more
        cr.execute(SHUT.format(table=table, most=most, key=KEY))
        try:
            yield
        finally:
            # Of whom was killed, PostgreSQL now sees that nobody listens any more.
            cr.execute(f"SELECT pg_advisory_unlock({KEY})")
            cr.execute(OPEN.format(table=table))


@contextlib.contextmanager
def not_run(name, action):
    """A scheduled action waits; what is under way ends first.

    :param action: its id
    """
    with contextlib.closing(psycopg2.connect(dbname=name)) as connection:
        lock = "SELECT id FROM ir_cron WHERE id = %s FOR NO KEY UPDATE"
        connection.cursor().execute(lock, [action])
        yield
