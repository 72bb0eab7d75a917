"""Two runs of the same tests, and which of the differences are known."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

import tomllib

PASSED, FAILED, SKIPPED = "passed", "failed", "skipped"
KNOWN = Path(__file__).with_name("differences.toml")
#: A test that didn't run at all.
MISSING = {"outcome": "missing", "why": ""}

Rows = Mapping[str, Mapping[str, str]]


@dataclass(frozen=True)
class Difference:
    """
    :param test: its full name
    :param without: outcome without our addons
    :param ours: outcome with them
    :param why: what it says with them
    """

    test: str
    without: str
    ours: str
    why: str

    def __str__(self):
        return (
            f"{self.test}: {self.without} without us, {self.ours} with us: {self.why}"
        )


def failed(rows: Rows) -> list[str]:
    """Tests that failed. Those left out are the same without us, or ``all`` says so."""
    return sorted(test for test, row in rows.items() if row["outcome"] == FAILED)


def differences(without: Rows, ours: Rows) -> list[Difference]:
    """
    >>> ran = {"a.Case.test": {"outcome": "passed", "why": ""}}
    >>> fell = {"a.Case.test": {"outcome": "failed", "why": "KeyError: 1"}}
    >>> differences(ran, fell)[0].ours
    'failed'
    >>> differences(fell, fell)
    []
    """
    found = []
    for test in sorted({*without, *ours}):
        before, after = without.get(test, MISSING), ours.get(test, MISSING)
        if before["outcome"] != after["outcome"]:
            found.append(
                Difference(test, before["outcome"], after["outcome"], after["why"])
            )
    return found


def selection(tests: Iterable[str]) -> str:
    """What chooses exactly these tests; of a class that couldn't be set up, all.

    >>> selection(["odoo.addons.sale.tests.test_a.TestA.test_x"])
    '*/sale:TestA.test_x'
    >>> selection(["setUpClass (odoo.addons.sale.tests.test_a.TestA)"])
    '*/sale:TestA'
    """
    return ",".join(sorted({_tag(test) for test in tests}))


def _tag(test: str) -> str:
    if test.endswith(")"):
        parts = test.rstrip(")").rpartition("(")[2].split(".")
        return f"*/{parts[2]}:{parts[-1]}"
    parts = test.split(".")
    return f"*/{parts[2]}:{parts[-2]}.{parts[-1]}"


def rest(chosen: str, done: Iterable[str]) -> str:
    """What chooses what is chosen but for these tests, which were run.

    >>> rest("/sale", ["odoo.addons.sale.tests.test_a.TestA.test_x"])
    '/sale,-/sale/tests/test_a.py:TestA.test_x'
    """
    return ",".join((chosen, *(f"-{_place(test)}" for test in sorted(done))))


def _place(test: str) -> str:
    *path, case, method = test.split(".")
    return f"/{'/'.join(path[2:])}.py:{case}.{method}"


def known(file: Path = KNOWN) -> dict[str, str]:
    """Reasons of the differences that are meant, by the end of the test's name."""
    return tomllib.loads(file.read_text())["differences"]


def is_named(test: str, names: Iterable[str]) -> bool:
    """
    >>> is_named("odoo.addons.sale.tests.test_a.TestA.test_x", ["TestA.test_x"])
    True
    """
    return any(test.endswith(f".{name}") for name in names)


def stale(names: Iterable[str], ran: Rows) -> list[str]:
    """Names whose test passes with our addons, too."""
    passed = [test for test, row in ran.items() if row["outcome"] == PASSED]
    return [name for name in names if any(is_named(test, [name]) for test in passed)]
