"""The Netherlands.

Consumers: article 6:96, paragraphs 5 to 7, of the Civil Code, and the decree on
extrajudicial collection costs (Stb. 2012, 141), known as WIK: costs only after a letter
that is free, gives fourteen days from the day after its receipt and names the very
amount; one that names a day too early gives no right to any (HR 25 November 2016,
ECLI:NL:HR:2016:2704), which is why a day is added here.
Businesses: articles 6:96, paragraph 4, and 6:119a.
"""

from datetime import date
from decimal import Decimal

from odoo.addons.pom_message.tools import working_days
from odoo.addons.pom_payment.tools.marking import _

from .base import ANY, Bracket, Rule, Source, next_day
from .ecb import late_rates
from .rates import Rates

SUNDAY, MONDAY = 6, 0


def delivered(posted: date, country: str) -> date:
    """On the second day after posting; Sundays, Mondays and holidays don't count.

    >>> delivered(date(2026, 10, 1), "NL")  # a Thursday
    datetime.date(2026, 10, 3)
    >>> delivered(date(2026, 10, 2), "NL")
    datetime.date(2026, 10, 6)
    """
    day, counted = posted, 0
    while counted < 2:
        day += working_days.DAY
        is_holiday = day in working_days.holidays(country, day.year)
        counted += day.weekday() not in (SUNDAY, MONDAY) and not is_holiday
    return day


def after_delivery(posted: date, country: str) -> date:
    return next_day(delivered(posted, country), country)


#: Article 2 of the decree: on all that one letter asks, together.
COSTS = (
    Bracket(Decimal(2500), Decimal(0), percent=Decimal(15), least=Decimal(40)),
    Bracket(Decimal(5000), Decimal(375), over=Decimal(2500), percent=Decimal(10)),
    Bracket(Decimal(10000), Decimal(625), over=Decimal(5000), percent=Decimal(5)),
    Bracket(Decimal(200000), Decimal(875), over=Decimal(10000), percent=Decimal(1)),
    Bracket(
        ANY,
        Decimal(2775),
        over=Decimal(200000),
        percent=Decimal("0.5"),
        most=Decimal(6775),
    ),
)
#: By decree, and never computed: the formula gave another rate in 2025.
STATUTORY = Rates.halves(
    {
        "2022-1": "2",
        "2023-1": "4",
        "2023-2": "6",
        "2024-1": "7",
        "2024-2": "7",
        "2025-1": "6",
        "2025-2": "6",
        "2026-1": "4",
        "2026-2": "4",
    },
    is_compound=True,
)
#: Reference rate of the European Central Bank and eight points.
COMMERCIAL = late_rates(8, is_compound=True)
SOURCES = (
    Source("6:96(6) BW", "PHR 2016:938", "text"),
    Source(_("6:96(7) BW, principals added up"), "collegebundel.nl", "text"),
    Source("Besluit BIK, Stb. 2012, 141, art. 2", "wetten.overheid.nl", "text"),
    Source("HR 25-11-2016, ECLI:NL:HR:2016:2704", "hr-center.nl"),
    Source(_("Interest bears interest yearly"), "wrente.nl"),
)  # fmt: skip
CONSUMER = Rule(
    code="nl_consumer",
    label="Netherlands, consumers (WIK)",
    country="NL",
    debtor="consumer",
    since=date(2012, 7, 1),
    sources=SOURCES,
    free_reminders=1,
    # Nothing beside the table: 6:96(5).
    fee_cap=Decimal(0),
    is_exclusive=True,
    grace_days=14,
    begins_paper=after_delivery,
    safety_days=1,
    costs_from="term",
    rates=STATUTORY,
    rate_is_cap=True,
    brackets=COSTS,
    per_notice=True,
    must_state=("balance", "penalty", "creditor", "product", "deadline"),
)
BUSINESS = Rule(
    code="nl_business",
    label="Netherlands, businesses (6:119a BW)",
    country="NL",
    debtor="business",
    since=date(2013, 3, 16),
    sources=SOURCES,
    fee_cap=Decimal(0),
    is_exclusive=True,
    rates=COMMERCIAL,
    brackets=COSTS,
    per_notice=True,
)
RULES = (CONSUMER, BUSINESS)
