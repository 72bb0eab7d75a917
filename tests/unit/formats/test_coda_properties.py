"""Any bytes give statements or a FormatError; what is written is read again."""

import string
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from odoo.addons.pom_reconcile.formats.base import (
    FormatError,
    Reference,
    Statement,
    Transaction,
)
from odoo.addons.pom_reconcile.formats.coda import identify, read
from odoo.addons.pom_reconcile.formats.coda.accounts import to_iban
from odoo.addons.pom_reconcile.formats.coda.structured import RETURN_TYPES
from odoo.addons.pom_reconcile.formats.coda.structures import (
    INFORMATIONS,
    MOVEMENTS,
)

from tests.simulators.coda_writer import write

from .coda_builder import simple
from .coda_samples import SAMPLES

WORDS = string.ascii_letters + string.digits + "éàç.,:;()'?-&"


def attempt(data):
    for force in (False, True):
        try:
            for statement in read(data, force=force):
                assert statement.account is not None
        except FormatError as error:
            assert error.problems
            assert str(error)


@given(st.binary())
@example(b"0" * 128 + b"\n1")
def test_any_bytes(data):
    identify(data)
    attempt(data)


@settings(max_examples=300)
@given(st.sampled_from(sorted(SAMPLES)), st.data())
def test_any_damage_to_a_sample(name, data):
    """Bytes overwritten, lines dropped, doubled and moved."""
    lines = SAMPLES[name].splitlines(keepends=True)
    for _ in range(data.draw(st.integers(1, 3))):
        position = data.draw(st.integers(0, len(lines) - 1))
        action = data.draw(st.sampled_from(["write", "drop", "double", "move", "cut"]))
        line = lines[position]
        if action == "write":
            start = data.draw(st.integers(0, 127))
            piece = data.draw(st.binary(min_size=1, max_size=15))
            lines[position] = line[:start] + piece + line[start + len(piece) :]
        elif action == "drop":
            lines[position : position + 1] = []
        elif action == "double":
            lines.insert(position, line)
        elif action == "move":
            lines.insert(data.draw(st.integers(0, len(lines))), line)
        else:
            lines[position] = line[: data.draw(st.integers(0, 127))]
        if not lines:
            break
    attempt(b"".join(lines))


def plain(limit, alphabet=WORDS):
    return st.text(alphabet, max_size=limit)


def words(limit):
    """Text without blanks at its ends, which fixed columns can't keep."""
    return st.text(WORDS + " ", max_size=limit).map(str.strip)


days = st.none() | st.dates(date(1990, 1, 1), date(2069, 12, 31))
amounts = st.integers(-(10**13), 10**13).map(lambda cents: Decimal(cents).scaleb(-2))
ibans = st.from_regex(r"[0-9]{12}", fullmatch=True).map(to_iban) | st.from_regex(
    r"(NL|FR|LU)[0-9]{2}[A-Z]{4}[0-9]{10}", fullmatch=True
)
bics = st.just("") | st.from_regex(r"[A-Z]{6}[A-Z0-9]{2}([A-Z0-9]{3})?", fullmatch=True)

VALUES = {
    "x": lambda item: st.text(string.ascii_uppercase, min_size=1, max_size=item.length),
    "n": lambda item: st.integers(1, 10**item.length - 1).map(
        lambda value: f"{value:0{item.length}d}"
    ),
    "c": lambda item: st.sampled_from(["USD", "GBP"]),
    "s": lambda item: st.just("debit"),
    "d": lambda item: st.dates(date(1990, 1, 1), date(2069, 12, 31)).map(str),
    "y": lambda item: st.dates(date(1990, 1, 1), date(2069, 12, 31)).map(str),
    "t": lambda item: st.sampled_from(["13:45", "00:01"]),
}


def number(decimals):
    def values(item):
        return st.integers(1, 10**item.length - 1).map(
            lambda value: _shown(Decimal(value).scaleb(-decimals))
        )

    return values


def _not_zero(text):
    return not text or text.strip("0")


def _shown(value):
    whole, _, rest = f"{value:f}".partition(".")
    return f"{whole}.{rest.rstrip('0').ljust(2, '0')}"


VALUES |= {
    kind: number(decimals)
    for kind, decimals in (
        ("m", 3),
        ("r2", 2),
        ("r3", 3),
        ("r4", 4),
        ("r6", 6),
        ("r8", 8),
    )
}


@st.composite
def pairs(draw, table):
    items = draw(st.lists(st.sampled_from(table), min_size=1, unique=True))
    items.sort(key=lambda item: item.start)
    return tuple((item.name, draw(VALUES[item.kind](item))) for item in items)


@st.composite
def informations(draw):
    kinds = draw(st.lists(st.sampled_from(sorted(INFORMATIONS)), max_size=3))
    return tuple(pair for kind in kinds for pair in draw(pairs(INFORMATIONS[kind])))


def communications():
    """Free text of one or more lines, or a structure; the rest follows from it."""
    lines = st.lists(st.text(WORDS, min_size=1, max_size=149), max_size=3)
    free = lines.map(lambda found: {"text": "\n".join(found)})
    coded = st.sampled_from(sorted(MOVEMENTS)).flatmap(
        lambda kind: pairs(MOVEMENTS[kind]).map(
            lambda found: {"structured_type": kind, "structured": found}
        )
    )
    unknown = plain(100).map(lambda text: {"structured_type": "199", "text": text})
    return free | coded | unknown


@st.composite
def transactions(draw, depth=0):
    kind = "0" if depth == 0 else "6"
    details = ()
    amount = draw(amounts)
    if depth == 0 and draw(st.booleans()):
        details = tuple(draw(st.lists(transactions(depth=1), max_size=3)))
        if details:
            amount = sum(item.amount for item in details)
            kind = "2"
    return Transaction(
        amount=amount,
        code=kind + draw(st.sampled_from(["0150000", "4137011", "0000000"])),
        date=draw(st.dates(date(1990, 1, 1), date(2069, 12, 31))),
        value_date=draw(days),
        counterparty_name=draw(words(35)),
        counterparty_account=draw(st.just("") | ibans),
        counterparty_bic=draw(bics),
        bank_reference=draw(plain(21)),
        return_type=draw(st.sampled_from(["", *RETURN_TYPES.values()])),
        return_reason=draw(st.sampled_from(["", "AC04"])),
        category_purpose=draw(st.sampled_from(["", "SALA"])),
        purpose=draw(st.sampled_from(["", "SUPP"])),
        information=draw(informations()),
        details=details,
        batch=bool(details),
        **{
            "payment_information_id" if details else "end_to_end_id": draw(
                plain(9).filter(_not_zero)
            )
        },
        **draw(communications()),
    )


statements = st.builds(
    Statement,
    account=ibans,
    currency=st.sampled_from(["EUR", "USD"]),
    number=st.from_regex(r"[0-9]{3}", fullmatch=True),
    sequence=st.from_regex(r"[0-9]{3}", fullmatch=True),
    holder=words(26),
    holder_id=st.just("") | st.from_regex(r"0[1-9][0-9]{9}", fullmatch=True),
    bic=bics,
    description=words(35),
    file_reference=plain(10),
    created=days,
    duplicate=st.booleans(),
    old_balance=amounts.filter(bool),
    old_balance_date=days,
    new_balance_date=days,
    messages=st.lists(words(80).filter(bool), max_size=2).map(tuple),
    transactions=st.lists(transactions(), max_size=4).map(tuple),
)


def known(statement):
    """Leave out what the decoder derives or numbers, in details too."""
    return replace(
        statement,
        created=None,
        new_balance=None,
        debit_total=None,
        credit_total=None,
        record_count=0,
        warnings=(),
        line_number=None,
        transactions=tuple(map(_known_transaction, statement.transactions)),
    )


def _known_transaction(item):
    derived = {"text": "", "foreign": None} if item.structured else {}
    return replace(
        item,
        ordinal=0,
        code_text="",
        raw="",
        line_number=None,
        mandate="",
        creditor_id="",
        references=(),
        information=tuple(item.information),
        counterparty_name=item.counterparty_name
        or dict(item.information).get("counterparty", ""),
        return_type=item.return_type if item.structured_type != "127" else "",
        return_reason=item.return_reason if item.structured_type != "127" else "",
        details=tuple(map(_known_transaction, item.details)),
        **derived,
    )


@settings(max_examples=200, deadline=None)
@given(statements)
def test_what_is_written_is_read_again(statement):
    data = write([statement])
    (found,) = read(data)
    assert known(found) == known(statement)
    # What was read is known in full: from there on it stays the same.
    (again,) = read(write([found]))
    assert _unplaced(again) == _unplaced(found)


def _unplaced(item):
    """Leave out where in the file it stands.

    A name that was read from a record 31 is written in a record 23 too.
    """
    if isinstance(item, Statement):
        transactions = tuple(map(_unplaced, item.transactions))
        return replace(item, record_count=0, transactions=transactions)
    details = tuple(map(_unplaced, item.details))
    return replace(
        item,
        raw="",
        line_number=None,
        details=details,
        information=tuple(item.information),
    )


@given(st.lists(statements, max_size=3))
@settings(max_examples=20, deadline=None)
def test_several_statements(several):
    accounts = {(item.account, item.currency) for item in several}
    assume(several and len(accounts) == len(several))
    assert len(list(read(write(several)))) == len(several)


@given(st.lists(amounts.filter(bool), max_size=30), amounts)
def test_sums(found, old):
    total = sum(found, old)
    assume(abs(total) < 10**12)
    text = [str(amount) for amount in found]
    (statement,) = read(simple(*text, old=str(old)).data())
    assert statement.new_balance == total
    assert statement.credit_total - statement.debit_total == sum(found)


def test_references_are_written_as_structure_or_into_the_text():
    ogm, rf = Reference("ogm", "123456789002"), Reference("rf", "RF18539007547034")
    items = (
        Transaction(Decimal("1"), references=(ogm,)),
        Transaction(Decimal("1"), references=(rf,)),
        Transaction(Decimal("-1"), references=(ogm, rf), text="FACT 12"),
        Transaction(
            Decimal("-2"), details=(Transaction(Decimal("-2"), references=(ogm,)),)
        ),
    )
    data = write([Statement("BE68539007547034", "EUR", transactions=items)])
    (found,) = read(data)
    assert [item.references for item in found.transactions] == [
        (ogm,),
        (rf,),
        (ogm, rf),
        (),
    ]
    assert found.transactions[2].text.startswith("FACT 12 +++123/4567/89002+++")
    assert found.transactions[3].details[0].references == (ogm,)


def test_long_text_goes_on_in_information_records():
    text = "X" * 149 + "Y" * 300
    item = Transaction(Decimal("1"), text=text)
    (found,) = read(write([Statement("BE68539007547034", "EUR", transactions=(item,))]))
    assert found.transactions[0].text == text


def test_charset_of_what_is_written():
    for text, name in (("€", "cp1252"), ("Ж", "utf-8"), ("é ‚ ƒ", "cp1252")):
        item = Transaction(Decimal("1"), text=text)
        data = write([Statement("BE68539007547034", "EUR", transactions=(item,))])
        assert text in data.decode(name)
        assert [found.text for one in read(data) for found in one.transactions] == [
            text
        ]


def test_unknown_information_is_written_again():
    item = Transaction(Decimal("1"), information=(("information 088", "SECRET"),))
    data = write([Statement("BE68539007547034", "EUR", transactions=(item,))])
    (found,) = read(data)
    assert found.transactions[0].information == item.information


def test_information_behaves_like_a_tuple_of_pairs():
    pair = ("counterparty", "JAN")
    item = Transaction(Decimal("1"), information=(pair,))
    data = write([Statement("BE68539007547034", "EUR", transactions=(item,))])
    (statement,) = read(data)
    information = statement.transactions[0].information
    assert information == (pair,)
    assert information != ()
    assert information != 1
    assert len(information) == 1
    assert information[0] == pair
    assert hash(information) == hash((pair,))
    assert repr(information) == repr((pair,))


@pytest.mark.parametrize("amount", ["0.0001", "1000000000000"])
def test_amount_that_coda_cannot_hold(amount):
    item = Transaction(Decimal(amount))
    with pytest.raises(ValueError, match="can't be written"):
        write([Statement("BE68539007547034", "EUR", transactions=(item,))])
