"""The CODA decoder beside pycoda and febelfin-coda: throughput and memory, on 100,000
movements in ten statements (five records each). Both peers install a package ``coda``.
"""

from __future__ import annotations

import subprocess
import sys
from datetime import date, timedelta
from decimal import Decimal
from functools import lru_cache
from pathlib import Path

from .decoders import DEV, ROOT, Decoder, our_decoder, peaks, speeds

STATEMENTS, MOVEMENTS = 10, 10_000
COUNT = STATEMENTS * MOVEMENTS

OURS = our_decoder(
    "coda",
    """
for statement in read(data):
    count += len(statement.transactions)
""",
    whole=True,
)
PYCODA = Decoder(
    "from coda.parser import Parser",
    """
for statement in Parser().parse(data):
    count += len(statement.movements)
""",
    whole=True,
    requirement="pycoda==1.1.0",
    package="coda",
)
FEBELFIN = Decoder(
    "import io\nfrom coda import CODA",
    """
for statement in CODA(io.StringIO(data.decode("ascii"))).statements:
    count += len(statement.moves)
""",
    whole=True,
    requirement="febelfin-coda==0.5.0",
    package="coda",
)


def coda_decode_pycoda() -> dict:
    """Movements per second beside pycoda 1.1.0."""
    return speeds("coda_decode_pycoda", OURS, PYCODA, "movements/s", _file(), COUNT)


def coda_decode_febelfin() -> dict:
    """Movements per second beside febelfin-coda 0.5.0."""
    return speeds("coda_decode_febelfin", OURS, FEBELFIN, "movements/s", _file(), COUNT)


def coda_memory_mb() -> dict:
    """Peak memory of the whole process beside the more frugal of the two peers."""
    return peaks("coda_memory_mb", OURS, [PYCODA, FEBELFIN], _file(), COUNT)


BENCHES = {
    bench.__name__: bench
    for bench in (coda_decode_pycoda, coda_decode_febelfin, coda_memory_mb)
}


@lru_cache
def _file() -> Path:
    path = DEV / "bench-100k.cod"
    if not path.exists():
        path.parent.mkdir(exist_ok=True)
        # In a process that has the decoders without Odoo.
        command = [sys.executable, "-m", "tests.bench.bench_coda", str(path)]
        subprocess.run(command, cwd=ROOT, check=True)
    return path


def generate(statements: int, movements: int):
    """Give the bytes of CODA statements of an account, one after the other."""
    from odoo.addons.pom_reconcile.formats.base import Statement

    from tests.simulators.coda_writer import write

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
    from odoo.addons.pom_reconcile.formats.base import Reference, Transaction

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


if __name__ == "__main__":
    import dev.pure  # noqa: F401

    Path(sys.argv[1]).write_bytes(b"".join(generate(STATEMENTS, MOVEMENTS)))
