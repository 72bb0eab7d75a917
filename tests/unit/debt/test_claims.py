"""Money that is more than the documents, and what was asked on top of them."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from odoo.addons.pom_payment.debt.claims import (
    MOST,
    beyond,
    claimed,
    exactly,
    explain,
    given_back,
)
from odoo.addons.pom_payment.debt.facts import Claim

AMOUNTS = st.decimals("0.01", 500, places=2)
CLAIMS = st.lists(
    st.builds(
        Claim, st.sampled_from(("costs", "interest", "compensation")), AMOUNTS
    ),
    max_size=4,
).map(
    lambda claims: [claim._replace(key=n) for n, claim in enumerate(claims)]
)  # fmt: skip


def rows(*pairs):
    return [
        Claim(kind, Decimal(amount), key=number)
        for number, (kind, amount) in enumerate(pairs, 1)
    ]


THREE = rows(("interest", "1.20"), ("compensation", "40"), ("costs", "7.50"))


@pytest.mark.parametrize(
    "money, paid",
    [
        ("48.70", {"costs": "7.50", "interest": "1.20", "compensation": "40"}),
        ("7.50", {"costs": "7.50"}),
        ("1.20", {"interest": "1.20"}),
        ("41.20", {"interest": "1.20", "compensation": "40"}),
        # No choice of whole ones: costs first, then interest, then the rest.
        ("5", {"costs": "5"}),
        ("10", {"costs": "7.50", "interest": "1.20", "compensation": "1.30"}),
        # More than all: the rest isn't explained.
        ("60", {"costs": "7.50", "interest": "1.20", "compensation": "40"}),
        ("0", {}),
        ("-5", {}),
    ],
)
def test_explain(money, paid):
    found = explain(THREE, Decimal(money))
    assert {one.claim.kind: str(one.amount) for one in found} == paid


@given(CLAIMS, st.decimals(-100, 2000, places=2))
def test_no_claim_gets_more_than_it_asks(claims, money):
    found = explain(claims, money)
    total = sum((one.amount for one in found), Decimal(0))
    assert total == max(min(money, claimed(claims)), 0)
    assert all(0 < one.amount <= one.claim.amount for one in found)
    assert len({one.claim.key for one in found}) == len(found)


def test_two_choices_are_none():
    assert exactly(rows(("costs", "5"), ("interest", "5")), Decimal(5)) == ()
    many = rows(*[("costs", str(n)) for n in range(1, MOST + 2)])
    assert exactly(many, Decimal(3)) == ()
    assert len(exactly(many, claimed(many))) == MOST + 1


def test_beyond():
    assert beyond(Decimal("128.50"), [Decimal("121")]) == Decimal("7.50")
    assert beyond(Decimal("128.50"), [Decimal("121"), Decimal("10")]) == 0
    assert beyond(Decimal("91"), [Decimal("121"), Decimal("-30")]) == 0


@given(CLAIMS, AMOUNTS, st.decimals("0.01", 3000, places=2))
def test_what_goes_back_never_leaves_less_than_the_documents_got(claims, debt, back):
    money = debt + claimed(claims)
    back = min(back, money)
    total = sum((one.amount for one in given_back(claims, money, back)), Decimal(0))
    assert 0 <= total <= claimed(claims)
    # The documents never give back more than they got.
    assert back - total <= debt
    if back == money:
        assert total == claimed(claims)
