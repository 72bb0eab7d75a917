"""Lets the pure packages be imported without Odoo.

``pom_payment/__init__.py`` imports the models, hence Odoo. An empty package object
in its place gives access to ``pom_payment.tools`` and the like, and makes any model
import fail loudly, so a pure test can't drift into ORM code.
"""

import sys
import types
from pathlib import Path

import pytest
from hypothesis import settings

ROOT = Path(__file__).resolve().parents[2]

for name in ("pom_payment", "pom_reconcile"):
    if name not in sys.modules:
        package = types.ModuleType(name)
        package.__path__ = [str(ROOT / name)]
        sys.modules[name] = package
if str(ROOT) not in sys.path:
    sys.path.insert(0, str(ROOT))

# A busy machine is no bug: examples may take as long as they need.
settings.register_profile("patient", deadline=None)
settings.load_profile("patient")

#: Whole months, servers with every fault, generated files: left out by test-unit.
LONG = {
    "test_months",
    "test_town",
    "test_garbled",
    "test_fault_run",
    "test_coda_samples_peers",
}


def pytest_collection_modifyitems(items):
    for item in items:
        generated = getattr(getattr(item, "obj", None), "is_hypothesis_test", False)
        module = getattr(item, "module", None)
        if generated or module and module.__name__.rpartition(".")[2] in LONG:
            item.add_marker(pytest.mark.slow)
