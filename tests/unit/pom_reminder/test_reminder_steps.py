from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from odoo.addons.pom_reminder.laws.be import CONSUMER as BE_CONSUMER
from odoo.addons.pom_reminder.tools.reminder_steps import Done, Level, next_step

NOTICE, FIRST, SECOND, LAST = (
    Level(1, -3),
    Level(2, 3),
    Level(3, 20, gap=7),
    Level(4, 35, gap=10),
)
LEVELS = [LAST, SECOND, FIRST, NOTICE]
DUE = date(2026, 3, 31)  # a Tuesday


def key_and_day(today, done, **options):
    step = next_step(LEVELS, DUE, today, done, **options)
    return step and (step.level.key, step.day.isoformat())


def test_what_was_skipped_is_no_first_reminder():
    """XIX.2: costs come after a first reminder that was sent, not one left out."""
    done = {2: Done(date(2026, 4, 3), skipped=True)}
    step = next_step(LEVELS, DUE, DUE, done, rule=BE_CONSUMER)
    assert (step.level.key, step.number) == (3, 1)
    done[3] = Done(date(2026, 4, 20))
    step = next_step(LEVELS, DUE, DUE, done, rule=BE_CONSUMER)
    # The term runs from the one that was sent.
    assert (step.level.key, step.number) == (4, 2)
    assert step.day > BE_CONSUMER.last_free_day(date(2026, 4, 20), on_paper=False)


@pytest.mark.parametrize(
    "today, done, expected",
    [
        # Three days before is a Saturday: the notice goes out on Friday.
        (date(2026, 3, 1), {}, (1, "2026-03-27")),
        (DUE, {}, (2, "2026-04-03")),
        (date(2026, 9, 1), {}, (2, "2026-04-03")),
        (DUE, {2: date(2026, 4, 3)}, (3, "2026-04-20")),
        # Seven days after a late one; 1 May and the weekend follow.
        (DUE, {2: date(2026, 4, 24)}, (3, "2026-05-04")),
        (DUE, {2: date(2026, 4, 3), 3: date(2026, 4, 20)}, (4, "2026-05-05")),
        (DUE, {4: date(2026, 5, 5)}, None),
    ],
)
def test_next(today, done, expected):
    sent = {key: Done(day) for key, day in done.items()}
    assert key_and_day(today, sent) == expected


def test_weekends_when_allowed():
    early = date(2026, 3, 1)
    assert key_and_day(early, {}, working_days_of=None) == (1, "2026-03-28")


@pytest.mark.parametrize(
    "on_paper, expected",
    [
        # Sent on 3 April (Good Friday, a working day): 4 April and 14 days.
        (False, "2026-04-20"),
        # Third working day is 9 April (6 April is a holiday), and 14 days, and one.
        (True, "2026-04-24"),
    ],
)
def test_consumers_keep_their_term(on_paper, expected):
    done = {2: Done(date(2026, 4, 3), on_paper)}
    assert key_and_day(DUE, done, rule=BE_CONSUMER) == (3, expected)


def test_the_notice_before_the_due_date_starts_no_term():
    done = {1: Done(date(2026, 3, 27))}
    assert key_and_day(DUE, done, rule=BE_CONSUMER) == (2, "2026-04-03")


def test_numbers():
    step = next_step(LEVELS, DUE, date(2026, 3, 1), {})
    assert step.number == 0
    done = {1: Done(DUE), 2: Done(DUE)}
    assert next_step(LEVELS, DUE, DUE, done).number == 2


@given(
    st.dates(date(2024, 1, 1), date(2030, 1, 1)),
    st.lists(st.integers(-10, 60), min_size=1, max_size=6, unique=True),
    st.lists(st.integers(0, 9), min_size=12, max_size=12),
    st.booleans(),
)
def test_a_consumer_never_gets_two_within_the_term(due, days, delays, on_paper):
    """However a policy is set, and however late each message goes out."""
    levels = [Level(number, day) for number, day in enumerate(days)]
    done, today, after_due = {}, due - timedelta(30), []
    for delay in delays:
        step = next_step(levels, due, today, done, rule=BE_CONSUMER)
        if not step:
            break
        today = max(today, step.day) + timedelta(delay)
        done[step.level.key] = Done(today, on_paper)
        if step.number:
            after_due.append(today)
    if len(after_due) > 1:
        assert after_due[1] > BE_CONSUMER.last_free_day(after_due[0], on_paper)
    assert len(done) <= len(levels)
