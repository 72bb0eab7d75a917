"""What is open on top of a debt, message by message."""

from decimal import Decimal

import pytest

from odoo.addons.pom_claim.tools.accounts import CHARTS, codes
from odoo.addons.pom_claim.tools.rows import Row, open_after
from odoo.addons.pom_reminder.tools.on_top import OnTop


def on_top(*amounts):
    return OnTop(*map(Decimal, amounts))


def row(*amounts):
    return Row(*map(Decimal, amounts))


@pytest.mark.parametrize(
    "rows, new, is_exclusive, expected",
    [
        # The first message; the second one's costs come on top; interest is counted
        # anew from its first day, and a compensation is asked once.
        ({}, on_top("7.50", "1.20", "40"), False, on_top("7.50", "1.20", "40")),
        ({"costs": row("7.50")}, on_top("7.50"), False, on_top("15.00")),
        ({"interest": row("1.20")}, on_top(0, "2.40"), False, on_top(0, "2.40")),
        ({"compensation": row("40")}, on_top(0, 0, "40"), False, on_top(0, 0, "40")),
        # A message that asks none of a kind leaves it as it is.
        ({"interest": row("1.20")}, on_top(), False, on_top(0, "1.20")),
        # What was paid or waived isn't asked again.
        ({"costs": row(5, 5)}, on_top(5), False, on_top(5)),
        ({"costs": row(5, 0, 5)}, on_top(5), False, on_top(5)),
        ({"interest": row(3, 2)}, on_top(0, 4), False, on_top(0, 2)),
        ({"interest": row(3, 0, 3)}, on_top(0, 4), False, on_top(0, 1)),
        ({"compensation": row(40, 40)}, on_top(0, 0, 40), False, on_top()),
        # Of a smaller debt less would be asked: what was asked stays.
        ({"compensation": row(65)}, on_top(0, 0, 45), False, on_top(0, 0, 65)),
        # Where the lump sum covers all costs, those of reminders go,
        ({"costs": row("7.50")}, on_top(0, 0, 20), True, on_top(0, 0, 20)),
        # those that were paid count, and none comes on top of it.
        ({"costs": row(5, 5)}, on_top(0, 0, 20), True, on_top(0, 0, 15)),
        ({"compensation": row(20)}, on_top(5), True, on_top(0, 0, 20)),
        ({"compensation": row(20, 20)}, on_top(5), True, on_top()),
        ({"costs": row(5)}, on_top(5), True, on_top(10)),
    ],
)
def test_open_after(rows, new, is_exclusive, expected):
    assert open_after(rows, new, is_exclusive) == expected


@pytest.mark.parametrize(
    "chart, known",
    [
        ("be_comp", "be"),
        ("be_asso", "be"),
        ("nl", "nl"),
        ("fr", "fr"),
        ("de_skr03", "de_skr03"),
        ("de_skr04", "de_skr04"),
        ("lu", "lu"),
        ("generic_coa", None),
        ("", None),
    ],
)
def test_accounts_of_charts(chart, known):
    assert codes(chart) == (CHARTS[known] if known else None)
