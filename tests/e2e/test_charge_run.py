"""Charges on a database that several servers work on, some of which die: a few of what
``tests.e2e.charge_run`` plays with as many as one likes.
"""

import pytest

from tests.e2e.charge_run import Run, is_good

pytestmark = [pytest.mark.e2e, pytest.mark.usefixtures("module_world")]

NAME = "pom_e2e_charge"
PLANS = 60


def test_two_servers_charge_once():
    summary = Run(NAME, PLANS, kills=0).play()
    assert is_good(summary), summary
    assert summary["charged"] == PLANS


def test_killed_again_and_again():
    summary = Run(NAME, PLANS, kills=3).play()
    assert is_good(summary), summary
    assert summary["charged"] + summary["stopped_before_asking"] == PLANS
