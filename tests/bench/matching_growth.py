"""How long the pure matching engine takes, and how that grows.

    python -m tests.bench.matching_growth [lines ...]

Prints processor time per line: of telling what must be fetched, and of deciding. Each
size is measured three times with cold caches; the quickest counts.
"""

import gc
import sys
import time

import dev.pure  # noqa: F401 -- before what it makes importable  # isort: skip
from odoo.addons.pom_reconcile.matching import (
    Settings,
    match,
    names,
    needed_keys,
    numbers,
    text,
)

from tests.simulators.months import Month

SIZES = (500, 5_000, 20_000)
ROUNDS = 3


def forget():
    """Empty every cache of the pure functions."""
    for module in (names, numbers, text):
        for value in vars(module).values():
            if hasattr(value, "cache_clear"):
                value.cache_clear()
    gc.collect()


def measure(month: Month) -> tuple[float, float]:
    """Give microseconds per line of (keys, decisions)."""
    forget()
    start = time.process_time()
    needed_keys(month.lines)
    middle = time.process_time()
    match(month.lines, month.candidates, Settings(fee_account=1))
    end = time.process_time()
    return tuple(
        seconds / len(month.lines) * 1e6 for seconds in (middle - start, end - middle)
    )


def main(sizes):
    print("  lines  candidates  keys us/line  match us/line")
    for size in sizes:
        month = Month(3, size)
        keys, decisions = map(
            min, zip(*(measure(month) for _ in range(ROUNDS)), strict=False)
        )
        print(
            f"{size:7d} {len(month.candidates):11d} {keys:13.0f} {decisions:14.0f}",
            flush=True,
        )


if __name__ == "__main__":
    main([int(size) for size in sys.argv[1:]] or SIZES)
