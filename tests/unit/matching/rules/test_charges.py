"""Money that a bank kept some of, as its file tells."""

from decimal import Decimal

import pytest

from odoo.addons.pom_reconcile.matching import Settings

from tests.unit.matching.world import OGM_A, OGM_B, A, B, decide, item, line

CHARGED = {"charges": Decimal("12.50")}


def said(amount="487.50", text="", **more):
    return line(amount, text, **{**CHARGED, **more})


def test_what_was_given_pays_the_debt():
    found = decide(said(ogm=OGM_A), item(1, "500.00", ogm=OGM_A))
    assert [str(a.amount) for a in found.allocations] == ["500.00"]
    assert (found.remainder, found.flag, found.charges) == (0, "", Decimal("12.50"))
    assert found.sentence.endswith("The bank kept 12.50 EUR of it as charges: fees.")


def test_with_a_discount():
    terms = {"discount_amount": Decimal(10), "discount_date": line(1).date}
    settings = Settings(fee_account=1, early_payment_discount=True)
    found = decide(
        said(ogm=OGM_A), item(1, "510.00", ogm=OGM_A, **terms), settings=settings
    )
    assert (found.remainder, found.remainder_as) == (-10, "discount")
    assert found.charges == Decimal("12.50")


def test_several_debts():
    found = decide(
        said(text=f"{A} {B}"),
        item(1, "200.00", ogm=OGM_A),
        item(2, "300.00", ogm=OGM_B),
    )
    assert found.rule == "several_references"
    assert sum(a.amount for a in found.allocations) - found.charges == Decimal("487.50")


def test_what_came_is_what_is_open():
    found = decide(said(ogm=OGM_A), item(1, "487.50", ogm=OGM_A))
    assert (found.decided, found.charges) == (True, 0)


@pytest.mark.parametrize("more", [{"iban": "P1"}, {"ogm": OGM_A}])
def test_both_are_open(more):
    """Who paid may have meant either; so may a reference that both bear."""
    open_items = item(1, "487.50", ogm=OGM_A), item(2, "500.00", ogm=OGM_A)
    assert not decide(said(**more), *open_items).decided


def test_in_another_currency():
    foreign = {"foreign_amount": Decimal("550.00"), "foreign_currency": "USD"}
    found = decide(
        said(ogm=OGM_A, **foreign), item(1, "550.00", ogm=OGM_A, currency="USD")
    )
    assert (found.decided, found.charges) == (True, 0)


@pytest.mark.parametrize("residual", ["500.00", "600.00"])
def test_no_account_for_them(residual):
    settings = Settings(fee_account=None)
    found = decide(said(ogm=OGM_A), item(1, residual, ogm=OGM_A), settings=settings)
    assert not found.decided
    assert "set the journal's account for fees" in found.sentence
    rests = [str(one.remainder) for one in found.suggestions]
    assert ("-12.50" in rests) == (residual == "500.00")
