"""Lanes that take turns: each test is run once, by one of them."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from dev import turns

ROOT = Path(__file__).resolve().parents[2]
CONFTEST = """
import os, pytest

@pytest.fixture(scope="session")
def page_server():
    yield os.environ["LANE"]

@pytest.fixture(scope="module")
def mine():
    yield
    note("gone")

@pytest.fixture(autouse=True)
def seen(request):
    note(request.node.nodeid)

def note(line):
    with open(os.environ["SEEN"], "a") as out:
        out.write(f"{os.environ['LANE']} {line}\\n")
"""
QUICK = "import time\ndef test_a(mine): time.sleep(.05)\ndef test_b(mine): pass\n"
SHARING = "def test_a(page_server): pass\ndef test_alone(): pass\n"


@pytest.fixture
def tests(tmp_path):
    folder = tmp_path / "tests"
    folder.mkdir()
    (folder / "conftest.py").write_text(CONFTEST)
    for number in range(8):
        (folder / f"test_{number}.py").write_text(QUICK)
    for name in ("one", "two"):
        (folder / f"test_{name}.py").write_text(SHARING)
    return folder


def start(tests, lane, *options):
    environ = {
        **os.environ,
        "LANE": lane,
        "SEEN": str(tests.parent / "seen"),
        "POM_TURNS": str(tests.parent / "turns"),
        "POM_TURNS_PART": "all",
        "PYTHONPATH": str(ROOT),
    }
    plugins = ["no:odoo", "no:cacheprovider", "dev.turns"]
    command = [sys.executable, "-m", "pytest", "-q", "--rootdir", tests]
    for name in plugins:
        command += ["-p", name]
    command += [*options, tests]
    return subprocess.Popen(
        command, cwd=tests, env=environ, stdout=subprocess.PIPE, text=True
    )


def end(*lanes):
    return [(lane.communicate(timeout=120)[0], lane.returncode) for lane in lanes]


def seen(tests):
    rows = (tests.parent / "seen").read_text().splitlines()
    return [row.split(" ", 1) for row in rows if not row.endswith("gone")]


def test_each_is_run_once_and_files_stay_together(tests):
    ends = end(start(tests, "1"), start(tests, "2"))
    assert [code for _said, code in ends] == [0, 0], ends
    ran = [name for _lane, name in seen(tests)]
    assert sorted(ran) == sorted(set(ran)) and len(ran) == 20
    by_file = {}
    for lane, name in seen(tests):
        if "alone" not in name:
            by_file.setdefault(name.partition("::")[0], set()).add(lane)
    assert all(len(lanes) == 1 for lanes in by_file.values())
    # One of them has the server that two files share.
    assert len(by_file["test_one.py"] | by_file["test_two.py"]) == 1


def test_a_file_is_put_away_before_the_next_one_is_drawn(tests):
    end(start(tests, "1"))
    rows = (tests.parent / "seen").read_text().splitlines()
    for at, row in enumerate(rows):
        if "::test_b" in row:
            assert rows[at + 1] == "1 gone"


def test_what_fails_is_told_and_the_rest_goes_on(tests):
    (tests / "test_3.py").write_text("def test_it(): assert 1 == 2\n")
    (tests / "test_4.py").write_text("def test_it(page_serve): pass\n")
    [(_said, code)] = end(start(tests, "1"))
    failed = (tests.parent / "turns" / "failed").read_text()
    assert code == 1
    assert "test_3.py::test_it (call)" in failed and "assert 1 == 2" in failed
    assert "test_4.py::test_it (setup)" in failed
    assert len(failed.splitlines()) == 2
    assert len(seen(tests)) == 18


def test_what_cannot_be_read_fails(tests):
    (tests / "test_3.py").write_text("import nothing_of_this_name\n")
    [(_said, code)] = end(start(tests, "1"))
    assert code == 2
    assert "test_3.py" in (tests.parent / "turns" / "failed").read_text()


def test_who_comes_late_has_nothing_to_do(tests):
    end(start(tests, "1"))
    assert (tests.parent / "turns" / "all.done").exists()
    [(_said, code)] = end(start(tests, "2"))
    assert code == 0
    assert {lane for lane, _name in seen(tests)} == {"1"}


def test_the_longest_comes_first(tmp_path):
    (tmp_path / "usual").write_text("30 a\n90 b\n")
    (tmp_path / "took").write_text("120.5 a\n")
    seconds = turns.read_took(tmp_path / "usual", tmp_path / "took", tmp_path / "no")
    assert seconds == {"a": 120.5, "b": 90}
    # Of the others, that with most tests.
    found = {"c": [1], "a": [1], "d": [1, 2], "b": [1]}
    assert turns.in_order(found, seconds) == ["a", "b", "d", "c"]
