"""The same amounts as pycoda and febelfin-coda, where theirs are known to be right.

Both live in environments of their own, which the benchmarks make; skipped without.
"""

import json
import subprocess
from decimal import Decimal
from pathlib import Path

import pytest

from odoo.addons.pom_reconcile.formats.coda import read

from .golden import FOLDER
from .test_coda_shared import FOLDER as SHARED

ROOT = Path(__file__).resolve().parents[3]
PEERS = {
    "febelfin": (
        "import json, sys; from coda import CODA;"
        "print(json.dumps([[str(move.amount) for move in statement.moves]"
        " for statement in CODA(open(sys.argv[1], encoding='utf-8')).statements]))"
    ),
    "pycoda": (
        "import json, sys; from coda.parser import Parser;"
        "data = open(sys.argv[1], 'rb').read();"
        "sign = {'0': '', '1': '-'};"
        "print(json.dumps([[sign[move.transaction_amount_sign]"
        " + str(move.transaction_amount) for move in s.movements]"
        " for s in Parser().parse(data)]))"
    ),
}
#: pycoda knows one level of details only and doesn't read some accounts and dates.
SAMPLES = {
    "febelfin": ("communications", "foreign", "informations", "returns", "several"),
    "pycoda": ("communications", "informations", "returns", "several"),
}
CASES = [
    (peer, FOLDER / f"{name}.cod") for peer, names in SAMPLES.items() for name in names
] + [("febelfin", path) for path in sorted(SHARED.glob("*.cod"))]


@pytest.mark.parametrize(
    ("peer", "path"), CASES, ids=[f"{peer}-{path.stem}" for peer, path in CASES]
)
def test_same_amounts(peer, path):
    python = ROOT / ".dev" / f"bench-{peer}" / "bin" / "python"
    if not python.exists():
        pytest.skip("the benchmarks' environment isn't there")
    command = [str(python), "-c", PEERS[peer], str(path)]
    theirs = json.loads(subprocess.run(command, check=True, capture_output=True).stdout)
    ours = [
        [item.amount for item in statement.transactions]
        for statement in read(path.read_bytes())
    ]
    rounded = [[round(Decimal(amount), 3) for amount in each] for each in theirs]
    assert [[round(amount, 3) for amount in each] for each in ours] == rounded
