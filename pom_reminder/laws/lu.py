"""Luxembourg: law of 18 April 2004 on terms and late payment, as amended on 29 March
2013.

Businesses: simple interest from the day after the due date, without notice. The sum for
recovering is left out as long as its article hasn't been read.
Consumers: interest after the third month, if the invoice said so; costs weren't found.
None of it can be told of an invoice here, so nothing is asked.
"""

from datetime import date
from decimal import Decimal

from odoo.addons.pom_payment.tools.marking import _

from .base import Rule, Source
from .ecb import late_rates

#: Reference rate of the European Central Bank and eight points.
LATE = late_rates(8, since="2024-2", computed=("2025-1", "2025-2", "2026-1", "2026-2"))
SOURCES = (
    Source("Loi du 29 mars 2013, art. 1", "legilux.public.lu", "text"),
    Source("Retards de paiement", "guichet.lu", "authority"),
    Source(_("Days by rate by 36 500"), "cdm.lu", "authority"),
)
CONSUMER = Rule(
    code="lu_consumer",
    label="Luxembourg, consumers (no costs)",
    country="LU",
    debtor="consumer",
    since=date(2013, 4, 15),
    sources=SOURCES,
    fee_cap=Decimal(0),
    is_exclusive=True,
    may_ask_interest=False,
)
BUSINESS = Rule(
    code="lu_business",
    label="Luxembourg, businesses (law of 18 April 2004)",
    country="LU",
    debtor="business",
    since=date(2013, 4, 15),
    sources=SOURCES,
    fee_cap=Decimal(0),
    rates=LATE,
)
RULES = (CONSUMER, BUSINESS)
