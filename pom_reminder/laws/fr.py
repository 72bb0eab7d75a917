"""France.

Consumers: what recovering costs without an enforceable title is the creditor's, and a
clause that says otherwise is void (L111-8 of the Code of Civil Enforcement Procedures).
The legal interest runs from a formal notice only, which no reminder here claims to be:
none is asked.
Businesses: L441-10 II and D441-5 of the Commercial Code.
"""

from datetime import date
from decimal import Decimal

from .base import Rule, Source, flat
from .ecb import late_rates

#: Reference rate of the European Central Bank and ten points.
LATE = late_rates(10, since="2022-2", computed=("2024-1", "2024-2", "2026-2"))
CONSUMER = Rule(
    code="fr_consumer",
    label="France, consumers (no costs)",
    country="FR",
    debtor="consumer",
    sources=(
        Source("CPCE, L111-8", "village-justice.com", "text"),
        Source("Loi du 17 mars 2014, sanctions", "isere.gouv.fr", "authority"),
    ),
    fee_cap=Decimal(0),
    is_exclusive=True,
    may_ask_interest=False,
)
BUSINESS = Rule(
    code="fr_business",
    label="France, businesses (L441-10)",
    country="FR",
    debtor="business",
    since=date(2013, 1, 1),
    sources=(
        Source("C. com., L441-10 II", "doctrine.fr", "text"),
        Source("C. com., D441-5", "village-justice.com/13906", "text"),
    ),
    # Further costs on proof only.
    fee_cap=Decimal(0),
    rates=LATE,
    brackets=flat(40),
)
RULES = (CONSUMER, BUSINESS)
