"""Whether it is charged now, case by case."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from odoo.addons.pom_payment.debt.asking import Asking
from odoo.addons.pom_payment.debt.facts import (
    ATTEMPT,
    HELD,
    RECEIVED,
    Coming,
    Discount,
    Due,
    Facts,
)
from odoo.addons.pom_payment.psp.values import FAILURES, SOFT
from odoo.addons.pom_payment_charge.tools.charge_rules import (
    Around,
    Limits,
    Planned,
    after_failure,
    decide,
)

TODAY = date(2026, 12, 1)
LATER = date(2027, 1, 4)


def due(left, day=TODAY, amount=None):
    return Due(day, Decimal(amount or left), Decimal(left))


def decided(facts, part=TODAY, amount=100, **around):
    planned = Planned(part, Decimal(amount))
    found = decide(Asking.of(facts, TODAY), planned, Around(**around))
    return found.action, str(found.amount), found.reason


ONE = (due(100),)
#: What is known of a debt of 100 that is due today, and what is done with a charge of
#: 100 for it.
CASES = {
    "as announced": (Facts(dues=ONE), ("charge", "100", "")),
    "a part was paid": (
        Facts(dues=(due(60, amount=100),)),
        ("charge", "60", ""),
    ),
    "grown": (Facts(dues=(due(130),)), ("charge", "100", "")),
    "paid": (Facts(), ("drop", "0", "paid")),
    "paid elsewhere, not booked": (
        Facts(dues=ONE, coming=(Coming(RECEIVED, Decimal(100)),)),
        ("wait", "0", "received"),
    ),
    "a part came in": (
        Facts(dues=ONE, coming=(Coming(RECEIVED, Decimal(30)),)),
        ("charge", "70", ""),
    ),
    "being paid": (
        Facts(dues=ONE, coming=(Coming(ATTEMPT),)),
        ("wait", "0", "in_progress"),
    ),
    "held": (
        Facts(dues=ONE, coming=(Coming(HELD, Decimal(100)),)),
        ("wait", "0", "held"),
    ),
    "held of another amount": (
        Facts(dues=ONE, coming=(Coming(HELD, Decimal(90)),)),
        ("wait", "0", "held"),
    ),
    "blocked": (Facts(dues=ONE, books="blocked"), ("wait", "0", "blocked")),
    "withdrawn": (Facts(dues=ONE, withdrawn=True), ("drop", "0", "withdrawn")),
    "handed over": (Facts(dues=ONE, handed_over=True), ("drop", "0", "handed_over")),
    "contested": (
        Facts(dues=ONE, disputed=Decimal(100), unanswered=True),
        ("drop", "0", "disputed"),
    ),
    "a part is contested": (
        Facts(dues=ONE, disputed=Decimal(40)),
        ("charge", "60", ""),
    ),
    "asked something": (Facts(dues=ONE, unanswered=True), ("wait", "0", "unanswered")),
    "credit": (Facts(dues=ONE, on_account=Decimal(100)), ("drop", "0", "covered")),
    "some credit": (Facts(dues=ONE, on_account=Decimal(25)), ("charge", "75", "")),
    "credited": (Facts(dues=ONE, books="reversed"), ("drop", "0", "paid")),
    "discount for who pays early": (
        Facts(dues=ONE, discount=Discount(Decimal(2), TODAY)),
        ("charge", "98", ""),
    ),
}


@pytest.mark.parametrize("name", CASES)
def test_how_the_debt_stands(name):
    facts, expected = CASES[name]
    assert decided(facts) == expected


def test_only_its_own_part():
    facts = Facts(dues=(due(40), due(60, LATER)))
    assert decided(facts, amount=40) == ("charge", "40", "")
    assert decided(facts, amount=100) == ("charge", "40", "")


def test_a_part_that_was_moved():
    facts = Facts(dues=(due(60, LATER),))
    assert decided(facts)[0] == "drop"


def test_bank():
    facts, fresh, old = Facts(dues=ONE), TODAY - timedelta(5), TODAY - timedelta(6)
    assert decided(facts, bank_day=fresh, bank_days=5)[0] == "charge"
    assert decided(facts, bank_day=old, bank_days=5) == ("wait", "0", "stale_bank")
    assert decided(facts, bank_day=None, bank_days=5)[2] == "stale_bank"
    assert decided(facts, bank_day=None)[0] == "charge"


def test_mandate():
    facts = Facts(dues=ONE)
    assert decided(facts, mandate="pending") == ("wait", "0", "mandate")
    assert decided(facts, mandate="invalid") == ("refuse", "0", "mandate")


def test_limits():
    facts = Facts(dues=ONE)
    assert decided(facts, limits=Limits(Decimal(99)))[2] == "per_charge"
    month = Limits(None, Decimal(150))
    assert decided(facts, limits=month, in_month=Decimal(50))[0] == "charge"
    assert decided(facts, limits=month, in_month=Decimal(51))[2] == "per_month"
    assert decided(facts, limits=Limits(until=TODAY))[0] == "charge"
    yesterday = Limits(until=TODAY - timedelta(1))
    assert decided(facts, limits=yesterday) == ("refuse", "100", "until")


@pytest.mark.parametrize("kind", [*FAILURES, "", "news"])
def test_what_follows_ends(kind):
    """No failure is tried for ever, and none but want of money is tried at all."""
    steps = [after_failure(kind, tries, 3) for tries in (1, 2, 3)]
    assert ("retry" in steps) == (kind == SOFT)
    assert steps[2] != "retry"
