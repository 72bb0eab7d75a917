"""Income accounts that charts of five countries have for what is asked on top, outside
VAT: late interest and damages aren't the price of anything (CJEU, C-222/81).
"""

from __future__ import annotations

from typing import NamedTuple


class Codes(NamedTuple):
    """First digits of the accounts."""

    costs: str
    interest: str
    compensation: str


#: By the code of the chart, or its first letters: miscellaneous operating income, and
#: financial income or interest on trade receivables.
CHARTS = {
    "be": Codes("743", "756", "743"),
    "nl": Codes("8090", "4795", "8090"),
    "fr": Codes("758", "7631", "758"),
    "de_skr03": Codes("2700", "2650", "2700"),
    "de_skr04": Codes("4830", "7100", "4830"),
    "lu": Codes("7488", "7553", "7488"),
}


def codes(chart: str) -> Codes | None:
    """
    >>> codes("be_comp").interest, codes("de_skr04").costs, codes("generic_coa")
    ('756', '4830', None)
    """
    known = (name for name in CHARTS if chart == name or chart.startswith(f"{name}_"))
    return CHARTS.get(next(known, ""))
