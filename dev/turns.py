"""A pytest plugin: several runs of the same tests take turns, so that each test is run
by one of them and all end at about the same time. ``dev/test`` starts them, its lanes.

What stays together (a file, or all that use one of :data:`SHARED`) is drawn at once,
what took longest first. The environment names what they have in common:

``POM_TURNS``
    a folder: what is drawn leaves a file there, what fails a line in ``failed``, or in
    ``again`` if it is run once more, what is done one in ``took``; of a part of which
    nothing is left there is a ``.done``
``POM_TURNS_PART``
    the name of what is run: lanes that run the same have the same one
"""

import gc
import os
import re
import time
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
#: Fixtures of a session that are too dear to be made in each lane, and have a database.
SHARED = ("page_server",)
#: What took long, for who has never run the tests; then ``.dev/took`` knows.
USUAL = ROOT / "dev" / "took.txt"


def together(item):
    """The name of what a test is drawn with."""
    for name in SHARED:
        if name in item.fixturenames:
            return name
    return item.nodeid.partition("::")[0]


def parts(items):
    """
    :return: tests by what stays together, in the order in which they were found
    """
    found = {}
    for item in items:
        found.setdefault(together(item), []).append(item)
    return found


def read_took(*paths):
    """
    :return: seconds by name; a later line or file corrects an earlier one
    """
    seconds = {}
    for path in paths:
        if path.exists():
            rows = (line.split() for line in path.read_text().splitlines())
            seconds |= {name: float(took) for took, name in rows}
    return seconds


def in_order(found, seconds):
    """The names of parts, the longest first; of what was never run, that with most
    tests.
    """
    return sorted(found, key=lambda name: (-seconds.get(name, 10), -len(found[name])))


class Turns:
    """
    :param folder: what all lanes have in common
    :param part: what they run
    """

    def __init__(self, folder, part):
        self.folder, self.part = Path(folder), part
        (self.folder / part).mkdir(parents=True, exist_ok=True)

    def draws(self, name):
        """
        :return: whether it's this lane that runs it
        """
        file = re.sub(r"\W", "_", name)
        try:
            (self.folder / self.part / file).touch(exist_ok=False)
        except FileExistsError:
            return False
        return True

    def note(self, file, line):
        """Lines of several lanes: short enough to be written at once."""
        with (self.folder / file).open("a") as out:
            out.write(line + "\n")

    def pytest_runtestloop(self, session):
        # INSTEAD OF pytest's own, which runs all.
        options = session.config.option
        if session.testsfailed and not options.continue_on_collection_errors:
            raise session.Interrupted("errors while looking for tests")
        if options.collectonly:
            return True
        found = parts(session.items)
        for name in in_order(found, read_took(USUAL, self.folder.parent / "took")):
            if self.draws(name):
                start = time.monotonic()
                self.run(session, found[name])
                self.note("took", f"{time.monotonic() - start:.1f} {name}")
                if not gc.get_freeze_count():
                    # All modules and Odoo's registry: nobody need look through them
                    # for garbage again and again.
                    gc.collect()
                    gc.freeze()
        # Whoever comes later needn't look for tests.
        (self.folder / f"{self.part}.done").touch()
        return True

    def run(self, session, items):
        # After the last one, everything ends but what lives as long as the session:
        # what comes next may be anywhere.
        for item, following in zip(items, [*items[1:], session], strict=True):
            item.config.hook.pytest_runtest_protocol(item=item, nextitem=following)
            if session.shouldfail:
                raise session.Failed(session.shouldfail)
            if session.shouldstop:
                raise session.Interrupted(session.shouldstop)

    def pytest_runtest_logreport(self, report):
        if report.failed or report.outcome == "rerun":
            why = str(getattr(report.longrepr, "reprcrash", None) or "")
            line = f"{report.nodeid} ({report.when}) {why}".replace("\n", " ")
            self.note("failed" if report.failed else "again", line[:400])

    def pytest_collectreport(self, report):
        if report.failed:
            self.note("failed", f"{report.nodeid} (can't be read)")


@pytest.hookimpl(tryfirst=True)
def pytest_configure(config):
    if folder := os.environ.get("POM_TURNS"):
        turns = Turns(folder, os.environ["POM_TURNS_PART"])
        config.pluginmanager.register(turns, "turns")
