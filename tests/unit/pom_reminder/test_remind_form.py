"""Debtors who want to be reminded later choose a day."""

from datetime import date
from decimal import Decimal

import pytest

from odoo.addons.pom_payment.tools import request_form
from odoo.addons.pom_reminder.tools.remind_form import REMIND

TODAY = date(2026, 11, 22)
LAST_DAYS = {"remind_on": date(2026, 12, 22)}
LIMITS = request_form.Limits(TODAY, Decimal("121.00"), LAST_DAYS)


@pytest.mark.parametrize("day", ["2026-11-22", "2026-12-23", "soon", ""])
def test_a_day_that_cannot_be_chosen(day):
    answer = request_form.read(REMIND, {"remind_on": day}, LIMITS)
    assert answer.problems == ["remind_on_bounds"]


@pytest.mark.parametrize("day", ["2026-11-23", "2026-12-22"])
def test_a_day_that_can(day):
    answer = request_form.read(REMIND, {"remind_on": day}, LIMITS)
    assert answer.values["remind_on"] == date.fromisoformat(day)
    assert answer.problems == []
