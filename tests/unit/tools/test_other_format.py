"""Which line of another format a payment is."""

from hypothesis import given
from hypothesis import strategies as st

from odoo.addons.pom_reconcile.tools.other_format import (
    Facts,
    There,
    facts,
    may_be_same,
    source_of,
    units,
)
from odoo.addons.pom_reconcile.tools.statement_extent import Entry

CODA = "21" + "0001" + "0000" + " " * 118


def fact(source="camt", amount=100, day="2026-06-01", **values):
    return Facts(
        source,
        day,
        amount,
        values.get("value", ""),
        values.get("account", ""),
        values.get("e2e", ""),
        frozenset(values.get("references", ())),
    )


def test_facts():
    details = {
        "date": "2026-06-01",
        "value_date": "2026-06-02",
        "counterparty_account": "BE68 5390 0754 7034",
        "end_to_end_id": "notprovided",
        "references": [["ogm", "123456789002"]],
        "raw": [CODA],
    }
    found = facts(details, 5)
    assert found == Facts(
        "coda",
        "2026-06-01",
        5,
        "2026-06-02",
        "BE68539007547034",
        "",
        frozenset(["123456789002"]),
    )
    assert facts({}, 1) == Facts("camt", "", 1, "", "", "", frozenset())
    assert source_of({"raw": ["2606010601C1,NTRFX"]}) == "mt940"
    assert source_of({"raw": CODA}) == source_of({"raw": [CODA, CODA]}) == "coda"
    assert facts(dict.fromkeys(details), 5) == facts({}, 5)


def test_same():
    plain = fact()
    assert may_be_same(plain, fact("coda", account="A", e2e="E", references=["R"]))
    assert not may_be_same(plain, fact(amount=-100))
    assert not may_be_same(plain, fact(day="2026-06-02"))
    for name, one, other in (
        ("value", "1", "2"),
        ("account", "A", "B"),
        ("e2e", "1", "2"),
        ("references", ["1"], ["2"]),
    ):
        assert not may_be_same(fact(**{name: one}), fact(**{name: other}))
        assert may_be_same(fact(**{name: one}), fact(**{name: one}))


def found(lines, there, owner=9):
    """What the lines are known by, those of a unit together."""
    lines = [(Entry(name, said.amount), said) for name, said in lines]
    return [
        (unit.places, " ".join(entry.fingerprint for entry in unit.entries))
        for unit in units(lines, there, owner)
    ]


def names(lines, there, owner=9):
    return [name for _places, name in found(lines, there, owner)]


def test_words_of_the_other_format():
    there = [
        There("coda-1", fact("coda", account="A"), 1),
        There("coda-2", fact("coda", account="B"), 1),
    ]
    lines = [("camt-b", fact(account="B")), ("camt-a", fact(account="A"))]
    assert names(lines, there) == ["coda-2", "coda-1"]
    # A third one is new.
    lines.append(("camt-c", fact()))
    assert names(lines, there) == ["coda-2", "coda-1", "camt-c"]
    assert names(lines[::-1], there) == ["camt-c", "coda-1", "coda-2"]


def test_own_words_come_first():
    there = [There("camt", fact(), 1), There("coda", fact("coda"), 2)]
    assert names([("camt", fact())], there) == ["camt"]
    assert sorted(names([("camt", fact())] * 2, there)) == ["camt", "coda"]


def test_same_format_of_another_statement_is_no_translation():
    there = [There("old words", fact(), 1)]
    assert names([("new words", fact())], there) == ["new words"]
    assert names([("new words", fact())], there, 1) == ["old words"]


def test_total_of_which_the_payments_are_there():
    there = [
        There("before", fact("coda", 15), 1, 0),
        There("b", fact("coda", 30), 1, 2),
        There("a", fact("coda", 70), 1, 1),
        There("away", fact("coda", -100), 1, 3),
        There("late", fact("coda", 100, value="2026-06-03"), 1, 4),
    ]
    total = ("total", fact(amount=100, value="2026-06-01"))
    other = ("other", fact(amount=7))
    assert found([other, total], there) == [((0,), "other"), ((1,), "a b")]
    # Of its own format, and of another day.
    own = [item._replace(facts=item.facts._replace(source="camt")) for item in there]
    assert names([total], own) == ["total"]
    assert names([("total", fact(amount=100, day="2026-06-02"))], there) == ["total"]


def test_payments_of_which_the_total_is_there():
    there = [There("total", fact("coda", 100), 1), There("other", fact("coda", 40), 1)]
    lines = [("a", fact(amount=15)), ("b", fact(amount=70)), ("c", fact(amount=30))]
    assert found(lines, there) == [((0,), "a"), ((1, 2), "total")]
    assert names(lines[:2], there) == ["a", "b"]


def test_each_payment_is_in_one_total():
    there = [There(f"c{n}", fact("coda", n), 1, n) for n in (10, 20, 30)]
    lines = [("t1", fact(amount=30)), ("t2", fact(amount=60)), ("t3", fact(amount=30))]
    # A line of its amount is more like it than two that add up.
    assert names(lines, there) == ["c30", "t2", "c10 c20"]


@given(
    st.lists(st.tuples(st.sampled_from("ABC"), st.integers(1, 3)), max_size=8),
    st.lists(st.tuples(st.sampled_from("ABC"), st.integers(1, 3)), max_size=8),
)
def test_each_line_is_at_most_one(new, old):
    there = [
        There(f"coda-{number}", fact("coda", amount, account=account), 1, number)
        for number, (account, amount) in enumerate(old)
    ]
    lines = [
        (Entry(f"camt-{number}", amount), fact("camt", amount, account=account))
        for number, (account, amount) in enumerate(new)
    ]
    got = units(lines, there, 9)
    places = [place for unit in got for place in unit.places]
    assert sorted(places) == list(range(len(new)))
    taken = [e.fingerprint for unit in got for e in unit.entries]
    assert len(taken) == len(set(taken))
    for unit in got:
        sum_here = sum(lines[place][0].amount for place in unit.places)
        assert sum_here == sum(entry.amount for entry in unit.entries)
    for pair in {*new, *old}:
        count = min(new.count(pair), old.count(pair))
        alone = [
            unit
            for unit in got
            if len(unit.places) == len(unit.entries) == 1
            and new[unit.places[0]] == pair
            and unit.entries[0].fingerprint.startswith("coda")
        ]
        assert len(alone) == count
