"""The command line of dev/coda and dev/camt: one JSON line per file."""

import argparse
import json
import sys
import tempfile
from collections.abc import Callable
from dataclasses import fields
from pathlib import Path

import pure  # noqa: F401 -- the packages without Odoo

from odoo.addons.pom_reconcile.formats.base import FormatError, Problem, Statement
from odoo.addons.pom_reconcile.formats.dump import SCHEMA, dump

#: Statements are kept aside until the whole file is known to be good, on disk when
#: they are many.
SPOOL_SIZE = 2**20


def main(description: str, read: Callable) -> int:
    """Decode the files that are named and return the exit code.

    :param read: gives the statements in an open file, forced or not.
    """
    parser = argparse.ArgumentParser(description=description.split("\n")[0])
    parser.add_argument("files", nargs="+", metavar="FILE")
    parser.add_argument(
        "--force",
        action="store_true",
        help="read inconsistent files all the same, with warnings",
    )
    parser.add_argument(
        "--full", action="store_true", help="give all that is known, raw records too"
    )
    options = parser.parse_args()
    schema = {} if options.full else SCHEMA

    def statements(source):
        return read(source, force=options.force)

    results = [decode(name, statements, schema, sys.stdout) for name in options.files]
    return 0 if all(results) else 1


def decode(name: str, statements: Callable, schema: dict, out) -> bool:
    """Write one line for a file and tell whether it was read."""
    with tempfile.SpooledTemporaryFile(
        SPOOL_SIZE, mode="w+", encoding="ascii", newline=""
    ) as spool:
        problems = read_into(name, statements, schema, spool)
        out.write(f'{{"file": {json.dumps(name)}, "ok": {json.dumps(not problems)}')
        out.write(f', "errors": {json.dumps([*map(error, problems)])}')
        out.write(', "statements": [')
        if not problems:
            spool.seek(0)
            while piece := spool.read(2**16):
                out.write(piece)
        out.write("]}\n")
    return not problems


def read_into(name: str, statements: Callable, schema: dict, spool) -> list[Problem]:
    """Write the statements of a file as JSON and return why it is refused, if it is."""
    try:
        separator = ""
        with Path(name).open("rb") as source:
            for statement in statements(source):
                spool.write(separator)
                write(statement, schema, spool)
                separator = ", "
    except FormatError as refusal:
        return refusal.problems
    except OSError as missing:
        return [Problem(None, "%(reason)s", {"reason": missing.strerror})]
    return []


def write(statement: Statement, schema: dict, spool) -> None:
    """Write a statement, one transaction after the other: there may be very many."""
    names = schema.get(Statement) or [item.name for item in fields(Statement)]
    for index, name in enumerate(names):
        spool.write(f"{', ' if index else '{'}{json.dumps(name)}: ")
        if name == "transactions":
            for place, item in enumerate(statement.transactions):
                spool.write(("[", ", ")[place > 0] + json.dumps(dump(item, schema)))
            spool.write("]" if statement.transactions else "[]")
        else:
            spool.write(json.dumps(dump(getattr(statement, name), schema)))
    spool.write("}")


def error(problem: Problem) -> dict:
    return {"line": problem.line, "message": str(problem)}
