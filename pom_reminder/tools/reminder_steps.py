"""Which reminder comes next, and when."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from odoo.addons.pom_message.tools import working_days

from ..laws.base import NONE, Rule


@dataclass(frozen=True)
class Level:
    """
    :param key: id of the level.
    :param days: after the due date; negative is before it.
    :param gap: least number of days after the previous reminder.
    """

    key: int
    days: int
    gap: int = 0


@dataclass(frozen=True)
class Done:
    """A reminder that went out, or that somebody left out on purpose.

    :param skipped: it counts for the order of levels, but nothing was sent: it is no
        first reminder in the sense of a law.
    """

    sent: date
    on_paper: bool = False
    skipped: bool = False


@dataclass(frozen=True)
class Step:
    """
    :param number: of this reminder among those that went out after the due date, from
        1; 0 before it.
    """

    level: Level
    day: date
    number: int


def ordered(levels: Sequence[Level]) -> list[Level]:
    return sorted(levels, key=lambda level: (level.days, level.key))


def next_step(
    levels: Sequence[Level],
    due: date,
    today: date,
    done: Mapping[int, Done],
    *,
    rule: Rule = NONE,
    working_days_of: str | None = "BE",
) -> Step | None:
    """The reminder that comes next, perhaps in the future; None when all are done.

    After the due date no level is passed over, however old the debt: the first words
    are always the friendly ones. A notice before the due date is passed over once that
    date is there.

    :param working_days_of: country on whose working days alone one writes; None for
        any day.

    >>> levels = [Level(1, -3), Level(2, 5), Level(3, 20, gap=10)]
    >>> due = date(2026, 3, 31)
    >>> next_step(levels, due, date(2026, 3, 1), {}).day
    datetime.date(2026, 3, 27)
    >>> step = next_step(levels, due, date(2026, 6, 1), {})
    >>> step.level.key, step.day, step.number
    (2, datetime.date(2026, 4, 7), 1)
    >>> next_step(levels, due, date(2026, 6, 1), {2: Done(date(2026, 6, 1))}).day
    datetime.date(2026, 6, 11)
    """
    sequence = ordered(levels)
    last = max((i for i, lv in enumerate(sequence) if lv.key in done), default=-1)
    for level in sequence[last + 1 :]:
        day = level_day(level, due, working_days_of)
        if level.days < 0 and today >= due:
            continue
        number = len(sent_after_due(sequence, done)) + 1
        day = max(day, earliest(sequence, level, done, rule))
        if working_days_of is not None and level.days >= 0:
            day = working_days.on_or_after(day, working_days_of)
        return Step(level, day, number if level.days >= 0 else 0)
    return None


def sent_after_due(sequence: Sequence[Level], done: Mapping[int, Done]) -> list[Done]:
    """
    >>> levels = [Level(1, -3), Level(2, 5), Level(3, 20)]
    >>> day = date(2026, 3, 2)
    >>> len(sent_after_due(levels, {1: Done(day), 2: Done(day, skipped=True)}))
    0
    """
    after = {level.key for level in sequence if level.days >= 0}
    return [row for key, row in done.items() if key in after and not row.skipped]


def level_day(level: Level, due: date, working_days_of: str | None) -> date:
    day = due + timedelta(days=level.days)
    if working_days_of is None:
        return day
    # What is announced must still be to come when it is announced.
    if level.days < 0:
        return working_days.on_or_before(day, working_days_of)
    return working_days.on_or_after(day, working_days_of)


def earliest(
    sequence: Sequence[Level], level: Level, done: Mapping[int, Done], rule: Rule
) -> date:
    """First day that the previous reminders, and the law after the first, leave."""
    sent = [reminder.sent for reminder in done.values()]
    day = max(sent, default=date.min)
    if sent:
        day += timedelta(days=max(level.gap, 1))
    end = grace_end(sequence, done, rule)
    return max(day, end + working_days.DAY) if end else day


def grace_end(
    sequence: Sequence[Level], done: Mapping[int, Done], rule: Rule
) -> date | None:
    """Last day without costs, known once the first reminder after the due date went
    out; None when the rule has no such term or that reminder is still to come.
    """
    after = sent_after_due(sequence, done)
    if not after or not rule.grace_days:
        return None
    first = min(after, key=lambda reminder: reminder.sent)
    return rule.last_free_day(first.sent, first.on_paper)
