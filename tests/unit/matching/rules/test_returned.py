"""Cases of money that comes back: lines, open items, and the decision."""

from decimal import Decimal

from ..world import (
    DAY,
    OGM_A,
    OPEN,
    A,
    by_name,
    check,
    decide,
    item,
    line,
    paid,
    payment,
    summary,
)

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
    "of several that one payment was for": (
        line(-170, end_to_end_id="E1", **RETURN),
        [paid(1, 100, end_to_end_id="E1"), paid(2, 70, end_to_end_id="E1")],
        ("returned", {1: "-100", 2: "-70"}, (), "returned"),
    ),
    "of several, without a code": (
        line(-170, end_to_end_id="E1"),
        [paid(1, 100, end_to_end_id="E1"), paid(2, 70, end_to_end_id="E1")],
        ("returned", {1: "-100", 2: "-70"}, (), "returned"),
    ),
    "of several, with the bank's costs": (
        line("-173.50", end_to_end_id="E1", **RETURN),
        [paid(1, 100, end_to_end_id="E1"), paid(2, 70, end_to_end_id="E1")],
        ("returned", {1: "-100", 2: "-70"}, ("-3.50", "fee"), "returned"),
    ),
    "of several, a part of them": (
        line(-150, end_to_end_id="E1"),
        [paid(1, 100, end_to_end_id="E1"), paid(2, 70, end_to_end_id="E1")],
        OPEN,
    ),
    "of several, far more than was paid": (
        line(-200, end_to_end_id="E1", **RETURN),
        [paid(1, 100, end_to_end_id="E1"), paid(2, 70, end_to_end_id="E1")],
        OPEN,
    ),
    "of several in two currencies": (
        line(-170, end_to_end_id="E1", foreign_amount=-180, foreign_currency="USD"),
        [
            paid(1, 100, end_to_end_id="E1"),
            paid(2, 70, end_to_end_id="E1", currency="USD"),
        ],
        OPEN,
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


def test_discount_is_lost():
    """Who paid 98 of 100 in time, and takes that back, owes 100."""
    back = line(-98, ogm=OGM_A, **RETURN)
    early = paid(1, 98, ogm=OGM_A, discount_taken=Decimal(2))
    assert decide(back, early).discounted == (1,)
    a_part = line(-40, ogm=OGM_A, **RETURN)
    assert decide(a_part, early).discounted == ()
    again = line(100, ogm=OGM_A, id=2, day=1)
    late = decide([back, again], early)[1]
    assert summary(late) == ("exact_reference", {1: "100"}, (), "")
