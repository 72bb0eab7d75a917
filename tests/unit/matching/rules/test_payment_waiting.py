"""Cases of payments that wait for their money: lines, open items, and the decision."""

from ..world import OGM_A, OPEN, A, by_name, check, item, line, paid, payment

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
        OPEN,
    ),
    "the invoice's reference, through a PSP, then by the debtor": (
        line(100, ogm=OGM_A, iban="P1"),
        [payment(5, 100, references=(A,), **PSP), paid(1, 100, ogm=OGM_A)],
        ("paid_twice", {}, ("100", "credit"), "paid_twice"),
    ),
    "an id without a digit": (
        line(100, "zie tr_kEBsNtWyAb"),
        [payment(5, 100, provider="mollie", provider_reference="tr_kEBsNtWyAb")],
        ("waiting_payment", {5: "100"}, (), ""),
    ),
    "an id as a bank prints it": (
        line(100, "ZIE TR.KEBSNTWYAB."),
        [payment(5, 100, provider="mollie", provider_reference="tr_kEBsNtWyAb")],
        ("waiting_payment", {5: "100"}, (), ""),
    ),
    "an id that a line end cuts": (
        line(100, "Mollie TR_KEBSN\nTWYAB", name="Mollie"),
        [payment(5, 100, provider="mollie", provider_reference="tr_kEBsNtWyAb")],
        ("waiting_payment", {5: "100"}, (), ""),
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
