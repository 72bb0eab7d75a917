"""Runs a part on a fresh copy of its database, and keeps what became of each test."""

import contextlib
import hashlib
import json
import os
import signal
import subprocess
import sys
from pathlib import Path

from dev.addons import addons
from tests.e2e.harness import DEV, ROOT, database, run
from tests.others import compare

FOLDER = DEV / "others"
#: Seconds after which a part hangs.
LIMIT = 5400
#: System parameter, as README calls it.
TRIAL = "pom_payment.trial"
#: How it is for who worked with core's before: Stripe's form in the page, as installing
#: leaves it to those. Nobody owes anything here: core's tests pay in test mode, which
#: debtors are otherwise never offered. And each company that a test makes has an
#: address that it writes to debtors from: without one it doesn't.
AS_BEFORE = f"""
    UPDATE payment_provider SET stripe_checkout = FALSE;
    INSERT INTO ir_config_parameter (key, value) VALUES ('{TRIAL}', 'True');
    INSERT INTO ir_default (field_id, json_value)
         SELECT id, '"debtors@example.com"' FROM ir_model_fields
          WHERE model = 'res.company' AND name = 'pom_mail_from';
"""


def fresh(part, with_us, label="", selection=""):
    """Run it, or of it what is chosen.

    :return: by test what became of it
    """
    label = _label(part, with_us) + label
    name = f"pom_others_{os.getpid()}_{label}"
    results, log = FOLDER / f"{label}.part", FOLDER / f"{label}.log"
    results.unlink(missing_ok=True)
    FOLDER.mkdir(exist_ok=True)
    database(part.database(with_us), name)
    if with_us:
        run(["psql", "-qX", "-d", name, "-c", AS_BEFORE], check=True)
    command = [
        sys.executable, "-m", "tests.others.runner",
        name, results, selection or part.selection, part.silent if with_us else "",
    ]  # fmt: skip
    try:
        _run(command, log)
    finally:
        database("drop", name)
    found = json.loads(results.read_text()) if results.exists() else {}
    if not found.get("whole"):
        raise RuntimeError(f"{label} didn't come to its end; see {log}")
    results.unlink()
    return found["rows"]


def _run(command, log):
    """In a process group, which ends with it: browsers, too."""
    with log.open("w") as file:
        process = subprocess.Popen(
            command, cwd=ROOT, stdout=file, stderr=file, start_new_session=True,
            env=os.environ.copy(),
        )  # fmt: skip
    try:
        process.wait(LIMIT)
    finally:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def kept(part, with_us):
    """What became of each when it last ran to its end, or run what wasn't run before
    it was ended: nothing is run twice that would end the same.
    """
    file = FOLDER / f"{_label(part, with_us)}.json"
    stamp = _stamp(part, with_us)
    if file.exists():
        found = json.loads(file.read_text())
        if found["stamp"] == stamp:
            return found["rows"]
    rows = _gone_on(part, with_us, stamp)
    file.write_text(json.dumps({"stamp": stamp, "rows": rows}, indent=1))
    return rows


def _gone_on(part, with_us, stamp):
    """Run what of it wasn't run yet with this stamp."""
    begun = FOLDER / f"{_label(part, with_us)}.begun"
    last = begun.with_suffix(".part")
    done = _done(begun, last, stamp)
    last.unlink(missing_ok=True)
    FOLDER.mkdir(exist_ok=True)
    begun.write_text(json.dumps({"stamp": stamp, "rows": done}))
    chosen = compare.rest(part.selection, done)
    rows = {**done, **fresh(part, with_us, selection=chosen)}
    begun.unlink()
    return rows


def _done(begun, last, stamp):
    """What became of each that was run until it was ended, once or more often, but for
    one: where nothing is left to run it's not known whether that was all.
    """
    found = json.loads(begun.read_text()) if begun.exists() else {}
    if found.get("stamp") != stamp:
        return {}
    rows = found["rows"]
    if last.exists():
        rows |= json.loads(last.read_text())["rows"]
    tests = [test for test in rows if not test.endswith(")")]
    return {test: rows[test] for test in tests[:-1]}


def _label(part, with_us):
    return f"{part.name}_{'ours' if with_us else 'without'}"


def _stamp(part, with_us):
    """Of all that decides how it ends: of Odoo, of what is run, of our addons."""
    name = part.database(with_us)
    database(name)
    state = hashlib.sha256()
    for path in (DEV / f"pom_{name}.stamp", Path(__file__).with_name("runner.py")):
        state.update(path.read_bytes())
    for path in _files() if with_us else ():
        state.update(path.read_bytes())
    state.update(f"{part.selection} {part.silent} {with_us and AS_BEFORE}".encode())
    return state.hexdigest()


def _files():
    folders = [ROOT / name for name in addons()]
    return [
        path
        for folder in folders
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.suffix in (".py", ".js", ".xml", ".csv", ".scss")
    ]
