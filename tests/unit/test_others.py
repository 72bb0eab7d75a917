"""How two runs of others' tests are compared."""

import doctest
import json

import pytest

from tests.others import compare, runs

TEST = "odoo.addons.sale.tests.test_a.TestA.test_x"
SETUP = "setUpClass (odoo.addons.sale.tests.test_a.TestA)"


def row(outcome, why=""):
    return {"outcome": outcome, "why": why}


PASSED, FAILED = row(compare.PASSED), row(compare.FAILED, "KeyError: 'x'")


@pytest.mark.parametrize(
    ("without", "ours", "expected"),
    [
        ({TEST: PASSED}, {TEST: PASSED}, []),
        ({TEST: FAILED}, {TEST: FAILED}, []),
        ({TEST: PASSED}, {TEST: FAILED}, [("passed", "failed")]),
        ({TEST: FAILED}, {TEST: PASSED}, [("failed", "passed")]),
        # Left out is not passed.
        ({TEST: PASSED}, {TEST: row(compare.SKIPPED)}, [("passed", "skipped")]),
        ({TEST: PASSED}, {}, [("passed", "missing")]),
        ({}, {SETUP: FAILED}, [("missing", "failed")]),
    ],
)
def test_what_ends_otherwise_is_a_difference(without, ours, expected):
    found = compare.differences(without, ours)
    assert [(item.without, item.ours) for item in found] == expected


def test_a_difference_says_where_and_why():
    [item] = compare.differences({TEST: PASSED}, {TEST: FAILED})
    assert str(item) == f"{TEST}: passed without us, failed with us: KeyError: 'x'"


def test_only_these_are_chosen_once_more():
    assert compare.selection([TEST, SETUP]) == "*/sale:TestA,*/sale:TestA.test_x"


def test_whatever_failed_is_looked_at():
    rows = {"b": row(compare.SKIPPED), "a": FAILED, "c": PASSED}
    assert compare.failed(rows) == ["a"]


def test_whoever_goes_on_runs_what_was_not_run(tmp_path):
    begun, last = tmp_path / "sale.begun", tmp_path / "sale.part"
    assert runs._done(begun, last, "stamp") == {}
    begun.write_text(json.dumps({"stamp": "stamp", "rows": {"a.A.test": PASSED}}))
    rows = {"b.B.test": FAILED, "setUpClass (c.C)": FAILED, "d.D.test": PASSED}
    last.write_text(json.dumps({"rows": rows}))
    # One is left to run, always; and all of a class that couldn't be set up.
    done = {"a.A.test": PASSED, "b.B.test": FAILED}
    assert runs._done(begun, last, "stamp") == done
    assert runs._done(begun, last, "another") == {}


def test_a_reason_that_nothing_needs_any_more_is_told():
    names = {"TestA.test_x": "because", "TestA.test_y": "because"}
    assert compare.stale(names, {TEST: PASSED}) == ["TestA.test_x"]
    assert compare.stale(names, {TEST: FAILED}) == []
    # Another test whose name ends alike.
    assert compare.stale(["A.test_x"], {TEST: PASSED}) == []


def test_each_known_difference_has_a_reason():
    for name, reason in compare.known().items():
        assert name.count(".") == 1 and len(reason) > 20, name


def test_examples():
    done = doctest.testmod(compare)
    assert done.attempted and not done.failed
