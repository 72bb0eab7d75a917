"""What can be charged later on, and why a charge came to nothing, over HTTP."""

from datetime import date

import pytest

from odoo.addons.pom_payment.psp.values import Mandate, PayloadError, PspError, Search
from odoo.addons.pom_payment_stripe.psp.declines import why_declined

from .asked import PSP, order


@pytest.fixture
def agreed(shop, psp):
    asked = PSP.customer_request("Jan", "", "7")
    customer = PSP.read_customer(shop.send(asked).json())
    return customer, psp.keep("card", customer)


def charge(shop, agreed):
    asked = order(customer=agreed[0], mandate=agreed[1], reference="INV/2")
    return shop.send(PSP.payment_request(asked, shop.credentials))


def test_ways():
    assert PSP.agrees_by_paying("bancontact")
    assert not PSP.agrees_by_paying("ideal")
    assert PSP.agrees_without_paying("ideal")


@pytest.mark.parametrize(
    ("card", "expires"),
    [
        ({"exp_month": 2, "exp_year": 2028, "last4": "4242"}, date(2028, 2, 29)),
        ({"exp_month": 13, "exp_year": 2028}, None),
        ({"exp_month": "2", "exp_year": 2028}, None),
        (None, None),
    ],
)
def test_card(card, expires):
    method = {"type": "card", "customer": "cus_1", "card": card}
    found = PSP.read_mandate(method)
    assert (found.status, found.kind, found.expires) == ("valid", "card", expires)


def test_taken_off():
    debit = {"type": "sepa_debit", "customer": None, "sepa_debit": {"last4": "6769"}}
    assert PSP.read_mandate(debit) == Mandate("invalid", "direct_debit", "6769")
    with pytest.raises(PayloadError):
        PSP.read_mandate([])
    with pytest.raises(PspError):
        Mandate("maybe", "card")


def test_asked_about():
    assert PSP.mandate_request("cus_1", "pm_1").endpoint == "/payment_methods/pm_1"
    with pytest.raises(PspError):
        PSP.mandate_request("cus_1", "../x")


@pytest.mark.parametrize(
    ("reason", "failure"),
    [
        ("insufficient_funds", "soft"),
        ("authentication_required", "authenticate"),
        ("expired_card", "payer"),
        ("stolen_card", "hard"),
        ("something_new", ""),
    ],
)
def test_refused(shop, psp, agreed, reason, failure):
    psp.methods[agreed[1]]["declines"] = reason
    answer = charge(shop, agreed)
    assert answer.status_code == 402
    refused = PSP.read_failure(answer.status_code, answer.json())
    assert (refused.failure, refused.temporary) == (failure, False)
    found = shop.send(PSP.fetch_request(refused.payment))
    update = PSP.read_update(found.json())
    assert (update.status, update.failure) == ("failed", failure)
    assert update.failure_code == reason


def test_what_the_scheme_advises_comes_first():
    error = {"code": "card_declined", "decline_code": "do_not_honor"}
    assert why_declined(error)[0] == "soft"
    advised = {**error, "advice_code": "do_not_try_again"}
    assert why_declined(advised) == ("hard", "do_not_try_again")
    assert why_declined({**error, "advice_code": "news"})[0] == "soft"


def test_found_among_the_customer_s_own(shop, agreed):
    charge(shop, agreed)
    request = PSP.search_request(
        Search(
            since=date_of(2020), until=date_of(2100), charged=True, customer=agreed[0]
        )
    )
    found = PSP.read_search(shop.send(request).json())
    assert [update.reference for update in found] == ["INV/2"]


def date_of(year):
    from datetime import datetime, timezone

    return datetime(year, 1, 1, tzinfo=timezone.utc)
