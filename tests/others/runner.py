"""Runs tests of addons on a database where they are installed, and writes what became
of each: ``{"whole": whether all were run, "rows": {test: {"outcome", "why"}}}``.

``python -m tests.others.runner DATABASE RESULTS SELECTION [MODEL.METHOD]``: the
selection is that of ``odoo --test-tags``; the method answers nothing. All run once
everything is loaded, whenever they would do so by themselves: those that run while
their addon is being installed would never meet an addon that comes after it.
"""

import json
import sys
from pathlib import Path

import odoo.cli
from odoo.modules.registry import Registry
from odoo.tests import loader
from odoo.tests.result import OdooTestResult
from odoo.tests.suite import OdooSuite
from odoo.tests.tag_selector import TagsSelector
from odoo.tools import config

from tests.e2e.harness import free_port
from tests.others.compare import FAILED, PASSED, SKIPPED


class Recorder(OdooTestResult):
    """Keeps a row for each test: ``{"outcome", "why"}``.

    :cvar file: where they are written, from time to time: it may take an hour
    :cvar silent: the method that answers nothing
    """

    rows, file, silent = {}, None, ""

    def stopTest(self, test):
        super().stopTest(test)
        if not len(self.rows) % 20:
            self.keep()

    @classmethod
    def keep(cls, whole=False):
        found = {"whole": whole, "rows": cls.rows}
        cls.file.write_text(json.dumps(found, indent=1, sort_keys=True))

    def addSuccess(self, test):
        super().addSuccess(test)
        # One of its parts may have failed.
        self.rows.setdefault(test.id(), {"outcome": PASSED, "why": ""})

    def addSkip(self, test, reason):
        super().addSkip(test, reason)
        self.rows[test.id()] = {"outcome": SKIPPED, "why": reason}

    def addError(self, test, err):
        super().addError(test, err)
        self._fail(test, err)

    def addFailure(self, test, err):
        super().addFailure(test, err)
        self._fail(test, err)

    def _fail(self, test, err):
        test = getattr(test, "test_case", test)
        why = f"{err[0].__name__}: {err[1]}"
        self.rows[test.id()] = {"outcome": FAILED, "why": why[:2000]}


def make_suite(module_names, position="at_install"):
    """Takes the place of Odoo's: all at the end."""
    if position == "at_install":
        return OdooSuite()
    if Recorder.silent:
        silence(*Recorder.silent.rsplit(".", 1))
    chosen = TagsSelector(config["test_tags"])
    tests = [
        test
        for name in module_names
        for module in loader.get_test_modules(name)
        for test in loader.get_module_test_cases(module)
        if chosen.check(test)
    ]
    return OdooSuite(sorted(tests, key=lambda test: getattr(test, "test_sequence", 0)))


def silence(model, method):
    [registry] = Registry.registries.snapshot.values()
    setattr(registry[model], method, lambda records: "")


def main(database, results, selection, silent=""):
    loader.OdooTestResult, loader.make_suite = Recorder, make_suite
    sys.argv = [
        "odoo", "-d", database, f"--db-filter=^{database}$", "--stop-after-init",
        f"--http-port={free_port()}", "--max-cron-threads=0", "--log-level=error",
        f"--test-tags={selection}",
    ]  # fmt: skip
    Recorder.file, Recorder.silent = Path(results), silent
    try:
        odoo.cli.main()
    except SystemExit:
        # Its way to end, also when it couldn't begin.
        Recorder.keep(whole=bool(Recorder.rows))


if __name__ == "__main__":
    main(*sys.argv[1:])
