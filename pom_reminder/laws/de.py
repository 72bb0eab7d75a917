"""Germany.

Sections 286 to 289 of the Civil Code. A debtor is in default by a reminder after the
due date (sometimes before that: not counted on here), and pays interest from then on,
never on interest. A further reminder costs a consumer what it really cost, postage and
print, nothing for staff or systems (BGH 26 June 2019, VIII ZR 95/18); one by e-mail,
nothing. Businesses pay EUR 40 and no less than nine points over the base rate.
"""

from datetime import date
from decimal import Decimal

from odoo.addons.pom_payment.tools.marking import _

from .base import Rule, Source, flat
from .rates import Rates

#: Of the Bundesbank, section 247.
BASE = {
    "2022-1": "-0.88",
    "2022-2": "-0.88",
    "2023-1": "1.62",
    "2023-2": "3.12",
    "2024-1": "3.62",
    "2024-2": "3.37",
    "2025-1": "2.27",
    "2025-2": "1.27",
    "2026-1": "1.27",
    "2026-2": "1.52",
}


def over_base(points: int) -> Rates:
    percents = {half: str(Decimal(base) + points) for half, base in BASE.items()}
    return Rates.halves(percents, computed=("2024-2", "2025-1", "2025-2", "2026-1"))


SOURCES = (
    Source("§§ 286, 288, 289 BGB", "dejure.org/gesetze/BGB/288.html", "text"),
    Source(_("BGH, 26 June 2019, VIII ZR 95/18"), "ihk-frankfurt.de"),
    Source(_("Default without a date that was agreed on"), "agens-wfi.de"),
)
CONSUMER = Rule(
    code="de_consumer",
    label="Germany, consumers (§ 288 BGB)",
    country="DE",
    debtor="consumer",
    since=date(2014, 7, 29),
    sources=SOURCES,
    free_reminders=1,
    fee_cap=Decimal(0),
    fee_is_postage=True,
    costs_from="reminder",
    rates=over_base(5),
    rate_is_cap=True,
)
BUSINESS = Rule(
    code="de_business",
    label="Germany, businesses (§ 288 BGB)",
    country="DE",
    debtor="business",
    since=date(2014, 7, 29),
    sources=SOURCES,
    free_reminders=1,
    fee_cap=Decimal(0),
    costs_from="reminder",
    rates=over_base(9),
    brackets=flat(40),
)
RULES = (CONSUMER, BUSINESS)
