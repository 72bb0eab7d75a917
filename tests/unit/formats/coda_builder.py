"""CODA files built record by record, for what real banks do and the writer doesn't."""

from datetime import date
from decimal import Decimal

from odoo.addons.pom_reconcile.formats.coda.records import COUNTED, LAYOUTS

from tests.simulators.coda_fields import compose, day_digits, money_digits

DAY = date(2026, 3, 2)
IBAN_FIELD = f"{'BE68539007547034':<34}EUR"


class CodaBuilder:
    """One statement; amounts are strings, positions are given as texts by name.

    Check figures are worked out at the end; ``trailer`` and ``closing`` override them.
    """

    def __init__(self, old="100.00", account=IBAN_FIELD, structure="2", **header):
        self.records = []
        self.account, self.structure = account, structure
        self.balance = Decimal(old)
        self.booked = []
        values = {
            "created": day_digits(DAY),
            "bank": "725",
            "application": "05",
            "addressee": "POM TEST NV",
            "bic": "KREDBEBB",
            "holder_id": "00403019261",
            "version": "2",
        }
        self.put("0", **{**values, **header})

    def put(self, kind, **values):
        values.setdefault("record", kind)
        self.records.append(compose(LAYOUTS[kind], **values))
        return self

    def open(self, **values):
        fields = {
            "structure": self.structure,
            "number": "061",
            "account": self.account,
            "sign": "1" if self.balance < 0 else "0",
            "balance": money_digits(self.balance),
            "date": day_digits(DAY),
            "holder": "POM TEST NV",
            "description": "Zichtrekening",
            "sequence": "041",
        }
        return self.put("1", **{**fields, **values})

    def move(self, sequence, detail, amount, code="00150000", text="", **values):
        """Add a record 21; ``text`` beginning with ``=`` is structured."""
        amount = Decimal(amount)
        if detail == 0 and values.pop("booked", True):
            self.balance += amount
            self.booked.append(amount)
        structured, text = ("1", text[1:]) if text[:1] == "=" else ("0", text)
        self.sequence = sequence
        self.detail = detail
        fields = {
            "sequence": sequence,
            "detail": detail,
            "bank_reference": f"REF{sequence:04d}{detail:04d}",
            "sign": "1" if amount < 0 else "0",
            "amount": money_digits(amount),
            "value_date": day_digits(DAY),
            "code": code,
            "structured": structured,
            "communication": text[:53],
            "date": day_digits(DAY),
            "number": "061",
        }
        self.put("21", **{**fields, **values})
        self.rest = text[53:]
        return self

    def second(self, **values):
        fields = {"sequence": self.sequence, "detail": self.detail}
        self.put("22", **{**fields, "communication": self.rest[:53], **values})
        self.rest = self.rest[53:]
        return self

    def third(self, account="", name="", **values):
        fields = {"sequence": self.sequence, "detail": self.detail}
        fields |= {"account": account, "name": name, "communication": self.rest[:43]}
        return self.put("23", **{**fields, **values})

    def info(self, text, detail=None, **values):
        """Add records 31 to 33; ``text`` beginning with ``=`` is structured."""
        structured, text = ("1", text[1:]) if text[:1] == "=" else ("0", text)
        key = {"sequence": self.sequence, "detail": detail or self.detail + 1}
        first, second, third = text[:73], text[73:178], text[178:268]
        self.put("31", **key, structured=structured, communication=first, **values)
        if second or third:
            self.put("32", **key, communication=second)
        if third:
            self.put("33", **key, communication=third)
        return self

    def close(self, **values):
        fields = {
            "number": "061",
            "account": self.account,
            "sign": "1" if self.balance < 0 else "0",
            "balance": money_digits(self.balance),
            "date": day_digits(DAY),
        }
        return self.put("8", **{**fields, **values})

    def message(self, text, **values):
        return self.put("4", text=text, **values)

    def end(self, **values):
        kinds = [r[:2] if r[0] in "23" else r[0] for r in self.records]
        fields = {
            "count": sum(kind in COUNTED for kind in kinds),
            "debit": money_digits(sum((a for a in self.booked if a < 0), Decimal(0))),
            "credit": money_digits(sum((a for a in self.booked if a > 0), Decimal(0))),
            "more": "2",
        }
        return self.put("9", **{**fields, **values})

    def lines(self):
        return list(self.records)

    def text(self, end="\n"):
        return "".join(record + end for record in self.records)

    def data(self, end="\n", charset="ascii"):
        return self.text(end).encode(charset)


def simple(*amounts, old="100.00", **header):
    """Return a builder with one plain movement for each amount, complete."""
    builder = CodaBuilder(old, **header).open()
    for sequence, amount in enumerate(amounts, 1):
        builder.move(sequence, 0, amount, text=f"MOVEMENT {sequence}")
    return builder.close().end()
