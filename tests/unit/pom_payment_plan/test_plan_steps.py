"""What follows from how a plan stands, day by day."""

from datetime import date, timedelta

import pytest

from odoo.addons.pom_payment_plan.tools.plan_steps import PlanStands, next_step

TODAY = date(2026, 5, 12)
GRACE = timedelta(7)
LATE = {"is_behind": True, "is_late": True}


@pytest.mark.parametrize(
    "stands, step",
    [
        ({}, ""),
        # Paid, and come back.
        ({"is_paid": True}, "done"),
        ({"is_paid": True, "was_paid": True}, ""),
        ({"was_paid": True}, "reopen"),
        ({"was_paid": True, **LATE}, "reopen"),
        ({"is_paid": True, "waits": True}, "done"),
        # A transfer may take some days.
        ({"is_behind": True}, ""),
        (LATE, "tell"),
        # Told, and within the days of grace, or not.
        ({**LATE, "told_on": date(2026, 5, 5)}, ""),
        ({**LATE, "told_on": date(2026, 5, 4)}, "break"),
        # Paid; and a later part is a day late.
        ({"told_on": date(2026, 5, 4)}, "forget"),
        ({"is_behind": True, "told_on": date(2026, 5, 4)}, ""),
        # Nobody is written to, and nothing ends.
        ({**LATE, "waits": True}, ""),
        ({**LATE, "waits": True, "told_on": date(2026, 5, 4)}, "wait"),
        ({**LATE, "waits": True, "told_on": TODAY}, ""),
    ],
)
def test_next_step(stands, step):
    assert next_step(PlanStands(**stands), TODAY, GRACE) == step
