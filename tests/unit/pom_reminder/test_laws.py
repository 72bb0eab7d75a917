"""Each case names what it comes from; the sources are with the laws."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from odoo.addons.pom_message.tools import working_days
from odoo.addons.pom_reminder.laws import RULES, be, de, fr, lu, nl
from odoo.addons.pom_reminder.laws.base import NONE

DAYS = st.dates(date(2023, 9, 1), date(2060, 12, 31))
BALANCES = st.decimals("0.01", 2_000_000, places=2)


# -- Belgium, consumers: Book XIX ------------------------------------------------------


@given(DAYS)
def test_fourteen_days_after_an_electronic_reminder(sent):
    """XIX.2, § 2: the term begins on the calendar day after."""
    assert be.CONSUMER.last_free_day(sent, on_paper=False) == sent + timedelta(15)


@given(DAYS)
def test_fourteen_days_after_a_letter(sent):
    """XIX.2, § 2: the term begins on the third working day after."""
    last = be.CONSUMER.last_free_day(sent, on_paper=True)
    begins = working_days.nth_working_day_after(sent, 3, "BE")
    assert (last - begins).days == 14
    assert (begins - sent).days >= 3


@pytest.mark.parametrize(
    "sent, on_paper, last",
    [
        (date(2026, 3, 2), False, date(2026, 3, 17)),
        # Good Friday is a working day, Easter Monday isn't.
        (date(2026, 4, 2), True, date(2026, 4, 22)),
        (date(2026, 12, 23), True, date(2027, 1, 12)),
        # forumforthefuture.be: may act on 5 October by the letter of the law; we give
        # that day too.
        (date(2023, 9, 18), True, date(2023, 10, 5)),
    ],
)
def test_term_of_belgian_consumers(sent, on_paper, last):
    assert be.CONSUMER.last_free_day(sent, on_paper) == last


@pytest.mark.parametrize(
    "asked, number, postage, debts, fee",
    [
        ("7.50", 1, "1.52", 4, "0"),  # XIX.2, § 2: the first one is free
        ("5.00", 2, "0", 4, "5.00"),
        ("7.50", 2, "0", 4, "7.50"),
        ("25.00", 2, "1.52", 4, "9.02"),  # XIX.2, § 2: EUR 7.50 and postage
        ("0", 3, "1.52", 4, "0"),
        ("7.50", 2, "0", 3, "0"),  # three due dates a year
        ("7.50", 2, "0", None, "0"),  # only of regular deliveries
    ],
)
def test_fee_of_belgian_consumers(asked, number, postage, debts, fee):
    found = be.CONSUMER.fee(Decimal(asked), number, Decimal(postage), debts)
    assert found == Decimal(fee)


@pytest.mark.parametrize(
    "balance, penalty",
    [
        # XIX.4: EUR 20 up to EUR 150; EUR 30 and 10 % of the part from 150.01 to 500;
        # EUR 65 and 5 % of the part over 500, at most EUR 2000.
        ("0.01", "20.00"),
        ("49", "20.00"),
        ("150.00", "20.00"),
        ("150.01", "30.00"),
        ("300.00", "45.00"),
        ("500.00", "65.00"),
        ("500.01", "65.00"),
        ("1000.00", "90.00"),
        ("5000.00", "290.00"),
        ("39200.00", "2000.00"),
        ("90000.00", "2000.00"),
    ],
)
def test_compensation_of_belgian_consumers(balance, penalty):
    assert be.CONSUMER.penalty(Decimal(balance)) == Decimal(penalty)


@given(BALANCES)
def test_compensation_never_over_the_ceiling(balance):
    assert 20 <= be.CONSUMER.penalty(balance) <= 2000


@pytest.mark.parametrize(
    "day, cap",
    [
        (date(2026, 3, 31), "10.5"),  # 2.15 and 8, rounded up to the half point
        (date(2024, 7, 1), "12.5"),
        (date(2027, 1, 1), "0"),  # not published yet: none
    ],
)
def test_interest_of_belgian_consumers_is_capped(day, cap):
    assert be.CONSUMER.rate_cap(day) == Decimal(cap)


def test_costs_of_belgian_consumers_need_a_clause():
    assert be.CONSUMER.needs_clause and not be.BUSINESS.needs_clause
    assert be.CONSUMER.is_exclusive
    assert set(be.CONSUMER.must_state) == {
        "balance", "penalty", "creditor", "enterprise", "product", "deadline",
    }  # fmt: skip


# -- Belgium, businesses ---------------------------------------------------------------


def test_interest_by_half_years():
    found = be.LATE.interest(Decimal(10000), date(2024, 1, 31), date(2026, 3, 31))
    assert found == Decimal("2505.75")


@pytest.mark.parametrize(
    "half, belgian, dutch, french",
    [
        # Notices and tables of each half-year, as its sources have them.
        (date(2022, 7, 1), "8", "8", "10"),
        (date(2023, 1, 1), "10.5", "10.5", "12.5"),
        (date(2023, 7, 1), "12", "12", "14"),
        (date(2024, 1, 1), "12.5", "12.5", "14.5"),
        (date(2024, 7, 1), "12.5", "12.25", "14.25"),
        (date(2025, 1, 1), "11.5", "11.15", "13.15"),
        (date(2025, 7, 1), "10.5", "10.15", "12.15"),
        (date(2026, 1, 1), "10.5", "10.15", "12.15"),
        (date(2026, 7, 1), "10.5", "10.40", "12.40"),
    ],
)
def test_rates_between_businesses(half, belgian, dutch, french):
    """The reference rate and eight points, rounded up in Belgium; ten in France."""
    found = [law.rates.on(half) for law in (be.BUSINESS, nl.BUSINESS, fr.BUSINESS)]
    assert found == [Decimal(belgian), Decimal(dutch), Decimal(french)]


def test_belgian_businesses():
    assert be.BUSINESS.last_free_day(date(2026, 4, 2), True) == date(2026, 4, 2)
    assert be.BUSINESS.penalty(Decimal(10)) == 40
    assert be.BUSINESS.rate_cap(date(2026, 3, 1)) is None


def test_no_rate_is_guessed():
    start = be.LATE.until
    assert be.LATE.interest(Decimal(1000), start, start + timedelta(90)) == 0
    whole = be.LATE.interest(Decimal(1000), date(2026, 12, 1), date(2027, 2, 1))
    assert whole == be.LATE.interest(Decimal(1000), date(2026, 12, 1), start)


# -- Netherlands -----------------------------------------------------------------------


@pytest.mark.parametrize(
    "balance, costs",
    [
        ("50", "40"),
        ("266.66", "40"),
        ("500", "75"),
        ("2500", "375"),
        ("3500", "475"),
        ("5000", "625"),
        ("10000", "875"),
        ("25000", "1025"),
        ("200000", "2775"),
        ("500000", "4275"),
        ("1000000", "6775"),
        ("2000000", "6775"),
    ],
)
def test_dutch_table_of_costs(balance, costs):
    """Besluit vergoeding BIK, article 2."""
    assert nl.CONSUMER.penalty(Decimal(balance)) == Decimal(costs)


def test_dutch_costs_are_of_all_that_one_letter_asks():
    """6:96(7): four times EUR 100 cost EUR 60, not four times EUR 40."""
    assert nl.CONSUMER.penalties([Decimal(100)] * 4) == 60
    assert nl.CONSUMER.penalties([]) == 0
    assert be.BUSINESS.penalties([Decimal(100)] * 4) == 160


@pytest.mark.parametrize(
    "sent, on_paper, literal",
    [
        # HR 25-11-2016: from the day after receipt; post arrives on the second day,
        # Sundays, Mondays and holidays not counting.
        (date(2026, 10, 1), True, date(2026, 10, 17)),
        (date(2026, 10, 1), False, date(2026, 10, 15)),
        (date(2026, 10, 2), True, date(2026, 10, 20)),
    ],
)
def test_dutch_fourteen_days(sent, on_paper, literal):
    """A day more than by the letter: one too few, and all costs are lost."""
    last = nl.CONSUMER.last_free_day(sent, on_paper)
    assert last == literal + working_days.DAY


def test_dutch_interest_bears_interest():
    """6:119(2): after each year it is added to the principal."""
    start = date(2024, 1, 1)
    one = nl.STATUTORY.interest(Decimal(1000), start, date(2025, 1, 1))
    two = nl.STATUTORY.interest(Decimal(1000), start, date(2026, 1, 1))
    # 365 days of 2024 at 7 % and the first of 2025 at 6 %; then a year at 6 % (and a
    # day at 4 %) of both.
    first = Decimal(1000) * (365 * 7 + 6) / 36500
    second = (Decimal(1000) + first) * (364 * 6 + 4) / 36500
    assert one == pytest.approx(first, abs=Decimal("0.005"))
    assert two == pytest.approx(first + second, abs=Decimal("0.005"))


def test_nothing_beside_the_dutch_table():
    assert nl.CONSUMER.fee(Decimal(5), 2) == 0
    assert nl.CONSUMER.is_exclusive and nl.CONSUMER.per_notice


# -- France ----------------------------------------------------------------------------


def test_french_consumers_pay_no_costs():
    """CPCE, L111-8."""
    law = fr.CONSUMER
    assert law.fee(Decimal(20), 3, Decimal("1.50")) == 0
    assert law.penalty(Decimal(1000)) == 0
    assert law.rate_cap(date(2026, 3, 1)) == 0


def test_french_businesses():
    """Thirty days of EUR 1000 in the first half of 2026: 9.99, and EUR 40."""
    found = fr.LATE.interest(Decimal(1000), date(2026, 1, 1), date(2026, 1, 31))
    assert found == Decimal("9.99")
    assert fr.BUSINESS.penalty(Decimal(1000)) == 40


# -- Germany ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    "half, consumer, business",
    [
        (date(2022, 3, 1), "4.12", "8.12"),
        (date(2023, 3, 1), "6.62", "10.62"),
        (date(2024, 9, 1), "8.37", "12.37"),
        (date(2026, 3, 1), "6.27", "10.27"),
        (date(2026, 9, 1), "6.52", "10.52"),
    ],
)
def test_german_rates(half, consumer, business):
    """§ 288 BGB: five and nine points over the base rate."""
    assert de.CONSUMER.rates.on(half) == Decimal(consumer)
    assert de.BUSINESS.rates.on(half) == Decimal(business)


@pytest.mark.parametrize(
    "number, postage, fee", [(1, "0.95", "0"), (2, "0.95", "0.95"), (2, "0", "0")]
)
def test_german_reminders_cost_their_postage(number, postage, fee):
    """BGH VIII ZR 95/18: nothing for staff; by e-mail nothing."""
    assert de.CONSUMER.fee(Decimal(5), number, Decimal(postage)) == Decimal(fee)


def test_german_costs_run_from_the_reminder():
    assert {one.costs_from for one in de.RULES} == {"reminder"}
    assert de.BUSINESS.penalty(Decimal(10)) == 40


# -- Luxembourg ------------------------------------------------------------------------


def test_luxembourg():
    assert lu.LATE.on(date(2024, 6, 30)) is None
    assert lu.LATE.on(date(2024, 7, 1)) == Decimal("12.25")
    assert lu.BUSINESS.penalty(Decimal(1000)) == lu.CONSUMER.penalty(Decimal(1000)) == 0
    assert lu.CONSUMER.rate_cap(date(2026, 1, 1)) == 0


# -- all of them -----------------------------------------------------------------------


def test_without_a_law_what_was_agreed_is_asked():
    assert NONE.fee(Decimal("25.005"), 1) == Decimal("25.01")
    assert NONE.penalty(Decimal(10)) == 0
    assert NONE.rate_cap(date(2026, 1, 1)) is None
    assert not NONE.is_law


@pytest.mark.parametrize("code", RULES)
def test_every_law_names_its_sources(code):
    law = RULES[code]
    assert law.code == code
    if law.is_law:
        assert law.sources and law.debtor in ("consumer", "business")
        assert code.startswith(law.country.lower())
        assert all(one.title and one.where for one in law.sources)
        assert working_days.holidays(law.country, 2026)


@pytest.mark.parametrize("code", RULES)
@given(balance=BALANCES)
def test_compensation_grows_with_the_balance(code, balance):
    law = RULES[code]
    assert law.penalty(balance) <= law.penalty(balance + 1)


@given(st.dates(date(2022, 7, 1), date(2026, 12, 31)), st.integers(0, 1500))
def test_interest_of_a_longer_time_is_never_less(start, days):
    for law in RULES.values():
        if law.rates:
            end = start + timedelta(days)
            found = law.rates.interest(Decimal(1000), start, end)
            longer = law.rates.interest(Decimal(1000), start, end + timedelta(30))
            assert 0 <= found <= longer
