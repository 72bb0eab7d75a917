"""Whom a reminder of one part asks, and for what."""

from decimal import Decimal

import pytest
from hypothesis import given

from odoo.addons.pom_payment.debt.asking import Asking
from odoo.addons.pom_payment.debt.reasons import SILENCE, Demands

from .situations import AHEAD, LATE_FIRST
from .strategies import facts
from .world import (
    TODAY,
    attempt,
    charge,
    day,
    debt,
    direct_debit,
    due,
    held,
    off,
    received,
    registered,
)

#: 30 for 50 days, 30 for 20 days, 40 in 30 days.
THREE = due(-50, 30), due(-20, 30), due(30, 40)

#: A situation, the part's day, and either what its message asks or why there is none.
PARTS = [
    ("the only part", debt(due(-9, 100)), -9, [100]),
    ("before its day", debt(due(9, 100)), 9, [100]),
    ("the late part", debt(*LATE_FIRST), -50, [30]),
    ("the later part: all by then", debt(*LATE_FIRST), 30, [30, 70]),
    ("the first of two late ones: all that is late", debt(*THREE), -50, [30, 30]),
    ("the first before its day", debt(*AHEAD), 10, [30]),
    ("with the discount", debt(due(9, 1000), discount=off(20, 7)), 9, [980]),
    ("after the discount", debt(due(9, 1000), discount=off(20, -1)), 9, [1000]),
    ("less than all: no discount",
     debt(due(9, 1000), discount=off(20, 7), on_account=10), 9, [990]),
    ("a part of the latest is contested", debt(*LATE_FIRST, disputed=20), 30, [30, 50]),
    ("the oldest part was paid", debt(due(-50, 30, 0), due(30, 70)), -50, "paid"),
    ("no such part any more", debt(*LATE_FIRST), -3, "superseded"),
    ("all is paid", debt(due(-9, 100, 0)), -9, "paid"),
    ("all is under way", debt(*LATE_FIRST, coming=attempt(30)), -50, "in_progress"),
    ("quiet", debt(*LATE_FIRST, quiet=3), -50, "hold"),
    ("the oldest is covered", debt(*LATE_FIRST, on_account=30), -50, "covered"),
    ("the latest isn't", debt(*LATE_FIRST, on_account=30), 30, [70]),
    ("the latest is contested", debt(*LATE_FIRST, disputed=70), 30, "disputed"),
    ("the oldest isn't", debt(*LATE_FIRST, disputed=70), -50, [30]),
    ("covered and contested at its ends", debt(*THREE, on_account=30, disputed=40),
     -50, "covered"),
    ("contested and covered at its ends", debt(*THREE, on_account=30, disputed=40),
     30, "disputed"),
    ("and between them", debt(*THREE, on_account=30, disputed=40), -20, [30]),
    ("the oldest is registered", debt(*LATE_FIRST, coming=registered(30)), -50,
     "in_progress"),
    ("the oldest was received", debt(*LATE_FIRST, coming=received(30)), -50,
     "received"),
    ("the oldest is held", debt(*LATE_FIRST, coming=held(30)), -50, "held"),
    ("a half of the oldest is held", debt(*LATE_FIRST, coming=held(15)), -50, "held"),
    ("the oldest is charged", debt(*LATE_FIRST, coming=charge(30, 5)), -50, "planned"),
    ("the oldest is debited", debt(*LATE_FIRST, coming=direct_debit(30, 5)), -50,
     "mandate"),
    ("the oldest was received, the next is charged",
     debt(*THREE, coming=[received(30), charge(30)]), -50, "received"),
    ("the next is charged, the oldest was received",
     debt(*THREE, coming=[received(30), charge(30)]), -20, "planned"),
    ("what the creditor owes later pays the oldest",
     debt(due(-9, 30), due(5, 100), due(9, -30)), -9, "paid"),
    ("and is charged for the rest, in part",
     debt(due(-9, 30), due(5, 100), due(9, -30), coming=charge(10)), -9, "paid"),
]  # fmt: skip


@pytest.mark.parametrize("situation, facts, number, expected", PARTS)
def test_a_part(situation, facts, number, expected):
    asking = Asking.of(facts, TODAY)
    code = asking.silence(day(number))
    parts = asking.parts(day(number))
    assert (code or [part.amount for part in parts]) == expected
    if not code:
        assert asking.up_to(day(number)) == sum(expected)


def test_days():
    asking = Asking.of(debt(due(-50, 30, 0), due(30, 40), due(-9, 30)), TODAY)
    assert asking.days() == [day(-9), day(30)]
    assert asking.has(day(-50)) and not asking.has(day(-49))


def test_a_discount_is_in_what_is_asked_of_the_part():
    asking = Asking.of(debt(due(30, 1000), discount=off(20, 7)), TODAY)
    assert (asking.part(day(30)), asking.asked_of(day(30))) == (1000, 980)
    [part] = asking.parts(day(30))
    assert part[2:] == (20, day(7))
    late = Asking.of(debt(*LATE_FIRST), TODAY)
    assert late.asked_of(day(-50)) == 30


def test_what_a_policy_demands():
    asking = Asking.of(debt(*LATE_FIRST), TODAY)
    assert asking.why_not(day(-50), Demands(least=Decimal(31))) == "small"
    assert asking.why_not(day(30), Demands(least=Decimal(31))) == ""
    assert asking.why_not(day(0), Demands(least=Decimal(31))) == "superseded"
    assert asking.why_not(day(-50), Demands(least=Decimal(31)), Decimal(2)) == ""
    assert asking.why_not(day(-50), Demands(bank_days=1)) == "stale_bank"
    assert asking.why_not(day(-50), Demands(bank_days=1), bank_day=day(-1)) == ""


def test_debts_of_long_ago_are_left_in_peace():
    asking = Asking.of(debt(*LATE_FIRST), TODAY)
    assert asking.why_not(day(-50), Demands(since=day(-49))) == "before"
    assert asking.why_not(day(-50), Demands(since=day(-50))) == ""
    assert asking.why_not(day(30), Demands(since=day(-49))) == ""


def test_what_the_books_have_open_of_a_part():
    asking = Asking.of(debt(due(-50, 30, 10), due(30, 40)), TODAY)
    assert [asking.open_of(day(n)) for n in (-50, 30, 0)] == [10, 40, 0]


@given(facts())
def test_nobody_is_asked_for_more_than_the_page_asks(debt):
    """Of what is due; each part is either asked or has a reason."""
    asking = Asking.of(debt, TODAY)
    one = asking.standing
    for number in asking.days():
        code = asking.silence(number)
        assert not code or code in SILENCE
        assert code or asking.part(number) > 0
        if not code and number <= TODAY:
            assert 0 < asking.up_to(number) <= one.asked
