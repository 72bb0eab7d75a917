"""What is read from CAMT.053: each version, and what each part of it becomes."""

from datetime import date
from decimal import Decimal

import pytest

from odoo.addons.pom_reconcile.formats.base import FormatError, Reference
from odoo.addons.pom_reconcile.formats.camt import identify, read
from odoo.addons.pom_reconcile.formats.camt.codes import describe, line_kind
from odoo.addons.pom_reconcile.tools.statement_values import opened

from .camt_builder import IBAN, Camt, simple, tag
from .camt_reading import OGM, C, entry, one, payment


@pytest.mark.parametrize("version", range(2, 14))
def test_each_version(version):
    camt = Camt(version)
    details = camt.payment(
        "100.00",
        end_to_end="E2E-1",
        parties=camt.party("Dbtr", "Jan & Co", "BE71096123456769")
        + camt.party("Cdtr", "POM TEST NV", IBAN),
        agents=camt.agent("Dbtr", "GKCCBEBB"),
        structured=camt.reference(OGM),
    )
    charged = camt.entry("-3.00", extra=camt.charge("3.00"), note="COSTS")
    statement = one(
        camt.document(camt.statement(camt.entry("100.00", details), charged))
    )
    assert (statement.account, statement.currency) == (IBAN, "EUR")
    assert statement.holder == "POM TEST NV"
    assert statement.sequence == "7"
    assert statement.old_balance == Decimal("1000.00")
    assert statement.old_balance_date == date(2026, 5, 31)
    assert statement.new_balance == Decimal("1097.00")
    assert statement.new_balance_date == date(2026, 6, 1)
    assert statement.warnings == ()
    transfer, costs = statement.transactions
    assert transfer.amount == Decimal("100.00")
    assert transfer.date == transfer.value_date == date(2026, 6, 1)
    assert transfer.counterparty_name == "Jan & Co"
    assert transfer.counterparty_account == "BE71096123456769"
    assert transfer.counterparty_bic == "GKCCBEBB"
    assert transfer.end_to_end_id == "E2E-1"
    assert transfer.references == (Reference("ogm", OGM),)
    assert transfer.text == "+++123/4567/89002+++"
    assert transfer.code == "PMNT-RCDT-ESCT"
    assert transfer.bank_reference == "REF-1"
    assert (costs.ordinal, costs.amount) == (2, Decimal("-3.00"))
    assert costs.text == "COSTS"
    assert costs.information == (("charges", "3.00 EUR DEBT"),)


def test_shapes_of_another_version():
    """Banks mix them: plain parties in a late version, nested ones in an early one."""
    for camt, shape in ((Camt(8), Camt(2)), (Camt(2), Camt(8))):
        found = entry(
            "5.00",
            shape.payment(
                "5.00",
                parties=shape.party("Dbtr", "Jan"),
                agents=shape.agent("Dbtr", "GKCCBEBB"),
            ),
            camt=camt,
        )
        assert (found.counterparty_name, found.counterparty_bic) == ("Jan", "GKCCBEBB")


class TestDates:
    def test_as_written(self):
        data = simple("1.00")
        for value in ("2026-06-13+01:00", "2026-06-13Z", "2026-06-13T23:30:00"):
            changed = data.replace(
                b"<BookgDt><Dt>2026-06-01", b"<BookgDt><Dt>" + value.encode()
            )
            assert one(changed).transactions[0].date == date(2026, 6, 13)
        changed = data.replace(
            b"<BookgDt><Dt>2026-06-01</Dt>",
            b"<BookgDt><DtTm>2026-06-13T23:30:00+02:00</DtTm>",
        )
        assert one(changed).transactions[0].date == date(2026, 6, 13)
        changed = data.replace(b"<Dt><Dt>2026-06-01</Dt></Dt>", b"<Dt>2026-06-01</Dt>")
        assert one(changed).new_balance_date == date(2026, 6, 1)

    def test_without_booking_date(self):
        found = entry("1.00", booked="", valued="2026-05-31")
        assert found.date == found.value_date == date(2026, 5, 31)
        # Within the statement.
        assert entry("1.00", booked="", valued="2026-07-31").date == date(2026, 6, 1)
        found = entry(
            "1.00", C.payment("0.40"), C.payment("0.60"), booked="", valued=""
        )
        assert (found.date, found.value_date) == (date(2026, 6, 1), None)
        assert found.details[0].date == date(2026, 6, 1)

    def test_without_closing_date(self):
        data = simple("1.00").replace(b"<Dt><Dt>2026-06-01</Dt></Dt>", b"")
        assert one(data).new_balance_date == date(2026, 6, 1)
        period = b"<FrToDt><ToDtTm>2026-06-02T00:00:00</ToDtTm></FrToDt><Acct>"
        assert one(data.replace(b"<Acct>", period)).new_balance_date.day == 2
        empty = one(
            C.document(C.statement()).replace(b"<Dt><Dt>2026-06-01</Dt></Dt>", b"")
        )
        assert empty.new_balance_date == date(2026, 6, 2)

    def test_when_it_was_opened(self):
        """The date of the opening balance is its first day, or the day before."""
        cases = {
            ("2026-05-31", "2026-06-01"): date(2026, 5, 31),
            ("2026-06-01", "2026-06-01"): None,
        }
        for days, expected in cases.items():
            assert opened(one(C.document(C.statement(days=days)))) == expected
        period = "<FrToDt><FrDtTm>2026-06-01T00:00:00</FrDtTm></FrToDt>"
        month = C.statement(
            head="<Id>1</Id>" + period, days=("2026-06-01", "2026-06-30")
        )
        assert opened(one(C.document(month))) == date(2026, 5, 31)
        balances = C.balance("PRCD", "1", "2026-06-01") + C.balance("CLBD", "1")
        statement = one(C.document(C.statement(balances=balances)))
        assert opened(statement) == date(2026, 6, 1)
        undated = C.document(C.statement()).replace(
            b"<Dt><Dt>2026-05-31</Dt></Dt>", b""
        )
        assert opened(one(undated)) is None

    def test_unknown_creation(self):
        data = C.document(C.statement()).replace(b"2026-06-02T06:00:00", b"today")
        assert one(data).created is None


class TestCodes:
    def test_own_code_beside_the_international_one(self):
        both = C.code("PMNT-RCDT-ESCT").replace(
            "</BkTxCd>", tag("Prtry", tag("Cd", "N196")) + "</BkTxCd>"
        )
        data = C.document(C.statement(C.entry("1.00", C.payment("1.00"))))
        data = data.replace(C.code("PMNT-RCDT-ESCT").encode(), both.encode())
        (found,) = one(data).transactions
        assert found.information == (("bank's code", "N196"),)
        assert found.code_text == "credit transfer received: SEPA credit transfer"

    def test_only_at_the_payment(self):
        inner = C.payment("1.00", extra=C.code("NTRF+166+00931"))
        found = entry("1.00", inner, code="")
        assert (found.code, found.code_text) == ("NTRF+166+00931", "")
        assert entry("1.00", code="").code == ""

    def test_kinds(self):
        assert line_kind("PMNT-RDDT-ESDD") == "direct_debit"
        assert line_kind("PMNT-IDDT-UPDD") == "return"
        assert line_kind("PMNT-RCDT-ESCT", "return") == "return"

    def test_words(self):
        assert describe("ACMT-MDOP-CHRG", str.upper) == "ACCOUNT MANAGEMENT: CHARGES"
        assert describe("XXXX-XXXX-CHRG") == ""

    def test_bank_references(self):
        found = entry(
            "1.00",
            C.payment("1.00", refs=tag("AcctSvcrRef", "OF-PAYMENT")),
            reference="NONREF",
        )
        assert found.bank_reference == "OF-PAYMENT"
        assert entry("1.00", reference="NONREF").bank_reference == ""
        cheque = payment(refs=tag("ChqNb", "77"))
        assert ("cheque number", "77") in cheque.information


class TestWholes:
    def test_empty(self):
        statement = one(C.document(C.statement()))
        assert statement.transactions == ()
        assert statement.new_balance == Decimal("1000.00")

    def test_several_accounts(self):
        other = tag("Id", tag("IBAN", "NL91ABNA0417164300")) + tag("Ccy", "USD")
        usd = C.statement(
            C.entry("2.00", currency="USD"), account=other, currency="USD", old="0.00"
        )
        data = C.document(C.statement(C.entry("1.00")), usd)
        first, second = read(data)
        assert (first.account, first.currency) == (IBAN, "EUR")
        assert (second.account, second.currency) == ("NL91ABNA0417164300", "USD")
        assert second.transactions[0].amount == 2

    def test_head(self):
        account = tag("Id", tag("Othr", tag("Id", "539-0075470-34"))) + tag(
            "Nm", "MAIN"
        )
        owner = tag("Nm", "US") + tag(
            "Id", tag("OrgId", tag("Othr", tag("Id", "0123456749")))
        )
        account += tag("Ownr", owner)
        account += tag("Svcr", tag("FinInstnId", tag("BICFI", "KREDBEBB")))
        head = "<Id>S</Id><ElctrncSeqNb>000000000000000017</ElctrncSeqNb>"
        head += "<LglSeqNb>0100</LglSeqNb>"
        statement = one(
            C.document(
                C.statement(
                    account=account, head=head, tail=tag("AddtlStmtInf", "HELLO")
                )
            )
        )
        assert statement.account == "539-0075470-34"
        assert statement.currency == "EUR"
        assert (statement.sequence, statement.number) == ("17", "100")
        assert (statement.holder, statement.holder_id) == ("US", "0123456749")
        assert (statement.bic, statement.description) == ("KREDBEBB", "MAIN")
        assert statement.messages == ("HELLO",)
        assert statement.file_reference == "MSG-1"
        assert statement.created == date(2026, 6, 2)

    @pytest.mark.parametrize(
        ("mark", "duplicate"), [("DUPL", True), ("CODU", True), ("COPY", False)]
    )
    def test_copies(self, mark, duplicate):
        head = f"<Id>S</Id><CpyDplctInd>{mark}</CpyDplctInd>"
        statement = one(C.document(C.statement(head=head)))
        assert statement.duplicate is duplicate
        assert len(statement.warnings) == duplicate

    def test_foreign_elements(self):
        """The bank may put anything into its own place."""
        entry = C.entry("500.00")
        envelope = f'<Envlp>{entry}<x:Ntry xmlns:x="urn:x">{entry}</x:Ntry></Envlp>'
        inner = (
            f'<Document xmlns="urn:iso:camt.053.001.08">{tag("Stmt", entry)}</Document>'
        )
        tail = tag("SplmtryData", envelope + inner)
        within = C.entry(
            "1.00", extra=tail + '<x:Amt xmlns:x="urn:x" Ccy="EUR">9</x:Amt>'
        )
        statement = one(C.document(C.statement(within, tail=tail)))
        assert [item.amount for item in statement.transactions] == [1]

    def test_what_no_schema_has(self):
        """Elements far too deep, a second amount, an amount with children."""
        deep = "".join(f"<L{level}>" for level in range(30)) + "X"
        deep += "".join(f"</L{level}>" for level in reversed(range(30)))
        found = entry("1.00", extra=deep + '<Amt Ccy="EUR">2.00</Amt>')
        assert found.amount == 1
        found = entry("1.00", C.payment(amounts="<TxAmt><Amt><x/></Amt></TxAmt>"))
        assert found.amount == 1

    def test_envelopes_prefixes_and_namespaces(self):
        data = simple("1.00")
        body = data.partition(b"?>\n")[2]
        head = b"<AppHdr xmlns='urn:iso:std:iso:20022:tech:xsd:head.001.001.01'/>"
        wrapped = b"<BizMsgEnvlp>" + head + body + b"</BizMsgEnvlp>"
        soap = (
            b'<s:Envelope xmlns:s="urn:soap"><s:Body>'
            + body
            + b"</s:Body></s:Envelope>"
        )
        prefixed = (
            body.replace(b"</", b"</n:")
            .replace(b"<", b"<n:")
            .replace(b"<n:/n:", b"</n:")
            .replace(b"xmlns=", b"xmlns:n=")
        )
        none = body.replace(body[body.index(b" xmlns") : body.index(b">")], b"", 1)
        abn = body.replace(b"urn:iso:std:iso:20022:tech:xsd:", b"ISO:")
        for changed in (wrapped, soap, prefixed, none, abn, b"\xef\xbb\xbf" + data):
            assert identify(changed)
            assert one(changed).transactions[0].text == "MOVEMENT 1"

    @pytest.mark.parametrize("name", ["utf-8", "utf-16", "iso-8859-15", "windows-1252"])
    def test_encodings(self, name):
        camt = Camt(8)
        data = camt.document(
            camt.statement(camt.entry("1.00", note="Café €")), declaration=name
        )
        assert identify(data)
        assert one(data).transactions[0].text == "Café €"

    def test_declared_encoding_is_wrong(self):
        camt = Camt(8)
        data = camt.document(camt.statement(camt.entry("1.00", note="Café €")))
        statement = one(data.decode().encode("cp1252"))
        assert statement.transactions[0].text == "Café €"
        assert "Windows" in str(statement.warnings[0])
        cut = data.replace("€".encode(), "€".encode()[:2])
        assert "Windows" in str(one(cut).warnings[0])

    def test_open_file(self, tmp_path):
        path = tmp_path / "x.xml"
        path.write_bytes(simple("1.00", "2.00"))
        with path.open("rb") as source:
            assert len(one(source).transactions) == 2

    def test_message_without_document(self):
        body = simple("1.00").partition(b"?>\n")[2]
        start = body.index(b"<BkToCstmrStmt>")
        assert one(body[start : -len(b"</Document>")]).transactions

    def test_two_messages_in_an_envelope(self):
        body = simple("1.00").partition(b"?>\n")[2]
        found = list(read(b"<All>" + body + body + b"</All>"))
        assert len(found) == 2
        assert "before" in str(found[1].warnings[0])


def test_identify():
    assert identify(simple("1.00"))
    for message in ("052", "054"):
        assert identify(Camt(8, message).document())
    assert not identify(b"")
    assert not identify(b"0000001032672505        camt.053.001.02")
    assert not identify(b"<html/>")
    with pytest.raises(FormatError, match="XML, but not"):
        list(read(b"<html/>"))
