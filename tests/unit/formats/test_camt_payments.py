"""Who paid, what for, and what came back, in CAMT.053."""

from decimal import Decimal

import pytest

from odoo.addons.pom_reconcile.formats.base import Reference
from odoo.addons.pom_reconcile.formats.camt import read

from .camt_builder import IBAN, exchanged, tag
from .camt_reading import OGM, QRR, RF, C, entry, payment


class TestReferences:
    @pytest.mark.parametrize(
        ("structured", "kind", "value"),
        [
            (C.reference(OGM), "ogm", OGM),
            (C.reference("123456789012"), "ogm", "123456789012"),
            (C.reference("+++123/4567/89002+++"), "ogm", OGM),
            (C.reference(OGM, issuer=""), "ogm", OGM),
            (C.reference(OGM, issuer="", proprietary="BBA"), "ogm", OGM),
            (C.reference("rf18 5390 0754 7034", issuer="ISO"), "rf", RF),
            (C.reference(RF, issuer=""), "rf", RF),
            (C.reference(RF, issuer="BBA"), "rf", RF),
            (C.reference("1234567890123456", issuer="CUR"), "nl", "1234567890123456"),
            (C.reference(OGM, issuer="CUR"), "nl", OGM),
            (C.reference("1234567", issuer="CUR"), "nl", "1234567"),
            (C.reference(QRR, issuer="", proprietary="QRR"), "qrr", QRR),
            (C.reference(QRR, issuer="", proprietary="ISR Reference"), "qrr", QRR),
        ],
    )
    def test_known_kinds(self, structured, kind, value):
        assert payment(structured=structured).references == (Reference(kind, value),)

    @pytest.mark.parametrize(
        "structured",
        [
            C.reference("123456789012", issuer=""),
            C.reference("000000000000"),
            C.reference("RF19539007547034", issuer="ISO"),
            C.reference("1234567890123456"),
            C.reference("12345678", issuer="CUR"),
            C.reference("210000000003139471430009018", issuer="", proprietary="QRR"),
            C.reference("ABC"),
        ],
    )
    def test_others_are_text(self, structured):
        found = payment(structured=structured)
        assert found.references == ()
        assert found.text

    def test_all_of_several_count(self):
        found = payment(
            structured=C.reference(OGM) + C.reference(RF),
            text="also +++000/0002/50176+++",
        )
        assert [item.value for item in found.references] == [OGM, RF, "000000250176"]
        assert found.text == "also +++000/0002/50176+++"

    def test_empty_reference(self):
        structured = tag("Strd", tag("CdtrRefInf", "") + tag("CdtrRefInf", "<Ref/>"))
        found = payment(structured=structured)
        assert (found.references, found.text) == ((), "")

    def test_spelled_where_there_is_no_text(self):
        structured = C.reference(RF) + C.reference("1234567", issuer="CUR")
        structured += C.reference(QRR, proprietary="QRR", issuer="")
        assert payment(structured=structured).text == (
            "RF18 5390 0754 7034 1234567 21 00000 00003 13947 14300 09017"
        )

    def test_invoice_numbers_and_additions_are_text(self):
        document = tag("RfrdDocInf", tag("Nb", "2026/17"))
        added = tag("AddtlRmtInf", "?REJECT?0") + tag("AddtlRmtInf", "?REJECT?1")
        structured = tag("Strd", document + added)
        found = payment(structured=structured, text=("LINE 1", "LINE 2"))
        assert found.text == "LINE 1\nLINE 2\n2026/17\n?REJECT?1"

    def test_not_the_number_of_an_account(self):
        found = payment(
            text="van 539007547034",
            parties=C.party("Dbtr", "Jan", "BE71096123456769"),
        )
        assert found.references == ()

    def test_in_the_banks_notes(self):
        found = entry("10.00", note="VIREMENT +++123/4567/89002+++")
        assert found.references == (Reference("ogm", OGM),)
        found = payment(extra=tag("AddtlTxInf", "+++123/4567/89002+++"))
        assert found.references == (Reference("ogm", OGM),)

    def test_german_words_in_the_text(self):
        found = payment(
            end_to_end="", text=("EREF+E2E-7 MREF+M-1 CRED+DE98", "SVWZ+Rechnung 17")
        )
        assert found.end_to_end_id == "E2E-7"
        assert (found.mandate, found.creditor_id) == ("M-1", "DE98")
        assert found.text == "Rechnung 17"
        found = payment(end_to_end="GIVEN", text="EREF+OTHER SVWZ+" + RF)
        assert found.end_to_end_id == "GIVEN"
        assert found.references == (Reference("rf", RF),)
        assert payment(text="1+1=2").text == "1+1=2"
        assert payment(text="ABCD+X").text == "ABCD+X"


class TestTexts:
    def test_order(self):
        """Remittance, else the bank's note on the payment, else on the entry."""
        note = tag("AddtlTxInf", "ON THE PAYMENT")
        found = entry("1.00", C.payment("1.00", text="SAID", extra=note), note="NOTE")
        assert found.text == "SAID"
        assert found.information == (
            ("additional information", "ON THE PAYMENT"),
            ("bank's note", "NOTE"),
        )
        found = entry("1.00", C.payment("1.00", extra=note), note="NOTE")
        assert found.text == "ON THE PAYMENT"
        assert entry("1.00", C.payment("1.00"), note="NOTE").text == "NOTE"
        assert entry("1.00", C.payment("1.00", text="NOTE"), note="NOTE").text == "NOTE"

    def test_blanks_comments_and_cdata(self):
        found = payment(text="A <!-- no -->  B\n  <![CDATA[C & D]]><?pi x?> E")
        assert found.text == "A B C & D E"


class TestCounterparty:
    jan = C.party("Dbtr", "Jan", "BE71096123456769")
    us = C.party("Cdtr", "POM TEST NV", IBAN)

    def name(self, amount, parties, **values):
        return payment(amount, parties=parties, **values).counterparty_name

    def test_other_side_than_our_account(self):
        assert self.name("1.00", self.jan + self.us) == "Jan"
        assert self.name("-1.00", self.jan + self.us) == "Jan"
        paid = C.party("Dbtr", "POM", IBAN) + C.party("Cdtr", "Shop")
        assert self.name("-1.00", paid) == "Shop"
        assert self.name("1.00", paid) == "Shop"

    def test_by_the_direction(self):
        both = C.party("Dbtr", "Payer") + C.party("Cdtr", "Payee")
        assert self.name("1.00", both) == "Payer"
        assert self.name("-1.00", both) == "Payee"
        within = C.party("Dbtr", "A", IBAN) + C.party("Cdtr", "B", IBAN)
        assert self.name("1.00", within) == "A"

    def test_parties_of_a_return_are_those_of_the_payment(self):
        both = C.party("Dbtr", "Customer") + C.party("Cdtr", "Collector")
        info = tag("RtrInf", tag("Rsn", tag("Cd", "MD06")))
        assert self.name("-1.00", both, extra=info) == "Customer"

    def test_only_one_side_given(self):
        assert self.name("-1.00", C.party("Dbtr", "Shop")) == "Shop"
        # Ourselves aren't somebody else.
        assert self.name("1.00", C.party("Cdtr", "Pom Test NV")) == ""
        assert self.name("-1.00", C.party("Dbtr", "X", "be68 5390 0754 7034")) == ""

    def test_ultimate_party(self):
        ultimate = C.party("UltmtDbtr", "Child")
        found = payment(parties=C.party("Dbtr", "Parent") + ultimate)
        assert found.counterparty_name == "Parent"
        assert ("on behalf of", "Child") in found.information
        found = payment(parties=C.party("Dbtr", "") + ultimate)
        assert found.counterparty_name == "Child"
        assert found.information == ()

    def test_bank_in_place_of_a_party(self):
        bank = tag("Dbtr", tag("Agt", tag("FinInstnId", tag("Nm", "BIG BANK"))))
        assert self.name("1.00", bank) == "BIG BANK"

    def test_account_numbers(self):
        found = payment(parties=C.party("Dbtr", "A", other="nl91 ABNA 0417 1643 00"))
        assert found.counterparty_account == "NL91ABNA0417164300"
        found = payment(parties=C.party("Dbtr", "A", other="00-1234 5"))
        assert found.counterparty_account == "00-1234 5"
        empty = tag("DbtrAcct", tag("Id", "<Othr/>"))
        assert payment(parties=empty).counterparty_account == ""
        proxy = tag("DbtrAcct", tag("Prxy", tag("Id", "+32470000000")))
        assert payment(parties=proxy).counterparty_account == "+32470000000"

    def test_wrong_bic(self):
        assert payment(agents=C.agent("Dbtr", "NOTPROVIDED")).counterparty_bic == ""

    def test_address(self):
        lines = tag("StrtNm", "Kerkstraat") + tag("BldgNb", "1") + tag("PstCd", "9000")
        place = tag("PstlAdr", lines + tag("TwnNm", "Gent") + tag("Ctry", "BE"))
        found = payment(parties=C.party("Dbtr", "Jan", extra=place))
        assert found.information == (
            ("counterparty address", "Kerkstraat 1, 9000 Gent, BE"),
        )
        place = tag("PstlAdr", tag("AdrLine", "Kerkstraat 1") + tag("AdrLine", "Gent"))
        found = payment(parties=C.party("Dbtr", "Jan", extra=place))
        assert found.information[0][1] == "Kerkstraat 1, Gent"

    def test_direct_debit(self):
        scheme = tag("SchmeNm", tag("Prtry", "SEPA"))
        ids = tag("Othr", tag("Id", "OTHER")) + tag("Othr", tag("Id", "BE69") + scheme)
        creditor = tag("Id", tag("PrvtId", ids))
        found = payment(
            "-9.00",
            refs=tag("MndtId", "MANDATE-1"),
            parties=C.party("Cdtr", "Energy", extra=creditor),
            extra=tag("Purp", tag("Cd", "ELEC"))
            + tag("PmtTpInf", tag("CtgyPurp", tag("Cd", "SUPP"))),
        )
        assert found.mandate == "MANDATE-1"
        assert found.creditor_id == "BE69"
        assert (found.purpose, found.category_purpose) == ("ELEC", "SUPP")


class TestReturns:
    def test_reason(self):
        info = tag("Rsn", tag("Cd", "AC04")) + tag("AddtlInf", "CLOSED")
        found = payment("-5.00", extra=tag("RtrInf", info))
        assert (found.return_type, found.return_reason) == ("return", "AC04")
        assert ("reason of return", "CLOSED") in found.information
        own = tag("RtrInf", tag("Rsn", tag("Prtry", "914")))
        assert payment("-5.00", extra=own).return_reason == "914"

    @pytest.mark.parametrize(
        ("code", "kind"),
        [
            ("PMNT-IDDT-UPDD", "return"),
            ("PMNT-RCDT-RRTN", "return"),
            ("PMNT-RDDT-PRDD", "refund"),
            ("PMNT-RCDT-ESCT", ""),
        ],
    )
    def test_by_code(self, code, kind):
        assert entry("5.00", code=code).return_type == kind

    def test_reversal(self):
        for value in ("true", "1", " true "):
            found = entry("-5.00", reversal=value)
            assert (found.amount, found.return_type) == (Decimal("-5.00"), "reversal")
        assert entry("-5.00", reversal="false").return_type == ""

    def test_original_amount_and_charges(self):
        """A German return: what was collected, and what the banks take for it."""
        inner = C.payment(
            None,
            amounts=exchanged("InstdAmt", "50.00", "EUR"),
            extra=C.charge("3.00"),
        )
        (statement,) = read(C.document(C.statement(C.entry("-53.00", inner))))
        (found,) = statement.transactions
        assert found.amount == Decimal("-53.00")
        assert ("amount of the payment", "-50.00 EUR") in found.information
        assert ("charges", "3.00 EUR DEBT") in found.information
        assert statement.warnings == ()
