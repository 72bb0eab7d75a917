"""How old each part of a debt is, for whoever lists the books."""

from collections import defaultdict
from decimal import Decimal

from hypothesis import given

from odoo.addons.pom_payment.debt.aged import aged
from odoo.addons.pom_payment.debt.standing import standing

from .situations import LATE_FIRST
from .strategies import facts
from .world import TODAY, attempt, charge, day, debt, due


def rows(known):
    return [
        (part.maturity, part.day, part.late_since, str(part.low), str(part.high))
        for part in aged(known, TODAY)
    ]


def test_all_of_it_is_asked():
    assert rows(debt(due(-9, 80))) == [(day(-9), None, day(-9), "0", "1")]
    assert rows(debt(due(9, 80))) == [(day(9), None, None, "0", "1")]


def test_a_part_is_contested_or_covered():
    assert rows(debt(due(-9, 100), disputed=40)) == [
        (day(-9), None, day(-9), "0", "0.6"),
        (day(-9), None, None, "0.6", "1"),
    ]
    assert rows(debt(*LATE_FIRST, on_account=30)) == [
        (day(-50), None, None, "0", "1"),
        (day(30), None, None, "0", "1"),
    ]


def test_nothing_is_asked():
    assert rows(debt(due(-9, 80), coming=attempt())) == [
        (day(-9), None, None, "0", "1")
    ]
    assert rows(debt(due(-9, -80))) == [(day(-9), None, None, "0", "1")]


def test_as_was_agreed():
    known = debt(due(-9, 80), plan=(due(-1, 20), due(30, 60)))
    assert rows(known) == [
        (None, day(-1), day(-1), "0", "0.25"),
        (None, day(30), None, "0.25", "1"),
    ]


def test_what_we_collect():
    """The first failed and is late; the second will be charged on its day."""
    planned = charge(60, 31, part=30)
    parts = due(-1, 20), due(30, 60)
    expected = [
        (day(-1), "0", "0.25", None),
        (None, "0.25", "1", day(31)),
    ]
    agreed = debt(due(-9, 80), plan=parts, coming=planned)
    assert [
        (part.late_since, str(part.low), str(part.high), part.collected_on)
        for part in aged(agreed, TODAY)
    ] == expected
    both = list(aged(debt(*parts, coming=planned), TODAY))
    assert [part.collected_on for part in both] == [None, day(31)]
    assert [part.late_since for part in both] == [day(-1), None]


@given(facts())
def test_the_parts_are_all_of_it(known):
    shares = defaultdict(list)
    for part in aged(known, TODAY):
        assert 0 <= part.low < part.high <= 1
        shares[part.maturity].append((part.low, part.high))
    for parts in shares.values():
        ends = [0, *(high for _low, high in parts)]
        assert [low for low, _high in parts] == ends[:-1]
        assert ends[-1] == 1


@given(facts())
def test_as_late_as_the_debt(known):
    one = standing(known, TODAY)
    parts = list(aged(known, TODAY))
    late = [part for part in parts if part.late_since]
    if not known.plan:
        since = min((part.late_since for part in late), default=None)
        assert since == one.late_since
    if not known.plan and all(row.left >= 0 for row in known.dues):
        lefts = defaultdict(Decimal)
        for row in known.dues:
            lefts[row.day] += row.left
        amount = sum(lefts[part.maturity] * part.high for part in late)
        assert abs(amount - one.overdue(TODAY)) < Decimal("0.0001")
