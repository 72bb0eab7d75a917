"""Cases of document numbers: lines, open items, and the decision."""

from ..world import LATER, OPEN, C, by_name, check, item, line, paid

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
