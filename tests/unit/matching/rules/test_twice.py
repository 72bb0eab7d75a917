"""Cases of what is paid twice: lines, open items, and the decision."""

from ..world import (
    OGM_A,
    OGM_B,
    OPEN,
    A,
    B,
    C,
    by_name,
    check,
    decide,
    item,
    line,
    paid,
    summary,
)

TWICE = {
    "paid before": (
        line(100, ogm=OGM_A),
        [paid(1, 100, ogm=OGM_A)],
        ("paid_twice", {}, ("100", "credit"), "paid_twice"),
    ),
    "closed by an entry, and no money": (
        line(100, ogm=OGM_A),
        [paid(1, 100, ogm=OGM_A, given_up=True)],
        OPEN,
    ),
    "of which an entry closed the rest": (
        line(60, "INV/2026/00001", iban="P1"),
        [paid(1, 100, given_up=True)],
        OPEN,
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


def test_money_that_may_be_seen_twice():
    """Never booked, on whatever it would fit, nor called paid twice."""
    for owed in (item(1, 100, ogm=OGM_A), paid(1, 100, ogm=OGM_A)):
        decision = decide(line(100, ogm=OGM_A, iban="P1", twin="loon"), owed)
        assert summary(decision) == OPEN
        assert "“loon”" in decision.sentence


def test_what_an_entry_closed_is_told():
    written_off = paid(1, 100, ogm=OGM_A, given_up=True)
    found = decide(line(100, ogm=OGM_A), written_off)
    assert "INV/2026/00001, which an entry closed" in found.sentence
    found = decide(line(100, f"{A} {B}"), written_off, item(2, 50, ogm=OGM_B))
    assert "don't agree" in found.sentence
