"""Speed from counts, against the days themselves."""

from hypothesis import given
from hypothesis import strategies as st

from odoo.addons.pom_overview.tools.speed import Speed, by_key, percent


def speed_of(days):
    return by_key((0, one, 1, 1, 0, 0, 0) for one in days)[0]


@given(st.lists(st.one_of(st.none(), st.integers(-40, 400)), min_size=1))
def test_median_is_that_of_the_days(days):
    never = 10**6
    ordered = sorted(never if one is None else one for one in days)
    middle = ordered[(len(ordered) - 1) // 2]
    assert speed_of(days).median == (None if middle == never else middle)


def test_what_is_not_paid_is_slower_than_all():
    assert speed_of([1, 2, None, None]).median == 2
    assert speed_of([1, None, None]).median is None
    assert Speed().median is None


def test_counts_add_up_by_key():
    rows = [
        ("mail", 3, 4, 4, 2, 4, 1),
        ("mail", None, 2, 1, 0, 2, 0),
        ("letter", 9, 1, 1, 1, 1, 0),
    ]
    mail, letter = by_key(rows)["mail"], by_key(rows)["letter"]
    assert (mail.count, mail.paid, mail.ripe, mail.on_time) == (6, 4, 5, 2)
    assert (mail.asked, mail.quick) == (6, 1)
    assert (letter.count, letter.median) == (1, 9)


def test_percent():
    assert percent(1, 4) == 25
    assert percent(0, 4) == 0
    assert percent(3, 0) is None
