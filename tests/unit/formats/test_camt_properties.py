"""Any bytes give statements or a FormatError; what the builder writes is read."""

from decimal import Decimal
from xml.sax.saxutils import escape

from hypothesis import example, given, settings
from hypothesis import strategies as st

from odoo.addons.pom_reconcile.formats.base import FormatError
from odoo.addons.pom_reconcile.formats.camt import (
    identify,
    is_notification,
    read,
    read_notification,
)
from odoo.addons.pom_reconcile.formats.dump import dump

from .camt_builder import Camt, tag
from .camt_samples import SAMPLES

versions = st.integers(2, 13)
cents = st.integers(0, 10**9).map(lambda value: Decimal(value).scaleb(-2))
signed = st.integers(-(10**9), 10**9).map(lambda value: Decimal(value).scaleb(-2))
words = st.text("abc Zéü+/-.&<€", max_size=40)


def attempt(data):
    for force in (False, True):
        try:
            for statement in read(data, force=force):
                dump(statement, {})
                for item in statement.transactions:
                    check(item)
        except FormatError as error:
            assert error.problems
            assert str(error)
    try:
        list(read_notification(data))
    except FormatError as error:
        assert str(error)


def check(item):
    """What holds for all that was read, forced or not."""
    assert item.amount.is_finite()
    assert item.batch == bool(item.details)
    if item.details:
        assert sum(detail.amount for detail in item.details) == item.amount


@given(st.binary())
@example(b"<")
@example(b"\xff\xfe<\x00")
def test_any_bytes(data):
    identify(data)
    is_notification(data)
    attempt(data)


@settings(max_examples=300)
@given(st.sampled_from(sorted(SAMPLES)), st.data())
def test_any_damage_to_a_sample(name, data):
    """Bytes overwritten, elements dropped, doubled, renamed, moved."""
    pieces = SAMPLES[name].split(b"<")
    for _ in range(data.draw(st.integers(1, 4))):
        place = data.draw(st.integers(1, len(pieces) - 1))
        action = data.draw(
            st.sampled_from(["write", "drop", "double", "move", "rename", "text"])
        )
        piece = pieces[place]
        if action == "write":
            pieces[place] = piece[:2] + data.draw(st.binary(max_size=4)) + piece[3:]
        elif action == "drop":
            pieces[place : place + 1] = []
        elif action == "double":
            pieces.insert(place, piece)
        elif action == "move":
            pieces.insert(data.draw(st.integers(1, len(pieces))), piece)
        elif action == "rename":
            other = pieces[data.draw(st.integers(1, len(pieces) - 1))]
            pieces[place] = other.partition(b">")[0] + b">" + piece.partition(b">")[2]
        else:
            value = data.draw(
                st.sampled_from([b"", b"-1", b"x", b"9" * 30, b"2026-02-30", b"<a/>"])
            )
            pieces[place] = piece.partition(b">")[0] + b">" + value
        if len(pieces) < 2:
            break
    attempt(b"<".join(pieces))


@st.composite
def entries(draw, camt):
    """Return an entry and what it must become: amount, details, status."""
    amount = draw(signed)
    status = draw(st.sampled_from(["BOOK", "BOOK", "BOOK", "PDNG", "INFO"]))
    parts = draw(st.lists(cents, max_size=4))
    direction = "DBIT" if amount < 0 else "CRDT"
    adds_up = draw(st.booleans()) and len(parts) > 1
    if adds_up:
        amount = sum(parts) * (-1 if amount < 0 else 1)
    details = [
        camt.payment(str(part), direction=direction, end_to_end=f"E{number}")
        for number, part in enumerate(parts)
    ]
    xml = camt.entry(
        str(amount),
        *details,
        status=status,
        direction=direction,
        reversal=draw(st.sampled_from([None, "false"])),
    )
    return xml, amount, parts, status


@settings(max_examples=150)
@given(versions, signed, st.data())
def test_what_is_written_is_read(version, old, data):
    camt = Camt(version)
    found = data.draw(st.lists(entries(camt), max_size=6))
    statement = camt.statement(*[item[0] for item in found], old=str(old))
    (read_back,) = read(camt.document(statement))
    booked = [item for item in found if item[3] == "BOOK"]
    assert [item.amount for item in read_back.transactions] == [
        item[1] for item in booked
    ]
    total = sum((item[1] for item in booked), Decimal(0))
    assert read_back.new_balance == read_back.old_balance + total
    assert read_back.credit_total - read_back.debit_total == total
    for transaction, (_xml, amount, parts, _status) in zip(
        read_back.transactions, booked, strict=True
    ):
        check(transaction)
        if len(parts) > 1:
            assert transaction.batch == (sum(parts) == abs(amount))


@settings(max_examples=100)
@given(signed, st.integers(1, 10**6))
def test_a_balance_that_is_wrong_by_anything_is_refused(amount, error):
    camt = Camt(8)
    due = Decimal("1000.00") + amount
    entry = camt.entry(str(amount))
    right = camt.document(camt.statement(entry))
    assert len(list(read(right))) == 1
    wrong = camt.document(camt.statement(entry, new=str(due + error)))
    try:
        list(read(wrong))
    except FormatError as refusal:
        assert refusal.forcible
    else:
        raise AssertionError("a wrong balance was read")


@settings(max_examples=60)
@given(words)
def test_texts(text):
    camt = Camt(8)
    data = camt.document(camt.statement(camt.entry("1.00", note=escape(text))))
    (statement,) = read(data)
    assert statement.transactions[0].text == " ".join(text.split())


@settings(max_examples=60)
@given(st.lists(st.sampled_from(["Stmt", "Ntry", "Amt", "x", "Sts", "TxDtls"])))
def test_nesting(names):
    inner = ""
    for name in names:
        inner = tag(name, inner)
    camt = Camt(8)
    entry = camt.entry("1.00", extra=tag("SplmtryData", inner))
    (statement,) = read(camt.document(camt.statement(entry)))
    assert [item.amount for item in statement.transactions] == [1]
