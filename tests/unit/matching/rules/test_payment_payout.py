"""Cases of payouts of providers: lines, open items, and the decision."""

from odoo.addons.pom_reconcile.matching import PayoutItem, Settings

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
    payment,
)

HEX = "687e0f4c373dbc4f381d31cd"


PAYOUT = "5bb37284e35e2b29e363df22"


BULK = f"20261119{PAYOUT}BULK-7 PQ BulkRecon{'1' * 24}"


BANCONTACT = payment(5, 100, provider="payconiq", provider_reference=HEX)


COLLECTED = payment(
    5,
    100,
    provider="payconiq",
    provider_reference="687e0f4c373dbc4f381d31ce",
    references=(A, "INV/2026/00001"),
)


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
    "one of Bancontact by the invoice's reference": (
        line(100, f"Payconiq{'7F' * 12}De Kat {A}"),
        [COLLECTED, paid(1, 100, ogm=OGM_A), item(2, 100)],
        ("waiting_payment", {5: "100"}, (), ""),
    ),
    "one of Bancontact Pay by the invoice's reference": (
        line(100, f"BANCONTACT PAY 123456789012 DE KAT {A}"),
        [COLLECTED, paid(1, 100, ogm=OGM_A), item(2, 100)],
        ("waiting_payment", {5: "100"}, (), ""),
    ),
    "one whose text is only the reference": (
        line(100, ogm=OGM_A, name="Bancontact Payconiq Company"),
        [COLLECTED, paid(1, 100, ogm=OGM_A), item(2, 100)],
        ("waiting_payment", {5: "100"}, (), ""),
    ),
    "one by the invoice's number": (
        line(100, f"PAYCONIQ {'7F' * 12} KAT INV/2026/00001"),
        [COLLECTED, paid(1, 100, ogm=OGM_A), item(2, 100)],
        ("waiting_payment", {5: "100"}, (), ""),
    ),
    "one by reference, less its fee": (
        line("99.94", f"BANCONTACT PAY 123456789012 DE KAT {A}"),
        [COLLECTED, paid(1, 100, ogm=OGM_A), item(2, 100)],
        ("payout", {5: "100"}, ("-0.06", "fee"), ""),
    ),
    "one of two for one invoice": (
        line(50, f"BANCONTACT PAY 123456789012 DE KAT {A}"),
        [
            payment(n, 50, provider="payconiq", references=(A, "INV/2026/00001"))
            for n in (5, 6)
        ],
        ("waiting_payment", {5: "50"}, (), ""),
    ),
    "one of two providers'": (
        line(50, ogm=OGM_A, name="Bancontact Payconiq Company"),
        [
            payment(5, 50, provider="payconiq", references=(A,)),
            payment(6, 50, provider="mollie", references=(A,)),
        ],
        OPEN,
    ),
    "one that nobody told us, by the invoice's reference": (
        line(100, f"BANCONTACT PAY 123456789012 DE KAT {A}"),
        [item(1, 100, ogm=OGM_A), item(2, 100)],
        ("exact_reference", {1: "100"}, (), ""),
    ),
    "one that nobody told us, another amount": (
        line(90, f"BANCONTACT PAY 123456789012 DE KAT {A}"),
        [item(1, 100, ogm=OGM_A)],
        OPEN,
    ),
    "one that is still under way": (
        line(100, f"BANCONTACT PAY 123456789012 DE KAT {A}"),
        [item(1, 100, ogm=OGM_A, under_way=True)],
        OPEN,
    ),
    "a list of references": (
        line("149.80", f"{A} {B}", name="Mollie"),
        [COLLECTED, payment(6, 50, "P2", provider="payconiq", references=(B,))],
        ("payout", {5: "100", 6: "50"}, ("-0.20", "fee"), ""),
    ),
    "a list of references, one of something never told": (
        line(150, f"{A} {B}", name="Mollie"),
        [COLLECTED, item(2, 50, "P2", OGM_B)],
        ("several_references", {5: "100", 2: "50"}, (), ""),
    ),
    "a list of references, one of something under way": (
        line(150, f"{A} {B}", name="Mollie"),
        [COLLECTED, item(2, 50, "P2", OGM_B, under_way=True)],
        OPEN,
    ),
    "a list of references, one of them unknown": (
        line(100, f"{A} {C}", name="Mollie"),
        [item(1, 100, ogm=OGM_A)],
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


def test_one_payment_is_said_as_one():
    """With its fee and without; of more, how many there are."""
    less = decide(line("99.94", f"BANCONTACT {HEX} Shop"), BANCONTACT)
    assert "(1 payment, " in less.sentence and "as its fee" in less.sentence
    [one], items = LIST[:1], LISTED[:1]
    told = line(100, "Mollie", name="Mollie", kind="payout", payout_items=(one,))
    whole = decide(told, *items)
    assert (whole.rule, "(1 payment, " in whole.sentence) == ("payout", True)
    both = line(150, "Mollie", name="Mollie", kind="payout", payout_items=LIST[:2])
    assert "(2 payments, " in decide(both, *LISTED[:2]).sentence
