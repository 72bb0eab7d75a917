"""Cases of who pays for others: a company for those of its group, one for a couple."""

from ..world import OGM_A, OGM_B, OPEN, A, B, by_name, check, item, line

BOTH = [item(1, 100, "C1"), item(2, 60, "C2"), item(9, 500, "P")]

GROUP = {
    "two children's numbers, from the parent's account": (
        line(160, "INV/2026/00001 + INV/2026/00002", iban="P"),
        BOTH,
        ("several_references", {1: "100", 2: "60"}, (), ""),
    ),
    "the second by the end of its number": (
        line(160, "INV/2026/00001, 2", iban="P"),
        BOTH,
        ("several_references", {1: "100", 2: "60"}, (), ""),
    ),
    "two children's references": (
        line(160, f"{A} {B}", iban="P"),
        [item(1, 100, "C1", ogm=OGM_A), item(2, 60, "C2", ogm=OGM_B)],
        ("several_references", {1: "100", 2: "60"}, (), ""),
    ),
    "less than both": (
        line(150, "INV/2026/00001 + INV/2026/00002", iban="P"),
        BOTH,
        OPEN,
    ),
    "more than both": (
        line(170, f"{A} {B}", iban="P"),
        [item(1, 100, "C1", ogm=OGM_A), item(2, 60, "C2", ogm=OGM_B)],
        OPEN,
    ),
    "less than both, from the account of one": (
        line(150, "INV/2026/00001, 2", iban="C1"),
        BOTH,
        OPEN,
    ),
    "less than one of them, from its account": (
        line(40, "INV/2026/00001, 2", iban="C1"),
        BOTH,
        OPEN,
    ),
    "what the parent owes, and a child's number": (
        line(500, "INV/2026/00001", iban="P"),
        BOTH,
        OPEN,
    ),
    "exactly a further one that isn't named": (
        line(210, "INV/2026/00001, 2", iban="P1"),
        [item(1, 100), item(2, 60), item(3, 50)],
        ("invoice_number", {1: "100", 2: "60", 3: "50"}, (), ""),
    ),
    "the second by a short form of its number": (
        line(160, f"{A} en factuur 4242", iban="P"),
        [item(1, 100, "C1", ogm=OGM_A), item(4242, 60, "C2")],
        OPEN,
    ),
    "more, and a short number of another amount": (
        line(160, f"{A} en factuur 4242", iban="P"),
        [item(1, 100, "C1", ogm=OGM_A), item(4242, 70, "C2")],
        ("inexact_reference", {1: "100"}, ("60", "credit"), "surplus"),
    ),
    "a child's reference, and what the parent owes itself": (
        line(150, A, iban="P"),
        [item(1, 100, "C1", ogm=OGM_A), item(2, 50, "P")],
        OPEN,
    ),
    "a child's reference, and more than anybody owes": (
        line(150, A, iban="P"),
        [item(1, 100, "C1", ogm=OGM_A), item(2, 70, "P")],
        ("inexact_reference", {1: "100"}, ("50", "credit"), "surplus"),
    ),
    "a reference, and what another owner of the account owes": (
        line(150, A, iban="Q"),
        [item(1, 100, ogm=OGM_A, ibans=("Q",)), item(2, 50, "P2", ibans=("Q",))],
        OPEN,
    ),
    "nothing is named": (
        line(160, iban="P"),
        BOTH,
        OPEN,
    ),
}


@by_name(GROUP)
def test_group(said, items, expected):
    check(said, items, expected)


JEAN = {"names": ("Jean Dupont",)}

COUPLE = {
    "a number and less": (
        line(40, "INV/2026/00001", name="M. et Mme Dupont"),
        [item(1, 100, **JEAN)],
        ("invoice_number", {1: "40"}, (), "partial"),
    ),
    "a short number and the amount": (
        line(100, "facture 1", name="DUPONT-MARTIN"),
        [item(1, 100, **JEAN), item(2, 100, "P2", names=("Marie Leroy",))],
        ("short_number", {1: "100"}, (), ""),
    ),
    "the name of somebody else in the family": (
        line(40, "INV/2026/00001", name="Dupont Anne"),
        [item(1, 100, **JEAN)],
        OPEN,
    ),
    "the name alone": (
        line(100, name="M. et Mme Dupont"),
        [item(1, 100, ibans=(), **JEAN)],
        OPEN,
    ),
    "another couple's": (
        line(40, "INV/2026/00001", name="M. et Mme Martin"),
        [item(1, 100, **JEAN)],
        OPEN,
    ),
    "a couple, and a company of that name": (
        line(40, "INV/2026/00001", name="M. et Mme Dupont"),
        [item(1, 100, names=("Garage Dupont SA",))],
        OPEN,
    ),
}


@by_name(COUPLE)
def test_couple(said, items, expected):
    check(said, items, expected)
