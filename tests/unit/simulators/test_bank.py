"""The bank's file, looked at by position: no parser stands between."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.clock import today
from tests.simulators.bank import Bank, alpha, communication, money, record

MONDAY, TUESDAY = date(2026, 11, 23), date(2026, 11, 24)


def at(line: str, first: int, last: int | None = None) -> str:
    """Positions as the standard counts them."""
    return line[first - 1 : last or first]


def lines_of(data: bytes) -> list[str]:
    lines = data.decode("cp1252").split("\r\n")
    assert lines.pop() == ""
    assert {len(line) for line in lines} == {128}
    return lines


def statement(*transfers, opening="1000.00", **account) -> list[str]:
    bank = Bank("BE68 5390 0754 7034", opening_balance=opening, **account)
    for amount, details in transfers:
        act = bank.receive if Decimal(amount) > 0 else bank.send
        act(abs(Decimal(amount)), date=MONDAY, **details)
    return lines_of(bank.statement(MONDAY))


def test_a_transfer_with_a_structured_communication():
    transfer = {
        "name": "Jan Peeters",
        "iban": "BE71 0961 2345 6769",
        "communication": "+++123/4567/89002+++",
    }
    header, old, first, third, new, trailer = statement(("45.73", transfer))
    assert at(header, 6, 11) == "231126" and at(header, 15, 16) == "05"
    assert at(header, 128) == "2"
    assert at(old, 2) == "2" and at(old, 6, 21) == "BE68539007547034"
    assert at(old, 40, 42) == "EUR"
    assert at(old, 43, 58) == "0000000001000000"
    assert at(first, 3, 10) == "00010000"
    assert at(first, 32, 47) == "0000000000045730"
    assert at(first, 48, 61) == "23112600150000"
    assert at(first, 62, 77) == "1101123456789002"
    assert at(first, 116, 121) == "231126"
    assert (at(first, 126), at(first, 128)) == ("1", "0")
    assert at(third, 1, 10) == "2300010000"
    assert at(third, 11, 26) == "BE71096123456769"
    assert at(third, 48, 82).rstrip() == "Jan Peeters"
    assert (at(third, 126), at(third, 128)) == ("0", "0")
    assert at(new, 5, 20) == "BE68539007547034" and at(new, 39, 41) == "EUR"
    assert at(new, 42, 57) == "0000000001045730"
    assert at(trailer, 17, 22) == "000004"
    assert at(trailer, 23, 52) == "0" * 15 + "000000000045730"
    assert at(trailer, 128) == "2"


def test_money_out_and_a_balance_below_zero():
    *_others, first, new, trailer = statement(("-2000.5", {}))
    assert at(first, 32, 47) == "1000000002000500"
    assert at(first, 54, 61) == "00101000"
    assert at(new, 42, 57) == "1000000001000500"
    assert at(trailer, 23, 37) == "000000002000500"


def test_free_text_runs_through_three_records():
    text = "".join(chr(ord("A") + n % 26) for n in range(160))
    _header, _old, first, second, third, *_others = statement(
        ("1", {"communication": text})
    )
    assert at(first, 62) == "0"
    told = at(first, 63, 115) + at(second, 11, 63) + at(third, 83, 125)
    assert told == text[:149]


def test_details_in_the_second_record():
    details = {"end_to_end": "E2E-1", "bic": "GKCCBEBB", "return_reason": "MD06"}
    _header, _old, first, second, *_others = statement(("1", details))
    assert at(first, 126) == "1"
    assert at(second, 64, 98).rstrip() == "E2E-1"
    assert at(second, 99, 109).rstrip() == "GKCCBEBB"
    assert at(second, 113, 117) == "2MD06"
    assert at(second, 126) == "0"


@pytest.mark.parametrize(
    ("length", "kinds"),
    [
        (1, ["21", "31"]),
        (73, ["21", "31"]),
        (74, ["21", "31", "32"]),
        (178, ["21", "31", "32"]),
        (268, ["21", "31", "32", "33"]),
        (999, ["21", "31", "32", "33"]),
    ],
)
def test_note_in_information_records(length, kinds):
    _header, _old, *records, _new, trailer = statement(("1", {"note": "n" * length}))
    assert [at(line, 1, 2) for line in records] == kinds
    assert [at(line, 126) for line in records] == ["0", *"1" * (len(kinds) - 2), "0"]
    assert [at(line, 128) for line in records] == ["1", *"0" * (len(kinds) - 1)]
    assert {at(line, 7, 10) for line in records[1:]} == {"0001"}
    assert at(records[1], 11, 31) == at(records[0], 11, 31)
    told = at(records[1], 41, 113)
    told += "".join(at(line, 11, 115) for line in records[2:3])
    told += "".join(at(line, 11, 100) for line in records[3:])
    assert told.rstrip() == "n" * min(length, 268)
    assert at(trailer, 17, 22) == f"{len(records) + 2:06d}"


def test_file_without_movements():
    header, old, trailer = statement()
    assert [at(line, 1) for line in (header, old, trailer)] == ["0", "1", "9"]
    assert at(trailer, 17, 22) == "000001"


def test_each_file_goes_on_where_the_last_one_ended():
    bank = Bank("NL91ABNA0417164300", opening_balance="10", holder="Café Zoë")
    bank.receive("5.005", date=MONDAY)
    first = lines_of(bank.statement(MONDAY))
    lines_of(bank.statement(TUESDAY))
    third = lines_of(bank.statement(date(2026, 11, 25)))
    assert at(first[1], 2) == "3" and at(first[1], 65, 72) == "Café Zoë"
    assert at(first[-2], 42, 57) == at(third[1], 43, 58) == "0000000000015005"
    assert at(first[-2], 58, 63) == at(third[1], 59, 64) == "231126"
    assert [at(lines[1], 126, 128) for lines in (first, third)] == ["001", "003"]


def test_today_unless_told(tmp_path):
    bank = Bank("BE68539007547034")
    bank.receive("1")
    path = bank.write(tmp_path / "today.cod")
    assert f"{today():%d%m%y}".encode() in path.read_bytes()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("***123/4567/89002***", ("1", "101123456789002")),
        ("RF18 5390 0754 7034", ("1", "100RF18539007547034" + " " * 9)),
        ("factuur 42\n+++123/4567/89002+++", None),
    ],
)
def test_communications(text, expected):
    assert communication(text) == (expected or ("0", text.replace("\n", " ")))


def test_what_does_not_fit_is_an_error():
    with pytest.raises(ValueError, match="128"):
        record("0")
    with pytest.raises(ValueError, match="decimals"):
        money(Decimal("0.0001"))


@settings(max_examples=50)
@given(
    st.lists(
        st.tuples(
            st.integers(-10_000_000, 10_000_000).filter(bool),
            st.text(max_size=200),
            st.text(max_size=200),
        )
    )
)
def test_books_balance_whatever_is_written(transfers):
    movements = [
        (str(Decimal(cents) / 100), {"name": name, "communication": text})
        for cents, name, text in transfers
    ]
    lines = statement(*movements)
    booked = sum(
        int(at(line, 33, 47)) * (-1 if at(line, 32) == "1" else 1)
        for line in lines
        if at(line, 1, 2) == "21"
    )
    trailer = lines[-1]
    assert booked == int(at(trailer, 38, 52)) - int(at(trailer, 23, 37))
    assert int(at(trailer, 17, 22)) == len(lines) - 2


@given(st.text())
def test_no_text_breaks_a_line(text):
    assert len(alpha(text, 35)) == 35
    assert len(alpha(text, 35).splitlines()) == 1
