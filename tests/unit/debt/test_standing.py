"""How debts stand: every situation, and what everybody says of it."""

import pytest

from odoo.addons.pom_payment.debt.facts import HELD, RECEIVED
from odoo.addons.pom_payment.debt.reasons import REFUSAL, SILENCE
from odoo.addons.pom_payment.debt.standing import (
    PAYABLE,
    SETTLED,
    WORDS,
    standing,
)
from odoo.addons.pom_payment.debt.statement import OF_STATEMENT

from .situations import LATE_FIRST, OWED
from .situations_coming import COMING
from .world import TODAY, day, debt, due, held, off, stands

ROWS = [
    (f"{subject}: {situation}", facts, sentence)
    for subject, rows in {**OWED, **COMING}.items()
    for situation, facts, sentence in rows
]
SENTENCES = [sentence for _situation, _facts, sentence in ROWS]


@pytest.mark.parametrize(
    "situation, facts, sentence", ROWS, ids=[row[0] for row in ROWS]
)
def test_situation(situation, facts, sentence):
    assert stands(facts) == sentence


def test_nothing_is_overdue_before_its_day():
    assert standing(debt(due(3, 80)), TODAY).overdue(TODAY) == 0
    assert standing(debt(due(-3, 80)), TODAY).overdue(TODAY) == 80


def test_every_word_stands_in_the_table():
    assert {sentence.split()[0] for sentence in SENTENCES} == set(WORDS)


def test_every_silence_of_the_facts_stands_in_the_table():
    told = {sentence.rpartition("silent: ")[2] for sentence in SENTENCES}
    when_sending = {
        "before",
        "small",
        "creditor",
        "stale_bank",
        "no_address",
        "stopped",
    }
    assert set(SILENCE) - when_sending - {"error", "superseded"} <= told


def test_the_words_are_divided():
    """What can't be paid has a refusal; a statement knows all that isn't settled."""
    assert set(REFUSAL) == set(WORDS) - PAYABLE
    assert set(OF_STATEMENT) == set(WORDS) - SETTLED | {"credit"}
    assert not PAYABLE & SETTLED


def test_what_a_standing_tells_besides():
    late = standing(debt(*LATE_FIRST, coming=[held(10), held()]), TODAY)
    assert (late.amount(HELD), late.amount(RECEIVED)) == (10, 0)
    assert late.came_in == 10
    late = standing(debt(*LATE_FIRST), TODAY)
    assert (late.asked, late.day, late.days_late(TODAY)) == (30, day(-50), 50)
    assert (late.overdue(TODAY), late.overdue(day(-50))) == (30, 0)
    assert late.can_be_paid
    owed = standing(debt(due(-9, -40)), TODAY)
    assert (owed.left, owed.day, owed.days_late(TODAY)) == (-40, None, 0)
    assert not owed.can_be_paid


def test_a_discount_that_paying_what_is_asked_misses():
    """Only who pays all at once gets it: who contests a part is told."""
    early = {"discount": off(20, 5)}
    whole = standing(debt(due(30, 1000), **early), TODAY)
    assert (whole.discount, whole.discount_missed) == (off(20, 5), None)
    contested = standing(debt(due(30, 1000), disputed=30, **early), TODAY)
    assert (contested.discount, contested.discount_missed) == (None, off(20, 5))
    over = debt(due(30, 1000), disputed=30, discount=off(20, -1))
    assert standing(over, TODAY).discount_missed is None
    under_way = debt(due(30, 1000), coming=[held(10)], **early)
    assert standing(under_way, TODAY).discount_missed is None


def test_day_asked():
    late, later = due(-50, 30), due(10, 70)
    assert standing(debt(late, later), TODAY).day_asked == day(-50)
    assert standing(debt(later), TODAY).day_asked == day(10), "the next one"
    assert standing(debt(due(-50, 30, 0)), TODAY).day_asked is None


@pytest.mark.parametrize(
    ("facts", "amount"),
    [
        (debt(*LATE_FIRST), 70),
        (debt(due(-50, 30), due(-20, 30), due(30, 40)), 40),
        (debt(due(5, 100)), None),
        (debt(books="draft"), None),
    ],
)
def test_what_follows(facts, amount):
    following = standing(facts, TODAY).following(TODAY)
    assert (following and following.left) == amount
