"""Who owes it and for what, for those that lend the payer the money."""

from decimal import Decimal

import pytest

from odoo.addons.pom_payment.psp.values import OrderError, OrderLine, Payer

from .asked import CREDENTIALS, PSP, order

PAYER = Payer(
    given_name="Noémie",
    family_name="Claes",
    email="n@klant.example",
    street="Kerkstraat 1",
    zip="9000",
    city="Gent",
    country="BE",
)
LINES = (
    OrderLine("Brood", Decimal("50.00"), Decimal(6)),
    OrderLine("Taart", Decimal("10.00")),
    OrderLine("Korting", Decimal("-14.27"), Decimal(6)),
)


def asked(**values):
    given = order(amount=Decimal("45.73"), payer=PAYER, lines=LINES, **values)
    return PSP.payment_request(given, CREDENTIALS).json


def test_address():
    assert asked()["billingAddress"] == {
        "givenName": "Noémie",
        "familyName": "Claes",
        "email": "n@klant.example",
        "streetAndNumber": "Kerkstraat 1",
        "postalCode": "9000",
        "city": "Gent",
        "country": "BE",
    }


def test_lines():
    bread, cake, discount = asked()["lines"]
    assert (
        bread["totalAmount"]
        == bread["unitPrice"]
        == {
            "currency": "EUR",
            "value": "50.00",
        }
    )
    assert (bread["vatRate"], bread["vatAmount"]["value"]) == ("6.00", "2.83")
    assert "vatRate" not in cake
    assert (discount["type"], discount["totalAmount"]["value"]) == (
        "discount",
        "-14.27",
    )
    total = sum(Decimal(line["totalAmount"]["value"]) for line in asked()["lines"])
    assert total == Decimal("45.73")


def test_lines_that_do_not_add_up():
    given = order(amount=Decimal("45.74"), lines=LINES)
    with pytest.raises(OrderError):
        PSP.payment_request(given, CREDENTIALS)


def test_nothing_of_it_where_nobody_asks():
    body = PSP.payment_request(order(), CREDENTIALS).json
    assert "lines" not in body and "billingAddress" not in body


@pytest.mark.parametrize("name", ["", "N", "007"])
def test_what_is_no_name_is_left_out(name):
    given = order(payer=Payer(given_name=name, company="De Kat BV"))
    address = PSP.payment_request(given, CREDENTIALS).json["billingAddress"]
    assert address == {"organizationName": "De Kat BV"}
