"""Debtors who want to pay in parts say how many, and from when."""

from datetime import date
from decimal import Decimal

import pytest

from odoo.addons.pom_payment.tools.request_form import Limits, read
from odoo.addons.pom_payment_plan.tools.plan_form import PLAN

TODAY = date(2026, 11, 22)
LIMITS = Limits(TODAY, Decimal("121.00"), {"plan_first_on": date(2027, 1, 23)})
RIGHT = {"plan_count": "3", "plan_first_on": "2026-12-01"}


@pytest.mark.parametrize("count", ["1", "25", "x", "", "-3", "9" * 5000, "³"])
def test_counts_that_are_none(count):
    form = {**RIGHT, "plan_count": count}
    assert read(PLAN, form, LIMITS).problems == ["plan_count_bounds"]


@pytest.mark.parametrize("day", ["", "2026-11-21", "2027-01-24", "2026-02-31", "soon"])
def test_days_that_are_none(day):
    form = {**RIGHT, "plan_first_on": day}
    assert read(PLAN, form, LIMITS).problems == ["plan_first_on_bounds"]


@pytest.mark.parametrize("day", ["2026-11-22", "2027-01-23"])
def test_days_that_are_right(day):
    values, problems = read(PLAN, {**RIGHT, "plan_first_on": day}, LIMITS)
    assert not problems
    assert values["plan_first_on"] == date.fromisoformat(day)
    assert values["plan_count"] == 3
