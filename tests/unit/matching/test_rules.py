"""One table of cases per rule: lines, open items, and the decision."""

import datetime

import pytest

from pom_reconcile.matching import PayoutItem, Settings
from tests.simulators.months import rf

from .world import (
    DAY,
    OGM_A,
    OGM_B,
    OGM_C,
    OPEN,
    decide,
    item,
    line,
    paid,
    payment,
    spelled,
    summary,
)

A, B, C = spelled(OGM_A), spelled(OGM_B), spelled(OGM_C)
EARLIER = DAY - datetime.timedelta(days=30)
LATER = DAY + datetime.timedelta(days=3)
RF_A = rf(OGM_A)


def by_name(table):
    return pytest.mark.parametrize(
        "said, items, expected", table.values(), ids=table.keys()
    )


def check(said, items, expected):
    assert summary(decide(said, *items)) == expected


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


@by_name(EXACT)
def test_exact_reference(said, items, expected):
    check(said, items, expected)


INEXACT = {
    "more than a debtor's own reference had open that day": (
        line(107, ogm=OGM_A),
        [
            item(1, 60, ogm=OGM_A, date=EARLIER),
            item(2, 40, ogm=OGM_A, date=LATER),
        ],
        ("inexact_reference", {1: "60", 2: "40"}, ("7", "credit"), "surplus"),
    ),
    "less": (
        line(40, ogm=OGM_A),
        [item(1, 100, ogm=OGM_A)],
        ("inexact_reference", {1: "40"}, (), "partial"),
    ),
    "a cent less": (
        line("99.99", ogm=OGM_A),
        [item(1, 100, ogm=OGM_A)],
        ("inexact_reference", {1: "99.99"}, (), "partial"),
    ),
    "more": (
        line(140, ogm=OGM_A),
        [item(1, 100, ogm=OGM_A)],
        ("inexact_reference", {1: "100"}, ("40", "credit"), "surplus"),
    ),
    "a cent more": (
        line("100.01", ogm=OGM_A),
        [item(1, 100, ogm=OGM_A)],
        ("inexact_reference", {1: "100"}, ("0.01", "credit"), "surplus"),
    ),
    "more on our bill": (line(-140, ogm=OGM_A), [item(1, -100, ogm=OGM_A)], OPEN),
    "less on our bill": (
        line(-40, ogm=OGM_A),
        [item(1, -100, ogm=OGM_A)],
        ("inexact_reference", {1: "-40"}, (), "partial"),
    ),
    "less, and another debt's amount": (
        line(40, ogm=OGM_A),
        [item(1, 100, ogm=OGM_A), item(2, 40)],
        OPEN,
    ),
    "less, and the payer's own debt's amount": (
        line(40, ogm=OGM_A, iban="P2"),
        [item(1, 100, ogm=OGM_A), item(2, 40, "P2")],
        OPEN,
    ),
    "more, and another debt's amount": (
        line(140, ogm=OGM_A),
        [item(1, 100, ogm=OGM_A), item(2, 140)],
        OPEN,
    ),
    "less, and a paid one's amount": (
        line(40, ogm=OGM_A),
        [item(1, 100, ogm=OGM_A), paid(2, 40, ogm=OGM_A)],
        OPEN,
    ),
    "less, with an unknown reference": (
        line(40, f"{A} {C}"),
        [item(1, 100, ogm=OGM_A)],
        OPEN,
    ),
    "more, and the payer owes exactly the rest": (
        line(140, ogm=OGM_A, iban="P1"),
        [item(1, 100, ogm=OGM_A), item(2, 40)],
        ("inexact_reference", {1: "100", 2: "40"}, (), ""),
    ),
    "more, and someone owes exactly the rest": (
        line(140, ogm=OGM_A),
        [item(1, 100, ogm=OGM_A), item(2, 40)],
        OPEN,
    ),
    "more, and two ways to use the rest": (
        line(140, ogm=OGM_A, iban="P1"),
        [item(1, 100, ogm=OGM_A), item(2, 40), item(3, 40)],
        OPEN,
    ),
    "a lump sum on a debtor's own reference": (
        line(100, ogm=OGM_A),
        [item(1, 60, ogm=OGM_A), item(2, 70, ogm=OGM_A)],
        OPEN,
    ),
    "more than all under a debtor's own reference": (
        line(150, ogm=OGM_A),
        [item(1, 60, ogm=OGM_A), item(2, 70, ogm=OGM_A)],
        ("inexact_reference", {1: "60", 2: "70"}, ("20", "credit"), "surplus"),
    ),
    "less, shared by two debtors": (
        line(40, ogm=OGM_A),
        [item(1, 100, ogm=OGM_A), item(2, 70, "P2", OGM_A)],
        OPEN,
    ),
}


@by_name(INEXACT)
def test_inexact_reference(said, items, expected):
    check(said, items, expected)


SEVERAL = {
    "two references": (
        line(150, f"{A} en {B}"),
        [item(1, 100, ogm=OGM_A), item(2, 50, ogm=OGM_B)],
        ("several_references", {1: "100", 2: "50"}, (), ""),
    ),
    "of two debtors": (
        line(150, f"{A} en {B}"),
        [item(1, 100, ogm=OGM_A), item(2, 50, "P2", OGM_B)],
        ("several_references", {1: "100", 2: "50"}, (), ""),
    ),
    "one of them was paid": (
        line(150, f"{A} {B} {C}"),
        [
            item(1, 100, ogm=OGM_A),
            item(2, 50, ogm=OGM_B),
            paid(3, 70, ogm=OGM_C),
        ],
        ("several_references", {1: "100", 2: "50"}, (), ""),
    ),
    "that don't sum": (
        line(140, f"{A} en {B}"),
        [item(1, 100, ogm=OGM_A), item(2, 50, ogm=OGM_B)],
        OPEN,
    ),
    "in two currencies": (
        line(150, f"{A} en {B}"),
        [item(1, 100, ogm=OGM_A), item(2, 50, ogm=OGM_B, currency="USD")],
        OPEN,
    ),
    "numbers": (
        line(150, "INV/2026/00001 et INV/2026/00002"),
        [item(1, 100), item(2, 50)],
        ("several_references", {1: "100", 2: "50"}, (), ""),
    ),
    "numbers that go on": (
        line(175, "INV/2026/00001, 2 et 3"),
        [item(1, 100), item(2, 50), item(3, 25)],
        ("several_references", {1: "100", 2: "50", 3: "25"}, (), ""),
    ),
    "a range of numbers": (
        line(175, "INV/2026/00001 t/m 3"),
        [item(1, 100), item(2, 50), item(3, 25)],
        ("several_references", {1: "100", 2: "50", 3: "25"}, (), ""),
    ),
    "an invoice and a credit note": (
        line(70, "INV/2026/00001 min RINV/2026/00001"),
        [
            item(1, 100),
            item(2, -30, kind="credit_note", number="RINV/2026/00001"),
        ],
        ("several_references", {1: "100", 2: "-30"}, (), ""),
    ),
    "a PSP's payout": (
        line(150, f"{A} {B}", name="Mollie BV"),
        [item(1, 100, ogm=OGM_A), item(2, 50, ogm=OGM_B)],
        OPEN,
    ),
}


@by_name(SEVERAL)
def test_several_references(said, items, expected):
    check(said, items, expected)


NUMBERS = {
    "out of the middle of another one": (
        line(99, "Überweisung VF2026/11/0037", iban="P2"),
        [item(1, 99, number="2026-0011"), item(2, 99, "P2", number="VF2026/11/0035")],
        OPEN,
    ),
    "after a word that the bank glued to it": (
        line(99, "FACTUUR2026-0011"),
        [item(1, 99, number="2026-0011")],
        ("invoice_number", {1: "99"}, (), ""),
    ),
    "exact amount": (
        line(100, "fact INV/2026/00001"),
        [item(1, 100)],
        ("invoice_number", {1: "100"}, (), ""),
    ),
    "year and count in one, without zeros": (
        line(100, "INV20260001"),
        [item(1, 100)],
        ("invoice_number", {1: "100"}, (), ""),
    ),
    "cut by a line end": (
        line(100, "fact INV/2026/0\n0001"),
        [item(1, 100)],
        ("invoice_number", {1: "100"}, (), ""),
    ),
    "less, by the payer's account": (
        line(40, "INV/2026/00001", iban="P1"),
        [item(1, 100)],
        ("invoice_number", {1: "40"}, (), "partial"),
    ),
    "less, by the payer's name": (
        line(40, "INV/2026/00001", name="PEETERS JAN"),
        [item(1, 100, names=("Jan Peeters",))],
        ("invoice_number", {1: "40"}, (), "partial"),
    ),
    "more, by the payer's account": (
        line(140, "INV/2026/00001", iban="P1"),
        [item(1, 100)],
        ("invoice_number", {1: "100"}, ("40", "credit"), "surplus"),
    ),
    "another amount of a stranger": (
        line(40, "INV/2026/00001", iban="X"),
        [item(1, 100)],
        OPEN,
    ),
    "another company's": (
        line(100, "INV/2026/00001", iban="P1"),
        [item(1, 100, company=2)],
        OPEN,
    ),
    "that is also a month": (
        line(40, "huur 11/2026", iban="P1"),
        [item(1, 100, number="11/2026")],
        OPEN,
    ),
    "an order that several invoices bear": (
        line(40, "PO-778812"),
        [
            item(1, 100, references=("PO-778812",)),
            item(2, 40, references=("PO-778812",)),
        ],
        ("invoice_number", {2: "40"}, (), ""),
    ),
    "an order that two equal invoices bear": (
        line(40, "PO-778812", iban="P1"),
        [
            item(1, 40, references=("PO-778812",)),
            item(2, 40, references=("PO-778812",)),
        ],
        OPEN,
    ),
}


@by_name(NUMBERS)
def test_invoice_number(said, items, expected):
    check(said, items, expected)


SHORT = {
    "without prefix": (
        line(100, "factuur 2026/00042"),
        [item(42, 100)],
        ("short_number", {42: "100"}, (), ""),
    ),
    "year of two digits": (
        line(100, "INV 26-042"),
        [item(42, 100)],
        ("short_number", {42: "100"}, (), ""),
    ),
    "two of them": (
        line(150, "2026/00042 en 2026/00043"),
        [item(42, 100), item(43, 50)],
        ("short_number", {42: "100", 43: "50"}, (), ""),
    ),
    "two of them that don't sum": (
        line(140, "2026/00042 en 2026/00043"),
        [item(42, 100), item(43, 50)],
        OPEN,
    ),
    "of two documents": (
        line(100, "2026/00042"),
        [item(42, 100), item(43, 100, number="FAC/2026/00042")],
        OPEN,
    ),
    "another amount": (line(40, "2026/00042", iban="X"), [item(42, 100)], OPEN),
    "before it was issued": (
        line(100, "2026/00042"),
        [item(42, 100, date=LATER)],
        OPEN,
    ),
    "of one that was paid, and of another open one": (
        line(100, "2026/00042"),
        [paid(42, 100), item(43, 100, number="FAC/2026/00042")],
        OPEN,
    ),
    "a month": (line(100, "abonnement 2026/11"), [item(11, 100)], OPEN),
    "with a structured reference that isn't ours": (
        line(100, f"2026/00042 {C}"),
        [item(42, 100)],
        OPEN,
    ),
    "bare after a cue": (
        line(100, "factuur 00042"),
        [item(42, 100)],
        ("short_number", {42: "100"}, (), ""),
    ),
    "bare, few digits": (line(100, "factuur 42"), [item(42, 100)], OPEN),
    "bare, few digits, the payer's": (
        line(100, "factuur 42", iban="P1"),
        [item(42, 100), item(43, 100)],
        ("short_number", {42: "100"}, (), ""),
    ),
    "bare, but it is the amount": (
        line(1210, "factuur 1210 euro"),
        [item(1210, 1210)],
        OPEN,
    ),
    "bare, within a full number": (
        line(40, "factuur INV/2026/00042", iban="X"),
        [item(42, 100), item(2026, 40)],
        OPEN,
    ),
    "a name of digits only": (
        line(100, "factuur 0042"),
        [item(42, 100, number="0042")],
        ("short_number", {42: "100"}, (), ""),
    ),
}


@by_name(SHORT)
def test_short_number(said, items, expected):
    check(said, items, expected)


THREE = [
    item(1, 30, move=7, ogm=OGM_A, due_date=DAY, kind="instalment"),
    item(2, 30, move=7, ogm=OGM_A, due_date=LATER, kind="instalment"),
    item(3, 40, move=7, ogm=OGM_A, kind="instalment"),
]
INSTALMENTS = {
    "the oldest two, of whose sum another one is": (
        line(50, ogm=OGM_A),
        [
            item(1, 30, ogm=OGM_A, move=9, due_date=DAY),
            item(2, 20, ogm=OGM_A, move=9, due_date=LATER),
            item(
                3, 50, ogm=OGM_A, move=9, due_date=LATER + datetime.timedelta(days=30)
            ),
        ],
        ("instalment", {1: "30", 2: "20"}, (), ""),
    ),
    "oldest due": (
        line(30, ogm=OGM_A),
        THREE,
        ("instalment", {1: "30"}, (), ""),
    ),
    "amounts say otherwise": (
        line(40, ogm=OGM_A),
        THREE,
        ("instalment", {3: "40"}, (), ""),
    ),
    "two of them": (
        line(60, ogm=OGM_A),
        THREE,
        ("instalment", {1: "30", 2: "30"}, (), ""),
    ),
    "one and a half": (
        line(45, ogm=OGM_A),
        THREE,
        ("instalment", {1: "30", 2: "15"}, (), "partial"),
    ),
    "one and a half, and another debt's amount": (
        line(45, ogm=OGM_A),
        [*THREE, item(9, 45)],
        OPEN,
    ),
    "one, and another debt's amount": (
        line(30, ogm=OGM_A),
        [*THREE, item(9, 30)],
        ("instalment", {1: "30"}, (), ""),
    ),
    "all": (
        line(100, ogm=OGM_A),
        THREE,
        ("exact_reference", {1: "30", 2: "30", 3: "40"}, (), ""),
    ),
    "more than all": (
        line(110, ogm=OGM_A),
        THREE,
        (
            "inexact_reference",
            {1: "30", 2: "30", 3: "40"},
            ("10", "credit"),
            "surplus",
        ),
    ),
}


@by_name(INSTALMENTS)
def test_instalment(said, items, expected):
    check(said, items, expected)


CREDIT = item(2, -30, kind="credit_note", number="RINV/2026/00001")
NETTED = {
    "the sum says so": (
        line(70, ogm=OGM_A),
        [item(1, 100, ogm=OGM_A), CREDIT],
        ("netted", {1: "100", 2: "-30"}, (), ""),
    ),
    "under a number": (
        line(70, "INV/2026/00001 min CN"),
        [item(1, 100), CREDIT],
        ("netted", {1: "100", 2: "-30"}, (), ""),
    ),
    "two credits": (
        line(60, ogm=OGM_A),
        [item(1, 100, ogm=OGM_A), CREDIT, item(3, -10)],
        ("netted", {1: "100", 2: "-30", 3: "-10"}, (), ""),
    ),
    "two ways": (
        line(70, ogm=OGM_A),
        [item(1, 100, ogm=OGM_A), CREDIT, item(3, -30)],
        ("inexact_reference", {1: "70"}, (), "partial"),
    ),
    "or another debt": (
        line(70, ogm=OGM_A),
        [item(1, 100, ogm=OGM_A), CREDIT, item(3, 70)],
        OPEN,
    ),
    "another debtor's credit": (
        line(70, ogm=OGM_A),
        [item(1, 100, ogm=OGM_A), item(2, -30, "P2")],
        ("inexact_reference", {1: "70"}, (), "partial"),
    ),
}


@by_name(NETTED)
def test_netted(said, items, expected):
    check(said, items, expected)


TWICE = {
    "paid before": (
        line(100, ogm=OGM_A),
        [paid(1, 100, ogm=OGM_A)],
        ("paid_twice", {}, ("100", "credit"), "paid_twice"),
    ),
    "though the same is open": (
        line(100, ogm=OGM_A, iban="P1"),
        [paid(1, 100, ogm=OGM_A), item(2, 100, ogm=OGM_B)],
        ("paid_twice", {}, ("100", "credit"), "paid_twice"),
    ),
    "another amount": (
        line(80, ogm=OGM_A),
        [paid(1, 100, ogm=OGM_A)],
        ("paid_twice", {}, ("80", "credit"), "paid_twice"),
    ),
    "another amount, that of an open debt": (
        line(80, ogm=OGM_A, iban="P1"),
        [paid(1, 100, ogm=OGM_A), item(2, 80)],
        OPEN,
    ),
    "by number": (
        line(100, "INV/2026/00001"),
        [paid(1, 100)],
        ("paid_twice", {}, ("100", "credit"), "paid_twice"),
    ),
    "by number, another amount": (
        line(80, "INV/2026/00001", iban="X"),
        [paid(1, 100)],
        OPEN,
    ),
    "by number, another amount, the payer's": (
        line(80, "INV/2026/00001", iban="P1"),
        [paid(1, 100)],
        ("paid_twice", {}, ("80", "credit"), "paid_twice"),
    ),
    "shared by two debtors": (
        line(100, ogm=OGM_A),
        [paid(1, 100, ogm=OGM_A), paid(2, 100, "P2", OGM_A)],
        OPEN,
    ),
    "shared by two debtors, known by account": (
        line(100, ogm=OGM_A, iban="P2"),
        [paid(1, 100, ogm=OGM_A), paid(2, 100, "P2", OGM_A)],
        ("paid_twice", {}, ("100", "credit"), "paid_twice"),
    ),
    "an unknown reference beside it": (
        line(100, f"{A} {C}"),
        [paid(1, 100, ogm=OGM_A)],
        OPEN,
    ),
    "we pay": (line(-100, ogm=OGM_A), [paid(1, -100, ogm=OGM_A)], OPEN),
    "never paid, never open": (line(100, ogm=OGM_A), [item(1, 0, ogm=OGM_A)], OPEN),
    "two references, both paid": (
        line(200, f"{A} {B}"),
        [paid(1, 100, ogm=OGM_A), paid(2, 100, ogm=OGM_B)],
        OPEN,
    ),
}


@by_name(TWICE)
def test_paid_twice(said, items, expected):
    check(said, items, expected)


PSP = {"provider": "mollie", "provider_reference": "tr_8aB3x", "number": "PAY/5"}
WAITING = {
    "end-to-end id": (
        line(100, end_to_end_id="SDD-0001"),
        [payment(5, 100, end_to_end_id="SDD0001"), item(1, 100)],
        ("waiting_payment", {5: "100"}, (), ""),
    ),
    "end-to-end id, before the invoice": (
        line(50, ogm=OGM_A, end_to_end_id="SDD-0001"),
        [payment(5, 50, end_to_end_id="SDD-0001"), item(1, 50, ogm=OGM_A)],
        ("waiting_payment", {5: "50"}, (), ""),
    ),
    "end-to-end id, another amount": (
        line(90, end_to_end_id="SDD-0001"),
        [payment(5, 100, end_to_end_id="SDD-0001")],
        OPEN,
    ),
    "end-to-end id of two": (
        line(100, end_to_end_id="SDD-0001"),
        [
            payment(5, 100, end_to_end_id="SDD-0001"),
            payment(6, 100, end_to_end_id="SDD-0001"),
        ],
        OPEN,
    ),
    "no end-to-end id": (
        line(100, end_to_end_id="NOTPROVIDED"),
        [payment(5, 100, end_to_end_id="NOTPROVIDED")],
        OPEN,
    ),
    "zeros for an end-to-end id": (
        line(100, end_to_end_id="0000"),
        [payment(5, 100, end_to_end_id="0000")],
        OPEN,
    ),
    "the PSP's own reference": (
        line(100, "zie tr_8aB3x"),
        [payment(5, 100, **PSP)],
        ("waiting_payment", {5: "100"}, (), ""),
    ),
    "reference of a registered payment": (
        line(100, "X-2026/7"),
        [payment(5, 100, transaction_reference="X-2026/7")],
        ("waiting_payment", {5: "100"}, (), ""),
    ),
    "the invoice's reference, registered by hand": (
        line(100, ogm=OGM_A),
        [payment(5, 100, references=(A,)), paid(1, 100, ogm=OGM_A)],
        ("exact_reference", {5: "100"}, (), ""),
    ),
    "the invoice's reference, through a PSP": (
        line(100, ogm=OGM_A),
        [payment(5, 100, references=(A,), **PSP), paid(1, 100, ogm=OGM_A)],
        ("paid_twice", {}, ("100", "credit"), "paid_twice"),
    ),
    "a transfer that names the PSP's transaction": (
        line(100, "INV/2026/00001", iban="P1"),
        [payment(5, 100, transaction_reference="INV/2026/00001", **PSP)],
        OPEN,
    ),
    "the account of one with a payment through a PSP": (
        line(100, iban="P1"),
        [payment(5, 100, **PSP)],
        OPEN,
    ),
    "the account of one with a registered payment": (
        line(100, iban="P1"),
        [payment(5, 100)],
        ("known_account", {5: "100"}, (), ""),
    ),
}


@by_name(WAITING)
def test_waiting_payment(said, items, expected):
    check(said, items, expected)


HEX = "687e0f4c373dbc4f381d31cd"
PAYOUT = "5bb37284e35e2b29e363df22"
BULK = f"20261119{PAYOUT}BULK-7 PQ BulkRecon{'1' * 24}"
BANCONTACT = payment(5, 100, provider="payconiq", provider_reference=HEX)
IN_PO = [
    payment(5, 100, provider="stripe", payout_reference="po_1Abc"),
    payment(6, 50, provider="stripe", payout_reference="po_1Abc"),
]
LISTED = [
    payment(5, 100, provider="mollie", provider_reference="tr_A1"),
    payment(6, 50, provider="mollie", provider_reference="tr_B2"),
    payment(7, -20, provider="mollie", provider_reference="re_C3"),
]
LIST = (PayoutItem("tr_A1", 100), PayoutItem("tr_B2", 50), PayoutItem("re_C3", -20))
PAYOUTS = {
    "one of Bancontact": (
        line(100, f"Payconiq{HEX}Shop99INV/2026/00001merci", name="Payconiq"),
        [BANCONTACT, item(1, 100)],
        ("waiting_payment", {5: "100"}, (), ""),
    ),
    "a debtor who writes the id of what he paid by card": (
        line(100, f"betaald {HEX}", iban="P1"),
        [payment(5, 100, provider="mollie", provider_reference=HEX)],
        OPEN,
    ),
    "one of Bancontact, cut by a line end": (
        line(100, f"Bancontact{HEX[:9]}\n{HEX[9:]}Shop"),
        [BANCONTACT],
        ("waiting_payment", {5: "100"}, (), ""),
    ),
    "one of Bancontact, less its fee": (
        line("99.94", f"BANCONTACT {HEX} Shop"),
        [BANCONTACT],
        ("payout", {5: "100"}, ("-0.06", "fee"), ""),
    ),
    "one of Bancontact that isn't known": (
        line(100, f"Payconiq{'0' * 24}Shop INV/2026/00001", name="Payconiq"),
        [item(1, 100)],
        OPEN,
    ),
    "bulk without a list": (
        line(100, BULK, name="Bancontact Payconiq Company"),
        [BANCONTACT],
        OPEN,
    ),
    "bulk whose payments bear the payout": (
        line(100, BULK),
        [payment(5, 100, provider="payconiq", payout_reference=PAYOUT)],
        ("payout", {5: "100"}, (), ""),
    ),
    "bulk whose payments bear the bulk id": (
        line(100, BULK),
        [payment(5, 100, provider="payconiq", payout_reference="BULK-7")],
        ("payout", {5: "100"}, (), ""),
    ),
    "bulk in the words of the reconciliation guide": (
        line(100, f"20261119-{PAYOUT}-BULK-7-PQ-BulkRecon-{'1' * 24}"),
        [payment(5, 100, provider="payconiq", payout_reference="BULK-7")],
        ("payout", {5: "100"}, (), ""),
    ),
    "the same without a bulk id, and without a list": (
        line(100, f"20261119-{PAYOUT}-NONE-PQ-BulkRecon-{'1' * 24}"),
        [BANCONTACT, payment(6, 100, provider="mollie", payout_reference="NONE")],
        OPEN,
    ),
    "the payout that payments bear": (
        line("147.15", "STRIPE po_1Abc"),
        IN_PO,
        ("payout", {5: "100", 6: "50"}, ("-2.85", "fee"), ""),
    ),
    "a fee too high to be one": (line(120, "STRIPE po_1Abc"), IN_PO, OPEN),
    "more than gross": (line(151, "STRIPE po_1Abc"), IN_PO, OPEN),
    "listed, with a refund": (
        line("129", name="Mollie", payout_items=LIST),
        LISTED,
        ("payout", {5: "100", 6: "50", 7: "-20"}, ("-1", "fee"), ""),
    ),
    "listed, one is missing": (
        line("129", name="Mollie", payout_items=LIST),
        LISTED[:2],
        OPEN,
    ),
    "listed with another amount": (
        line("129", payout_items=(PayoutItem("tr_A1", 101), *LIST[1:])),
        LISTED,
        OPEN,
    ),
    "named in the text": (
        line("149", "uitbetaling tr_A1 tr_B2", name="Stg Mollie Payments"),
        LISTED,
        ("payout", {5: "100", 6: "50"}, ("-1", "fee"), ""),
    ),
    "by the transaction's reference, in the PSP's line": (
        line(100, "X-2026/7", kind="payout"),
        [payment(5, 100, provider="ogone", transaction_reference="X-2026/7")],
        ("waiting_payment", {5: "100"}, (), ""),
    ),
    "in another currency": (
        line(100, "STRIPE po_1Abc"),
        [
            payment(
                5, 100, provider="stripe", payout_reference="po_1Abc", currency="USD"
            )
        ],
        OPEN,
    ),
    "a customer called like a PSP": (
        line(100, ogm=OGM_A, name="Stripe & Zebra BV"),
        [item(1, 100, ogm=OGM_A)],
        ("exact_reference", {1: "100"}, (), ""),
    ),
}


@by_name(PAYOUTS)
def test_payout(said, items, expected):
    check(said, items, expected)


def test_fee_needs_an_account():
    decision = decide(line(148, "po_1Abc", kind="payout"), *IN_PO, settings=Settings())
    assert not decision.decided
    assert "no account for the fee of 2.00 EUR" in decision.sentence
    assert decision.suggestions[0].allocations[0].candidate_id == 5


RETURN = {"kind": "return", "return_reason": "AM04"}
RETURNS = {
    "by end-to-end id": (
        line(-100, end_to_end_id="E1", **RETURN),
        [paid(1, 100, end_to_end_id="E1"), paid(2, 100)],
        ("returned", {1: "-100"}, (), "returned"),
    ),
    "by end-to-end id, without a code": (
        line(-100, end_to_end_id="E1"),
        [paid(1, 100, end_to_end_id="E1")],
        ("returned", {1: "-100"}, (), "returned"),
    ),
    "by end-to-end id, without a code, another amount": (
        line(-90, end_to_end_id="E1"),
        [paid(1, 100, end_to_end_id="E1")],
        OPEN,
    ),
    "of a payment, when no document is known": (
        line(-100, end_to_end_id="E1", **RETURN),
        [payment(5, 0, paid=100, end_to_end_id="E1")],
        ("returned", {5: "-100"}, (), "returned"),
    ),
    "of a document rather than its payment": (
        line(-100, end_to_end_id="E1", **RETURN),
        [
            payment(5, 0, paid=100, end_to_end_id="E1"),
            paid(1, 100, end_to_end_id="E1"),
        ],
        ("returned", {1: "-100"}, (), "returned"),
    ),
    "by reference": (
        line(-100, ogm=OGM_A, **RETURN),
        [paid(1, 100, ogm=OGM_A)],
        ("returned", {1: "-100"}, (), "returned"),
    ),
    "by the bank's words and the number": (
        line(-100, "Domiciliation impayée INV/2026/00001"),
        [paid(1, 100)],
        ("returned", {1: "-100"}, (), "returned"),
    ),
    "the debtor's words": (
        line(100, f"suite au rejet, facture impayée {A}"),
        [item(1, 100, ogm=OGM_A)],
        ("exact_reference", {1: "100"}, (), ""),
    ),
    "by mandate": (
        line(-100, mandate="M-1", **RETURN),
        [paid(1, 100, mandate="M1"), paid(2, 70, mandate="M1")],
        ("returned", {1: "-100"}, (), "returned"),
    ),
    "by account": (
        line(-100, iban="P1", **RETURN),
        [paid(1, 100), paid(2, 70)],
        ("returned", {1: "-100"}, (), "returned"),
    ),
    "by account, two of them": (
        line(-100, iban="P1", **RETURN),
        [paid(1, 100), paid(2, 100)],
        OPEN,
    ),
    "by account, another amount": (
        line(-90, iban="P1", **RETURN),
        [paid(1, 100)],
        OPEN,
    ),
    "a part of it": (
        line(-40, ogm=OGM_A, **RETURN),
        [paid(1, 100, ogm=OGM_A)],
        ("returned", {1: "-40"}, (), "returned"),
    ),
    "of one instalment": (
        line(-30, ogm=OGM_A, **RETURN),
        [
            paid(1, 30, ogm=OGM_A, move=7, due_date=DAY),
            paid(2, 70, ogm=OGM_A, move=7),
        ],
        ("returned", {1: "-30"}, (), "returned"),
    ),
    "of one instalment and a half": (
        line(-80, ogm=OGM_A, **RETURN),
        [
            paid(1, 30, ogm=OGM_A, move=7, due_date=DAY),
            paid(2, 70, ogm=OGM_A, move=7),
        ],
        ("returned", {2: "-70", 1: "-10"}, (), "returned"),
    ),
    "with the bank's costs": (
        line("-103.50", ogm=OGM_A, **RETURN),
        [paid(1, 100, ogm=OGM_A)],
        ("returned", {1: "-100"}, ("-3.50", "fee"), "returned"),
    ),
    "in dollars that the bank didn't tell": (
        line(-100, ogm=OGM_A, **RETURN),
        [paid(1, 100, ogm=OGM_A, currency="USD")],
        OPEN,
    ),
    "in dollars": (
        line(-92, ogm=OGM_A, foreign_amount=-100, foreign_currency="USD", **RETURN),
        [paid(1, 100, ogm=OGM_A, currency="USD")],
        ("returned", {1: "-100"}, (), "returned"),
    ),
    "far more than was paid": (
        line(-150, ogm=OGM_A, **RETURN),
        [paid(1, 100, ogm=OGM_A)],
        OPEN,
    ),
    "never paid": (line(-100, ogm=OGM_A, **RETURN), [item(1, 100, ogm=OGM_A)], OPEN),
    "a chargeback of the PSP": (
        line(-100, "chargeback tr_A1", name="Mollie B.V."),
        [paid(1, 100, provider_reference="tr_A1")],
        ("returned", {1: "-100"}, (), "returned"),
    ),
    "money of ours comes back": (
        line(100, ogm=OGM_A, kind="return"),
        [paid(1, -100, ogm=OGM_A)],
        ("returned", {1: "100"}, (), "returned"),
    ),
}


@by_name(RETURNS)
def test_returned(said, items, expected):
    check(said, items, expected)


def test_cause_is_told():
    said = line(-100, ogm=OGM_A, **RETURN)
    assert "insufficient funds" in decide(said, paid(1, 100, ogm=OGM_A)).sentence
    said = line(-100, ogm=OGM_A, kind="return", return_reason="ZZ99")
    assert "(ZZ99)" in decide(said, paid(1, 100, ogm=OGM_A)).sentence


ACCOUNT = {
    "of two equal debts, one issued after the payment": (
        line(100, iban="P1"),
        [item(1, 100, date=EARLIER), item(2, 100, date=LATER)],
        OPEN,
    ),
    "two ways, one with a debt issued after the payment": (
        line(100, iban="P1"),
        [
            item(1, 60, date=EARLIER),
            item(2, 40, date=EARLIER),
            item(3, 40, date=LATER),
        ],
        OPEN,
    ),
    "one open item": (
        line(100, iban="P1"),
        [item(1, 100), item(2, 100, "P2")],
        ("known_account", {1: "100"}, (), ""),
    ),
    "one of several": (
        line(100, iban="P1"),
        [item(1, 100), item(2, 70)],
        ("known_account", {1: "100"}, (), ""),
    ),
    "one combination": (
        line(170, iban="P1"),
        [item(1, 100), item(2, 70), item(3, 25)],
        ("known_account", {1: "100", 2: "70"}, (), ""),
    ),
    "with a credit note": (
        line(75, iban="P1"),
        [item(1, 100), item(2, -25)],
        ("known_account", {1: "100", 2: "-25"}, (), ""),
    ),
    "all that is open": (
        line(635, iban="P1"),
        [item(i + 1, 5 * 2**i) for i in range(7)],
        ("known_account", {i + 1: str(5 * 2**i) for i in range(7)}, (), ""),
    ),
    "we pay a supplier": (
        line(-100, iban="P1"),
        [item(1, -100)],
        ("known_account", {1: "-100"}, (), ""),
    ),
    "two equal debts": (line(100, iban="P1"), [item(1, 100), item(2, 100)], OPEN),
    "two combinations": (
        line(100, iban="P1"),
        [item(1, 100), item(2, 60), item(3, 40)],
        OPEN,
    ),
    "another amount": (line(90, iban="P1"), [item(1, 100)], OPEN),
    "an unknown account": (line(100, iban="X"), [item(1, 100)], OPEN),
    "an account of two debtors": (
        line(100, iban="Q"),
        [item(1, 100, ibans=("Q",)), item(2, 70, "P2", ibans=("Q",))],
        ("known_account", {1: "100"}, (), ""),
    ),
    "an account of two debtors who owe the same": (
        line(100, iban="Q"),
        [item(1, 100, ibans=("Q",)), item(2, 100, "P2", ibans=("Q",))],
        OPEN,
    ),
    "called like another debtor": (
        line(100, iban="P1", name="An Maes"),
        [item(1, 100, names=("Jan Maes",)), item(2, 70, "P2", names=("An Maes",))],
        OPEN,
    ),
    "called like the debtor": (
        line(100, iban="P1", name="Jan Maes"),
        [item(1, 100, names=("Jan Maes",)), item(2, 70, "P2", names=("An Maes",))],
        ("known_account", {1: "100"}, (), ""),
    ),
    "a reference that isn't ours": (
        line(100, ogm=OGM_C, iban="P1"),
        [item(1, 100, ogm=OGM_A)],
        OPEN,
    ),
    "a mistyped reference like the debt's": (
        line(100, "+++000/0010/01012+++", iban="P1"),
        [item(1, 100, ogm=OGM_A)],
        ("known_account", {1: "100"}, (), ""),
    ),
    "a mistyped reference unlike the debt's": (
        line(100, "+++555/5551/00987+++", iban="P1"),
        [item(1, 100, ogm=OGM_A)],
        OPEN,
    ),
    "another debtor's number": (
        line(100, "INV/2026/00002", iban="P1"),
        [item(1, 100), item(2, 70, "P2")],
        OPEN,
    ),
    "before it was issued": (
        line(100, iban="P1"),
        [item(1, 100, date=LATER)],
        OPEN,
    ),
    "a payment through a PSP under way": (
        line(100, iban="P1"),
        [item(1, 100, under_way=True)],
        OPEN,
    ),
    "in two currencies": (
        line(100, iban="P1", foreign_amount=100, foreign_currency="USD"),
        [item(1, 100), item(2, 100, currency="USD")],
        OPEN,
    ),
    "an item of nobody": (line(100), [item(1, 100, partner=None)], OPEN),
    "between our own accounts": (
        line(100, iban="P1", kind="internal"),
        [item(1, 100)],
        OPEN,
    ),
    "a payment that was registered afterwards": (
        line(100, iban="P1"),
        [payment(5, 100, date=LATER)],
        ("known_account", {5: "100"}, (), ""),
    ),
    "a number of ours that isn't here": (
        line(100, "INV/2026/00777", iban="P1"),
        [item(1, 100)],
        OPEN,
    ),
    "the number of a document elsewhere": (
        line(100, "FAC/2026/00007", iban="P1"),
        [item(1, 100), paid(7, 100, company=2, number="FAC/2026/00007")],
        OPEN,
    ),
    "a number that is only elsewhere of this form": (
        line(100, "XYZ/2026/00007", iban="P1"),
        [item(1, 100)],
        ("known_account", {1: "100"}, (), ""),
    ),
    "our letters and a month": (
        line(100, "INV 2026 11", iban="P1"),
        [item(1, 100)],
        ("known_account", {1: "100"}, (), ""),
    ),
    "the short number of what was paid": (
        line(100, "factuur 42", iban="P1"),
        [item(1, 100), paid(42, 100)],
        OPEN,
    ),
    "the short number of another open debt": (
        line(100, "factuur 42", iban="P1"),
        [item(1, 100), item(42, 70)],
        OPEN,
    ),
    "a day, or the number of what was paid": (
        line(100, "2026/14", iban="P1"),
        [item(1, 100), paid(14, 100)],
        OPEN,
    ),
    "a day, or the number of another amount": (
        line(100, "2026/14", iban="P1"),
        [item(1, 100), paid(14, 70)],
        ("known_account", {1: "100"}, (), ""),
    ),
}


@by_name(ACCOUNT)
def test_known_account(said, items, expected):
    check(said, items, expected)


JAN = {"names": ("Jan Peeters",), "ibans": ()}
NAME = {
    "name and only amount": (
        line(100, name="PEETERS JAN"),
        [item(1, 100, **JAN), item(2, 70, "P2")],
        ("name_amount", {1: "100"}, (), ""),
    ),
    "e-mail and only amount": (
        line(100, "van jan@peeters.be"),
        [item(1, 100, emails=("jan@peeters.be",), ibans=())],
        ("name_amount", {1: "100"}, (), ""),
    ),
    "a name of one word": (
        line(100, name="Peeters"),
        [item(1, 100, names=("Peeters",), ibans=())],
        OPEN,
    ),
    "two of that name": (
        line(100, name="Jan Peeters"),
        [item(1, 100, **JAN), item(2, 70, "P2", **JAN)],
        OPEN,
    ),
    "someone else owes that amount": (
        line(100, name="Jan Peeters"),
        [item(1, 100, **JAN), item(2, 100, "P2")],
        OPEN,
    ),
    "only someone else owes that amount": (
        line(100, name="Jan Peeters"),
        [item(1, 70, **JAN), item(2, 100, "P2")],
        OPEN,
    ),
    "he pays from another account": (
        line(100, name="Jan Peeters", iban="X"),
        [item(1, 100, names=("Jan Peeters",))],
        OPEN,
    ),
    "the account of another debtor": (
        line(100, name="Jan Peeters", iban="P2"),
        [item(1, 100, **JAN), item(2, 70, "P2")],
        OPEN,
    ),
    "or a combination": (
        line(100, name="Jan Peeters"),
        [item(1, 100, **JAN), item(2, 60, **JAN), item(3, 40, **JAN)],
        OPEN,
    ),
    "in another currency": (
        line(100, name="Jan Peeters"),
        [item(1, 100, currency="USD", **JAN)],
        OPEN,
    ),
    "a reference that isn't ours": (
        line(100, ogm=OGM_C, name="Jan Peeters"),
        [item(1, 100, **JAN)],
        OPEN,
    ),
    "no account is told": (
        line(100, name="Jan Peeters"),
        [item(1, 100, names=("Jan Peeters",))],
        ("name_amount", {1: "100"}, (), ""),
    ),
    "another legal form": (
        line(100, name="GARAGE VAN DIJCK BV"),
        [item(1, 100, names=("Garage Van Dijck NV",), ibans=())],
        OPEN,
    ),
    "the same legal form in French": (
        line(100, name="GARAGE VAN DIJCK SA"),
        [item(1, 100, names=("Garage Van Dijck NV",), ibans=())],
        ("name_amount", {1: "100"}, (), ""),
    ),
    "before it was issued": (
        line(100, name="Jan Peeters"),
        [item(1, 100, date=LATER, **JAN)],
        OPEN,
    ),
}


@by_name(NAME)
def test_name_amount(said, items, expected):
    check(said, items, expected)


DISCOUNTED = {"discount_amount": 2, "discount_date": DAY}
TOLERANT = Settings(early_payment_discount=True, rounding_tolerance=1)
TOLERANCES = {
    "discount in time": (
        line(98, ogm=OGM_A),
        item(1, 100, ogm=OGM_A, **DISCOUNTED),
        ("exact_reference", {1: "100"}, ("-2", "discount"), ""),
    ),
    "discount too late": (
        line(98, ogm=OGM_A, day=1),
        item(1, 100, ogm=OGM_A, **DISCOUNTED),
        ("inexact_reference", {1: "98"}, (), "partial"),
    ),
    "rounded down": (
        line("99.50", ogm=OGM_A),
        item(1, 100, ogm=OGM_A),
        ("exact_reference", {1: "100"}, ("-0.50", "rounding"), ""),
    ),
    "rounded up": (
        line("100.50", ogm=OGM_A),
        item(1, 100, ogm=OGM_A),
        ("exact_reference", {1: "100"}, ("0.50", "rounding"), ""),
    ),
    "beyond the tolerance": (
        line("98.50", ogm=OGM_A),
        item(1, 100, ogm=OGM_A),
        ("inexact_reference", {1: "98.50"}, (), "partial"),
    ),
}


@by_name(TOLERANCES)
def test_tolerances(said, items, expected):
    assert summary(decide(said, items, settings=TOLERANT)) == expected


def test_tolerances_are_off_by_default():
    discounted = item(1, 100, ogm=OGM_A, **DISCOUNTED)
    assert decide(line(98, ogm=OGM_A), discounted).flag == "partial"
    assert decide(line("99.99", ogm=OGM_A), discounted).flag == "partial"
