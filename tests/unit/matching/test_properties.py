"""What holds for any batch, however odd."""

import datetime
from collections import defaultdict
from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st

from odoo.addons.pom_reconcile.matching import (
    BankLine,
    Candidate,
    PayoutItem,
    match,
    needed_keys,
)
from odoo.addons.pom_reconcile.matching import text as matching_text

from tests.simulators.months_telling import ogm, plus

from .world import ALL_ON, DAY

# Few values, so that everything collides with everything.
AMOUNTS = st.sampled_from([Decimal(a) for a in (10, 20, 30, "30.01", 60, 100)])
SIGNED = st.builds(lambda a, s: a * s, AMOUNTS, st.sampled_from((1, 1, 1, -1)))
REFERENCES = st.sampled_from([ogm(n) for n in (584, 585, 600)])
PARTNERS = st.sampled_from((None, "P1", "P2", "P3"))
CURRENCIES = st.sampled_from(("EUR", "EUR", "EUR", "USD"))
IDENTIFIERS = st.sampled_from(("", "", "tr_A1", "E2E7", "po_9"))
DATES = st.integers(-3, 3).map(lambda days: DAY + datetime.timedelta(days=days))
NUMBERS = st.integers(1, 6).map(lambda n: f"INV/2026/{n:05d}")
TEXTS = st.lists(
    st.one_of(
        REFERENCES.map(plus),
        NUMBERS,
        IDENTIFIERS,
        st.sampled_from(("en 3", "factuur 00004", "Payconiq", "storno", "\n")),
        st.text(max_size=8),
    ),
    max_size=4,
).map(" ".join)


@st.composite
def candidates(draw):
    kinds = ("invoice", "instalment", "credit_note", "payment", "paid_invoice")
    found = []
    for position in range(draw(st.integers(0, 7))):
        kind = draw(st.sampled_from(kinds))
        partner = draw(PARTNERS)
        found.append(
            Candidate(
                id=position,
                kind=kind,
                residual=Decimal(0) if kind == "paid_invoice" else draw(SIGNED),
                paid=draw(SIGNED) if kind == "paid_invoice" else Decimal(0),
                currency=draw(CURRENCIES),
                company_id=draw(st.sampled_from((1, 1, 1, 2))),
                move_id=draw(st.sampled_from((None, position, 99))),
                name=draw(NUMBERS),
                partner_id=partner,
                commercial_partner_id=partner,
                partner_names=(f"Jan {partner}",),
                ibans=draw(st.sampled_from(((), (str(partner),), ("Q",)))),
                date=draw(st.one_of(st.none(), DATES)),
                due_date=draw(st.one_of(st.none(), DATES)),
                references=tuple(map(plus, draw(st.lists(REFERENCES, max_size=2)))),
                provider=draw(st.sampled_from(("", "mollie"))),
                provider_reference=draw(IDENTIFIERS),
                end_to_end_id=draw(IDENTIFIERS),
                payout_reference=draw(IDENTIFIERS),
                under_way=draw(st.booleans()),
                discount_amount=draw(st.sampled_from((Decimal(0), Decimal("0.01")))),
                discount_date=draw(st.one_of(st.none(), DATES)),
            )
        )
    return found


@st.composite
def bank_lines(draw):
    found = []
    for position in range(draw(st.integers(1, 5))):
        foreign = draw(st.sampled_from((None, None, Decimal(100))))
        found.append(
            BankLine(
                id=position,
                amount=draw(st.one_of(SIGNED, st.just(Decimal(0)))),
                currency="EUR",
                date=draw(DATES),
                company_id=1,
                references=tuple(
                    ("ogm", r) for r in draw(st.lists(REFERENCES, max_size=1))
                ),
                text=draw(TEXTS),
                counterparty_name=draw(st.sampled_from(("", "Jan P1", "Mollie BV"))),
                counterparty_iban=draw(st.sampled_from(("", "P1", "P2", "Q"))),
                end_to_end_id=draw(IDENTIFIERS),
                kind=draw(st.sampled_from(("", "", "", "return", "payout", "costs"))),
                foreign_amount=foreign,
                foreign_currency="USD" if foreign else "",
                picked=draw(st.sampled_from((None, None, None, "P1", "P2"))),
                payout_items=draw(
                    st.sampled_from(((), (), (PayoutItem("tr_A1", Decimal(10)),)))
                ),
            )
        )
    return found


SETTINGS = st.sampled_from(
    (
        ALL_ON,
        ALL_ON.__class__(),
        ALL_ON.__class__(
            early_payment_discount=True, rounding_tolerance=Decimal("0.05")
        ),
    )
)


@given(bank_lines(), candidates(), SETTINGS, st.randoms())
@settings(max_examples=120, deadline=None)
def test_order_changes_nothing(lines, items, allowed, random):
    before = match(lines, items, allowed)
    random.shuffle(lines)
    random.shuffle(items)
    assert match(lines, items, allowed) == before


@given(bank_lines(), candidates(), SETTINGS)
@settings(max_examples=120, deadline=None)
def test_sums_are_conserved_and_nothing_is_overpaid(lines, items, allowed):
    by_line = {line.id: line for line in lines}
    by_id = {item.id: item for item in items}
    taken = defaultdict(Decimal)
    decisions = match(lines, items, allowed)
    assert sorted(d.line_id for d in decisions) == sorted(by_line)
    for decision in decisions:
        line = by_line[decision.line_id]
        total = sum((a.amount for a in decision.allocations), decision.remainder)
        assert total == line.money(decision.currency)
        assert bool(decision.remainder) == bool(decision.remainder_as) or not (
            line.amount
        )
        for allocation in decision.allocations:
            item = by_id[allocation.candidate_id]
            assert allocation.amount and item.company_id == line.company_id
            assert item.currency == decision.currency
            assert line.may_be_for(item.commercial_partner_id)
            taken[item.id] += allocation.amount
            left = item.residual - taken[item.id]
            whole = item.residual + item.paid
            assert min(0, whole) <= left <= max(0, whole)
        assert decision.sentence
        for suggestion in decision.suggestions:
            assert suggestion.reason % suggestion.values


@given(bank_lines(), candidates())
@settings(max_examples=80, deadline=None)
def test_another_company_never_matches(lines, items):
    elsewhere = [c for c in items if c.company_id == 2]
    assert not any(d.decided for d in match(lines, elsewhere))


@given(bank_lines(), candidates())
@settings(max_examples=80, deadline=None)
def test_what_is_not_asked_for_is_not_needed(lines, items):
    """Candidates that share no key with the lines change no decision."""
    keys = needed_keys(lines)
    partners = {c.commercial_partner_id for c in items if _is_asked(c, keys)}
    asked = [
        c for c in items if _is_asked(c, keys) or c.commercial_partner_id in partners
    ]
    moves = {c.move_id for c in asked if c.move_id is not None}
    asked = [c for c in items if c in asked or c.move_id in moves]
    with_all = [d for d in match(lines, items, ALL_ON) if d.decided]
    with_asked = [d for d in match(lines, asked, ALL_ON) if d.decided]
    assert with_all == with_asked


def _is_asked(candidate, keys):
    identifiers = {
        matching_text.canonical(value)
        for value in (
            candidate.provider_reference,
            candidate.transaction_reference,
            candidate.payout_reference,
            candidate.end_to_end_id,
        )
    }
    asked = {matching_text.canonical(t) for t in keys.tokens} | keys.end_to_end_ids
    return bool(
        candidate.company_id in keys.companies
        and (
            keys.spellings & set(candidate.references)
            or int(candidate.name[-5:]) in keys.sequence_numbers
            or keys.ibans & set(candidate.ibans)
            or keys.raw_names & set(candidate.partner_names)
            or abs(candidate.residual) in keys.amounts
            or identifiers & asked
            or candidate.commercial_partner_id in keys.partners
        )
    )


@given(st.text(max_size=200))
def test_any_text_can_be_read(text):
    for reference in matching_text.scan(text).valid:
        assert matching_text.is_structured(reference)


@given(st.integers(0, 10**10 - 1), st.sampled_from("/.-, "))
def test_every_structured_communication_is_found(number, gap):
    digits = ogm(number)
    for written in (
        plus(digits),
        digits,
        gap.join((digits[:3], digits[3:7], digits[7:])),
    ):
        assert matching_text.scan(f"voor {written} dank").valid == (digits,)


@given(st.integers(0, 10**10 - 1), st.integers(1, 98))
def test_wrong_check_digits_are_never_taken(number, wrong):
    digits = ogm(number)
    other = f"{digits[:10]}{(int(digits[10:]) + wrong) % 99:02d}"
    assert other not in matching_text.scan(plus(other)).valid or other == digits
