"""Within which bounds a wish is agreed to at once."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest

from odoo.addons.pom_payment.debt.agreed_plan import equal_parts
from odoo.addons.pom_payment_plan.tools.plan_bounds import (
    PlanBounds,
    most_at_once,
    why_a_person,
)

TODAY = date(2026, 11, 22)
LAST = date(2027, 1, 22)
BOUNDS = PlanBounds(3, Decimal("33.33"), LAST, first_now=True, most=Decimal(100))


def why(amount="100.00", count=3, first_on=TODAY, **bounds):
    parts = equal_parts(Decimal(amount), count, first_on)
    return why_a_person(parts, replace(BOUNDS, **bounds), TODAY)


def test_each_bound_is_within():
    assert why() == ""


@pytest.mark.parametrize(
    "wish, code",
    [
        ({"count": 4}, "parts"),
        ({"amount": "99.96"}, "small"),
        ({"last_day": LAST - timedelta(1)}, "late"),
        ({"first_on": TODAY + timedelta(1), "last_day": date.max}, "first"),
        ({"amount": "100.01"}, "large"),
        ({"amount": "0.00"}, "parts"),
    ],
)
def test_beyond_it_a_person_decides(wish, code):
    assert why(**wish) == code


def test_bounds_that_nobody_set():
    later = TODAY + timedelta(9)
    assert why(first_on=later, last_day=date.max, first_now=False) == ""
    assert why("99999.00", most=None) == ""


@pytest.mark.parametrize(
    "amount, bounds, count",
    [
        ("100.00", {"least_part": Decimal(25)}, 3),
        ("100.00", {}, 3),
        ("99.00", {}, 2),
        ("66.65", {}, 0),
        ("100.00", {"last_day": TODAY + timedelta(31)}, 2),
        ("100.01", {}, 0),
        ("100.00", {"most_parts": 1}, 0),
    ],
)
def test_in_how_many_parts(amount, bounds, count):
    assert most_at_once(Decimal(amount), replace(BOUNDS, **bounds), TODAY) == count
