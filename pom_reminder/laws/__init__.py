"""What each country's law lets a creditor ask of who pays late: one module a country,
with its sources, the day on which they were read, and its rates.

Nothing in here is legal advice. What no source was found for is left out, and where a
text can be read in two ways, the one is taken that gives the debtor more time or asks
less.
"""

from odoo.addons.pom_payment.tools.registry import by_code

from . import be, de, fr, lu, nl
from .base import NONE, Rule
from .rates import Rates

#: By code, in the order in which they are offered.
RULES: dict[str, Rule] = by_code(
    (NONE, *be.RULES, *nl.RULES, *fr.RULES, *de.RULES, *lu.RULES)
)
#: Tables of rates, by code: one serves several rules.
RATES: dict[str, Rates] = {
    "be": be.LATE,
    "nl_consumer": nl.STATUTORY,
    "nl_business": nl.COMMERCIAL,
    "fr_business": fr.LATE,
    "de_consumer": de.CONSUMER.rates,
    "de_business": de.BUSINESS.rates,
    "lu_business": lu.LATE,
}


def series(rule: Rule) -> str:
    """Code of the table of a rule's rates; '' when it gives none.

    >>> series(RULES["be_consumer"]), series(RULES["fr_consumer"])
    ('be', '')
    """
    return next((code for code, one in RATES.items() if one is rule.rates), "")
