"""What is refused, and with which words; what is read with a warning."""

from decimal import Decimal

import pytest

from odoo.addons.pom_reconcile.formats import read_any
from odoo.addons.pom_reconcile.formats.base import FormatError
from odoo.addons.pom_reconcile.formats.camt import (
    control,
    is_notification,
    read,
    read_notification,
)

from .camt_builder import IBAN, Camt, exchanged, simple, tag

C = Camt(8)


def refused(data, message, forcible=None):
    with pytest.raises(FormatError, match=message) as caught:
        list(read(data))
    error = caught.value
    if forcible is None:
        return error
    assert error.forcible is forcible
    if forcible:
        (statement,) = read(data, force=True)
        assert statement.forced
        assert str(error.problems[0]) in map(str, statement.warnings)
        return statement
    with pytest.raises(FormatError):
        list(read(data, force=True))
    return error


def one(data):
    (statement,) = read(data)
    return statement


class TestXml:
    def test_a_part_without_its_message(self):
        with pytest.raises(FormatError) as caught:
            list(read(b"<Document><Stmt/></Document>"))
        assert caught.value.problems[0].message == control.NOT_CAMT

    @pytest.mark.parametrize(
        "damage",
        [
            lambda data: data[:-1],
            lambda data: data[: len(data) // 2],
            lambda data: data.replace(b"MOVEMENT", b"MOVE & MENT"),
            lambda data: data + b"<more/>",
            lambda data: data.replace(b"</Ntry>", b"</Entry>"),
            lambda data: data.replace(b"MOVEMENT", b"MOVE\x81MENT\xff"),
            lambda data: data.replace(b"MOVEMENT", b"&undefined;"),
            lambda data: data.replace(b"<Ntry>", b"<a>" * 100_000),
        ],
    )
    def test_damaged(self, damage):
        error = refused(damage(simple("1.00")), "cut off or damaged", forcible=False)
        assert error.problems[0].line

    @pytest.mark.parametrize(
        "doctype",
        [
            '<!DOCTYPE Document [<!ENTITY a "1.00">]>',
            '<!DOCTYPE Document SYSTEM "file:///etc/passwd">',
            '<!DOCTYPE Document [<!ENTITY x SYSTEM "file:///etc/passwd">]>',
            "<!DOCTYPE Document>",
            "<!DOCTYPE Document [<!ENTITY a 'aaaaaaaaaa'>"
            + "".join(
                f"<!ENTITY {name} '{('&' + before + ';') * 10}'>"
                for before, name in zip("abcdefghi", "bcdefghij", strict=True)
            )
            + "]>",
        ],
    )
    def test_doctype(self, doctype):
        for text in (b"MOVEMENT 1", b"&a;", b"&x;", b"&j;"):
            data = simple("1.00").replace(b"MOVEMENT 1", text)
            data = data.replace(b"?>\n", b"?>" + doctype.encode())
            with pytest.raises(FormatError):
                list(read(data))
        refused(
            simple("1.00").replace(b"?>\n", b"?>" + doctype.encode()), "DOCTYPE", False
        )

    def test_empty(self):
        refused(b"", "cut off or damaged", forcible=False)


class TestKind:
    def test_report_of_the_day(self):
        data = Camt(8, "052").document(Camt(8, "052").statement(C.entry("1.00")))
        refused(data, "CAMT.052 report", forcible=False)
        with pytest.raises(FormatError, match=r"CAMT\.052 report"):
            list(read_any(data))
        within = data.replace(b"camt.052", b"camt.053")
        refused(within, "CAMT.052 report", forcible=False)

    def test_notification(self):
        data = Camt(8, "054").document()
        refused(data, "CAMT.054 notification", forcible=False)

    def test_another_name(self):
        data = simple("1.00").replace(b"camt.053", b"camt.052")
        refused(data, r"says that it is CAMT\.052", forcible=False)

    @pytest.mark.parametrize("version", [1, 14])
    def test_version(self, version):
        data = simple("1.00", version=version)
        refused(data, f"version “{version:02d}”", forcible=True)

    def test_no_statement(self):
        refused(C.document(), "no statement", forcible=False)
        other = C.document("<Rpt/>")
        refused(other, "no statement", forcible=False)


class TestHead:
    def test_no_account(self):
        data = C.document(C.statement(account=tag("Ccy", "EUR")))
        refused(data, "no account", forcible=False)

    def test_no_currency(self):
        account = tag("Id", tag("IBAN", IBAN))
        data = C.document(C.statement(account=account, balances=""))
        refused(data, "what its currency is", forcible=False)

    def test_currency_of_an_entry_only(self):
        account = tag("Id", tag("IBAN", IBAN))
        data = C.document(
            C.statement(C.entry("1.00"), C.entry("2.00"), account=account, balances="")
        )
        statement = refused(data, "no opening and closing", forcible=True)
        assert statement.currency == "EUR"
        assert statement.new_balance == Decimal("3.00")
        data = data.replace(b'<Amt Ccy="EUR">1.00</Amt>', b"")
        refused(data, "Entry 1 has no amount", forcible=False)


class TestBalances:
    def read(self, *balances, entries=("10.00",), **values):
        found = [C.entry(amount) for amount in entries]
        return C.document(C.statement(*found, balances="".join(balances), **values))

    def test_wrong(self):
        data = simple("10.00", new="1010.01")
        statement = refused(data, "give 1010.00, but the new balance is 1010.01", True)
        assert statement.new_balance == Decimal("1010.01")

    def test_previous_closing(self):
        data = self.read(C.balance("PRCD", "5"), C.balance("CLBD", "15"))
        assert one(data).old_balance == 5
        both = self.read(
            C.balance("CLBD", "15"), C.balance("OPBD", "5"), C.balance("PRCD", "5")
        )
        assert one(both).old_balance == 5
        unequal = self.read(
            C.balance("OPBD", "5"), C.balance("PRCD", "6"), C.balance("CLBD", "15")
        )
        refused(unequal, "was closed with 6.00", forcible=True)

    def test_negative(self):
        data = self.read(C.balance("OPBD", "-5"), C.balance("CLBD", "5"))
        assert one(data).old_balance == -5

    def test_others_count_nothing(self):
        others = [C.balance(code, "99") for code in ("CLAV", "FWAV", "INFO", "XPCD")]
        data = self.read(C.balance("OPBD", "5"), *others, C.balance("CLBD", "15"))
        assert one(data).warnings == ()

    def test_proprietary_code(self):
        opening = C.balance("OPBD", "5", kind="Prtry")
        assert one(self.read(opening, C.balance("CLBD", "15"))).old_balance == 5

    def test_two_of_one_code(self):
        opening = C.balance("OPBD", "5")
        data = self.read(opening, C.balance("CLBD", "15"), C.balance("CLBD", "16"))
        refused(data, "two balances CLBD: 15.00 and 16.00", forcible=True)
        assert one(self.read(opening, opening, C.balance("CLBD", "15")))
        qualified = C.balance("CLBD", "16", sub="VAL1")
        assert one(self.read(opening, qualified, C.balance("CLBD", "15")))
        assert one(self.read(opening, C.balance("CLBD", "15", sub="V1"), qualified))

    def test_pages(self):
        opening, closing = C.balance("OPBD", "5"), C.balance("CLBD", "15")
        first, second = C.balance("ITBD", "5"), C.balance("ITBD", "15")
        for balances in (
            (opening, second),
            (first, closing),
            (second, first, closing),
            (opening, first, second),
            (first, second),
            (second, first),
        ):
            statement = one(self.read(*balances))
            assert (statement.old_balance, statement.new_balance) == (5, 15)
        wrong = self.read(opening, C.balance("ITBD", "16"))
        refused(wrong, "new balance is 16", forcible=True)
        refused(self.read(closing, second), "new balance is 15", forcible=True)
        refused(self.read(second, second), "new balance is 15", forcible=True)

    def test_one_of_an_empty_statement(self):
        for code in ("OPBD", "CLBD", "ITBD", "PRCD"):
            statement = one(self.read(C.balance(code, "7"), entries=()))
            assert statement.old_balance == statement.new_balance == 7

    def test_missing(self):
        for balance in (C.balance("OPBD", "5"), C.balance("CLBD", "15"), ""):
            data = self.read(balance)
            statement = refused(data, "no opening and closing balance", forcible=True)
            assert statement.new_balance == statement.old_balance + 10

    def test_page_without_balances(self):
        pages = tag("StmtPgntn", tag("PgNb", "1") + tag("LastPgInd", "false"))
        data = self.read(C.balance("CLAV", "1"), head="<Id>1</Id>" + pages)
        refused(data, "page 1 of a statement", forcible=True)
        header = tag("MsgPgntn", tag("PgNb", "2") + tag("LastPgInd", "0"))
        entry = C.entry("1.00")
        data = C.document(C.statement(entry, balances=""), header=header)
        refused(data, "page 2 of a statement", forcible=True)

    def test_currency(self):
        data = self.read(
            C.balance("OPBD", "5"), C.balance("CLBD", "15", currency="USD")
        )
        refused(data, "CLBD is in USD, the account in EUR", forcible=True)

    @pytest.mark.parametrize("text", ["-5", "5,00", "1E1", "NaN", ""])
    def test_unreadable(self, text):
        data = simple("1.00").replace(b">1000.00<", f">{text}<".encode())
        refused(data, f"“{text}” can't be read", forcible=False)

    def test_date(self):
        data = simple("1.00").replace(b"2026-05-31", b"2026-02-30")
        refused(data, "“2026-02-30” isn't a date", forcible=False)


class TestEntries:
    @pytest.mark.parametrize(
        "text",
        [
            "-5.00",
            "5,00",
            "1E1",
            "NaN",
            "1_0",
            "٥",
            ".",
            "",
            "0.123456",
            "1" * 19,
            "1 0",
        ],
    )
    def test_amounts(self, text):
        data = simple("10.00").replace(
            b'<Ntry><Amt Ccy="EUR">10.00', f'<Ntry><Amt Ccy="EUR">{text}'.encode()
        )
        refused(data, f"“{text}” can't be read", forcible=False)
        data = simple("10.00").replace(
            b'</Refs><Amt Ccy="EUR">10.00', f'</Refs><Amt Ccy="EUR">{text}'.encode()
        )
        refused(data, f"“{text}” can't be read", forcible=False)

    def test_none(self):
        data = simple("10.00").replace(b'<Ntry><Amt Ccy="EUR">10.00</Amt>', b"<Ntry>")
        refused(data, "Entry 1 has no amount", forcible=False)

    def test_direction(self):
        for text in ("", "CR", "credit"):
            data = C.document(C.statement(C.entry("1.00", direction=text or "x")))
            refused(data, "credit or a debit", forcible=False)

    def test_currency(self):
        data = C.document(C.statement(C.entry("1.00", currency="USD")))
        refused(data, "Entry 1 is in “USD”, the account in EUR", forcible=False)
        data = simple("1.00").replace(b'<Ntry><Amt Ccy="EUR">', b"<Ntry><Amt>")
        refused(data, "Entry 1 is in “”", forcible=False)

    @pytest.mark.parametrize(
        "text", ["2026-02-30", "yesterday", "26-01-01", "2026-1-1"]
    )
    def test_dates(self, text):
        data = C.document(C.statement(C.entry("1.00", booked=text)))
        statement = refused(data, f"“{text}” isn't a date", forcible=True)
        assert statement.transactions[0].amount == 1


class TestStatus:
    @pytest.mark.parametrize("version", [2, 8])
    def test_only_booked(self, version):
        camt = Camt(version)
        entries = [
            camt.entry("1.00", status=status)
            for status in ("BOOK", "PDNG", "INFO", "FUTR")
        ]
        statement = one(camt.document(camt.statement(*entries)))
        assert [item.amount for item in statement.transactions] == [1]
        assert str(statement.warnings[0]).endswith("or for information: 3.")

    def test_no_status(self):
        statement = one(C.document(C.statement(C.entry("1.00", status=""))))
        assert "doesn't say whether they are booked: 1." in str(statement.warnings[0])
        data = C.document(C.statement(C.entry("1.00", status=""), new="1000.00"))
        refused(data, "new balance is 1000.00", forcible=True)


class TestReversals:
    def test_in_the_direction_of_what_was_reversed(self):
        inner = C.payment("5.00", amounts=exchanged("InstdAmt", "6.00", "USD"))
        batch = C.payment("2.00"), C.payment("1.00")
        reversals = (
            C.entry("5.00", inner, reversal="true"),
            C.entry("3.00", *batch, reversal="true"),
        )
        data = C.document(C.statement(C.entry("1.00"), *reversals, new="993.00"))
        statement = one(data)
        amounts = [item.amount for item in statement.transactions]
        assert amounts == [1, -5, -3]
        assert statement.transactions[1].foreign.amount == -6
        assert [item.amount for item in statement.transactions[2].details] == [-2, -1]
        assert (statement.credit_total, statement.debit_total) == (1, 8)
        assert str(statement.warnings[0]).endswith("Entries turned: 2.")

    def test_nothing_else_is_turned(self):
        reversal = C.entry("5.00", reversal="true")
        data = C.document(C.statement(C.entry("1.00"), reversal, new="994.00"))
        refused(data, "new balance is 994.00", forcible=True)
        data = C.document(C.statement(C.entry("5.00"), new="995.00"))
        refused(data, "new balance is 995.00", forcible=True)

    def test_cancelling_ones_are_left(self):
        pair = C.entry("5.00", reversal="true"), C.entry("-5.00", reversal="true")
        statement = one(C.document(C.statement(*pair)))
        assert [item.amount for item in statement.transactions] == [5, -5]
        refused(C.document(C.statement(*pair, new="1010.00")), "1010.00", True)


class TestSummary:
    def summary(self, number="2", credit="5.00", debit="2.00", **values):
        totals = tag("TtlNtries", tag("NbOfNtries", number))
        totals += tag("TtlCdtNtries", tag("Sum", credit))
        totals += tag("TtlDbtNtries", tag("Sum", debit))
        head = "<Id>1</Id>" + tag("TxsSummry", totals)
        extra = values.pop("extra", ())
        entries = (C.entry("5.00"), C.entry("-2.00"), *extra)
        return one(C.document(C.statement(*entries, head=head)))

    def test_right(self):
        assert self.summary().warnings == ()
        assert self.summary("").warnings == ()

    def test_wrong(self):
        (number,) = self.summary("3").warnings
        assert "counts 3 entries, the statement has 2" in str(number)
        (credit,) = self.summary(credit="6.00").warnings
        assert "total of credits is 6.00, the entries add up to 5.00" in str(credit)
        (debit,) = self.summary(debit="6.00").warnings
        assert "total of debits is 6.00" in str(debit)

    def test_with_pending_ones(self):
        pending = C.entry("9.00", status="PDNG")
        found = self.summary("3", credit="14.00", extra=[pending])
        assert len(found.warnings) == 1

    def test_unreadable(self):
        with pytest.raises(FormatError, match="can't be read"):
            self.summary(credit="x")


class TestChain:
    def test_gap(self):
        first = C.statement(C.entry("1.00"))
        second = C.statement(C.entry("1.00"), old="1002.00", days=("2026-06-01",) * 2)
        data = C.document(first, second)
        with pytest.raises(FormatError, match="a statement between them"):
            list(read(data))
        assert list(read(data, force=True))[1].forced

    def test_follows(self):
        first = C.statement(C.entry("1.00"))
        second = C.statement(C.entry("1.00"), old="1001.00")
        assert len(list(read(C.document(first, second)))) == 2


class TestNotification:
    camt = Camt(4, "054")

    def data(self):
        camt = self.camt
        total = camt.entry(
            "30.00",
            camt.payment("10.00", end_to_end="A"),
            camt.payment("20.00", end_to_end="B"),
        )
        single = camt.entry("5.00", camt.payment("5.00", end_to_end="C"))
        account = tag("Id", tag("IBAN", IBAN))
        first = camt.statement(total, single, account=account, balances="")
        second = camt.statement(account=account, balances="")
        return camt.document(first, second)

    def test_payments(self):
        assert is_notification(self.data())
        first, second = read_notification(self.data())
        assert (first.account, first.currency) == (IBAN, "EUR")
        assert [item.end_to_end_id for item in first.payments()] == ["A", "B", "C"]
        assert second.transactions == ()

    def test_another_message(self):
        assert not is_notification(simple("1.00"))
        with pytest.raises(FormatError, match="isn't a CAMT.054"):
            list(read_notification(simple("1.00")))


def test_problem_of_a_whole_file_has_words():
    assert control.NO_STATEMENT.endswith(".")
