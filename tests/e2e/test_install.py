"""Each addon installs with only what it depends on, all together in any order, and goes
away again, in any order too.
"""

import json
import os
import random
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor

import pytest

from dev.addons import addons, manifest
from tests.e2e.harness import DEV, ROOT, database

pytestmark = [pytest.mark.e2e, pytest.mark.slow]

ADDONS = addons()
#: Of the orders that are tried; others may be set.
SEEDS = os.environ.get("INSTALL_ORDERS", "1 2 3").split()
#: What all others build on.
LOWEST = "pom_payment"
#: Settings of core's that installing switches on.
SWITCHES = """
    SELECT id, coalesce(qr_code, FALSE), coalesce(link_qr_code, FALSE)
      FROM res_company ORDER BY id
"""
LEFT = r"""
    SELECT table_name || '.' || column_name FROM information_schema.columns
     WHERE table_schema = 'public'
       AND (table_name LIKE 'pom\_%' OR column_name LIKE 'pom\_%')
     ORDER BY 1 LIMIT 20
"""


def needed(addon):
    """Ours that come along with this one, itself included."""
    ours = set(manifest(addon)["depends"]) & set(ADDONS)
    return {addon}.union(*(needed(one) for one in ours))


def by_itself(there):
    """Ours that install themselves beside what is there."""
    rows = {one: manifest(one) for one in ADDONS}
    return {
        one
        for one, row in rows.items()
        if row.get("auto_install") and set(row["depends"]) <= there
    }


def orders(seed):
    """Steps that install all, one by one, and uninstall them in another order; what is
    left in between is updated now and then.
    """
    dice = random.Random(seed)
    steps = [f"+{addon}" for addon in dice.sample(ADDONS, len(ADDONS))] + ["="]
    higher = [addon for addon in ADDONS if addon != LOWEST]
    for number, addon in enumerate(dice.sample(higher, len(higher))):
        steps += [f"-{addon}", *(["="] if number % 3 == 1 else [])]
    return [*steps, f"-{LOWEST}"]


STORIES = {f"alone_{addon}": ("bare", [f"+{addon}", f"-{LOWEST}"]) for addon in ADDONS}
STORIES |= {f"order_{seed}": ("base", orders(seed)) for seed in SEEDS}


def play(story):
    """
    :return: what ``install_run`` says of each step, what is left of ours in the end,
        and core's switches before and after
    """
    template, steps = STORIES[story]
    name = f"pom_install_{os.getpid()}_{story}"
    database(template, name)
    try:
        switches = psql(name, SWITCHES)
        done = subprocess.run(
            [sys.executable, "-m", "tests.e2e.install_run", name,
             *(["--alone"] if template == "bare" else []), *steps],
            cwd=ROOT, capture_output=True, text=True,
        )  # fmt: skip
        (DEV / f"{story}.install.log").write_text(done.stderr)
        assert done.returncode == 0, done.stdout[-2000:] + done.stderr[-3000:]
        rows = [json.loads(line) for line in done.stdout.splitlines()]
        after = psql(name, SWITCHES)
        return rows, psql(name, LEFT), switches, after
    finally:
        database("drop", name)


def psql(name, query):
    command = ["psql", "-qAtX", "-d", name, "-c", query]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    return done.stdout.splitlines()


@pytest.fixture(scope="module")
def played():
    """Gives a story's outcome. Two run at a time: each waits for the database half of
    its time.
    """
    with ThreadPoolExecutor(2) as pool:
        # The longest first.
        waiting = {
            story: pool.submit(play, story)
            for story in sorted(STORIES, key=lambda one: -len(STORIES[one][1]))
        }
        yield lambda story: waiting[story].result()
        for future in waiting.values():
            future.cancel()


def check(row, before):
    """One step does what it says, and nothing else."""
    step, after = row["step"], set(row["installed"])
    assert row["complaints"] == [], step
    ours, known = after.intersection(ADDONS), before.intersection(ADDONS)
    if step[0] == "+":
        assert known | needed(step[1:]) <= ours, step
    elif step[0] == "-":
        assert ours == {one for one in known if step[1:] not in needed(one)}, step
    else:
        assert after == before
    return after


@pytest.mark.parametrize("addon", ADDONS)
def test_alone_and_away_again(played, addon):
    [there, away], left, before, after = played(f"alone_{addon}")
    assert check(there, set()).intersection(ADDONS) == needed(addon)
    assert not check(away, set(there["installed"])).intersection(ADDONS)
    assert left == []
    assert after == before, "what was switched on is as it was"


@pytest.mark.parametrize("seed", SEEDS)
def test_all_in_any_order_and_away_in_another(played, seed):
    rows, left, *_switches = played(f"order_{seed}")
    there, most = set(), set()
    for row in rows:
        before = there.intersection(ADDONS)
        there = check(row, there)
        most |= there
        if row["step"][0] == "+":
            fitting = by_itself(there)
            assert there.intersection(ADDONS) == (
                before | needed(row["step"][1:]) | fitting
            )
    assert most.issuperset(ADDONS)
    assert not there.intersection(ADDONS)
    assert left == []
