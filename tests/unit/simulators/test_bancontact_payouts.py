from decimal import Decimal

import pytest

from tests.simulators.bancontact_payouts import pay_out
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
    week, rest = pay_out(psp, bulked=True, fee=6)
    assert (week.amount, rest.amount) == (Decimal("50.61"), Decimal("1.94"))
    assert len(week.payment_ids) == 2
    assert f"{week.number}-WEEK 47-PQ-BulkRecon-{psp.ppid[::-1]}" in week.text
    assert f"{rest.number}-NONE-PQ-BulkRecon" in rest.text
    assert pay_out(psp) == []


def test_one_transfer_each(psp):
    first, second, _third = pay_out(psp, bulked=False)
    assert (first.amount, second.amount) == (Decimal("40.73"), Decimal("10"))
    expected = f"Payconiq {first.payment_ids[0]} Bakkerij INV/4573"
    assert first.text == f"{expected} +++123/4567/89002+++"


def test_on_the_bank_statement(psp):
    bank = Bank("BE68539007547034")
    for payout in pay_out(psp):
        bank.receive(payout.amount, "Bancontact", communication=payout.text)
    # The text runs on in the next record, in the middle of a word if need be.
    assert bank.statement().count(b"\r\n21") == 2
    assert bank.balance == Decimal("52.73")
