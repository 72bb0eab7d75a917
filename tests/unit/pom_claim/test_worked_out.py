"""What reminders may ask on top, country by country, worked out by hand from the
sources that the laws name.
"""

from datetime import date
from decimal import Decimal

import pytest

from odoo.addons.pom_reminder.laws import RATES, RULES, series
from odoo.addons.pom_reminder.laws.rates import Owed, Rates, interest_of

#: Rule, principal by the day after which it was owed, last day, and the interest.
INTEREST = {
    # 10,000 from 31-01-2024 to 31-03-2026 by half-years: 151 days at 12.5, 184 at 12.5,
    # 181 at 11.5, 184 at 10.5 and 90 at 10.5 % = 517.12 + 630.14 + 570.27 + 529.32 +
    # 258.90.
    "BE business, five half-years": (
        "be_business", [("2024-01-31", 10000)], "2026-03-31", "2505.75",
    ),
    "BE consumer, thirty days at 10.5": (
        "be_consumer", [("2026-01-01", 1000)], "2026-01-31", "8.63",
    ),
    # 1,000 for 10 days and 400 for 20: 2.8767 + 2.3014, rounded once.
    "BE, a part was paid": (
        "be_business", [("2026-01-01", 1000), ("2026-01-11", 400)], "2026-01-31",
        "5.18",
    ),
    "BE, all was paid": (
        "be_business", [("2026-01-01", 1000), ("2026-01-11", 0)], "2026-01-31", "2.88",
    ),
    # 1,000, first year up to 01-01-2025: 365 days at 7 % and one at 6 % = 70.1644; then
    # 364 at 6 % and one at 4 % of 1,070.1644 = 64.1512; together 134.3156.
    "NL consumer, interest on interest": (
        "nl_consumer", [("2024-01-01", 1000)], "2026-01-01", "134.32",
    ),
    # 30 days at 10.15 % of 1,000 = 8.342.
    "NL business, thirty days": (
        "nl_business", [("2026-01-01", 1000)], "2026-01-31", "8.34",
    ),
    "FR business, thirty days at 12.15": (
        "fr_business", [("2026-01-01", 1000)], "2026-01-31", "9.99",
    ),
    # 100 for 30 days at 6.27 %, and at 10.27 %.
    "DE consumer": ("de_consumer", [("2026-01-01", 100)], "2026-01-31", "0.52"),
    "DE business": ("de_business", [("2026-01-01", 100)], "2026-01-31", "0.84"),
    # A leap year's 366 days, yet no interest on interest (§ 289 BGB): 182 days at 12.62
    # and 184 at 12.37 of 1,000 = 62.9271 + 62.3583.
    "DE business, a year": (
        "de_business", [("2023-12-31", 1000)], "2024-12-31", "125.29",
    ),
    # Days by rate by 36,500: 90 at 10.15 of 5,000.
    "LU business": ("lu_business", [("2025-12-31", 5000)], "2026-03-31", "125.14"),
    # The rate of 2027 isn't known: only the days up to 31-12-2026 count.
    "BE, no rate is guessed": (
        "be_business", [("2026-12-01", 1000)], "2027-02-01", "8.63",
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", INTEREST)
def test_interest(name):
    rule, owed, last, expected = INTEREST[name]
    rows = [Owed(date.fromisoformat(day), Decimal(sum_)) for day, sum_ in owed]
    periods = RULES[rule].rates.periods(rows, date.fromisoformat(last))
    assert interest_of(periods) == Decimal(expected)
    assert all(one.after < one.until for one in periods)


def test_periods_can_be_counted_again():
    """Days by principal by rate, as a court would: 62 days over two half-years."""
    found = RATES["be"].periods(
        [Owed(date(2025, 5, 31), Decimal(1000))], date(2025, 8, 1)
    )
    rows = [(str(one.until), str(one.percent), (one.until - one.after).days)
            for one in found]  # fmt: skip
    assert rows == [("2025-06-30", "11.5", 30), ("2025-08-01", "10.5", 32)]
    assert [round(one.amount, 4) for one in found] == [
        Decimal("9.4521"),
        Decimal("9.2055"),
    ]


#: Rule, balances that one message asks, and the compensation.
COMPENSATION = {
    "BE consumer, 49": ("be_consumer", ["49"], "20"),
    "BE consumer, 300": ("be_consumer", ["300"], "45"),
    "BE consumer, two of 100": ("be_consumer", ["100", "100"], "40"),
    "BE consumer, 39,200": ("be_consumer", ["39200"], "2000"),
    "BE business, two": ("be_business", ["100", "9000"], "80"),
    "NL consumer, 50": ("nl_consumer", ["50"], "40"),
    "NL consumer, principals added up": ("nl_consumer", ["100"] * 4, "60"),
    "NL business, 3,500": ("nl_business", ["3500"], "475"),
    "NL business, 1,000,000": ("nl_business", ["1000000"], "6775"),
    "FR consumer": ("fr_consumer", ["300"], "0"),
    "FR business": ("fr_business", ["1000"], "40"),
    "DE consumer": ("de_consumer", ["100"], "0"),
    "DE business": ("de_business", ["100"], "40"),
    "LU business": ("lu_business", ["5000"], "0"),
    "LU consumer": ("lu_consumer", ["5000"], "0"),
}


@pytest.mark.parametrize("name", COMPENSATION)
def test_compensation(name):
    rule, balances, expected = COMPENSATION[name]
    found = RULES[rule].penalties([Decimal(balance) for balance in balances])
    assert found == Decimal(expected)


#: Rule, number of the reminder, postage, due dates of a year that were asked already
#: (None: no regular deliveries), what the level says, and the fee.
FEES = {
    "BE consumer, one-off debt": ("be_consumer", 2, "0", None, "7.50", "0"),
    "BE consumer, third due date": ("be_consumer", 2, "0", 3, "7.50", "0"),
    "BE consumer, fourth due date": ("be_consumer", 2, "0", 4, "7.50", "7.50"),
    "BE consumer, by letter": ("be_consumer", 2, "1.52", 4, "7.50", "9.02"),
    "BE consumer, more than the cap": ("be_consumer", 2, "0", 4, "15", "7.50"),
    "BE business, as agreed": ("be_business", 1, "0", None, "12", "12"),
    "NL consumer": ("nl_consumer", 2, "1.10", None, "5", "0"),
    "FR consumer": ("fr_consumer", 3, "1.50", None, "20", "0"),
    "DE consumer, by letter": ("de_consumer", 2, "0.95", None, "5", "0.95"),
    "DE consumer, by e-mail": ("de_consumer", 2, "0", None, "5", "0"),
    "LU consumer": ("lu_consumer", 2, "1", None, "5", "0"),
}


@pytest.mark.parametrize("name", FEES)
def test_fees(name):
    rule, number, postage, regular, asked, expected = FEES[name]
    found = RULES[rule].fee(Decimal(asked), number, Decimal(postage), regular)
    assert found == Decimal(expected)


def test_a_rate_that_was_agreed_on_never_passes_the_cap():
    law = Rates.halves({"2025-1": "11.5", "2025-2": "10.5"})
    agreed = law.at_most(Decimal("11"))
    owed = [Owed(date(2025, 5, 31), Decimal(1000))]
    found = agreed.periods(owed, date(2025, 8, 1))
    assert [str(one.percent) for one in found] == ["11", "10.5"]


def test_a_rate_that_became_known_since():
    known = RATES["be"].with_more({date(2027, 1, 1): Decimal("11")})
    assert known.on(date(2027, 1, 1)) == 11
    assert known.on(date(2026, 12, 31)) == Decimal("10.5")
    assert known.on(date(2027, 7, 1)) is None
    other = RATES["be"].with_more({date(2026, 7, 1): Decimal("10.4")})
    assert other.on(date(2026, 7, 1)) == Decimal("10.4")
    assert other.until == RATES["be"].until


def test_every_rule_with_rates_has_a_table_that_can_be_added_to():
    for rule in RULES.values():
        assert bool(series(rule)) == (rule.rates is not None)
