"""What follows from how a plan stands on a day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

#: Nothing is left to pay.
DONE = "done"
#: Money of a plan that was paid came back.
REOPEN = "reopen"
#: Nothing may happen now: the days of grace begin anew.
WAIT = "wait"
#: A part is late, and the debtor is told so, once.
TELL = "tell"
#: What was late is paid.
FORGET = "forget"
#: The days of grace are over: all is due again.
BREAK = "break"


@dataclass(frozen=True)
class PlanStands:
    """
    :param is_paid: whether the books have nothing open.
    :param was_paid: whether that was so before.
    :param waits: whether nothing may happen now: the debtor waits for an answer, or
        somebody decided so.
    :param is_behind: whether a part's day has passed.
    :param is_late: whether the days that a transfer may take have passed, too.
    :param told_on: when the debtor was told of the late part.
    """

    is_paid: bool = False
    was_paid: bool = False
    waits: bool = False
    is_behind: bool = False
    is_late: bool = False
    told_on: date | None = None


def next_step(stands: PlanStands, today: date, grace: timedelta) -> str:
    """What to do; '' for nothing.

    >>> told = date(2026, 5, 4)
    >>> late = PlanStands(is_behind=True, is_late=True, told_on=told)
    >>> [next_step(late, date(2026, 5, day), timedelta(7)) for day in (11, 12)]
    ['', 'break']
    >>> next_step(PlanStands(is_behind=True, is_late=True), told, timedelta(7))
    'tell'
    """
    if stands.is_paid or stands.was_paid:
        steps = {(True, False): DONE, (False, True): REOPEN}
        return steps.get((stands.is_paid, stands.was_paid), "")
    told_on = stands.told_on
    if stands.waits:
        return WAIT if told_on and told_on != today else ""
    if not told_on:
        return TELL if stands.is_late else ""
    if not stands.is_behind:
        return FORGET
    return BREAK if stands.is_late and told_on + grace < today else ""
