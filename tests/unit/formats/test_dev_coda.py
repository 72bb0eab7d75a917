"""The command line: one JSON line per file, exit code 1 when any is refused."""

import json
import subprocess
import sys
from pathlib import Path

from .coda_builder import simple

ROOT = Path(__file__).resolve().parents[3]


def run(*arguments):
    command = [sys.executable, str(ROOT / "dev" / "coda"), *map(str, arguments)]
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


def test_missing_file():
    code, (result,) = run("no such file")
    assert code == 1
    assert result["errors"][0]["line"] is None
