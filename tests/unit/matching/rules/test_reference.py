"""Cases of references and other amounts: lines, open items, and the decision."""

import datetime

from ..world import (
    DAY,
    EARLIER,
    LATER,
    OGM_A,
    OGM_B,
    OGM_C,
    OPEN,
    A,
    B,
    C,
    by_name,
    check,
    item,
    line,
    paid,
)

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
    "what a payment plan asks first": (
        line(40, ogm=OGM_A),
        [item(1, 100, ogm=OGM_A, agreed=(40, 70, 100))],
        ("inexact_reference", {1: "40"}, (), ""),
    ),
    "what it asks first and second": (
        line(70, ogm=OGM_A),
        [item(1, 100, ogm=OGM_A, agreed=(40, 70, 100))],
        ("inexact_reference", {1: "70"}, (), ""),
    ),
    "none of its parts": (
        line(30, ogm=OGM_A),
        [item(1, 100, ogm=OGM_A, agreed=(40, 70, 100))],
        ("inexact_reference", {1: "30"}, (), "partial"),
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
    "less, and the amount of who bears the payer's name": (
        line(40, ogm=OGM_A, name="PEETERS JAN"),
        [item(1, 100, ogm=OGM_A), item(2, 40, "P2", names=("Jan Peeters",))],
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
    "a PSP's payout of what nobody told us": (
        line(150, f"{A} {B}", name="Mollie BV"),
        [item(1, 100, ogm=OGM_A), item(2, 50, ogm=OGM_B)],
        ("several_references", {1: "100", 2: "50"}, (), ""),
    ),
    "a PSP's payout of what nobody told us, by number": (
        line(150, "INV/2026/00001 INV/2026/00002", name="Mollie BV"),
        [item(1, 100, ogm=OGM_A), item(2, 50, ogm=OGM_B)],
        OPEN,
    ),
}


@by_name(SEVERAL)
def test_several_references(said, items, expected):
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
