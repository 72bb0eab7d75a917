"""Whole months: nothing wrong, nearly everything decided."""

import dataclasses
import random
from collections import Counter

import pytest

from odoo.addons.pom_reconcile.matching import RULES, match

from tests.simulators.months import STORIES, Month, verdict
from tests.simulators.town import Town

from .world import ALL_ON

SEEDS = range(5)


def judge(month, decisions):
    """Count verdicts, and give the wrong ones as readable lines."""
    by_id = {c.id: c for c in month.candidates}
    by_line = {line.id: line for line in month.lines}
    counted, wrong = Counter(), []
    for decision in decisions:
        truth = month.truths[decision.line_id]
        found = verdict(decision, truth, by_id)
        counted[found if truth.decidable else f"{found}, not decidable"] += 1
        if found == "wrong":
            wrong.append((truth, decision, by_line[decision.line_id]))
    return counted, wrong


@pytest.fixture(scope="module", params=SEEDS)
def month(request):
    return Month(request.param, 1000)


def test_nothing_is_wrong_and_nearly_all_is_decided(month):
    counted, wrong = judge(month, match(month.lines, month.candidates, ALL_ON))
    assert wrong == []
    assert counted["right"] >= 0.95 * (counted["right"] + counted["open"])


def test_every_rule_is_used_and_every_reason_is_readable(month):
    decisions = match(month.lines, month.candidates, ALL_ON)
    assert {d.rule for d in decisions} == {*RULES, ""}
    for decision in decisions:
        sentences = [s.reason % s.values for s in decision.suggestions]
        for sentence in (decision.sentence, *sentences):
            assert 20 < len(sentence) < 400 and "None" not in sentence
            assert sentence.endswith(".") and "%" not in sentence


def test_every_story_is_told():
    months = [Month(seed, 1000) for seed in SEEDS]
    told = {truth.story for month in months for truth in month.truths.values()}
    assert told == set(STORIES)


def test_same_seed_same_month():
    assert Month(7, 50).lines == Month(7, 50).lines


def test_batches_give_what_the_whole_gives_for_sure_lines():
    """Cut in batches, what was settled before is only gone, never settled wrongly."""
    month = Month(11, 400)
    month.lines.sort(key=lambda line: (line.date, line.id))
    items = {c.id: c for c in month.candidates}
    decisions = []
    for start in range(0, len(month.lines), 50):
        batch = match(month.lines[start : start + 50], items.values(), ALL_ON)
        for allocation in (a for d in batch for a in d.allocations):
            item = items[allocation.candidate_id]
            items[item.id] = dataclasses.replace(
                item,
                residual=item.residual - allocation.amount,
                paid=item.paid + allocation.amount,
            )
        decisions += batch
    counted, wrong = judge(month, decisions)
    assert wrong == []
    assert counted["right"] >= 0.95 * (counted["right"] + counted["open"])


GARBLERS = (
    str.upper,
    str.lower,
    lambda text: f"  {text}  ",
    lambda text: text.replace(" ", "\u00a0"),
    lambda text: text.replace(" ", "   "),
    lambda text: f"MEDEDELING: {text} / BANKREF 2611203344556",
    lambda text: f"/BNF/{text}//INS",
    lambda text: text.replace("+++", "***"),
    lambda text: f"{text} 12-11-2026 14:05",
)


@pytest.mark.parametrize("seed", SEEDS)
def test_garbled_texts_are_never_booked_wrong(seed):
    month, chance = Month(seed, 500), random.Random(seed)
    month.lines = [
        dataclasses.replace(line, text=chance.choice(GARBLERS)(line.text))
        for line in month.lines
    ]
    counted, wrong = judge(month, match(month.lines, month.candidates, ALL_ON))
    assert wrong == []
    assert counted["right"] >= 0.95 * (counted["right"] + counted["open"])


@pytest.mark.parametrize("seed", SEEDS)
def test_lost_fields_are_never_booked_wrong(seed):
    """Banks that give no name, no account, or put everything in the text."""
    month, chance = Month(seed, 500), random.Random(seed)
    month.lines = [_without(line, chance) for line in month.lines]
    _counted, wrong = judge(month, match(month.lines, month.candidates, ALL_ON))
    assert wrong == []


def _without(line, chance):
    lost = chance.choice(("counterparty_name", "counterparty_iban", "references", ""))
    if lost == "references":
        written = " ".join(value for _kind, value in line.references)
        return dataclasses.replace(line, references=(), text=f"{line.text} {written}")
    return dataclasses.replace(line, **({lost: ""} if lost else {}))


@pytest.mark.parametrize("seed", range(20))
def test_a_town_has_nothing_wrong(seed):
    town = Town(seed)
    by_id = {c.id: c for c in town.candidates}
    decisions = match(town.lines, town.candidates, ALL_ON)
    verdicts = {d.line_id: town.judge(d, by_id) for d in decisions}
    assert [d for d in decisions if verdicts[d.line_id] == "wrong"] == []
    telling = [v for i, v in verdicts.items() if town.meant[i].telling]
    assert telling.count("right") >= 0.95 * len(telling)
