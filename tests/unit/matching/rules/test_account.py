"""Cases of known accounts: lines, open items, and the decision."""

from ..world import (
    EARLIER,
    LATER,
    OGM_A,
    OGM_C,
    OPEN,
    by_name,
    check,
    item,
    line,
    paid,
    payment,
)

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
    "an account that paid for this debtor before": (
        line(100, iban="X"),
        [item(1, 100, learnt=("X",)), item(2, 100, "P2")],
        ("known_account", {1: "100"}, (), ""),
    ),
    "an account that paid for two debtors before": (
        line(100, iban="X"),
        [item(1, 100, learnt=("X",)), item(2, 70, "P2", learnt=("X",))],
        OPEN,
    ),
    "an account that paid for another, too, who owes nothing now": (
        line(100, iban="X"),
        [item(1, 100, shared=("X",)), item(2, 100, "P2")],
        OPEN,
    ),
    "an account of one that paid for another before": (
        line(100, iban="P2"),
        [item(1, 100, learnt=("P2",)), item(2, 70, "P2")],
        OPEN,
    ),
    "a reference that isn't ours": (
        line(100, ogm=OGM_C, iban="P1"),
        [item(1, 100, ogm=OGM_A)],
        OPEN,
    ),
    "a field of the bank's that can't be a reference": (
        line(100, ogm="243690000142", iban="P1"),
        [item(1, 100, ogm=OGM_A)],
        ("known_account", {1: "100"}, (), ""),
    ),
    "a mistyped reference like the debt's": (
        line(100, "+++000/0010/01012+++", iban="P1"),
        [item(1, 100, ogm=OGM_A)],
        ("known_account", {1: "100"}, (), ""),
    ),
    "a mistyped reference unlike the debt's": (
        line(100, "+++555/5551/00987+++", iban="P1"),
        [item(1, 100, ogm=OGM_A)],
        ("known_account", {1: "100"}, (), ""),
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
