"""What pip-audit says, and what it doesn't, is told as it is."""

import json
import re

import pytest

from dev import audit


def report(*rows):
    return audit.read(json.dumps({"dependencies": list(rows), "fixes": []}))


def row(name, *vulns):
    return {"name": name, "version": "1.0", "vulns": list(vulns)}


UNKNOWN = {"name": "ours", "skip_reason": "Dependency not found"}
HOLE = {"id": "PYSEC-1", "fix_versions": ["1.1"], "aliases": [], "description": ""}


def test_nothing_found():
    assert report(row("a"), UNKNOWN) == audit.Report([], ["ours"], 2)


def test_a_vulnerability_is_named_with_its_remedy():
    assert report(row("a", HOLE)).found == ["a 1.0: PYSEC-1, mended in 1.1"]
    open_hole = {**HOLE, "fix_versions": []}
    [sentence] = report(row("a", open_hole)).found
    assert sentence.endswith("mended in no version yet")


def test_saying_nothing_is_not_saying_that_all_is_well():
    assert report(UNKNOWN, UNKNOWN).says_nothing
    assert not report(row("a"), UNKNOWN).says_nothing


@pytest.mark.parametrize("text", ["", "no report"])
def test_no_report(text):
    with pytest.raises(ValueError):
        audit.read(text)


def test_everything_that_is_pinned_has_a_hash():
    """And nothing is installed that isn't pinned."""
    for pins in audit.PINS:
        text = pins.read_text()
        locked = named(text)
        assert sorted(locked) == sorted(named(pins.with_suffix(".in").read_text()))
        assert text.count("--hash=sha256:") >= len(locked)


def named(text):
    """Packages and versions, in the one way to write them."""
    pinned = re.findall(r"^([\w.-]+)==(\S+)", text, re.MULTILINE)
    return [(re.sub(r"[-_.]+", "-", name).lower(), value) for name, value in pinned]
