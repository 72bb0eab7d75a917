"""The command line: one JSON line per file, exit code 1 when any is refused."""

import json
import subprocess
import sys
from pathlib import Path

from .camt_builder import simple as camt
from .coda_builder import simple
from .test_mt940 import line, message

ROOT = Path(__file__).resolve().parents[3]


def run(*arguments, script="coda"):
    command = [sys.executable, str(ROOT / "dev" / script), *map(str, arguments)]
    done = subprocess.run(command, capture_output=True, text=True, cwd=ROOT.parent)
    return done.returncode, [json.loads(line) for line in done.stdout.splitlines()]


def test_schema(tmp_path):
    good, bad = tmp_path / "good.cod", tmp_path / "bad.cod"
    good.write_bytes(simple("10.00").data())
    bad.write_bytes(simple("10.00").data().replace(b"11000", b"11100", 1))
    code, (first,) = run(good)
    assert code == 0
    assert list(first) == ["file", "ok", "errors", "statements"]
    assert first["ok"] is True
    assert first["errors"] == []
    (statement,) = first["statements"]
    (transaction,) = statement.pop("transactions")
    assert statement == {
        "account": "BE68539007547034",
        "currency": "EUR",
        "number": "061",
        "sequence": "041",
        "holder": "POM TEST NV",
        "bic": "KREDBEBB",
        "duplicate": False,
        "old_balance": "100.00",
        "old_balance_date": "2026-03-02",
        "new_balance": "110.00",
        "new_balance_date": "2026-03-02",
        "warnings": [],
    }
    assert transaction == {
        "ordinal": 1,
        "amount": "10.00",
        "date": "2026-03-02",
        "value_date": "2026-03-02",
        "code": "00150000",
        "counterparty_name": "",
        "counterparty_account": "",
        "counterparty_bic": "",
        "references": [],
        "text": "MOVEMENT 1",
        "end_to_end_id": "",
        "mandate": "",
        "return_reason": "",
        "foreign": None,
        "details": [],
    }
    code, (first, second) = run(good, bad)
    assert code == 1
    assert first["ok"]
    assert not second["ok"]
    assert second["statements"] == []
    assert second["errors"][0]["line"] == 4
    assert "111.00" in second["errors"][0]["message"]
    code, (forced,) = run("--force", bad)
    assert code == 0
    assert "111.00" in forced["statements"][0]["warnings"][0]


def test_all_that_is_known(tmp_path):
    path = tmp_path / "good.cod"
    path.write_bytes(simple("10.00").data())
    _code, (result,) = run("--full", path)
    (statement,) = result["statements"]
    assert statement["credit_total"] == "10.00"
    assert len(statement["transactions"][0]["raw"]) == 128


def test_other_formats(tmp_path):
    """CAMT and MT940 give the same, as soon as the whole file is known to be good."""
    good = tmp_path / "good.xml"
    good.write_bytes(camt("10.00", "-4.00"))
    cut = tmp_path / "cut.xml"
    cut.write_bytes(camt("10.00")[:-40])
    code, (first, second) = run(good, cut, script="camt")
    assert code == 1
    assert not second["ok"] and second["statements"] == []
    (statement,) = first["statements"]
    _code, (coda,) = run(_coda(tmp_path))
    assert list(statement) == list(coda["statements"][0])
    transaction = statement["transactions"][1]
    assert list(transaction) == list(coda["statements"][0]["transactions"][0])
    assert transaction["amount"] == "-4.00"
    path = tmp_path / "good.sta"
    path.write_bytes(message(line("1.00", "HELLO")))
    code, (found,) = run(path, script="mt940")
    assert (code, found["statements"][0]["transactions"][0]["text"]) == (0, "HELLO")
    empty = tmp_path / "empty.sta"
    empty.write_bytes(message())
    _code, (found,) = run("--full", empty, script="mt940")
    assert found["statements"][0]["transactions"] == []


def _coda(folder):
    path = folder / "good.cod"
    path.write_bytes(simple("10.00").data())
    return path


def test_missing_file():
    code, (result,) = run("no such file")
    assert code == 1
    assert result["errors"][0]["line"] is None
