from datetime import date, timedelta

import pytest

from odoo.addons.pom_reconcile.tools.statements_due import is_late

LAST = date(2026, 3, 31)


@pytest.mark.parametrize(
    ("every", "count", "after", "late"),
    [
        (1, 60, 7, False),
        (1, 60, 8, True),
        (7, 10, 21, False),
        (7, 10, 22, True),
        (1, 1, 90, False),
    ],
)
def test_late_is_much_longer_than_usual(every, count, after, late):
    first = LAST - timedelta(every * (count - 1))
    assert is_late(first, LAST, count, LAST + timedelta(after)) is late
