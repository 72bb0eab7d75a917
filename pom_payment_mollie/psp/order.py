"""What Mollie wants to know of an order: its amount, and who owes it and for what where
the payer is lent the money (Klarna and its like).

Source: https://docs.mollie.com/reference/create-payment.
"""

from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from odoo.addons.pom_payment.psp.values import (
    OrderError,
    OrderLine,
    Payer,
    PaymentOrder,
)

#: Currencies without cents, as ISO 4217 has it.
WHOLE_CURRENCIES = frozenset({"ISK", "JPY"})
#: Methods that want to know of it, in Mollie's words.
LENDING = frozenset({"billie", "billink", "in3", "klarna", "riverty", "voucher"})
#: What they take for a name at least.
NAME_LENGTH = 2


def amount_object(
    amount: Decimal, currency: str, may_be_nothing: bool = False
) -> dict[str, str]:
    """Amount as text with exactly the decimals of its currency.

    >>> amount_object(Decimal("45.7"), "EUR")
    {'currency': 'EUR', 'value': '45.70'}
    """
    exact = Decimal(1) if currency in WHOLE_CURRENCIES else Decimal("0.01")
    if not amount.is_finite() or amount < 0 or amount % exact:
        raise OrderError(f"{amount} {currency} can't be paid.")
    if not amount and not may_be_nothing:
        raise OrderError(f"{amount} {currency} can't be paid.")
    return {"currency": currency, "value": str(amount.quantize(exact))}


def billing_address(payer: Payer) -> dict[str, str]:
    """Without what is unknown, or isn't taken for a name.

    >>> billing_address(Payer(given_name="N", family_name="Claes", country="BE"))
    {'familyName': 'Claes', 'country': 'BE'}
    """
    names = {"givenName": payer.given_name, "familyName": payer.family_name}
    found = {
        **{name: value for name, value in names.items() if is_name(value)},
        "organizationName": payer.company,
        "streetAndNumber": payer.street,
        "postalCode": payer.zip,
        "email": payer.email,
        "phone": payer.phone,
        "city": payer.city,
        "country": payer.country,
    }
    return {name: value for name, value in found.items() if value}


def is_name(value: str) -> bool:
    return len(value) >= NAME_LENGTH and not value.isdigit()


def order_lines(order: PaymentOrder) -> list[dict[str, Any]]:
    """
    :raises OrderError: when they don't add up to what is to be paid.
    """
    if sum(line.total for line in order.lines) != order.amount:
        raise OrderError("The lines don't add up to the amount.")
    return [order_line(line, order.currency) for line in order.lines]


def order_line(line: OrderLine, currency: str) -> dict[str, Any]:
    """Always one piece: a quantity may have no fraction there."""
    total = signed_amount(line.total, currency)
    found = {
        # Mollie wants to hear that a negative line is one.
        "type": "digital" if line.total >= 0 else "discount",
        "description": line.description[:100],
        "quantity": 1,
        "unitPrice": total,
        "totalAmount": total,
    }
    if line.tax_rate is not None:
        tax = line.total * line.tax_rate / (100 + line.tax_rate)
        found["vatRate"] = f"{line.tax_rate:.2f}"
        found["vatAmount"] = signed_amount(tax, currency)
    return found


def signed_amount(amount: Decimal, currency: str) -> dict[str, str]:
    exact = Decimal(1) if currency in WHOLE_CURRENCIES else Decimal("0.01")
    value = amount.quantize(exact, rounding=ROUND_HALF_UP)
    return {"currency": currency, "value": str(value)}
