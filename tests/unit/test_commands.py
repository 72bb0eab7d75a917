"""No command is shown that nothing runs."""

import subprocess

from dev.addons import ROOT, addons
from tests.commands import commands, mentioned

#: By what a command begins with, what runs it as it stands.
RUN = {
    "make demo": "tests/e2e/test_demo.py",
    "make lint": ".ci/run",
    "make setup": "Makefile",
    "make test": ".ci/run",
    "make test-unit": "Makefile",
    "pip install": "tests/e2e/own_odoo.py",
    "pip wheel": "tests/e2e/test_wheels.py",
    "curl": "tests/e2e/test_docs.py",
    "odoo": "tests/e2e/test_docs.py",
}
#: Where there is no Docker, what its files say is held against its own rules.
DOCKERS = ("docker compose", "cp .env.example")


def test_each_is_run():
    found = commands()
    assert len(found) > 15
    assert [
        command for _path, command in found if not command.startswith((*RUN, *DOCKERS))
    ] == []
    for place in RUN.values():
        assert (ROOT / place).exists(), place


def test_targets_of_make_are_there():
    for _path, command in commands():
        if command.startswith("make "):
            done = subprocess.run(["make", "-n", *command.split()[1:]], cwd=ROOT)
            assert done.returncode == 0, command


def test_dockers_name_what_there_is():
    [init] = [c for _path, c in commands() if c.startswith("docker") and "--init" in c]
    named = init.partition("--init=")[2].split()[0].split(",")
    assert set(named) <= set(addons())
    assert (ROOT / "deploy" / ".env.example").exists()


def test_what_a_sentence_names_is_there():
    """Targets, scripts, benchmarks and files; settings are read somewhere."""
    found = mentioned()
    assert len(found) > 25
    sources = [
        *(ROOT / "dev").glob("*"),
        ROOT / "Makefile",
        *ROOT.glob("tests/**/*.py"),
    ]
    read = "".join(path.read_text() for path in sources if path.is_file())
    benches = "".join(path.read_text() for path in ROOT.glob("tests/bench/bench_*.py"))
    for place, command in found:
        said = f"{place}: {command}"
        words = command.split()
        while "=" in words[0]:
            name, _, value = words.pop(0).partition("=")
            assert name == "ODOO_HOME" or name in read, said
            if name == "BENCH":
                assert all(f'"{bench}": ' in benches for bench in value.split(",")), (
                    said
                )
        if words[0] == "make":
            done = subprocess.run(["make", "-n", *words[1:]], cwd=ROOT)
            assert done.returncode == 0, said
        else:
            assert (ROOT / words[0]).exists(), said
        for word in words[1:]:
            assert not word.startswith("tests/") or (ROOT / word).exists(), said
