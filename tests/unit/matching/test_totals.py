"""Totals whose payments are listed elsewhere are decided by them, or not at all so."""

from dataclasses import replace

from .world import OGM_A, OGM_B, decide, item, line, paid, spelled, summary

A, B = spelled(OGM_A), spelled(OGM_B)


def total(amount, *parts, **more):
    return replace(line(amount, "TOTAAL", **more), parts=parts)


PARTS = (line(40, ogm=OGM_A), line(60, ogm=OGM_B))
OWED = (item(1, 40, ogm=OGM_A), item(2, 60, "P2", OGM_B))


def test_each_part_settles_its_debt():
    decision = decide(total(100, *PARTS), *OWED)
    assert summary(decision) == ("details", {1: "40", 2: "60"}, (), "")
    assert decision.partner_id is None
    assert "2 payments" in decision.sentence
    assert "INV/2026/00001, INV/2026/00002" in decision.sentence


def test_parts_of_one_debtor():
    both = decide(total(100, *PARTS), OWED[0], item(2, 60, "P1", OGM_B))
    assert (both.partner_id, both.decided) == ("P1", True)


def test_all_parts_or_none():
    """One part that is nobody's, or paid twice: the total is left as it stands."""
    for others in ((), (paid(2, 60, "P2", OGM_B),)):
        decision = decide(total(100, *PARTS), OWED[0], *others)
        assert not decision.decided
    said = decide([total(100, *PARTS), line(40, ogm=OGM_A, id=2)], OWED[0])
    assert [d.rule for d in said] == ["", "exact_reference"]


def test_a_total_as_a_plain_line():
    """Its own words may decide where its parts don't."""
    one = replace(line(100, ogm=OGM_A), parts=PARTS)
    decision = decide(one, item(1, 100, ogm=OGM_A))
    assert summary(decision) == ("exact_reference", {1: "100"}, (), "")


def test_two_totals_and_others():
    lines = [
        replace(total(100, *PARTS), id=1),
        replace(total(7, line(7, "INV/2026/00003")), id=2),
        line(9, "INV/2026/00004", id=3),
    ]
    more = (item(3, 7, "P3"), item(4, 9, "P4"))
    decisions = decide(lines, *OWED, *more)
    assert [d.rule for d in decisions] == ["details", "details", "invoice_number"]
    assert [d.line_id for d in decisions] == [1, 2, 3]
    assert "the one payment of this total" in decisions[1].sentence
