"""Files that are refused: which line, which figures, and what forcing does."""

import pytest

from odoo.addons.pom_reconcile.formats import FORMATS, read_any, register
from odoo.addons.pom_reconcile.formats.base import FormatError
from odoo.addons.pom_reconcile.formats.coda import control, identify, read

from .coda_builder import IBAN_FIELD, CodaBuilder, simple


def refusal(data, **options):
    with pytest.raises(FormatError) as caught:
        list(read(data, **options))
    return caught.value


def assert_refused(builder_or_data, line, *words):
    """Refused for one reason, which forcing overrides and keeps as a warning."""
    data = builder_or_data
    if isinstance(data, CodaBuilder):
        data = data.data()
    error = refusal(data)
    problems = [item for item in error.problems if item.line == line]
    assert problems, str(error)
    for word in words:
        assert any(word in str(problem) for problem in problems), str(error)
    assert error.forcible
    forced = [item for item in read(data, force=True) if item.forced]
    assert str(problems[0]) in map(str, forced[0].warnings)
    return forced[0]


def base():
    return simple("10.00", "-4.00", "7.00")


def changed(line, start, text, builder=None):
    records = (builder or base()).lines()
    record = records[line - 1]
    records[line - 1] = record[: start - 1] + text + record[start - 1 + len(text) :]
    return "".join(f"{record}\n" for record in records).encode()


def without(*lines):
    kept = [r for i, r in enumerate(base().lines(), 1) if i not in lines]
    return "".join(f"{record}\n" for record in kept).encode()


def with_line(line, record):
    records = base().lines()
    records.insert(line - 1, record)
    return "".join(f"{record}\n" for record in records).encode()


def test_closed_before_it_was_opened():
    closing = next(i for i, r in enumerate(base().lines(), 1) if r.startswith("8"))
    (statement,) = read(changed(closing, 58, "010120"), force=True)
    assert any(item.message == control.CLOSED_EARLY for item in statement.warnings)


def test_the_base_is_consistent():
    (statement,) = read(base().data())
    assert not statement.warnings
    assert not statement.forced


@pytest.mark.parametrize(
    ("data", "line", "words"),
    [
        # Check figures of the trailer.
        (changed(7, 17, "000006"), 7, ("6 records", "has 5")),
        (changed(7, 23, "000000000004010"), 7, ("4.01", "4.00", "debit")),
        (changed(7, 38, "000000000017010"), 7, ("17.01", "17.00", "credit")),
        # Balance and account.
        (changed(6, 43, "000000000113010"), 6, ("113.00", "113.01")),
        (changed(3, 33, "000000000011000"), 6, ("114.00", "113.00")),
        (changed(6, 5, "BE69"), 6, ("BE69539007547034", "BE68539007547034")),
        (changed(6, 39, "USD"), 6, ("USD", "EUR")),
        # Lines that are missing, doubled, out of order or none.
        (without(4), 5, ("117.00", "113.00")),
        (without(6), 6, ("new balance (record 8) is missing",)),
        (without(7), 6, ("cut off",)),
        (without(6, 7), 5, ("cut off",)),
        (with_line(4, base().lines()[3]), 8, ("has 6",)),
        (with_line(3, "22" + base().lines()[3][2:]), 3, ("22 can't follow record 1",)),
        (with_line(4, "22" + base().lines()[3][2:]), 4, ("0002", "0001")),
        (with_line(4, "33" + base().lines()[2][2:]), 4, ("33 can't follow record 21",)),
        (with_line(4, "4" + " " * 127), 4, ("4 can't follow record 21",)),
        (with_line(7, base().lines()[2]), 7, ("21 can't follow record 8",)),
        (with_line(7, "22" + base().lines()[2][2:]), 7, ("22 can't follow record 8",)),
        (with_line(7, base().lines()[5]), 7, ("8 can't follow record 8",)),
        (with_line(3, base().lines()[1]), 3, ("1 can't follow record 1",)),
        (with_line(8, base().lines()[6]), 8, ("9 can't follow record 9",)),
        (with_line(8, "GARBAGE"), 8, ("isn't a CODA record", "GARBAGE")),
        (with_line(4, "7" + "0" * 127), 4, ("isn't a CODA record",)),
        (with_line(4, "2"), 4, ("isn't a CODA record",)),
        # Width and version.
        (changed(4, 128, "0123456789"), 4, ("137 characters",)),
        (changed(1, 128, "2X"), 1, ("129 characters",)),
        (changed(1, 128, "3"), 1, ("version “3”",)),
        # A detail without the movement it belongs to.
        (changed(3, 7, "0001"), 3, ("0001.0001", "10.00")),
    ],
)
def test_inconsistent_file(data, line, words):
    assert_refused(data, line, *words)


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "isn't a CODA file"),
        (b"\n\n", "isn't a CODA file"),
        (b"PK\x03\x04", "isn't a CODA file"),
        (without(1), "isn't a CODA file"),
        (changed(1, 15, "02"), "isn't a CODA file"),
        (changed(1, 128, "1"), "version 1"),
        (without(2), "record 1 is missing"),
        (changed(2, 44, "X"), "can't be read"),
        (changed(3, 32, "7"), "can't be read"),
        (changed(3, 33, "X"), "can't be read"),
        (changed(7, 17, "X"), "can't be read"),
        (changed(7, 23, "X"), "can't be read"),
    ],
)
def test_unreadable_file_is_refused_even_when_forced(data, words):
    error = refusal(data, force=True)
    assert words in str(error)
    assert not error.forcible


def test_all_problems_are_told_in_the_order_of_the_file():
    data = changed(7, 17, "000009").replace(b"MOVEMENT 2", b"\xff\xfe" + b"OVEMENT")
    data = data.replace(b"BE68", b"BE69", 1)
    lines = [problem.line for problem in refusal(data).problems]
    assert lines == sorted(lines)
    assert set(lines) == {6, 7}
    assert "line 6: " in str(refusal(data))


def test_figures_that_the_bank_leaves_out_are_not_wrong():
    (statement,) = read(changed(7, 17, " " * 36))
    assert [str(warning)[26:32] for warning in statement.warnings] == [
        "record",
        "debit ",
        "credit",
    ]


def test_account_of_the_new_balance():
    field = "539007547034 EUR0BE"
    builder = CodaBuilder(account=field, structure="0").open()
    # Left out, without currency, or as IBAN: all of them are the same account.
    for closing in (" ", "539007547034", IBAN_FIELD, "0" * 12 + " EUR"):
        records = builder.records[:2]
        other = CodaBuilder(account=field, structure="0")
        other.records = records
        (statement,) = read(other.close(account=closing).end().data())
        assert statement.account == "BE68539007547034"


def test_currency_is_taken_from_the_new_balance():
    field = "539007547034    0BE"
    builder = CodaBuilder(account=field, structure="0").open()
    builder.close(account="539007547034 USD0BE")
    (statement,) = read(builder.end().data())
    assert statement.currency == "USD"
    assert statement.warnings == ()


def together(*builders):
    return b"".join(builder.data() for builder in builders)


def dated(builder, old, new, sequence):
    first, last = builder.records[1], builder.records[-2]
    builder.records[1] = first[:58] + old + first[64:125] + sequence
    builder.records[-2] = last[:57] + new + last[63:]
    return builder


class TestChain:
    """Several statements of one account in a file."""

    def test_balances_follow(self):
        data = together(simple("10.00"), simple("5.00", old="110.00"))
        assert [item.forced for item in read(data)] == [False, False]

    def test_gap_is_refused_at_the_second(self):
        data = together(simple("10.00"), simple("5.00", old="111.00"))
        statement = assert_refused(data, 7, "111.00", "110.00", "BE68539007547034")
        assert statement.old_balance == 111

    def test_gap_with_consecutive_numbers_whatever_the_dates(self):
        first = dated(simple("10.00"), "010326", "020326", "041")
        second = dated(simple("5.00", old="111.00"), "010326", "020326", "042")
        assert_refused(together(first, second), 7, "111.00")

    def test_order_of_statements_is_free(self):
        first = dated(simple("10.00"), "020326", "030326", "042")
        second = dated(simple("5.00", old="95.00"), "010326", "020326", "041")
        statements = list(read(together(first, second)))
        assert [len(item.warnings) for item in statements] == [0, 1]
        assert "order of date" in str(statements[1].warnings[0])

    def test_unknown_dates_and_numbers_are_taken_as_consecutive(self):
        first = dated(simple("10.00"), "000000", "000000", "   ")
        second = dated(simple("5.00", old="95.00"), "000000", "000000", "   ")
        assert_refused(together(first, second), 7, "95.00")

    def test_duplicate_is_no_gap(self):
        data = together(
            simple("10.00"),
            simple("10.00", duplicate="D"),
            simple("5.00", old="110.00"),
        )
        assert [item.duplicate for item in read(data)] == [False, True, False]


def test_header_in_the_middle_of_a_statement():
    records = base().lines()
    data = "".join(f"{record}\n" for record in records[:5] + records).encode()
    assert_refused(data, 5, "cut off")
    assert len(list(read(data, force=True))) == 2


def test_second_statement_of_version_1():
    records = base().lines()
    records[0] = records[0][:127] + "1"
    data = base().data() + "".join(f"{record}\n" for record in records).encode()
    assert "version 1" in str(refusal(data, force=True))


def test_wrap_of_sequence_and_detail_numbers():
    builder = CodaBuilder().open()
    builder.move(9999, 0, "1.00").move(0, 0, "1.00").move(1, 0, "2.00", "10107000")
    builder.move(1, 9998, "0.50", "50107000").move(1, 9999, "0.50", "50107000")
    builder.move(1, 0, "0.75", "50107000", booked=False)
    builder.records[-1] = builder.records[-1][:6] + "0000" + builder.records[-1][10:]
    builder.move(1, 1, "0.25", "50107000").move(2, 0, "1.00")
    # The builder took the wrapped detail for a booked movement.
    builder.booked = [amount for amount in builder.booked if str(amount) != "0.75"]
    builder.balance = 100 + sum(builder.booked)
    (statement,) = read(builder.close().end().data())
    assert [str(item.amount) for item in statement.transactions] == [
        "1.00",
        "1.00",
        "2.00",
        "1.00",
    ]
    assert len(statement.transactions[2].details) == 4
    assert statement.transactions[2].batch


def test_number_used_twice_is_two_movements():
    builder = CodaBuilder().open().move(1, 0, "1.00").move(1, 0, "2.00")
    (statement,) = read(builder.close().end().data())
    assert len(statement.transactions) == 2
    assert "two movements" in str(statement.warnings[0])


def test_information_on_its_own_is_kept_out():
    builder = CodaBuilder().open().move(1, 0, "1.00")
    records = [*builder.info("NOTE").close().end().lines()]
    records[3] = "32" + records[3][2:]
    data = "".join(f"{record}\n" for record in records).encode()
    statement = assert_refused(data, 4, "32 can't follow")
    assert statement.transactions[0].text == ""


def test_identify():
    assert identify(base().data())
    assert identify(changed(1, 15, "00"))
    assert not identify(simple(application="00").data().split(b"\n")[0])
    assert not identify(b"", "statement.cod")


def test_formats_are_listed_once():
    assert len(FORMATS) == len(set(FORMATS))
    with pytest.raises(ValueError, match="twice"):
        register(*FORMATS, FORMATS[0])


def test_read_any():
    assert len(list(read_any(base().data(), "x.cod"))) == 1
    with pytest.raises(FormatError, match="known format"):
        read_any(b"nothing")


def test_cut_file_is_no_extract_of_details():
    records = simple("10.00", old="0.00", separate="00001").lines()[:3]
    data = "".join(f"{record}\n" for record in records).encode()
    assert_refused(data, 3, "cut off")
