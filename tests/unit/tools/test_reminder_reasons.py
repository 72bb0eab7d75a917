from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from pom_payment.tools.reminder_reasons import FINAL, REASONS, Debt, Demands, why_not

TODAY = date(2026, 3, 10)
OPEN = Debt(Decimal(100))


@pytest.mark.parametrize(
    "facts, reason",
    [
        ({}, ""),
        ({"residual": Decimal(0)}, "paid"),
        ({"status": "paid"}, "paid"),
        ({"status": "in_progress"}, "in_progress"),
        ({"planned": True}, "planned"),
        ({"mandate": True}, "mandate"),
        ({"on_hold": True}, "hold"),
        ({"on_hold": True, "hold_until": TODAY}, "hold"),
        ({"on_hold": True, "hold_until": date(2026, 3, 9)}, ""),
        ({"disputed": Decimal(100)}, "disputed"),
        ({"disputed": Decimal(120)}, "disputed"),
        ({"disputed": Decimal(40)}, ""),
        ({"opted_out": True}, "opted_out"),
        ({"handed_over": True}, "handed_over"),
        # EUR 5 at least: 500 yen are less.
        ({"residual": Decimal(500), "rate": Decimal("0.006")}, "small"),
        ({"residual": Decimal(900), "rate": Decimal("0.006")}, ""),
        ({"residual": Decimal("4.99")}, "small"),
        ({"disputed": Decimal(96)}, "small"),
    ],
)
def test_reasons(facts, reason):
    assert why_not(replace(OPEN, **facts), Demands(least=Decimal(5)), TODAY) == reason


def test_a_creditor_who_cannot_say_who_he_is():
    """XIX.2, § 3: a first reminder states the enterprise number."""
    assert why_not(OPEN, Demands(creditor_known=False), TODAY) == "creditor"


@pytest.mark.parametrize(
    "bank_day, days, reason",
    [
        (None, None, ""),
        (None, 2, "stale_bank"),
        (date(2026, 3, 8), 2, ""),
        (date(2026, 3, 7), 2, "stale_bank"),
    ],
)
def test_bank_statements(bank_day, days, reason):
    debt = replace(OPEN, bank_day=bank_day)
    assert why_not(debt, Demands(bank_days=days), TODAY) == reason


def test_every_reason_has_words():
    assert FINAL <= set(REASONS)
    assert all(REASONS.values())


def test_what_is_asked():
    assert replace(OPEN, disputed=Decimal(30)).to_ask == Decimal(70)


def test_who_asks_to_be_reminded_is_reminded():
    held = replace(OPEN, on_hold=True, hold_until=TODAY, opted_out=True)
    assert why_not(held, Demands(), TODAY)
    assert why_not(held.as_asked(), Demands(), TODAY) == ""
