"""The CODA decoder beside pycoda and febelfin-coda: throughput and memory.

Each runs in a process of its own, on the same file of 100,000 movements in ten
statements (five records each), by turns and the best of three, in processor time: what
else the machine does hits all alike. Both peers install a package ``coda``, hence an
environment for each, made on demand under ``.dev``.
"""

from __future__ import annotations

import json
import subprocess
import sys
import venv
from datetime import date, timedelta
from decimal import Decimal
from functools import lru_cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
DEV = ROOT / ".dev"
STATEMENTS, MOVEMENTS = 10, 10_000
ROUNDS = 3
PEERS = {"pycoda": "pycoda==1.1.0", "febelfin": "febelfin-coda==0.5.0"}

_MEASURE = """
import json, re, sys, time
{prepare}
data = open(sys.argv[1], "rb").read()
start = time.process_time()
count = 0
{decode}
seconds = time.process_time() - start
# Not ru_maxrss, which begins with that of the process that started this one.
status = open("/proc/self/status").read()
peak = int(re.search(r"VmHWM:[^0-9]*([0-9]+)", status)[1]) / 1024
print(json.dumps({{"count": count, "seconds": seconds, "peak": peak}}))
"""

_OURS = _MEASURE.format(
    prepare=f"""
import types
package = types.ModuleType("pom_reconcile")
package.__path__ = [{str(ROOT / "pom_reconcile")!r}]
sys.modules["pom_reconcile"] = package
from pom_reconcile.formats.coda import read
""",
    decode="""
for statement in read(data):
    count += len(statement.transactions)
""",
)
_THEIRS = {
    "pycoda": _MEASURE.format(
        prepare="from coda.parser import Parser",
        decode="""
for statement in Parser().parse(data):
    count += len(statement.movements)
""",
    ),
    "febelfin": _MEASURE.format(
        prepare="import io\nfrom coda import CODA",
        decode="""
for statement in CODA(io.StringIO(data.decode("ascii"))).statements:
    count += len(statement.moves)
""",
    ),
}


def coda_decode_pycoda() -> dict:
    """Movements per second beside pycoda 1.1.0."""
    return _throughput("coda_decode_pycoda", "pycoda")


def coda_decode_febelfin() -> dict:
    """Movements per second beside febelfin-coda 0.5.0."""
    return _throughput("coda_decode_febelfin", "febelfin")


def coda_memory_mb() -> dict:
    """Peak memory of the whole process beside the more frugal of the two peers."""
    ours = _run(sys.executable, _OURS)["peak"]
    theirs = min(_run(_python(name), _THEIRS[name])["peak"] for name in PEERS)
    return _result("coda_memory_mb", ours, theirs, "MB")


BENCHES = {
    bench.__name__: bench
    for bench in (coda_decode_pycoda, coda_decode_febelfin, coda_memory_mb)
}


def _throughput(name: str, peer: str) -> dict:
    python, script = _python(peer), _THEIRS[peer]
    rounds = [
        (_speed(_run(sys.executable, _OURS)), _speed(_run(python, script)))
        for _ in range(ROUNDS)
    ]
    ours, theirs = (max(speeds) for speeds in zip(*rounds, strict=True))
    return _result(name, ours, theirs, "movements/s")


def _speed(measured: dict) -> float:
    return measured["count"] / measured["seconds"]


def _result(name: str, ours: float, theirs: float, unit: str) -> dict:
    return {
        "name": name,
        "ours": round(ours, 1),
        "theirs": round(theirs, 1),
        "ratio": round(ours / theirs, 2),
        "unit": unit,
        "n": STATEMENTS * MOVEMENTS,
    }


def _run(python: str, script: str) -> dict:
    """Run a script on the file and return what it measured."""
    done = subprocess.run(
        [python, "-c", script, str(_file())], check=True, capture_output=True, text=True
    )
    measured = json.loads(done.stdout)
    if measured["count"] != STATEMENTS * MOVEMENTS:
        raise ValueError(f"{measured['count']} movements were read")
    return measured


def _python(peer: str) -> str:
    """Return the Python of the peer's own environment, which is made if need be."""
    folder = DEV / f"bench-{peer}"
    python = folder / "bin" / "python"
    if not list(folder.glob("lib/*/site-packages/coda")):
        venv.create(folder, with_pip=True)
        install = [str(python), "-m", "pip", "install", "-q", PEERS[peer]]
        subprocess.run(install, check=True)
    return str(python)


@lru_cache
def _file() -> Path:
    sys.path.insert(0, str(ROOT))
    path = DEV / "bench-100k.cod"
    if not path.exists():
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(b"".join(generate(STATEMENTS, MOVEMENTS)))
    return path


def generate(statements: int, movements: int):
    """Give the bytes of CODA statements of an account, one after the other."""
    from pom_reconcile.formats.base import Statement
    from pom_reconcile.formats.coda.writer import write

    balance = Decimal("1000.00")
    for number in range(statements):
        day = date(2026, 1, 5) + timedelta(days=number)
        transactions = tuple(_transaction(i, day) for i in range(movements))
        statement = Statement(
            account="BE68539007547034",
            currency="EUR",
            number=f"{number + 1:03d}",
            sequence=f"{number + 1:03d}",
            holder="POM BENCH NV",
            bic="KREDBEBB",
            created=day,
            old_balance=balance,
            old_balance_date=day - timedelta(days=1),
            new_balance_date=day,
            transactions=transactions,
        )
        yield write([statement])
        balance += sum(item.amount for item in transactions)


def _transaction(index: int, day: date):
    """Return a transfer with counterparty and address; every other one has an OGM."""
    from pom_reconcile.formats.base import Reference, Transaction

    number = index * 7919 % 10**10
    name = f"JANSSENS PIETER {index}"
    text = f"FACTUUR 2026/{index:05d} VAN MAART, KLANT {number}, MET DANK"
    ogm = Reference("ogm", f"{number:010d}{number % 97 or 97:02d}")
    return Transaction(
        amount=Decimal(1000 + index % 90_000).scaleb(-2) * (1 if index % 5 else -1),
        date=day,
        value_date=day,
        code="00150000" if index % 5 else "00101000",
        counterparty_name=name,
        counterparty_account=f"BE{10 + index % 80}5390{index:010d}",
        counterparty_bic="GKCCBEBB",
        references=(ogm,) if index % 2 else (),
        text="" if index % 2 else text,
        end_to_end_id=f"E2E-{index}",
        bank_reference=f"OL{index:08d}JBBNEUBCRCL",
        information=(
            ("counterparty", name),
            ("counterparty street", f"KERKSTRAAT {index % 300}"),
            ("counterparty locality", "9000 GENT"),
        ),
    )
