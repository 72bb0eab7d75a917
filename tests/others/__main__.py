"""``python -m tests.others [fast|PART…]``: what dev/test-core runs.

All parts with our addons and without them, beside each other (``JOBS=1``: one after the
other); of ``fast``, without them only what fails with them. Then whatever differs once
more by itself in both: a tour of a browser that was slow isn't a difference. Whoever
ends it goes on later with the parts that weren't run. Ends with 1 when a difference
isn't in ``differences.toml``, or when one of those that are is gone.
"""

import os
import sys
import time
from collections import ChainMap, Counter
from concurrent.futures import ThreadPoolExecutor

from tests.others import compare
from tests.others.parts import ALL, FAST
from tests.others.runs import fresh, kept

#: Runs beside each other, each with a browser.
JOBS = int(os.environ.get("JOBS", 2))


def again(part, tests):
    """
    :return: differences that stay when their tests run by themselves, and the tests of
        those that don't
    """
    if not tests:
        return [], []
    chosen = compare.selection(tests)
    with ThreadPoolExecutor(JOBS) as pool:
        without, ours = pool.map(
            lambda with_us: fresh(part, with_us, "_again", chosen), (False, True)
        )
    found = compare.differences(without, ours)
    staying = {item.test for item in found}
    return found, [test for test in tests if test not in staying]


def differing(part, without, ours, reasons):
    """Say how it ended.

    :return: tests that ended otherwise with us, and have no reason
    """
    print(f"{part.name}: {_counts(without)} without us; {_counts(ours)} with us")
    tests = [item.test for item in compare.differences(without, ours)]
    meant = [test for test in tests if compare.is_named(test, reasons)]
    print(*(f"  meant: {test}" for test in meant), sep="\n", end="\n" * bool(meant))
    sys.stdout.flush()
    return sorted(set(tests) - set(meant))


def _counts(rows):
    counts = Counter(row["outcome"] for row in rows.values())
    return ", ".join(f"{count} {outcome}" for outcome, count in sorted(counts.items()))


def fast(reasons):
    """
    :return: by part, what became of each with us, and what differs
    """
    ours = fresh(FAST, True)
    print(f"{FAST.name}: {_counts(ours)}")
    failed = compare.failed(ours)
    return {FAST: ours}, {
        FAST: [test for test in failed if not compare.is_named(test, reasons)]
    }


def whole(names, reasons):
    """As :func:`fast`, of these parts."""
    ran, found = {}, {}
    with ThreadPoolExecutor(JOBS) as pool:
        runs = {
            ALL[name]: [pool.submit(kept, ALL[name], us) for us in (False, True)]
            for name in names
        }
        try:
            for part, (without, ours) in runs.items():
                meant = {} if part.silent else reasons
                ran[part] = ours.result()
                found[part] = differing(part, without.result(), ran[part], meant)
        except BaseException:
            pool.shutdown(cancel_futures=True)
            raise
    return ran, found


def main(*names):
    """
    :param names: of parts; all if there is none
    :return: sentences: what differs without a reason, and reasons without a difference
    """
    start = time.monotonic()
    reasons = compare.known()
    if names == ("fast",):
        ran, found = fast(reasons)
    else:
        ran, found = whole(names or ALL, reasons)
    problems = []
    for part, tests in found.items():
        staying, unsteady = again(part, tests)
        problems += map(str, staying)
        for test in unsteady:
            print(f"not passed once, by itself as without us: {test}")
    count = sum(map(len, ran.values()))
    print(f"{count} tests of others in {time.monotonic() - start:.0f} s")
    # Where we are silent, what is meant elsewhere passes.
    speaking = [rows for part, rows in ran.items() if not part.silent]
    problems += [
        f"{name} passes, and is in differences.toml"
        for name in compare.stale(reasons, ChainMap(*speaking))
    ]
    return problems if count else ["none was run"]


if __name__ == "__main__":
    problems = main(*sys.argv[1:])
    print(*problems, sep="\n")
    sys.exit(bool(problems))
