"""Golden files: what a sample is read into, beside the sample.

``dev/golden_coda`` and ``dev/golden_camt`` write samples and results anew; look at the
diff before committing.
"""

import json
from pathlib import Path

from odoo.addons.pom_reconcile.formats import read_any
from odoo.addons.pom_reconcile.formats.dump import dump

SAMPLES = Path(__file__).resolve().parents[2] / "samples"
FOLDER, CAMT = SAMPLES / "coda", SAMPLES / "camt"


def result(data: bytes) -> str:
    """Return all that is read from a file as readable JSON."""
    statements = [dump(statement, {}) for statement in read_any(data)]
    for statement in statements:
        _drop_raw(statement["transactions"])
        _drop_raw(statement["extract"])
    return json.dumps(statements, indent=1, ensure_ascii=False) + "\n"


def _drop_raw(transactions: list) -> None:
    # The records stand in the sample itself.
    for transaction in transactions:
        transaction["raw"] = len(transaction["raw"].splitlines())
        _drop_raw(transaction["details"])


def write(samples: dict[str, bytes], folder: Path, suffix: str) -> None:
    """Write samples and what they are read into."""
    folder.mkdir(exist_ok=True)
    for name, data in samples.items():
        (folder / f"{name}.{suffix}").write_bytes(data)
        (folder / f"{name}.json").write_text(result(data), encoding="utf-8")
