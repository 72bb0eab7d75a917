"""Whether a debtor pays as agreed: the same part every month."""

from datetime import date, timedelta
from typing import NamedTuple

from dateutil.relativedelta import relativedelta

#: Days that a transfer may take.
PATIENCE = timedelta(days=5)
#: Of each part: a third of an amount is no round number of cents.
TOLERANCE = 0.01


class AgreedPlan(NamedTuple):
    """``amount`` in ``count`` equal parts, one a month from ``first_on``."""

    amount: float
    count: int
    first_on: date

    def dates(self) -> list[date]:
        """
        >>> AgreedPlan(90, 3, date(2026, 1, 31)).dates()[1:]
        [datetime.date(2026, 2, 28), datetime.date(2026, 3, 31)]
        """
        return [self.first_on + relativedelta(months=n) for n in range(self.count)]


def is_kept(plan: AgreedPlan, left: float, today: date) -> bool:
    """
    :param left: what is still open today.

    >>> plan = AgreedPlan(90, 3, date(2026, 1, 31))
    >>> is_kept(plan, 90, date(2026, 2, 5)), is_kept(plan, 90, date(2026, 2, 6))
    (True, False)
    >>> is_kept(plan, 60, date(2026, 2, 6)), is_kept(plan, 1, date(2026, 4, 6))
    (True, False)
    """
    over = sum(day + PATIENCE < today for day in plan.dates())
    due = plan.amount * (plan.count - over) / plan.count
    return left <= due + over * TOLERANCE
