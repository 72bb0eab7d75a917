"""Files of banks that aren't ours to publish; without them these tests are skipped."""

import os
from pathlib import Path

import pytest

from odoo.addons.pom_reconcile.formats.coda import read

ROOT = Path(__file__).resolve().parents[3]
FOLDER = Path(
    os.environ.get("POM_CODA_SAMPLES", ROOT.parent / "shared" / "samples" / "coda")
)

pytestmark = pytest.mark.skipif(not FOLDER.is_dir(), reason="no samples of banks")


def statement(name):
    (found,) = read((FOLDER / name).read_bytes())
    return found


def test_empty_statement():
    found = statement("empty-0-1-9.cod")
    assert found.transactions == ()
    assert found.new_balance == found.old_balance
    assert found.new_balance_date == found.old_balance_date


def test_total_of_the_bank_with_its_payments():
    (total,) = statement("grouped-vcs-2-6.cod").transactions
    assert total.batch
    assert sum(item.amount for item in total.details) == total.amount
    assert [item.references[0].value for item in total.details][-2:] == [
        "146498769085",
        "146498769085",
    ]


def test_all_kinds_of_movements():
    found = statement("kbc-test-111-movements.cod")
    details = [item for total in found.transactions for item in total.details]
    assert len(found.transactions) + len(details) == 111
    assert found.warnings == ()
    foreign = [item.foreign for item in details if item.foreign]
    assert [(str(item.amount), item.currency) for item in foreign] == [
        ("56059.60", "NOK"),
        ("-23846.32", "GBP"),
    ]
