"""Cases of references and exact amounts: lines, open items, and the decision."""

from ..world import (
    EARLIER,
    LATER,
    OGM_A,
    OGM_B,
    OPEN,
    RF_A,
    A,
    C,
    by_name,
    check,
    item,
    line,
    paid,
    payment,
)

EXACT = {
    "structured": (
        line(100, ogm=OGM_A),
        [item(1, 100, ogm=OGM_A), item(2, 100, "P2", OGM_B)],
        ("exact_reference", {1: "100"}, (), ""),
    ),
    "in the text": (
        line(100, f"dank u {A}"),
        [item(1, 100, ogm=OGM_A)],
        ("exact_reference", {1: "100"}, (), ""),
    ),
    "between words that the bank glued to it": (
        line(100, f"betreft ref{A.strip('+')}factuur", iban="P1"),
        [item(1, 100, ogm=OGM_A), item(2, 100)],
        ("exact_reference", {1: "100"}, (), ""),
    ),
    "by fours, between the ends of phrases": (
        line(
            100, f"danke; {OGM_A[:4]} {OGM_A[4:8]} {OGM_A[8:]}; 41% betaald", iban="P1"
        ),
        [item(1, 100, ogm=OGM_A), item(2, 100)],
        ("exact_reference", {1: "100"}, (), ""),
    ),
    "in the end-to-end id": (
        line(100, end_to_end_id=OGM_A),
        [item(1, 100, ogm=OGM_A)],
        ("exact_reference", {1: "100"}, (), ""),
    ),
    "with check digits that the creditor made wrong": (
        line(100, ogm="123456789012"),
        [item(1, 100, references=("123456789012",))],
        ("exact_reference", {1: "100"}, (), ""),
    ),
    "RF with blanks of Odoo": (
        line(100, references=(("RF", RF_A),)),
        [item(1, 100, references=(" ".join((RF_A[:4], RF_A[4:8], RF_A[8:])),))],
        ("exact_reference", {1: "100"}, (), ""),
    ),
    "RF around our structured communication": (
        line(100, RF_A),
        [item(1, 100, ogm=OGM_A)],
        ("exact_reference", {1: "100"}, (), ""),
    ),
    "another kind of structured text": (
        line(100, references=(("card", OGM_A),)),
        [item(1, 100, ogm=OGM_A)],
        OPEN,
    ),
    "another company's": (
        line(100, ogm=OGM_A, iban="P1"),
        [item(1, 100, ogm=OGM_A, company=2), item(2, 100)],
        OPEN,
    ),
    "a relative pays": (
        line(100, ogm=OGM_A, iban="P2"),
        [item(1, 100, ogm=OGM_A), item(2, 100, "P2", OGM_B)],
        ("exact_reference", {1: "100"}, (), ""),
    ),
    "an unknown reference beside it": (
        line(100, f"{A} {C}"),
        [item(1, 100, ogm=OGM_A)],
        ("exact_reference", {1: "100"}, (), ""),
    ),
    "its number beside it": (
        line(100, f"{A} INV/2026/00001"),
        [item(1, 100, ogm=OGM_A)],
        ("exact_reference", {1: "100"}, (), ""),
    ),
    "another's number beside it": (
        line(100, f"{A} INV/2026/00002"),
        [item(1, 100, ogm=OGM_A), item(2, 100)],
        OPEN,
    ),
    "beside a day that is a bill's number": (
        line(100, f"{A} 20261107"),
        [item(1, 100, ogm=OGM_A), item(2, -100, "P2", number="20261107")],
        ("exact_reference", {1: "100"}, (), ""),
    ),
    "between our own accounts": (
        line(100, ogm=OGM_A, kind="internal"),
        [item(1, 100, ogm=OGM_A)],
        OPEN,
    ),
    "our bill": (
        line(-100, ogm=OGM_A),
        [item(1, -100, ogm=OGM_A), item(2, 100, "P2", OGM_A)],
        ("exact_reference", {1: "-100"}, (), ""),
    ),
    "with a payment through a PSP under way": (
        line(100, ogm=OGM_A),
        [item(1, 100, ogm=OGM_A, under_way=True)],
        ("exact_reference", {1: "100"}, (), ""),
    ),
    "a debtor's own reference, one amount": (
        line(60, ogm=OGM_A),
        [item(1, 60, ogm=OGM_A), item(2, 70, ogm=OGM_A), item(3, 80, ogm=OGM_A)],
        ("exact_reference", {1: "60"}, (), ""),
    ),
    "a debtor's own reference, one sum": (
        line(130, ogm=OGM_A),
        [item(1, 60, ogm=OGM_A), item(2, 70, ogm=OGM_A), item(3, 80, ogm=OGM_A)],
        ("exact_reference", {1: "60", 2: "70"}, (), ""),
    ),
    "a debtor's own reference, two sums": (
        line(100, ogm=OGM_A),
        [item(1, 60, ogm=OGM_A), item(2, 40, ogm=OGM_A), item(3, 100, ogm=OGM_A)],
        OPEN,
    ),
    "a debtor's own reference, two equal debts": (
        line(60, ogm=OGM_A),
        [item(1, 60, ogm=OGM_A), item(2, 60, ogm=OGM_A)],
        OPEN,
    ),
    "a debtor's own reference and a number": (
        line(60, f"{A} INV/2026/00002"),
        [item(1, 60, ogm=OGM_A), item(2, 60, ogm=OGM_A)],
        ("exact_reference", {2: "60"}, (), ""),
    ),
    "a debtor's own reference, once more this month": (
        line(60, ogm=OGM_A),
        [item(1, 60, ogm=OGM_A), paid(2, 60, ogm=OGM_A)],
        ("exact_reference", {1: "60"}, (), ""),
    ),
    "a debtor's own reference, before the next invoice": (
        line(60, ogm=OGM_A),
        [paid(1, 60, ogm=OGM_A, date=EARLIER), item(2, 60, ogm=OGM_A, date=LATER)],
        OPEN,
    ),
    "before it was issued": (
        line(60, ogm=OGM_A),
        [item(2, 60, ogm=OGM_A, date=LATER)],
        ("exact_reference", {2: "60"}, (), ""),
    ),
    "shared by two debtors, known by account": (
        line(100, ogm=OGM_A, iban="P2"),
        [item(1, 100, ogm=OGM_A), item(2, 100, "P2", OGM_A)],
        ("exact_reference", {2: "100"}, (), ""),
    ),
    "shared by two debtors, known by name": (
        line(100, ogm=OGM_A, name="AN MAES"),
        [
            item(1, 100, ogm=OGM_A, names=("Jan Maes",)),
            item(2, 100, "P2", OGM_A, names=("An Maes",)),
        ],
        ("exact_reference", {2: "100"}, (), ""),
    ),
    "shared by two debtors, told by amount": (
        line(100, ogm=OGM_A),
        [item(1, 100, ogm=OGM_A), item(2, 70, "P2", OGM_A)],
        ("exact_reference", {1: "100"}, (), ""),
    ),
    "shared by two debtors, equal amounts": (
        line(100, ogm=OGM_A),
        [item(1, 100, ogm=OGM_A), item(2, 100, "P2", OGM_A)],
        OPEN,
    ),
    "shared by two debtors, the other one may pay again": (
        line(100, ogm=OGM_A),
        [item(1, 100, ogm=OGM_A), paid(2, 100, "P2", OGM_A)],
        OPEN,
    ),
    "shared by two debtors, amount of the other": (
        line(100, ogm=OGM_A, iban="P2"),
        [item(1, 100, ogm=OGM_A), item(2, 250, "P2", OGM_A)],
        OPEN,
    ),
    "in dollars": (
        line(92, ogm=OGM_A, foreign_amount=100, foreign_currency="USD"),
        [item(1, 100, ogm=OGM_A, currency="USD")],
        ("exact_reference", {1: "100"}, (), ""),
    ),
    "in dollars that the bank didn't tell": (
        line(100, ogm=OGM_A),
        [item(1, 100, ogm=OGM_A, currency="USD")],
        OPEN,
    ),
    "one reference in two currencies": (
        line(100, ogm=OGM_A, foreign_amount=100, foreign_currency="USD"),
        [item(1, 100, ogm=OGM_A), item(2, 100, ogm=OGM_A, currency="USD")],
        OPEN,
    ),
    "a costs line": (
        line(-100, ogm=OGM_A, kind="costs"),
        [item(1, -100, ogm=OGM_A)],
        OPEN,
    ),
    "nothing": (line(0, ogm=OGM_A), [item(1, 100, ogm=OGM_A)], OPEN),
}


ENTERED = {
    "for the invoice": (
        line(100, ogm=OGM_A),
        [payment(5, 100, references=(A,)), paid(1, 100, ogm=OGM_A)],
        ("exact_reference", {5: "100"}, (), ""),
    ),
    "for half of it, the other half open": (
        line(50, ogm=OGM_A),
        [
            payment(5, 50, references=(A, "INV/2026/00001")),
            item(1, 50, ogm=OGM_A, paid=50),
        ],
        ("exact_reference", {5: "50"}, (), ""),
    ),
    "twice, each for half of it": (
        line(50, ogm=OGM_A),
        [payment(n, 50, references=(A,)) for n in (5, 6)],
        ("exact_reference", {5: "50"}, (), ""),
    ),
    "by two debtors under one reference": (
        line(50, ogm=OGM_A),
        [payment(n, 50, f"P{n}", references=(A,)) for n in (5, 6)],
        OPEN,
    ),
    "for another document under the debtor's own reference": (
        line(50, ogm=OGM_A),
        [
            payment(5, 50, references=(A, "INV/2026/00002")),
            item(1, 50, ogm=OGM_A),
        ],
        OPEN,
    ),
    "for half of it, under its number": (
        line(50, "INV/2026/00001"),
        [
            payment(5, 50, references=(A, "INV/2026/00001")),
            item(1, 50, ogm=OGM_A, paid=50),
        ],
        ("invoice_number", {5: "50"}, (), ""),
    ),
    "with the rest in one transfer": (
        line(100, ogm=OGM_A),
        [payment(5, 30, references=(A,)), item(1, 70, ogm=OGM_A, paid=30)],
        ("exact_reference", {5: "30", 1: "70"}, (), ""),
    ),
    "for nothing yet": (
        line(100, ogm=OGM_A),
        [payment(5, 100, on_account=True), item(1, 100, ogm=OGM_A)],
        OPEN,
    ),
    "for nothing yet, the number named": (
        line(100, "INV/2026/00001"),
        [payment(5, 100, on_account=True), item(1, 100, ogm=OGM_A)],
        OPEN,
    ),
    "for nothing yet, another amount": (
        line(100, ogm=OGM_A),
        [payment(5, 90, on_account=True), item(1, 100, ogm=OGM_A)],
        ("exact_reference", {1: "100"}, (), ""),
    ),
    "for nothing yet, the invoice paid": (
        line(100, ogm=OGM_A),
        [payment(5, 100, on_account=True), paid(1, 100, ogm=OGM_A)],
        OPEN,
    ),
    "for a bill": (
        line(-100, "F-2026-118"),
        [payment(5, -100, references=("F-2026-118",))],
        ("invoice_number", {5: "-100"}, (), ""),
    ),
}


@by_name(ENTERED)
def test_entered_payment(said, items, expected):
    check(said, items, expected)


@by_name(EXACT)
def test_exact_reference(said, items, expected):
    check(said, items, expected)
