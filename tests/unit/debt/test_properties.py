"""What holds of every debt, whatever came together."""

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from odoo.addons.pom_payment.debt.amounts import bounds
from odoo.addons.pom_payment.debt.facts import ATTEMPT, COLLECTED, ZERO, Coming
from odoo.addons.pom_payment.debt.on_account import cover
from odoo.addons.pom_payment.debt.standing import (
    PAYABLE,
    SETTLED,
    WORDS,
    standing,
)
from odoo.addons.pom_payment.debt.statement import statement

from .strategies import HERE, KINDS, amounts, facts
from .world import TODAY


def total(parts):
    return sum((part.left for part in parts), ZERO)


def known(money, kinds, left):
    """How much of these kinds comes, as far as a debt can take it."""
    amounts = [one.amount for one in money if one.kind in kinds]
    return left if None in amounts else min(sum(amounts, ZERO), left)


def claimed(one, debt):
    return sum((claim.amount for claim in debt.claims), ZERO) if one.parts else ZERO


@given(facts())
def test_the_parts_and_what_is_on_its_way_sum_to_the_debt(debt):
    debt = replace(debt, discount=None)
    one = standing(debt, TODAY)
    if one.word in SETTLED:
        return
    here = known(debt.coming, HERE, one.left)
    collected = known(debt.coming, COLLECTED, one.left - here)
    rest = one.left - here - collected
    assert total(one.parts) == (rest or collected)
    assert one.most == total(one.parts) + claimed(one, debt)


@given(facts())
def test_the_parts_are_days_in_their_order(debt):
    one = standing(debt, TODAY)
    days = [part.day for part in one.parts]
    assert days == sorted(set(days))
    assert all(part.left > 0 for part in (*one.parts, *one.to_ask))


@given(facts())
def test_there_is_a_word_and_it_agrees_with_the_amounts(debt):
    one = standing(debt, TODAY)
    assert one.word in WORDS
    assert one.asked > 0 or one.word not in ("overdue", "partial", "open")
    assert not one.asked or one.can_be_paid
    assert (one.word in SETTLED) == (one.left <= 0 or debt.books in SETTLED)
    assert one.word != "overdue" or one.late_since
    assert one.most > 0 or one.word not in PAYABLE


@given(facts(), st.sampled_from(KINDS), st.booleans())
def test_nothing_is_asked_of_what_comes(debt, kind, is_known):
    left = sum(due.left for due in debt.dues)
    money = Coming(kind, left if is_known else None)
    one = standing(replace(debt, coming=(*debt.coming, money)), TODAY)
    assert one.asked == 0 and one.silence
    # Who wants to, may pay what the creditor collects and somebody else asks.
    by_wish = kind in COLLECTED and one.word in ("disputed", "handed_over")
    assert not one.can_be_paid or by_wish


@given(facts(), amounts)
def test_money_that_comes_is_asked_no_more(debt, amount):
    """And never is more asked because some came."""
    before = standing(replace(debt, coming=()), TODAY)
    for kind in KINDS:
        after = standing(replace(debt, coming=(Coming(kind, amount),)), TODAY)
        off = before.discount.off if before.discount else ZERO
        assert after.asked <= before.asked + off
        assert total(after.to_ask) <= total(before.to_ask)
        if kind != ATTEMPT and after.asked:
            assert after.most <= before.most - min(amount, before.left)


@given(facts())
def test_what_is_asked_is_part_of_what_may_be_paid(debt):
    one = standing(debt, TODAY)
    assert 0 <= one.asked <= one.most
    assert 0 <= one.disputed <= one.most


@given(facts(), st.one_of(st.none(), amounts))
def test_bounds(debt, part_from):
    one = standing(debt, TODAY)
    if one.can_be_paid:
        least, asked, most = bounds(one, part_from)
        assert 0 < least <= asked <= most <= one.most
        alone = asked - claimed(one, debt)
        assert least in (asked, alone) or part_from is not None
        assert not one.asked or asked == one.asked


@given(facts())
def test_reminders_ask_what_nobody_contests_and_what_isnt_here(debt):
    one = standing(debt, TODAY)
    free = max(total(one.parts) - one.disputed - debt.on_account, ZERO)
    assert total(one.to_ask) in (free, ZERO)
    if one.can_be_paid and one.asked:
        off = one.discount.off if one.discount else ZERO
        assert one.asked_by(TODAY) <= one.asked + off
    assert one.to_ask or one.silence


@given(facts(), st.randoms(use_true_random=False))
def test_the_order_of_the_facts_tells_nothing(debt, random):
    fields = {
        name: tuple(random.sample(rows, len(rows)))
        for name in ("dues", "plan", "claims")
        if (rows := getattr(debt, name))
    }
    coming = random.sample(debt.coming, len(debt.coming))
    mixed = replace(debt, coming=tuple(coming), **fields)
    one, other = standing(debt, TODAY), standing(mixed, TODAY)
    assert replace(one, coming=()) == replace(other, coming=())


@given(facts())
def test_a_discount_is_in_time_and_for_all(debt):
    one = standing(debt, TODAY)
    if one.discount:
        assert one.asked > 0
        assert TODAY <= one.discount.until
        assert all(due.left == due.amount for due in debt.dues)
        assert not debt.coming
        assert one.asked + one.discount.off == one.most


@given(facts(), st.integers(0, 400))
def test_a_later_day_makes_it_no_better(debt, later):
    then = TODAY + timedelta(later)
    one, other = standing(debt, TODAY), standing(debt, then)
    assert one.days_late(TODAY) <= other.days_late(then)
    assert bool(one.late_since) <= bool(other.late_since)
    assert one.asked <= other.asked
    assert (one.left, one.most, one.parts) == (other.left, other.most, other.parts)


@given(st.lists(facts(), max_size=4))
def test_a_statement_is_paid_only_when_all_is(debts):
    standings = [standing(debt, TODAY) for debt in debts]
    settled = all(one.word in SETTLED - {"credit"} for one in standings)
    assert (statement(standings) == "paid") == settled


@given(st.lists(facts(), max_size=4), st.randoms(use_true_random=False))
def test_a_statement_asks_what_its_debts_sum_to(debts, random):
    standings = [standing(debt, TODAY) for debt in debts]
    word = statement(standings)
    if word in ("overdue", "partial", "open"):
        assert sum((one.asked for one in standings), ZERO) > 0
    assert statement(random.sample(standings, len(standings))) == word


@given(st.lists(facts(), max_size=4), st.one_of(st.just(ZERO), amounts))
def test_money_in_the_house_is_used_once(debts, money):
    debts = [replace(debt, on_account=ZERO) for debt in debts]
    standings = {key: standing(debt, TODAY) for key, debt in enumerate(debts)}
    covered = cover(money, standings)
    assert sum(covered.values(), ZERO) <= money
    room = sum(
        (total(one.to_ask) for one in standings.values() if one.can_be_paid), ZERO
    )
    assert sum(covered.values(), ZERO) == min(money, room)
    for key, amount in covered.items():
        once = standing(replace(debts[key], on_account=amount), TODAY)
        assert total(standings[key].to_ask) - total(once.to_ask) == amount


@given(facts(), amounts)
def test_claims_ask_no_reminder_and_nothing_alone(debt, amount):
    plain = standing(replace(debt, claims=()), TODAY)
    one = standing(debt, TODAY)
    off = plain.discount.off if plain.discount else ZERO
    assert one.word == plain.word
    assert one.to_ask == plain.to_ask
    assert bool(one.asked) == bool(plain.asked)
    assert one.asked - claimed(one, debt) <= plain.asked + off


@given(facts())
def test_a_refusal_is_a_word(debt):
    one = standing(debt, TODAY)
    assert isinstance(one.asked, Decimal) and isinstance(one.most, Decimal)
    assert one.amount(ATTEMPT) >= 0
    assert one.day == (one.parts[0].day if one.parts else None)
