"""Where several words hold, the first of the list is said; likewise the reasons why
nobody is reminded.
"""

from dataclasses import replace
from decimal import Decimal
from itertools import combinations

import pytest

from odoo.addons.pom_payment.debt.reasons import SILENCE
from odoo.addons.pom_payment.debt.standing import WORDS, standing

from .world import (
    TODAY,
    attempt,
    charge,
    day,
    debt,
    direct_debit,
    due,
    held,
    received,
    registered,
)

LATE = debt(due(-9, 100))
#: What makes each word hold, as fields to replace.
BOOKS = {
    "none": {"books": "none"},
    "draft": {"books": "draft"},
    "cancelled": {"books": "cancelled"},
    "reversed": {"books": "reversed"},
    "credit": {"dues": (due(-9, -100),)},
    "paid": {"dues": (due(-9, 100, 0),)},
    "blocked": {"books": "blocked"},
}
COMING = {
    "received": (received(100),),
    "in_progress": (attempt(100),),
    "held": (held(100),),
    "collected": (direct_debit(),),
}
FLAGS = {
    "withdrawn": {"withdrawn": True},
    "disputed": {"disputed": Decimal(100)},
    "handed_over": {"handed_over": True},
    "planned": {"plan": (due(9, 100),)},
    "overdue": {},
}
MAKES = {
    **BOOKS,
    **{word: {"coming": coming} for word, coming in COMING.items()},
    **FLAGS,
}
#: These need another day, or another book, than the other.
APART = (
    {"credit", "paid"},
    {"planned", "overdue"},
    *({one, other} for one, other in combinations(BOOKS, 2)
      if "books" in BOOKS[one] and "books" in BOOKS[other]),
)  # fmt: skip


def holding(*words):
    facts = LATE
    for word in words:
        fields = dict(MAKES[word])
        coming = facts.coming + fields.pop("coming", ())
        facts = replace(facts, coming=coming, **fields)
    return facts


@pytest.mark.parametrize("word", MAKES)
def test_alone(word):
    assert standing(holding(word), TODAY).word == word


@pytest.mark.parametrize(
    "first, second",
    [
        pair
        for pair in combinations([word for word in WORDS if word in MAKES], 2)
        if set(pair) not in APART
    ],
)
def test_the_first_word_is_said(first, second):
    assert standing(holding(first, second), TODAY).word == first
    assert standing(holding(second, first), TODAY).word == first


@pytest.mark.parametrize(
    "facts, word",
    [
        (debt(due(-9, 50), due(9, 50), coming=received(50)), "planned"),
        (debt(due(-9, 50, 40), due(9, 50)), "overdue"),
        (debt(due(-9, 50, 0), due(0, 50)), "partial"),
        (debt(due(0, 50), due(9, 50)), "open"),
        # All is on its way, in one way or the other: received is nearest to being paid.
        (debt(due(0, 90), coming=[held(30), registered(30), received(30)]), "received"),
        (debt(due(0, 60), coming=[held(30), registered(30)]), "in_progress"),
        (debt(due(0, 60), coming=[held(30), charge(30)]), "collected"),
    ],
)
def test_the_last_words(facts, word):
    assert standing(facts, TODAY).word == word


#: What makes each silence hold.
SILENT = {
    "received": {"coming": COMING["received"]},
    "in_progress": {"coming": COMING["in_progress"]},
    "held": {"coming": COMING["held"]},
    "blocked": {"books": "blocked"},
    "withdrawn": {"withdrawn": True},
    "planned": {"plan": (due(9, 100),)},
    "mandate": {"coming": COMING["collected"]},
    "handed_over": {"handed_over": True},
    "disputed": {"disputed": Decimal(100)},
    "hold": {"quiet_until": day(1)},
    "covered": {"on_account": Decimal(100)},
    "unmatched": {"unmatched": True},
    "opted_out": {"opted_out": True},
}
#: Who contests the whole isn't handed over nor collected from: the word says so.
CONTESTED = ({"handed_over", "disputed"}, {"mandate", "disputed"})


def test_silences_stand_in_their_order():
    assert [code for code in SILENCE if code in SILENT] == list(SILENT)


@pytest.mark.parametrize("first, second", combinations(SILENT, 2))
def test_the_first_silence_is_told(first, second):
    coming = (*SILENT[first].get("coming", ()), *SILENT[second].get("coming", ()))
    facts = replace(LATE, **{**SILENT[first], **SILENT[second], "coming": coming})
    expected = "disputed" if {first, second} in CONTESTED else first
    if {first, second} == {"mandate", "handed_over"}:
        expected = "handed_over"
    assert standing(facts, TODAY).silence == expected
