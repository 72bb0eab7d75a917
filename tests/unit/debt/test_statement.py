"""All that one debtor owes, and what he has in the house."""

from dataclasses import replace
from decimal import Decimal

import pytest

from odoo.addons.pom_payment.debt.facts import FOREVER
from odoo.addons.pom_payment.debt.on_account import cover
from odoo.addons.pom_payment.debt.standing import standing
from odoo.addons.pom_payment.debt.statement import OF_STATEMENT, all_of, statement

from .world import (
    TODAY,
    attempt,
    charge,
    debt,
    direct_debit,
    due,
    held,
    received,
    registered,
)

LATE = debt(due(-9, 100))
OPEN = debt(due(9, 100))
BEGUN = debt(due(9, 100, 60))
PLANNED = debt(due(-50, 30, 0), due(30, 70))
PAID = debt(due(-9, 100, 0))
DISPUTED = debt(due(-9, 100), disputed=100)
HANDED_OVER = debt(due(-9, 100), handed_over=True)
RECEIVED = debt(due(-9, 100), coming=received(100))
UNDER_WAY = debt(due(-9, 100), coming=attempt(100))
HELD = debt(due(-9, 100), coming=held(100))
COLLECTED = debt(due(9, 100), coming=direct_debit())
BLOCKED = debt(due(-9, 100), books="blocked")
WITHDRAWN = debt(due(-9, 100), withdrawn=True)


def credit(amount):
    return debt(due(-3, -amount))


@pytest.mark.parametrize(
    "debts, word",
    [
        ([], "paid"),
        ([PAID], "paid"),
        ([PAID, debt(books="cancelled"), debt(books="draft")], "paid"),
        ([OPEN], "open"),
        ([OPEN, LATE], "overdue"),
        ([OPEN, BEGUN], "partial"),
        ([PLANNED, OPEN], "open"),
        ([PLANNED], "planned"),
        ([PLANNED, PAID], "planned"),
        ([DISPUTED, PLANNED], "planned"),
        ([DISPUTED, PAID], "disputed"),
        ([HANDED_OVER, PLANNED], "handed_over"),
        ([HANDED_OVER, OPEN], "open"),
        # Its only invoice is being paid by its own link.
        ([UNDER_WAY], "in_progress"),
        ([UNDER_WAY, PAID], "in_progress"),
        # One that is being paid doesn't block the others.
        ([UNDER_WAY, OPEN], "open"),
        ([UNDER_WAY, RECEIVED], "received"),
        ([UNDER_WAY, DISPUTED], "disputed"),
        ([HELD, UNDER_WAY], "in_progress"),
        ([HELD, PAID], "held"),
        ([COLLECTED, HELD], "held"),
        ([COLLECTED, PAID], "collected"),
        ([BLOCKED, COLLECTED], "collected"),
        ([BLOCKED, WITHDRAWN], "blocked"),
        ([WITHDRAWN, PAID], "withdrawn"),
        # What the creditor owes covers what is asked.
        ([credit(50)], "credit"),
        ([credit(50), PAID], "credit"),
        ([credit(50), LATE], "overdue"),
        ([credit(100), LATE], "covered"),
        ([credit(150), LATE], "covered"),
        ([credit(150), LATE, OPEN], "open"),
        ([credit(100), debt(due(-9, 30), due(9, 90))], "covered"),
        ([credit(30), debt(due(-9, 30), due(9, 90))], "covered"),
        ([credit(29), debt(due(-9, 30), due(9, 90))], "overdue"),
        ([credit(30), PLANNED], "planned"),
        ([credit(70), PLANNED], "covered"),
        ([credit(30), DISPUTED], "disputed"),
        ([credit(100), DISPUTED], "disputed"),
        ([credit(100), HANDED_OVER], "covered"),
        ([credit(100), LATE, UNDER_WAY], "covered"),
        ([credit(100), BLOCKED], "blocked"),
    ],
)
def test_word_of_a_statement(debts, word):
    standings = together(debts)
    assert statement(standings) == word
    assert statement(reversed(standings)) == word


def together(debts):
    """How these stand, with what the creditor owes of them in the house."""
    alone = {key: standing(facts, TODAY) for key, facts in enumerate(debts)}
    owed = -sum(one.left for one in alone.values() if one.word == "credit")
    covered = cover(Decimal(owed), alone)
    return [
        standing(replace(facts, on_account=covered.get(key, Decimal(0))), TODAY)
        for key, facts in enumerate(debts)
    ]


def test_word_of_several_currencies():
    assert all_of(["credit", "paid", "open"]) == "open"
    assert all_of(reversed(OF_STATEMENT)) == OF_STATEMENT[0]
    assert all_of(["draft", "paid"]) == "paid"


COVERS = [
    ("nothing in the house", 0, {1: LATE}, {}),
    ("less than nothing", -5, {1: LATE}, {}),
    ("enough for one", 100, {1: LATE}, {1: 100}),
    ("too little", 40, {1: LATE}, {1: 40}),
    ("more than all", 500, {1: LATE, 2: OPEN}, {1: 100, 2: 100}),
    ("the oldest first", 120, {1: OPEN, 2: LATE}, {2: 100, 1: 20}),
    ("the smallest of one day first", 50, {1: LATE, 2: debt(due(-9, 30))},
     {2: 30, 1: 20}),
    ("part by part", 50, {1: debt(due(-9, 30), due(20, 70)), 2: OPEN}, {1: 30, 2: 20}),
    ("what is due later, too", 150, {1: LATE, 2: PLANNED}, {1: 100, 2: 50}),
    ("nothing for what is paid", 50, {1: PAID, 2: credit(9)}, {}),
    ("nothing for what is contested", 150, {1: DISPUTED, 2: OPEN}, {2: 100}),
    ("nothing for what is under way", 150, {1: UNDER_WAY, 2: RECEIVED, 3: HELD}, {}),
    ("nothing for what is collected", 150, {1: COLLECTED, 2: OPEN}, {2: 100}),
    ("nothing for what is blocked", 50, {1: BLOCKED, 2: OPEN}, {2: 50}),
    ("the rest of what is registered", 150,
     {1: debt(due(-9, 100), coming=registered(60)), 2: OPEN}, {1: 40, 2: 100}),
    ("the rest of what is collected", 150,
     {1: debt(due(-9, 100), coming=charge(60)), 2: OPEN}, {1: 40, 2: 100}),
    ("the part that isn't contested", 150,
     {1: debt(due(-9, 100), disputed=60), 2: OPEN}, {1: 40, 2: 100}),
    ("quiet or not", 50, {1: debt(due(-9, 100), quiet=FOREVER), 2: OPEN}, {1: 50}),
    ("handed over or not", 50, {1: HANDED_OVER, 2: OPEN}, {1: 50}),
]  # fmt: skip


@pytest.mark.parametrize("situation, money, debts, covered", COVERS)
def test_money_in_the_house(situation, money, debts, covered):
    standings = {key: standing(facts, TODAY) for key, facts in debts.items()}
    assert cover(Decimal(money), standings) == covered
    backwards = dict(reversed(standings.items()))
    assert cover(Decimal(money), backwards) == covered
