"""Belgium.

Consumers: Book XIX, title 1, of the Code of Economic Law (law of 4 May 2023): XIX.2
(§ 2 first reminder and term, § 3 content), XIX.4 (ceilings, and nothing beside them).
Businesses: law of 2 August 2002 on late payment in commercial transactions, articles 5
(interest) and 6 (EUR 40).
"""

from datetime import date
from decimal import Decimal

from odoo.addons.pom_message.tools import working_days
from odoo.addons.pom_payment.tools.marking import _

from .base import ANY, Bracket, Rule, Source, flat
from .ecb import late_rates

#: Reference rate of the European Central Bank and eight points, rounded up to the half
#: point: notices of the Treasury in the Moniteur belge.
LATE = late_rates(8, in_halves=True)


def third_working_day(sent: date, country: str) -> date:
    return working_days.nth_working_day_after(sent, 3, country)


CONSUMER = Rule(
    code="be_consumer",
    label="Belgium, consumers (Book XIX)",
    country="BE",
    debtor="consumer",
    since=date(2023, 9, 1),
    sources=(
        Source(_("XIX.2, term worked out"), "forumforthefuture.be/20063"),
        Source(_("XIX.2, fees of regular deliveries"), "news.economie.fgov.be/228621",
               "authority"),
        Source(_("XIX.4, nothing beside"), "elegis.be"),
        Source(_("Free reminders, term by channel"), "vbb.com"),
        Source(_("Content, ceilings"), "amboslaw.be"),
        Source(_("The ceiling of interest is the published rate"), "schoups.be"),
    ),
    free_reminders=1,
    free_reminders_recurring=3,
    fee_cap=Decimal("7.50"),
    # Elsewhere the lump sum of the clause covers all costs of recovering.
    fee_only_recurring=True,
    is_exclusive=True,
    needs_clause=True,
    # "14 calendar days, which begin on the third working day after sending, or on the
    # calendar day after an electronic one".
    grace_days=14,
    begins_paper=third_working_day,
    safety_days=1,
    # A small enterprise may ask interest from the first reminder on; not all are.
    costs_from="term",
    rates=LATE,
    rate_is_cap=True,
    brackets=(
        Bracket(Decimal(150), Decimal(20)),
        Bracket(Decimal(500), Decimal(30), over=Decimal(150), percent=Decimal(10)),
        Bracket(
            ANY,
            Decimal(65),
            over=Decimal(500),
            percent=Decimal(5),
            most=Decimal(2000),
        ),
    ),
    must_state=("balance", "penalty", "creditor", "enterprise", "product", "deadline"),
)  # fmt: skip
BUSINESS = Rule(
    code="be_business",
    label="Belgium, businesses (law of 2 August 2002)",
    country="BE",
    debtor="business",
    since=date(2022, 2, 1),
    sources=(
        Source(_("Law of 2 August 2002, art. 5, rounding"), "eubelius.com"),
        Source(_("Directive 2011/7/EU, art. 6"), "eur-lex.europa.eu", "text"),
    ),
    rates=LATE,
    brackets=flat(40),
)
RULES = (CONSUMER, BUSINESS)
