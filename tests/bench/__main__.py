"""Runs the benchmarks, prints a table and writes .dev/bench.json.

A benchmark is a function in ``BENCHES`` of a ``bench_*.py`` beside this file. It
returns ``{"name", "ours", "theirs", "ratio", "unit", "n"}``: ratio is ours/theirs, and
theirs is None where there is no peer.
"""

import importlib
import json
import os
import sys
import traceback
from pathlib import Path

from tests.e2e.harness import DEV

HERE = Path(__file__).parent


def benches():
    found = {}
    for path in sorted(HERE.glob("bench_*.py")):
        module = importlib.import_module(f"tests.bench.{path.stem}")
        for name, function in getattr(module, "BENCHES", {}).items():
            if name in found:
                raise ValueError(f"two benchmarks are called {name}")
            found[name] = function
    return found


def run(name, function):
    try:
        return function()
    except Exception as error:
        traceback.print_exc()
        return {"name": name, "error": str(error)}


def show(value):
    return f"{value:.4g}" if isinstance(value, int | float) else "–"


def line(row):
    if "error" in row:
        said = (row["error"].splitlines() or ["see above"])[0]
        return f"{row['name']:<24} failed: {said[:80]}"
    columns = [show(row[key]) for key in ("ours", "theirs", "ratio")]
    figures = "".join(f"{column:>12}" for column in columns)
    return f"{row['name']:<24}{figures}  {row['unit']} (n={row['n']})"


def main():
    available = benches()
    wanted = [name for name in os.environ.get("BENCH", "").split(",") if name]
    unknown = set(wanted) - set(available)
    if unknown:
        sys.exit(f"No such benchmark: {', '.join(sorted(unknown))}. There are: "
                 f"{', '.join(available)}")  # fmt: skip
    print(f"{'':<24}{'ours':>12}{'theirs':>12}{'ratio':>12}")
    rows = []
    for name in wanted or available:
        rows.append(run(name, available[name]))
        print(line(rows[-1]), flush=True)
    file = DEV / "bench.json"
    file.write_text(json.dumps(rows, indent=1))
    print(f"Written to {file.relative_to(Path.cwd())}")
    return 1 if any("error" in row for row in rows) else 0


if __name__ == "__main__":
    sys.exit(main())
