"""One day of one account, in each format that there is."""

from datetime import date
from decimal import Decimal
from typing import NamedTuple

from odoo.addons.pom_reconcile.formats import camt, coda, mt940

from tests.simulators.bank import Bank

from .camt_builder import Camt
from .test_mt940 import line as mt_line
from .test_mt940 import message

IBAN = "BE68539007547034"
OLD, EVE, DAY = Decimal("1000.00"), date(2026, 5, 31), date(2026, 6, 1)


class Payment(NamedTuple):
    amount: str
    name: str
    iban: str
    text: str


PAYMENTS = (
    Payment("45.73", "Jan Peeters", "BE71096123456769", "factuur 17"),
    Payment("-7.00", "Bread", "BE43068999999501", "bread"),
    Payment("18.00", "An De Smet", "BE43068999999501", "factuur 18"),
)


def closing(payments, gap=0) -> Decimal:
    return OLD + sum(Decimal(one.amount) for one in payments) + gap


def coda_day(payments=PAYMENTS, gap=0) -> bytes:
    """:param gap: by which the closing balance is wrong; so in all of these."""
    bank = Bank(IBAN, opening_balance=OLD)
    for one in payments:
        bank.book(
            Decimal(one.amount), one.name, one.iban, one.text, date=DAY, value_date=DAY
        )
    right, wrong = (f"{closing(payments, off):.3f}" for off in (0, gap))
    fields = ("0" + money.replace(".", "").zfill(15) for money in (right, wrong))
    return bank.statement(DAY).replace(*(field.encode() for field in fields))


def camt_day(payments=PAYMENTS, gap=0) -> bytes:
    built = Camt(8)
    entries = []
    for one in payments:
        out = one.amount.startswith("-")
        payment = built.payment(
            one.amount.lstrip("-"),
            direction="DBIT" if out else "CRDT",
            parties=built.party("Cdtr" if out else "Dbtr", one.name, one.iban),
            text=one.text,
        )
        entries.append(built.entry(one.amount, payment))
    new = closing(payments, gap)
    return built.document(built.statement(*entries, old=str(OLD), new=new))


def mt940_day(payments=PAYMENTS, gap=0) -> bytes:
    lines = [
        mt_line(one.amount, f"/IBAN/{one.iban}/NAME/{one.name}/REMI/{one.text}")
        for one in payments
    ]
    new = f"C260601EUR{closing(payments, gap)}".replace(".", ",")
    return message(*lines, account=IBAN, new=new)


#: By format, what writes it.
DAYS = {coda: coda_day, camt: camt_day, mt940: mt940_day}
