"""Each addon installs with only what it depends on, all together in any order, and goes
away again, in any order too.
"""

import json
import os
import random
import sys
from concurrent.futures import ThreadPoolExecutor

import pytest

from dev.addons import addons, manifest
from tests.e2e.harness import DEV, ROOT, database, run

pytestmark = [pytest.mark.e2e, pytest.mark.slow]

ADDONS = addons()
#: Of the orders that are tried; others may be set, "-1" is the first one backwards
#: (``dev/test-core``).
SEEDS = os.environ.get("INSTALL_ORDERS", "1").split()
#: What all others build on.
LOWEST = "pom_payment"


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


def order(seed):
    """Steps that install all, one by one, and uninstall them in another order; all are
    updated, and what is left of them twice in between.

    :param seed: of two that differ in their sign only, each of any two addons comes
        first once, and goes first
    """
    dice = random.Random(seed.lstrip("-"))
    come = dice.sample(ADDONS, len(ADDONS))
    go = dice.sample([addon for addon in ADDONS if addon != LOWEST], len(ADDONS) - 1)
    if seed.startswith("-"):
        come, go = come[::-1], go[::-1]
    return steps(come, go)


def steps(come, go):
    third = len(go) // 3
    going = [
        step
        for number, addon in enumerate(go, 1)
        for step in (f"-{addon}", *(["="] if number in (third, 2 * third) else []))
    ]
    return [*(f"+{addon}" for addon in come), "=", *going, f"-{LOWEST}"]


def lowest(addon):
    """Those it needs, itself included, that stand on nothing of ours but LOWEST: with
    them all of it goes.
    """
    return sorted(
        one for one in needed(addon) - {LOWEST} if needed(one) == {one, LOWEST}
    )


def alone(some):
    """Steps that install each where nothing of ours is but LOWEST, which all need."""
    return [
        f"+{LOWEST}",
        *(
            step
            for addon in some
            for step in (f"+{addon}", *(f"-{one}" for one in lowest(addon)))
        ),
        f"-{LOWEST}",
    ]


#: By name: the template, and the steps; those of each alone are two of equal length.
OTHERS = [addon for addon in ADDONS if addon != LOWEST]
STORIES = {f"alone_{half}": ("bare", alone(OTHERS[half::2])) for half in (0, 1)}
ORDERS = {f"order_{seed}": ("base", order(seed)) for seed in SEEDS}
STORIES |= ORDERS


def play(story):
    """
    :return: what ``install_run`` says before and after each step
    """
    template, steps = STORIES[story]
    name = f"pom_install_{os.getpid()}_{story}"
    database(template, name)
    try:
        done = run(
            [sys.executable, "-m", "tests.e2e.install_run", name,
             *(["--alone"] if template == "bare" else []), *steps],
            cwd=ROOT, capture_output=True, text=True,
        )  # fmt: skip
        (DEV / f"{story}.install.log").write_text(done.stderr)
        assert done.returncode == 0, done.stdout[-2000:] + done.stderr[-3000:]
        return [json.loads(line) for line in done.stdout.splitlines()]
    finally:
        database("drop", name)


def psql(name, query):
    command = ["psql", "-qAtX", "-d", name, "-c", query]
    done = run(command, check=True, capture_output=True, text=True)
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


@pytest.mark.parametrize("addon", OTHERS)
def test_alone_and_away_again(played, addon):
    half = OTHERS.index(addon) % 2
    _bare, lowest_alone, *rows = played(f"alone_{half}")
    place = [row["step"] for row in rows].index(f"+{addon}")
    there = check(rows[place], set(lowest_alone["installed"]))
    assert there.intersection(ADDONS) == needed(addon)
    for away in rows[place + 1 :]:
        if away["step"][0] == "+" or away["step"] == f"-{LOWEST}":
            break
        there = check(away, there)
        last = away
    assert there.intersection(ADDONS) == {LOWEST}
    assert last["left"] == lowest_alone["left"]
    assert last["switches"] == lowest_alone["switches"], "as it was"


@pytest.mark.parametrize("half", [0, 1])
def test_what_all_need(played, half):
    """By itself it leaves nothing: no column of core's, no setting switched on."""
    bare, lowest_alone, *_others, away = played(f"alone_{half}")
    assert bare["left"] == []
    assert lowest_alone["left"]
    there = check(lowest_alone, set(bare["installed"]))
    assert there.intersection(ADDONS) == {LOWEST}
    assert away["step"] == f"-{LOWEST}"
    assert not check(away, there).intersection(ADDONS)
    assert away["left"] == []
    assert away["switches"] == bare["switches"], "what was switched on is as it was"


@pytest.mark.parametrize("story", ORDERS)
def test_all_in_any_order_and_away_in_another(played, story):
    first, *rows = played(story)
    there, most = set(first["installed"]), set()
    assert not there.intersection(ADDONS)
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
    assert rows[-1]["left"] == []
