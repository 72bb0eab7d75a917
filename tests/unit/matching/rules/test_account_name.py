"""Cases of names and amounts: lines, open items, and the decision."""

from ..world import LATER, OGM_A, OGM_C, OPEN, by_name, check, item, line

JAN = {"names": ("Jan Peeters",), "ibans": ()}


NAME = {
    "with a mistyped reference like the debt's": (
        line(100, "+++000/0010/01012+++", name="Jan Maes"),
        [item(1, 100, ogm=OGM_A, names=("Jan Maes",), ibans=())],
        ("name_amount", {1: "100"}, (), ""),
    ),
    "with a mistyped reference unlike the debt's": (
        line(100, "+++555/5551/00987+++", name="Jan Maes"),
        [item(1, 100, ogm=OGM_A, names=("Jan Maes",), ibans=())],
        OPEN,
    ),
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
