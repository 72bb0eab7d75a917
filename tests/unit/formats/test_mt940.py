"""What is read from MT940, whose texts have a structure per country."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from odoo.addons.pom_reconcile.formats import find, mt940
from odoo.addons.pom_reconcile.formats.base import Foreign, FormatError, Reference
from odoo.addons.pom_reconcile.formats.mt940 import identify, read

OGM, RF = "123456789002", "RF18539007547034"
IBAN = "NL91ABNA0417164300"


def message(
    *lines,
    account=IBAN,
    old="C260531EUR1000,00",
    new=None,
    number="15101/1",
    tail=(),
    marks=("F", "F"),
):
    """Return a message; the closing balance is what the lines give."""
    if new is None:
        total = Decimal("1000.00") + sum(amount for amount, _text in lines)
        new = f"C260601EUR{total:.2f}".replace(".", ",")
    body = [":20:940S260601", f":25:{account}", f":28C:{number}"]
    body.append(f":60{marks[0]}:{old}")
    for _amount, text in lines:
        body += text.split("\n")
    body += [f":62{marks[1]}:{new}", *tail, "-"]
    return "\r\n".join(body).encode() + b"\r\n"


def line(amount, details="", first=None, reference="NONREF", kind="NTRF"):
    value = Decimal(amount)
    mark = "D" if value < 0 else "C"
    number = f"{abs(value):.2f}".replace(".", ",")
    text = first or f":61:2606010601{mark}{number}{kind}{reference}"
    return value, text + (f"\n:86:{details}" if details else "")


def one(data):
    (statement,) = read(data)
    return statement


def transaction(amount="10.00", details="", **values):
    (found,) = one(message(line(amount, details, **values))).transactions
    return found


def test_statement():
    statement = one(
        message(
            line("10.50", "HELLO"), line("-4"), tail=[":64:C260601EUR1,", ":86:NEWS"]
        )
    )
    assert (statement.account, statement.currency) == (IBAN, "EUR")
    assert (statement.number, statement.file_reference) == ("15101", "940S260601")
    assert statement.old_balance == Decimal("1000.00")
    assert statement.old_balance_date == date(2026, 5, 31)
    assert statement.new_balance == Decimal("1006.50")
    assert statement.new_balance_date == date(2026, 6, 1)
    assert (statement.credit_total, statement.debit_total) == (Decimal("10.50"), 4)
    assert statement.messages == ("NEWS",)
    assert not statement.opens_day
    first, second = statement.transactions
    assert (first.amount, first.text, first.code) == (Decimal("10.50"), "HELLO", "NTRF")
    assert (second.amount, second.ordinal, second.text) == (-4, 2, "")
    assert first.date == first.value_date == date(2026, 6, 1)
    assert first.line_number == 5


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("NL91 ABNA 0417 1643 00", IBAN),
        (IBAN + "EUR", IBAN),
        (IBAN + " EUR", IBAN),
        ("37040044/0532013000", "DE89370400440532013000"),
        ("37040044/0532013000EUR", "DE89370400440532013000"),
        ("TRIODOSBANK/0390123456", "0390123456"),
        ("11111111", "11111111"),
    ],
)
def test_accounts(text, expected):
    assert one(message(line("1"), account=text)).account == expected


@pytest.mark.parametrize(
    ("first", "amount"),
    [
        (":61:2606010601C500,NTRFNONREF", "500"),
        (":61:260601C,5NTRFNONREF", "0.5"),
        (":61:2606010601CR10,NMSCNONREF", "10"),
        (":61:2606010601RC10,NTRFNONREF", "-10"),
        (":61:2606010601RD10,NTRFNONREF", "10"),
        (":61:2606010601D\n10,00NTRFNONREF", "-10"),
        (":61:2606010601C0,NTRFNONREF", "0"),
        (":61:2606010601D0,NTRFNONREF", "0"),
    ],
)
def test_amounts(first, amount):
    (found,) = one(message((Decimal(amount), first))).transactions
    assert found.amount == Decimal(amount)
    assert not (found.amount.is_signed() and not found.amount)
    reversed_ = "601RC" in first or "601RD" in first
    assert found.return_type == ("reversal" if reversed_ else "")


def test_dates():
    new_year = "C260105EUR1001,00"
    found = one(
        message((1, ":61:2601051231C1,NTRFX"), new=new_year, old="C251230EUR1000,")
    )
    assert found.transactions[0].date == date(2025, 12, 31)
    found = one(
        message((1, ":61:2512310105C1,NTRFX"), new=new_year, old="C251230EUR1000,")
    )
    assert found.transactions[0].date == date(2026, 1, 5)
    found = one(message((1, ":61:2402290229C1,NTRFX")))
    assert found.transactions[0].date == date(2024, 2, 29)
    # Without a booking date the value date is it, within the statement.
    (found,) = one(message((1, ":61:260601C1,NTRFX"))).transactions
    assert found.date == date(2026, 6, 1)
    (found,) = one(message((1, ":61:260701C1,NTRFX"))).transactions
    assert (found.date, found.value_date) == (date(2026, 6, 1), date(2026, 7, 1))
    (found,) = one(message((1, ":61:990101C1,NTRFX"))).transactions
    assert found.value_date == date(1999, 1, 1)


class TestReferencesOfTheLine:
    def test_bank(self):
        assert transaction(reference="OWN//B6A01").bank_reference == "B6A01"
        assert transaction(reference="OWN").bank_reference == "OWN"
        assert transaction(reference="NONREF").bank_reference == ""

    def test_account_and_name(self):
        found = transaction(first=":61:260601C10,NOVBNL47INGB9999999999\nhr p. test")
        assert found.counterparty_account == "NL47INGB9999999999"
        assert found.counterparty_name == "hr p. test"
        found = transaction(first=":61:260601C10,NOVBX\nNL47INGB9999999999")
        assert found.counterparty_account == "NL47INGB9999999999"
        found = transaction(first=":61:260601C10,NOVBX\nP001")
        assert found.information == (("additional information", "P001"),)

    def test_original_amount(self):
        supplement = "/OCMT/USD11,85//CHGS/EUR0,50/"
        found = transaction(first=f":61:260601C10,NTRFX\n{supplement}")
        assert found.foreign == Foreign(Decimal("11.85"), "USD", None)
        assert found.information == (("charges", "0.50 EUR"),)
        found = transaction(
            "-10", first=f":61:260601D10,NTRFX\n{supplement}/EXCH/1,185/"
        )
        assert found.foreign == Foreign(Decimal("-11.85"), "USD", Decimal("1.185"))
        found = transaction(first=":61:260601C10,NTRFX\n/OCMT/EUR10,/")
        assert found.foreign is None

    @pytest.mark.parametrize(
        ("booked", "supplement", "kept"),
        [
            ("10", "/OCMT/EUR10,5//CHGS/EUR0,5/", "0.50"),
            ("-11", "/OCMT/EUR10,5//CHGS/EUR0,5/", "0.50"),
            ("10", "/OCMT/EUR11,//CHGS/EUR0,5/", "0.00"),
            ("10", "/OCMT/USD10,5//CHGS/EUR0,5/", "0.00"),
            ("10", "/CHGS/EUR0,5/", "0.00"),
        ],
    )
    def test_charges_that_were_kept(self, booked, supplement, kept):
        mark = "D" if booked[0] == "-" else "C"
        first = f":61:260601{mark}{booked.lstrip('-')},NTRFX\n{supplement}"
        assert str(transaction(booked, first=first).charges) == kept


class TestDutch:
    def test_words(self):
        found = transaction(
            "-10.00",
            "/TRTP/SEPA Incasso algemeen/CSID/NL12ZZZ123456780000/NAME/Energie \n"
            "B.V./MARF/M-17/REMI/Factuur 17/klant 5/IBAN/NL69INGB0123456789/BIC/INGB\n"
            "NL2A/EREF/E2E-17/PURP/OTHR",
        )
        assert found.counterparty_name == "Energie B.V."
        assert found.counterparty_account == "NL69INGB0123456789"
        assert found.counterparty_bic == "INGBNL2A"
        assert found.text == "Factuur 17/klant 5"
        assert (found.mandate, found.creditor_id) == ("M-17", "NL12ZZZ123456780000")
        assert (found.end_to_end_id, found.purpose) == ("E2E-17", "OTHR")
        assert found.code_text == "SEPA Incasso algemeen"

    def test_ing(self):
        found = transaction(
            details="/EREF/NOTPROVIDED//CNTP/NL69INGB0123456789/INGBNL2A/A. de Vries/"
            f"Gent//REMI/USTD//ref {RF}/"
        )
        assert found.counterparty_name == "A. de Vries"
        assert found.counterparty_account == "NL69INGB0123456789"
        assert found.counterparty_bic == "INGBNL2A"
        assert found.references == (Reference("rf", RF),)
        assert found.text == f"ref {RF}"

    @pytest.mark.parametrize(
        ("text", "kind", "value"),
        [
            ("/STRD/CUR/1234567890123456", "nl", "1234567890123456"),
            (f"STRD/ISO/{RF}/", "rf", RF),
            (f"/STRD/{RF}", "rf", RF),
            (f"STRD/SCOR/{RF}", "rf", RF),
            (f"STRD/BBA/{OGM}", "ogm", OGM),
        ],
    )
    def test_references(self, text, kind, value):
        found = transaction(details=f"/TRTP/X/REMI/{text}")
        assert found.references == (Reference(kind, value),)

    def test_unknown_reference(self):
        found = transaction(details="/TRTP/X/REMI/STRD/CUR/12")
        assert (found.references, found.text) == ((), "12")

    def test_return(self):
        found = transaction("-5", "/TRTP/X/PREF/BATCH/RTRN/MD06/REMI/")
        assert (found.return_type, found.return_reason) == ("return", "MD06")
        assert found.payment_information_id == "BATCH"
        assert found.text == "X"
        assert transaction("-5", "/REMI/ONLY TEXT").code_text == ""

    def test_order_party(self):
        found = transaction(details="/BENM//NAME/A/REMI/R/ID/5")
        assert (found.counterparty_name, found.text) == ("A", "R")


class TestGerman:
    def test_fields(self):
        found = transaction(
            details="166?00GUTSCHRIFT?109310?20EREF+E2E-7?21MREF+M1?22CRED+DE98?23SVWZ+R"
            "echnu?24ng 17?30COBADEFF?\n31DE02120300000000202051?32Jürgen?33 Müller"
            "?34997?35?60 vom Juni"
        )
        assert found.code == "166"
        assert found.code_text == "GUTSCHRIFT"
        assert found.end_to_end_id == "E2E-7"
        assert (found.mandate, found.creditor_id) == ("M1", "DE98")
        assert found.text == "Rechnung 17 vom Juni"
        assert found.counterparty_name == "Jürgen Müller"
        assert found.counterparty_account == "DE02120300000000202051"
        assert found.counterparty_bic == "COBADEFF"
        assert (found.return_type, found.return_reason) == ("", "")

    def test_without_words(self):
        found = transaction(details="051?20Rechnung?21 17 ?WHAT?22?30X?31?32A")
        assert found.text == "Rechnung\n17 ?WHAT"
        assert (found.counterparty_account, found.counterparty_bic) == ("", "")
        assert transaction(details="051?00UEBERWEISUNG").text == "UEBERWEISUNG"

    def test_account_in_the_text(self):
        found = transaction(
            details="166?20SVWZ+X ?21IBAN+DE02120300000000202051 ?22BIC+COBADEFF"
            "?23ABWA+Child"
        )
        assert found.counterparty_account == "DE02120300000000202051"
        assert found.information == (("on behalf of", "Child"),)
        found = transaction(details="166?20SVWZ+X?21ABWE+Other?30COBADEFF")
        assert found.counterparty_bic == "COBADEFF"
        assert found.information == (("on behalf of", "Other"),)

    def test_return(self):
        found = transaction("-53", "109?00RETOURE?20SVWZ+X?34914")
        assert (found.return_type, found.return_reason) == ("return", "914")
        found = transaction("-53", "109?00RETOURE")
        assert (found.return_type, found.return_reason) == ("return", "")

    def test_old_separator(self):
        assert transaction(details="000>20FACTUUR>21 17").text == "FACTUUR\n17"

    def test_sign_before_any_field(self):
        assert transaction(details="166?20A?WHY").text == "A?WHY"
        assert transaction(details="166?200?20B").text == "0B"


class TestFree:
    def test_lines(self):
        found = transaction(details="BETALING\n+++123/4567/89002+++\n\nDANK")
        assert found.text == "BETALING\n+++123/4567/89002+++\nDANK"
        assert found.references == (Reference("ogm", OGM),)

    def test_several_texts(self):
        assert transaction(details="A\n:86:B").text == "B"

    def test_before_the_first_line(self):
        data = message(line("1.00")).replace(b":61:", b":86:NOTICE\r\n:61:", 1)
        assert one(data).messages == ("NOTICE",)

    def test_kind_of_return(self):
        assert transaction("-1", kind="NRTI").return_type == "return"


class TestFile:
    def test_pages(self):
        first = message(line("1.00"), marks=("F", "M"))
        second = message(
            line("1.00"),
            old="C260601EUR1001,00",
            new="C260601EUR1002,",
            marks=("M", "F"),
        )
        found = list(read(first + second))
        assert [item.new_balance for item in found] == [1001, 1002]
        gap = second.replace(b"1001,00", b"1001,50").replace(b"1002,", b"1002,50")
        with pytest.raises(FormatError, match="a statement between them"):
            list(read(first + gap))

    def test_same_statement_again(self):
        data = message(line("1.00"))
        _first, second = read(data + data)
        assert "before" in str(second.warnings[0])

    def test_envelope(self):
        data = message(line("1.00")).replace(b":20:", b"{1:F01}{2:O940}{4:\r\n:20:", 1)
        data = data.replace(b"\r\n-\r\n", b"\r\n-}\r\n")
        assert identify(data)
        assert one(data).transactions
        glued = data.replace(b"{4:\r\n:20:", b"{4::20:")
        assert identify(glued)
        assert one(glued).transactions

    def test_without_end_marks(self):
        data = message(line("1.00")).replace(b"-\r\n", b"")
        second = data.replace(b"C260531EUR1000,00", b"C260601EUR1001,00")
        second = second.replace(b"62F:C260601EUR1001,00", b"62F:C260601EUR1002,00")
        assert len(list(read(data + second))) == 2

    @pytest.mark.parametrize("name", ["utf-8", "cp1252", "utf-8-sig"])
    def test_encodings(self, name):
        data = message(line("1.00", "Café")).decode().encode(name)
        assert identify(data)
        assert one(data).transactions[0].text == "Café"

    def test_debit_balance(self):
        found = one(message(old="D260531EUR5,00", new="D260601EUR5,00"))
        assert found.old_balance == found.new_balance == -5

    def test_text_that_looks_like_a_field(self):
        assert transaction(details="A\n:12:B").text == "A\n:12:B"


class TestRefused:
    def refused(self, data, match, forcible=False):
        with pytest.raises(FormatError, match=match) as caught:
            list(read(data))
        assert caught.value.forcible is forcible
        if forcible:
            assert one_forced(data).forced

    @pytest.mark.parametrize("data", [b"", b"hello", b"\x00", b":86:X\r\n-\r\n"])
    def test_nothing(self, data):
        self.refused(data, "no statement begins")

    def test_interim(self):
        data = message(line("1.00")).replace(b":60F:C260531EUR1000,00", b":34F:EUR0,")
        assert identify(data)
        self.refused(data, "MT942")

    @pytest.mark.parametrize("tag", ["25", "60F", "62F"])
    def test_missing(self, tag):
        data = message(line("1.00")).replace(f":{tag}:".encode(), b":65:")
        self.refused(data, f"no field :{tag}:")

    def test_twice(self):
        data = message(line("1.00")).replace(b":28C:", b":25:X\r\n:28C:")
        self.refused(data, ":25: twice")

    @pytest.mark.parametrize(
        "text",
        ["C260531EUR1000.00", "X260531EUR1,", "C269931EUR1,", "C260531EUR,", "C"],
    )
    def test_balance(self, text):
        self.refused(message(old=text), "balance “.*” can't be read")

    @pytest.mark.parametrize(
        "text",
        [
            "2606010601C1234.56NTRFX",
            "2606010601C1.234,56NTRFX",
            "2606010601X1,NTRFX",
            "2602300601C1,NTRFX",
            "2606010230C1,NTRFX",
            "2606010601C,NTRFX",
            "2606010601C1,XTRFX",
            "",
        ],
    )
    def test_line(self, text):
        self.refused(message((0, f":61:{text}")), "transaction “.*” can't be read")
        self.refused(message((0, f":61:{text}\nX")), "transaction “.*” can't be read")

    def test_sum(self):
        data = message(line("1.00"), new="C260601EUR1001,01")
        self.refused(data, "give 1001.00, but the new balance is 1001.01", True)

    def test_currency(self):
        data = message(line("1.00"), new="C260601USD1001,00")
        self.refused(data, "closing balance is in USD", True)


def one_forced(data):
    (statement,) = read(data, force=True)
    return statement


def test_identify():
    assert find(message(line("1.00"))) is mt940
    assert not identify(b":20:X\r\nhello")
    assert not identify(b"<xml>:20:")


@settings(max_examples=200)
@given(st.data())
def test_any_damage(data):
    sample = message(
        line("10.50", "/TRTP/X/NAME/Y/REMI/STRD/CUR/1234567"),
        line("-4", "166?00G?20EREF+1?21SVWZ+2?31DE?34901"),
        line("3", "FREE +++123/4567/89002+++"),
    )
    found = bytearray(sample)
    for _ in range(data.draw(st.integers(1, 6))):
        place = data.draw(st.integers(0, len(found) - 1))
        size = data.draw(st.integers(0, 5))
        found[place : place + size] = data.draw(st.binary(max_size=5))
        if not found:
            break
    attempt(bytes(found))


@given(st.binary())
@example(b":20:\n:25:\n:60F:\n:61:\n:62F:")
def test_any_bytes(data):
    identify(data)
    attempt(data)
    attempt(b":20:X\n:25:Y\n" + data)


def attempt(data):
    for force in (False, True):
        try:
            for statement in read(data, force=force):
                assert statement.record_count == len(statement.transactions)
        except FormatError as error:
            assert str(error)
