from decimal import Decimal

import pytest

from tests.simulators.bancontact_payouts import payouts
from tests.simulators.bancontact_pro import BancontactPro
from tests.simulators.bank import Bank


@pytest.fixture
def psp():
    """Two payments with a bulk id and one without; 5 euros given back."""
    with BancontactPro() as psp:
        for amount, extra in (
            (4573, {"bulkId": "WEEK 47"}),
            (1000, {"bulkId": "WEEK 47"}),
            (200, {}),
        ):
            asked = {
                "amount": amount,
                "reference": f"INV/{amount}",
                "description": "+++123/4567/89002+++",
                "shopName": "Bakkerij",
                **extra,
            }
            psp.pay(psp.create(psp.merchants[0], asked).id)
        first = next(iter(psp.payments.values()))
        psp.refund(first, "refund-1", {"amount": 500, "currency": "EUR"})
        yield psp


def test_one_transfer_for_many(psp):
    week, rest = payouts(psp, bulked=True, fee=6)
    assert (week.amount, rest.amount) == (Decimal("50.61"), Decimal("1.94"))
    assert len(week.payment_ids) == 2
    assert "WEEK 47 PQ BulkRecon" in week.text and psp.ppid in week.text
    assert payouts(psp) == []


def test_one_transfer_each(psp):
    first, second, _third = payouts(psp, bulked=False)
    assert (first.amount, second.amount) == (Decimal("40.73"), Decimal("10"))
    expected = f"Payconiq {first.payment_ids[0]} Bakkerij INV/4573"
    assert first.text == f"{expected} +++123/4567/89002+++"


def test_on_the_bank_statement(psp):
    bank = Bank("BE68539007547034")
    for payout in payouts(psp):
        bank.receive(payout.amount, "Bancontact", communication=payout.text)
    # The text runs on in the next record, in the middle of a word if need be.
    assert bank.statement().count(b"\r\n21") == 2
    assert bank.balance == Decimal("52.73")
