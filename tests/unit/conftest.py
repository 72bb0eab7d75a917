"""Tests that need no Odoo: the pure packages, under the names that they have there."""

import sys
from pathlib import Path

import pytest
from hypothesis import settings

ROOT = Path(__file__).resolve().parents[2]
if str(ROOT) not in sys.path:
    sys.path.insert(0, str(ROOT))

import dev.pure  # noqa: E402, F401
from tests.simulators.receiver import Receiver  # noqa: E402

# A busy machine is no bug: examples may take as long as they need.
settings.register_profile("patient", deadline=None)
settings.load_profile("patient")

#: Whole months, servers with every fault, generated files: left out by test-unit, and
#: where coverage is measured, which takes three times as long and gains nothing.
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
        path = module.__name__ if module else ""
        if generated or path.rpartition(".")[2] in LONG or ".simulators." in path:
            item.add_marker(pytest.mark.slow)


# Of the service that each addon's own fixture running_psp runs.
@pytest.fixture
def psp(running_psp):
    yield running_psp
    running_psp.faults.clear()
    assert running_psp.wait_idle()


@pytest.fixture(scope="session")
def running_receiver():
    with Receiver() as receiver:
        yield receiver


@pytest.fixture
def receiver(running_receiver):
    running_receiver.received.clear()
    running_receiver.answer = lambda received: 200
    return running_receiver
