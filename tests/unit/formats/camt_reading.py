"""Short ways to read one entry, or one payment, of a CAMT message."""

from decimal import Decimal

from odoo.addons.pom_reconcile.formats.camt import read

from .camt_builder import Camt

C = Camt(8)
OGM, RF = "123456789002", "RF18539007547034"
QRR = "210000000003139471430009017"


def one(data):
    (statement,) = read(data)
    return statement


def entry(*args, camt=C, **values):
    """Return the transaction of a single entry."""
    (transaction,) = one(
        camt.document(camt.statement(camt.entry(*args, **values)))
    ).transactions
    return transaction


def payment(amount="10.00", camt=C, **values):
    """Return the transaction of an entry with a single payment."""
    direction = "DBIT" if Decimal(amount) < 0 else "CRDT"
    inner = camt.payment(amount.lstrip("-"), direction=direction, **values)
    return entry(amount, inner, camt=camt)
