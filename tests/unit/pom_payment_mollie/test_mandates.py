"""What can be charged later on, and why a charge came to nothing, over HTTP."""

from datetime import date
from decimal import Decimal

import pytest

from odoo.addons.pom_payment.psp.values import OrderError, PspError, Search

from .asked import PSP, order


@pytest.fixture
def agreed(shop, psp):
    """Customer and mandate of a card, that nothing was paid with."""
    asked = PSP.customer_request("Jan", "", "7")
    customer = PSP.read_customer(shop.send(asked).json())
    free = order(customer=customer, method="creditcard", amount=Decimal(0))
    answer = shop.send(PSP.payment_request(free, shop.credentials))
    number = PSP.read_created(answer.json()).provider_reference
    psp.pay(number)
    update = PSP.read_update(shop.send(PSP.fetch_request(number)).json())
    assert (update.status, update.amount) == ("done", 0)
    return customer, update.mandate


def charged(shop, agreed, **values):
    customer, mandate = agreed
    asked = order(customer=customer, mandate=mandate, reference="INV/2", **values)
    answer = shop.send(PSP.payment_request(asked, shop.credentials))
    return PSP.read_update(answer.json())


def test_nothing_is_paid_but_to_agree(shop):
    with pytest.raises(OrderError):
        PSP.payment_request(order(amount=Decimal(0)), shop.credentials)
    assert PSP.agrees_without_paying("card")
    assert not PSP.agrees_without_paying("bancontact")
    assert PSP.agrees_by_paying("bancontact")


def test_card(shop, psp, agreed):
    request = PSP.mandate_request(*agreed)
    found = PSP.read_mandate(shop.send(request).json())
    assert (found.status, found.kind, found.hint) == ("valid", "card", "6787")
    assert found.expires == date(2030, 12, 31)
    psp.customer(agreed[0]).card_expires = "soon"
    assert PSP.read_mandate(shop.send(request).json()).expires is None
    psp.customer(agreed[0]).pending.add(agreed[1])
    assert PSP.read_mandate(shop.send(request).json()).status == "pending"
    psp.customer(agreed[0]).pending.clear()
    shop.send(PSP.revoke_request(*agreed))
    assert PSP.read_mandate(shop.send(request).json()).status == "invalid"
    gone = shop.send(
        PSP.payment_request(
            order(customer=agreed[0], mandate=agreed[1]), shop.credentials
        )
    )
    assert PSP.read_failure(gone.status_code, gone.json()).failure == "hard"


@pytest.mark.parametrize(
    ("reason", "failure"),
    [
        ("insufficient_funds", "soft"),
        ("authentication_required", "authenticate"),
        ("card_expired", "payer"),
        ("possible_fraud", "hard"),
        ("something_new", ""),
    ],
)
def test_refused_card(shop, psp, agreed, reason, failure):
    psp.declines[agreed[1]] = reason
    update = charged(shop, agreed)
    found = (update.status, update.failure, update.failure_code)
    assert found == ("failed", failure, reason)


def test_found_among_the_customer_s_own(shop, agreed):
    charged(shop, agreed)
    request = PSP.search_request(
        Search(since=0, until=0, charged=True, customer=agreed[0])
    )
    found = PSP.read_search(shop.send(request).json())
    assert [update.reference for update in found][:1] == ["INV/2"]
    assert {update.customer for update in found} == {agreed[0]}


def test_debit_that_a_bank_sends_back(shop, psp):
    asked = PSP.customer_request("Jan", "", "7")
    customer = PSP.read_customer(shop.send(asked).json())
    first = order(customer=customer, method="bancontact")
    answer = shop.send(PSP.payment_request(first, shop.credentials))
    number = PSP.read_created(answer.json()).provider_reference
    psp.pay(number)
    mandate = PSP.read_update(shop.send(PSP.fetch_request(number)).json()).mandate
    found = PSP.read_mandate(shop.send(PSP.mandate_request(customer, mandate)).json())
    assert (found.kind, found.expires) == ("direct_debit", None)
    pending = charged(shop, (customer, mandate))
    psp.fail(pending.provider_reference, "AM04")
    request = PSP.fetch_request(pending.provider_reference)
    update = PSP.read_update(shop.send(request).json())
    assert (update.failure, update.failure_code) == ("soft", "AM04")
    psp.charge_back(number, reason="MD01")
    answer = shop.send(PSP.reversals_requests(number)[1])
    assert [one.failure for one in PSP.read_reversals(answer.json())] == ["hard"]


def test_numbers_lead_nowhere_else():
    for customer, mandate in (("x", "mdt_1"), ("cst_1", "../x")):
        with pytest.raises(PspError):
            PSP.mandate_request(customer, mandate)
