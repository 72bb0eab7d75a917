"""Golden files: what a sample is read into, beside the sample.

``dev/golden_coda`` writes samples and results anew; look at the diff before committing.
"""

import json
from pathlib import Path

from pom_reconcile.formats.coda import read
from pom_reconcile.formats.dump import dump

FOLDER = Path(__file__).resolve().parents[2] / "samples" / "coda"


def result(data: bytes) -> str:
    """Return all that is read from a file as readable JSON."""
    statements = [dump(statement, {}) for statement in read(data)]
    for statement in statements:
        _drop_raw(statement["transactions"])
    return json.dumps(statements, indent=1, ensure_ascii=False) + "\n"


def _drop_raw(transactions: list) -> None:
    # The records stand in the sample itself.
    for transaction in transactions:
        transaction["raw"] = len(transaction["raw"].splitlines())
        _drop_raw(transaction["details"])


def write(samples: dict[str, bytes]) -> None:
    """Write samples and what they are read into."""
    for name, data in samples.items():
        (FOLDER / f"{name}.cod").write_bytes(data)
        (FOLDER / f"{name}.json").write_text(result(data), encoding="utf-8")
