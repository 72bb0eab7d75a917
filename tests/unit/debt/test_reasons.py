"""Why nobody is reminded: of the debt itself, and of what a policy demands."""

from datetime import date
from decimal import Decimal

import pytest

from odoo.addons.pom_payment.debt.reasons import (
    FINAL,
    REFUSAL,
    SILENCE,
    Demands,
    why_not,
)
from odoo.addons.pom_payment.debt.standing import WORDS, standing

from .world import TODAY, attempt, day, debt, direct_debit, due, held, received

OPEN = debt(due(-9, 100))


def reason(facts, demands=None, rate=1, **bank):
    """For all that such a debt may be asked for up to today."""
    one = standing(facts, TODAY)
    return why_not(
        one,
        demands or Demands(),
        TODAY,
        amount=one.asked_by(TODAY),
        rate=Decimal(rate),
        **bank,
    )


@pytest.mark.parametrize(
    "facts, code",
    [
        (OPEN, ""),
        (debt(due(-9, 100, 0)), "paid"),
        (debt(due(-9, -100)), "paid"),
        (debt(due(-9, 100), books="draft"), "paid"),
        (debt(due(-9, 100), coming=received(100)), "received"),
        (debt(due(-9, 100), coming=attempt(10)), "in_progress"),
        (debt(due(-9, 100), coming=held(100)), "held"),
        (debt(due(-9, 100), books="blocked"), "blocked"),
        (debt(due(-9, 100), withdrawn=True), "withdrawn"),
        (debt(due(-9, 100), plan=(due(0, 50), due(30, 50))), "planned"),
        (debt(due(-9, 100), coming=direct_debit()), "mandate"),
        (debt(due(-9, 100), handed_over=True), "handed_over"),
        (debt(due(-9, 100), quiet=date.max), "hold"),
        (debt(due(-9, 100), quiet=0), "hold"),
        (debt(due(-9, 100), quiet=-1), ""),
        (debt(due(-9, 100), disputed=100), "disputed"),
        (debt(due(-9, 100), disputed=120), "disputed"),
        (debt(due(-9, 100), disputed=40), ""),
        (debt(due(-9, 100), on_account=100), "covered"),
        (debt(due(-9, 100), on_account=50), ""),
        # What is due is covered, though not what is due later.
        (debt(due(-9, 30), due(9, 70), on_account=30), "covered"),
        (debt(due(-9, 100), unmatched=True), "unmatched"),
        (debt(due(-9, 100), opted_out=True), "opted_out"),
        (debt(due(-9, 100), disputed=96), "small"),
        (debt(due(-9, 100, 4)), "small"),
        (debt(due(-9, 100), coming=received(96)), "small"),
        (debt(due(-9, 100), coming=held(96)), "held"),
        (debt(due(-9, 30, 4), due(9, 70)), "small"),
    ],
)
def test_reasons(facts, code):
    assert reason(facts, Demands(least=Decimal(5))) == code


@pytest.mark.parametrize("yen, code", [(500, "small"), (900, "")])
def test_the_smallest_amount_is_in_the_companys_currency(yen, code):
    """EUR 5 at least: 500 yen are less."""
    demands = Demands(least=Decimal(5))
    assert reason(debt(due(-9, yen)), demands, rate="0.006") == code


def test_a_creditor_who_cannot_say_who_he_is():
    """XIX.2, § 3: a first reminder states the enterprise number."""
    assert reason(OPEN, Demands(creditor_known=False)) == "creditor"


@pytest.mark.parametrize(
    "bank_day, days, code",
    [
        (None, None, ""),
        (None, 2, "stale_bank"),
        (day(-2), 2, ""),
        (day(-3), 2, "stale_bank"),
        (day(-300), None, ""),
    ],
)
def test_bank_statements(bank_day, days, code):
    assert reason(OPEN, Demands(bank_days=days), bank_day=bank_day) == code


def test_the_first_reason_is_told():
    demands = Demands(least=Decimal(500), bank_days=1, creditor_known=False)
    assert reason(OPEN, demands) == "small"
    assert reason(debt(due(-9, 100), opted_out=True), demands) == "opted_out"


def test_every_reason_has_words():
    assert FINAL <= set(SILENCE)
    assert set(REFUSAL) <= set(WORDS)
    for sentence in (*SILENCE.values(), *REFUSAL.values()):
        assert sentence[0].isupper() and len(sentence.split()) <= 14
    assert all(sentence.endswith(".") for sentence in REFUSAL.values())


def test_what_is_asked():
    one = standing(debt(due(-9, 30), due(9, 70), disputed=20), TODAY)
    assert one.asked_by(day(-10)) == 0
    assert one.asked_by(TODAY) == 30
    assert one.asked_by(day(9)) == 80
