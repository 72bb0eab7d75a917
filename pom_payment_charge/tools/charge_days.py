"""On which days one charges, announces, and tries once more.

Sources: the SEPA rulebook's pre-notification (fourteen days unless creditor and debtor
agreed to fewer), and the limits of card schemes, far above the tries made here.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from types import MappingProxyType

from odoo.addons.pom_message.tools import working_days

#: What a charge is made to.
CARD, DIRECT_DEBIT = "card", "direct_debit"
#: Working days after the first try on which there is another one.
RETRIES: Mapping[int, int] = MappingProxyType({1: 3, 2: 7})


def charge_day(due: date, today: date, notice: int, country: str) -> date:
    """When a part is charged: on its day, or the first working day after it; never
    before it was announced long enough.

    :param notice: days between announcing and charging.
    :param country: whose holidays one keeps, as :mod:`.working_days` has it.

    >>> christmas, today = date(2026, 12, 25), date(2026, 12, 1)
    >>> charge_day(christmas, today, 3, "BE"), charge_day(today, today, 14, "BE")
    (datetime.date(2026, 12, 28), datetime.date(2026, 12, 15))
    """
    earliest = today + timedelta(notice)
    return working_days.on_or_after(max(due, earliest), country)


def announce_day(day: date, notice: int, country: str) -> date:
    """The last working day on which a charge can be announced in time.

    >>> announce_day(date(2026, 12, 28), 3, "BE")
    datetime.date(2026, 12, 24)
    """
    return working_days.on_or_before(day - timedelta(notice), country)


def retry_day(first: date, tries: int, today: date, country: str) -> date | None:
    """When it is tried again what failed for want of money; None for never.

    :param first: day of the first try.
    :param tries: that were made.

    >>> friday = date(2026, 12, 4)
    >>> retry_day(friday, 1, friday, "BE")
    datetime.date(2026, 12, 9)
    >>> retry_day(friday, 2, date(2026, 12, 9), "BE")
    datetime.date(2026, 12, 15)
    >>> retry_day(friday, 3, date(2026, 12, 15), "BE")

    What a bank sends back weeks later is counted from that day:

    >>> retry_day(friday, 1, date(2027, 1, 29), "BE")
    datetime.date(2027, 2, 3)
    """
    if tries not in RETRIES:
        return None
    day = working_days.nth_working_day_after(first, RETRIES[tries], country)
    if day > today:
        return day
    gap = RETRIES[tries] - RETRIES.get(tries - 1, 0)
    return working_days.nth_working_day_after(today, gap, country)
