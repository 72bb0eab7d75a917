"""A database of the last release is upgraded to what is here: nothing that is in it is
lost or changed.
"""

import json
import os
import subprocess
import sys

import pytest

from dev.addons import addons, manifest
from tests.e2e.harness import DEV, ROOT, database

pytestmark = [pytest.mark.e2e, pytest.mark.slow]

NAME = f"pom_upgrade_{os.getpid()}"
#: Columns that a newer addon's data may set, with the reason.
MEANT = {}
#: Whatever an update does, these say when it was.
ALWAYS = {"write_date", "write_uid"}
COLUMNS = r"""
    SELECT table_name, column_name FROM information_schema.columns
     WHERE table_schema = 'public'
       AND (table_name LIKE 'pom\_%' OR column_name LIKE 'pom\_%')
       AND table_name IN (SELECT tablename FROM pg_tables WHERE schemaname = 'public')
     ORDER BY 1, 2
"""


def psql(query):
    command = ["psql", "-qAtX", "-F", "\t", "-d", NAME, "-c", query]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    return [line.split("\t") for line in done.stdout.splitlines()]


def contents(columns):
    """By table and column, how many rows there are and what is in them."""
    found = {}
    tables = {}
    for table, column in columns:
        tables.setdefault(table, []).append(column)
    for table, names in tables.items():
        parts = ", ".join(
            f"md5(string_agg(coalesce(t.\"{name}\"::text, '-'), '|' ORDER BY t::text))"
            for name in names
        )
        # Rows in an order that no column of a newer version changes.
        inner = ", ".join(f'"{name}"' for name in names)
        [[count, *sums]] = psql(
            f'SELECT count(*), {parts} FROM (SELECT {inner} FROM "{table}") t'
        )
        found[table, "rows"] = count
        found |= {(table, name): one for name, one in zip(names, sums, strict=True)}
    return found


@pytest.fixture(scope="module")
def upgraded():
    """What there was, what the update complained about, and what there is."""
    database("release", NAME)
    try:
        columns = [(table, name) for table, name in psql(COLUMNS) if name not in ALWAYS]
        before = contents(columns)
        done = subprocess.run(
            [sys.executable, "-m", "tests.e2e.install_run", NAME, "="],
            cwd=ROOT, capture_output=True, text=True,
        )  # fmt: skip
        (DEV / "upgrade.log").write_text(done.stderr)
        assert done.returncode == 0, done.stdout[-2000:] + done.stderr[-3000:]
        [row] = [json.loads(line) for line in done.stdout.splitlines()]
        there = {tuple(pair) for pair in psql(COLUMNS)}
        kept = [pair for pair in columns if pair in there]
        yield {
            "before": before,
            "row": row,
            "lost": sorted(set(columns) - there),
            "after": contents(kept),
            "versions": dict(
                psql("SELECT name, latest_version FROM ir_module_module "
                     "WHERE state = 'installed' AND name LIKE 'pom%'")
            ),
        }  # fmt: skip
    finally:
        database("drop", NAME)


def test_it_goes_without_complaints(upgraded):
    """Views of ours are checked once more by whoever runs it."""
    assert upgraded["row"]["complaints"] == []
    for addon, version in upgraded["versions"].items():
        assert addon not in addons() or version == manifest(addon)["version"]


def test_nothing_that_was_there_is_lost(upgraded):
    assert upgraded["lost"] == []
    filled = {
        t
        for (t, c), count in upgraded["before"].items()
        if c == "rows" and count != "0"
    }
    assert len([table for table in filled if table.startswith("pom_")]) > 40


def test_nothing_that_was_there_changes(upgraded):
    before, after = upgraded["before"], upgraded["after"]
    changed = {
        pair for pair in after if before[pair] != after[pair] and pair not in MEANT
    }
    assert changed == set()
