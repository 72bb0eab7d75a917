"""The table that a bank which doesn't exist gives: two balances, and what is between.

::

    EXAMPLE BANK;BE68539007547034;EUR;2026-05-31;1000.00
    2026-06-01;45.73;Jan Peeters;BE71096123456769;+++123/4567/89002+++
    END;2026-06-01;1045.73
"""

import csv
from datetime import date
from decimal import Decimal

from odoo.addons.pom_reconcile.formats.base import (
    FormatError,
    Problem,
    Statement,
    Transaction,
)

NAME = "Example"
FIRST = "EXAMPLE BANK"


def identify(data, filename=""):
    # A damaged one, too: it's for read() to say what is wrong with it.
    return data.startswith(FIRST.encode() + b";")


def read(data, force=False):
    try:
        head, *rows, end = csv.reader(data.decode().splitlines(), delimiter=";")
        _word, account, currency, opened, old = head
        last, closed, new = end
        dates = date.fromisoformat(opened), date.fromisoformat(closed)
        old, new = Decimal(old), Decimal(new)
        found = [_transaction(row, place) for place, row in enumerate(rows, 1)]
    except (ArithmeticError, ValueError) as error:
        raise FormatError([Problem(None, "This table isn't whole.")]) from error
    if last != "END":
        raise FormatError([Problem(None, "The end is missing.")])
    gap = new - old - sum(one.amount for one in found)
    problem = Problem(None, "The balances are %(gap)s apart.", {"gap": gap})
    if gap and not force:
        raise FormatError([problem], forcible=True)
    yield Statement(
        account,
        currency,
        old_balance=old,
        old_balance_date=dates[0],
        new_balance=new,
        new_balance_date=dates[1],
        transactions=tuple(found),
        warnings=(problem,) if gap else (),
        forced=bool(gap),
    )


def _transaction(row, place):
    day, amount, name, iban, text = row
    return Transaction(
        Decimal(amount),
        place,
        date.fromisoformat(day),
        counterparty_name=name,
        counterparty_account=iban,
        text=text,
        # Kept for who wants to see what the bank wrote.
        raw=";".join(row),
    )
