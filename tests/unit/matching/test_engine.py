"""A batch as a whole: order, use, stages, keys, suggestions, sentences."""

import dataclasses
import datetime
import re
from decimal import Decimal

import pytest

from odoo.addons.pom_reconcile.matching import (
    REASONS,
    RULES,
    PayoutItem,
    Settings,
    base,
    match,
    needed_keys,
)
from odoo.addons.pom_reconcile.matching.combine import combinations
from odoo.addons.pom_reconcile.matching.index import Index
from odoo.addons.pom_reconcile.matching.typo import resembles

from .world import (
    ALL_ON,
    DAY,
    OGM_A,
    OGM_B,
    OPEN,
    decide,
    item,
    line,
    paid,
    payment,
    spelled,
    summary,
)


def test_second_line_of_a_batch_finds_nothing_left():
    lines = [line(100, ogm=OGM_A, id=2, day=1), line(100, ogm=OGM_A, id=1)]
    first, second = decide(lines, item(1, 100, ogm=OGM_A))
    assert (first.line_id, first.rule) == (1, "exact_reference")
    assert (second.rule, second.flag) == ("paid_twice", "paid_twice")


def test_a_line_that_says_what_it_pays_comes_before_one_that_does_not():
    lines = [line(100, iban="P1", id=1), line(100, ogm=OGM_A, id=2, day=9)]
    first, second = decide(lines, item(1, 100, ogm=OGM_A))
    assert (first.rule, second.rule) == ("", "exact_reference")


def test_paid_returned_and_paid_again_in_one_batch():
    lines = [
        line(100, ogm=OGM_A, id=1),
        line(-100, ogm=OGM_A, id=2, day=3, kind="return"),
        line(100, ogm=OGM_A, id=3, day=9),
    ]
    decisions = decide(lines, item(1, 100, ogm=OGM_A))
    assert [d.rule for d in decisions] == [
        "exact_reference",
        "returned",
        "exact_reference",
    ]
    assert [d.stage for d in decisions] == [0, 1, 1]


def test_rules_can_be_ordered_and_left_out():
    said, owed = line(100, ogm=OGM_A, iban="P1"), item(1, 100, ogm=OGM_A)
    assert not decide(said, owed, settings=Settings(rules=("paid_twice",))).decided
    only = Settings(rules=("exact_reference",))
    assert decide(said, owed, settings=only).decided


def test_settings_by_journal():
    lines = [line(98, ogm=OGM_A, journal_id=j, id=j) for j in (1, 2)]
    owed = [
        item(j, 100, "P", ogm, discount_amount=2, discount_date=DAY)
        for j, ogm in ((1, OGM_A), (2, OGM_B))
    ]
    lines[1] = dataclasses.replace(lines[1], references=(("ogm", OGM_B),))
    by_journal = {1: Settings(early_payment_discount=True)}
    decisions = match(lines, owed, by_journal)
    assert [d.remainder_as for d in decisions] == ["discount", ""]


def test_nothing_is_given_twice():
    with pytest.raises(ValueError, match="line is given twice"):
        match([line(1), line(1)], [])
    with pytest.raises(ValueError, match="candidate 1 is given twice"):
        match([], [item(1, 1), item(1, 1)])


@pytest.mark.parametrize("amount", [-10, 101])
def test_index_refuses_what_a_wrong_rule_would_take(amount):
    index = Index([item(1, 100)])
    with pytest.raises(ValueError, match="on 1"):
        index.take([base.Allocation(1, Decimal(amount))], returned=False)


def test_a_number_of_ours_is_foreign_only_when_it_is_not_here():
    index = Index([item(1, 100, number="INV/2026/00001")])
    assert not index.is_foreign(1, "INV|2026|1")
    assert index.is_foreign(1, "INV|2026|2")
    assert not index.is_foreign(1, "BILL|2026|2")


def test_wrong_return_is_refused():
    with pytest.raises(ValueError, match="on 1"):
        Index([item(1, 100)]).take([base.Allocation(1, Decimal(-1))], returned=True)


def test_money_in_a_currency():
    said = line(92, foreign_amount=Decimal(100), foreign_currency="USD")
    assert [said.money(c) for c in ("EUR", "USD", "GBP")] == [92, 100, None]


def test_needed_keys():
    said = line(
        92,
        f"INV/2026/00042 {spelled(OGM_A)} a@b.be tr_1",
        iban="be68 5390 0754 7034",
        name="Jan Peeters",
        end_to_end_id="E-1",
        mandate="M-1",
        foreign_amount=Decimal(-100),
        foreign_currency="USD",
        payout_items=(PayoutItem("tr_2", Decimal(1)),),
    )
    keys = needed_keys([said])
    assert keys.companies == {1}
    assert keys.references == {OGM_A} and keys.spellings == {spelled(OGM_A)}
    assert {42, 2026} <= keys.sequence_numbers
    assert "INV202600042" in keys.compact_names
    assert keys.names == {"JAN PEETERS"} and keys.raw_names == {"Jan Peeters"}
    assert keys.ibans == {"BE68539007547034"} and keys.emails == {"a@b.be"}
    assert keys.amounts == {92, 100}
    assert {"tr_1", "TR_1", "TR1", "tr_2", "TR_2"} <= keys.tokens
    assert keys.end_to_end_ids == {"E-1", "E1"}
    assert keys.mandates == {"M-1", "M1"}
    assert "INV|2026|42" in keys.number_keys


def test_needed_keys_of_nothing():
    assert not any(vars(needed_keys([])).values())


def suggested(said, *candidates, settings=ALL_ON):
    decision = decide(said, *candidates, settings=settings)
    assert summary(decision) == OPEN
    assert decision.remainder_as == "open" and decision.remainder == said.amount
    return [
        (s.reason % s.values, {a.candidate_id: a.amount for a in s.allocations})
        for s in decision.suggestions
    ]


def test_suggestions_by_reference_come_first():
    said = line(40, ogm=OGM_A, iban="P2")
    found = suggested(said, item(1, 100, ogm=OGM_A), item(2, 40, "P2"))
    assert [allocated for _reason, allocated in found] == [{1: 40}, {2: 40}]
    assert found[0][0] == "The text names INV/2026/00001."


def test_suggestions_by_account():
    items = [item(1, 60), item(2, 40), item(3, 100), item(4, -5)]
    found = suggested(line(100, iban="P1"), *items)
    assert [allocated for _reason, allocated in found] == [
        {3: 100},
        {1: 60},
        {1: 60, 2: 40},
    ]


def test_suggestions_by_typo_name_and_amount():
    said = line(100, "+++000/0010/01012+++", name="Jan Peeters")
    jan = {"names": ("Jan Peeters",)}
    other = item(2, 100, "P2", OGM_B)
    found = suggested(said, item(1, 100, ogm=OGM_A), other, item(3, 70, "P3", **jan))
    assert [allocated for _reason, allocated in found] == [{1: 100}, {3: 70}, {2: 100}]
    assert "looks like" in found[0][0]


def test_suggestions_are_limited():
    items = [item(i, 100, f"P{i}") for i in range(1, 20)]
    assert len(suggested(line(100), *items)) == 5
    few = Settings(suggestions=2)
    assert len(suggested(line(100), *items, settings=few)) == 2


def test_suggestions_leave_waiting_psp_payments_out():
    waiting = payment(5, 100, provider="mollie")
    assert suggested(line(100, iban="P1"), waiting) == []


def test_suggestions_in_two_currencies_are_not_mixed():
    said = line(50, iban="P1", foreign_amount=Decimal(60), foreign_currency="USD")
    found = suggested(said, item(1, 40), item(2, 70, currency="USD"))
    assert [allocated for _reason, allocated in found] == [{1: 40}]


def test_suggestions_for_a_return():
    said = line(-90, iban="P1", kind="return")
    found = suggested(said, paid(1, 100), item(2, -90), payment(3, 0, paid=90))
    assert [allocated for _reason, allocated in found] == [{1: -90}]


def test_suggestions_for_a_return_of_instalments():
    said = line(-150, ogm=OGM_A, kind="return")
    parts = [paid(i, 50, ogm=OGM_A, move=7) for i in (1, 2)]
    found = suggested(said, *parts, settings=Settings())
    assert [allocated for _reason, allocated in found] == [{1: -50, 2: -50}]


def test_suggested_parts_of_instalments():
    parts = [item(i, 50, ogm=OGM_A, move=7) for i in (1, 2)]
    found = suggested(line(70, ogm=OGM_A), *parts, item(3, 70))
    assert found[0][1] == {1: 50, 2: 20}


REASONS_OF_OPEN_LINES = {
    "zero": line(0),
    "nothing": line(3),
    "ambiguous": line(3),
    "unproven": line(100),
    "other_amount": line(101, iban="P2"),
    "contradiction": line(3, ogm=OGM_A, iban="P2"),
    "payout_without_list": line(100, name="Stripe"),
    "return_unknown": line(-100, kind="return"),
    "internal": line(100, kind="internal"),
}


@pytest.mark.parametrize("reason, said", REASONS_OF_OPEN_LINES.items())
def test_reason_of_an_open_line(reason, said):
    owed = [item(1, 100, ogm=OGM_A), item(2, 3, "P2"), item(3, 3, "P2")]
    assert (
        decide(said, *owed[: 1 if reason == "nothing" else 3]).reason
        == (REASONS[reason])
    )


def test_every_rule_has_its_sentence():
    assert set(RULES) - {"inexact_reference"} <= set(REASONS)


@pytest.mark.parametrize("reason", REASONS.values())
def test_sentences_are_sentences(reason):
    assert re.fullmatch(r"(%\(|[A-Z]).*\.", reason)
    assert not re.search(r"%(?!\([a-z]+\)s)", reason)


def test_long_lists_of_documents_are_cut():
    items = [item(i, 10 + i, ogm=OGM_A) for i in range(1, 10)]
    sentence = decide(line(135, ogm=OGM_A), *items).sentence
    assert "INV/2026/00006 … (9)" in sentence and "00007" not in sentence


def test_document_without_number():
    assert (
        "of 1," in decide(line(1, ogm=OGM_A), item(1, 1, ogm=OGM_A, number="")).sentence
    )


def test_combinations_are_bounded():
    many = [Decimal(i) for i in range(1, 60)]
    assert len(combinations(many, Decimal(100), 5)) == 2
    assert combinations(many, Decimal(10_000), 5) == []
    assert combinations(many, sum(many), 5) == [tuple(range(59))]


@pytest.mark.parametrize(
    "typed, expected",
    [
        ("000001010012", True),
        ("000001001012", True),
        ("00000101001", True),
        ("0000010100123", True),
        ("000001013412", True),
        ("000001034512", False),
        ("00000101", False),
    ],
)
def test_resembles(typed, expected):
    assert resembles(typed, spelled(OGM_A)) is expected


def test_lines_of_one_day_go_by_id():
    lines = [line(60, ogm=OGM_A, id=i) for i in (3, 1, 2)]
    decisions = decide(lines, item(1, 60, ogm=OGM_A))
    assert [d.line_id for d in decisions] == [1, 2, 3]
    assert [d.rule for d in decisions] == ["exact_reference"] + 2 * ["paid_twice"]


def test_date_of_an_old_item_is_no_obstacle():
    earlier = DAY - datetime.timedelta(days=3)
    assert decide(line(100, iban="P1"), item(1, 100, date=earlier)).decided
