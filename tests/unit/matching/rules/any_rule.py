"""What the engine promises of each rule, whichever it is: tests for each of them.

A promise takes the code of a rule, a line and the open items of which that rule decides
what the line pays, and all rules that there are.
"""

from dataclasses import replace

from odoo.addons.pom_reconcile.matching import match

from ..world import ALL_ON


def decided(said, items, rules, settings=ALL_ON):
    (decision,) = match([said], items, settings, rules)
    return decision


def decides(code, said, items, rules):
    decision = decided(said, items, rules)
    assert decision.rule == code
    allocated = sum(part.amount for part in decision.allocations)
    assert allocated + decision.remainder == said.money(decision.currency)


def says_why(code, said, items, rules):
    decision = decided(said, items, rules)
    assert decision.sentence and "%(" not in decision.sentence
    assert code in rules and decision.evidence


def is_not_misled_by_the_direction(code, said, items, rules):
    """What goes out isn't taken for what came in, nor the other way round."""
    foreign = said.foreign_amount and -said.foreign_amount
    other_way = replace(said, amount=-said.amount, foreign_amount=foreign)
    here, there = (decided(one, items, rules) for one in (said, other_way))
    settled = {part.candidate_id for part in here.allocations}
    assert not settled.intersection(part.candidate_id for part in there.allocations)


def leaves_other_companies_alone(code, said, items, rules):
    others = [replace(one, company_id="another") for one in items]
    assert not decided(said, others, rules).decided


def books_nothing_of_others_than_was_picked(code, said, items, rules):
    """Whom a person picked as who paid owes nothing of this."""
    picked = decided(replace(said, picked="somebody else"), items, rules)
    assert not picked.decided


def leaves_what_may_be_the_same_money_alone(code, said, items, rules):
    assert not decided(replace(said, twin="seen before"), items, rules).decided


def can_be_switched_off(code, said, items, rules):
    rest = replace(ALL_ON, rules=tuple(one for one in rules if one != code))
    assert decided(said, items, rules, rest).rule != code


def does_not_depend_on_the_order(code, said, items, rules):
    assert decided(said, items[::-1], rules) == decided(said, items, rules)


def settles_nothing_twice(code, said, items, rules):
    """The engine refuses more than what is left: the second line finds nothing."""
    again = replace(said, id=said.id + 1)
    left = {one.id: abs(one.residual) + abs(one.paid) for one in items}
    for decision in match([said, again], items, ALL_ON, rules):
        for part in decision.allocations:
            left[part.candidate_id] -= abs(part.amount)
    assert min(left.values(), default=0) >= 0


PROMISES = (
    decides,
    says_why,
    is_not_misled_by_the_direction,
    leaves_other_companies_alone,
    books_nothing_of_others_than_was_picked,
    leaves_what_may_be_the_same_money_alone,
    can_be_switched_off,
    does_not_depend_on_the_order,
    settles_nothing_twice,
)
