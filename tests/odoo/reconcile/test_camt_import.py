"""CAMT.053 files through OCA's import wizard: what the books become."""

import base64
from datetime import date

from odoo.exceptions import UserError

from tests.unit.formats.camt_builder import IBAN, Camt, exchanged, tag
from tests.unit.formats.test_archive import zipped

from .common import ReconcileCase

LINE = "account.bank.statement.line"
C = Camt(8)
OTHER = "NL91ABNA0417164300"


class TestCamtImport(ReconcileCase):
    def _lines(self, statements):
        return statements.line_ids.sorted("internal_index")

    def _reference(self, invoice):
        digits = "".join(filter(str.isdigit, invoice.payment_reference))
        return C.reference(digits)

    def _camt(self, *entries, name="day.xml", **values):
        return self._import(C.document(C.statement(*entries, **values)), name)

    def test_line_has_what_the_bank_said(self):
        payment = C.payment(
            "45.73",
            end_to_end="E2E-1",
            parties=C.party("Dbtr", "Somebody <b>", "BE62510007547061"),
            agents=C.agent("Dbtr", "BBRUBEBB"),
            structured=C.reference("123456789002"),
        )
        statement = self._camt(C.entry("45.73", payment, valued="2026-05-31"))
        self.assertEqual(statement.name, "2026/7")
        self.assertEqual(statement.balance_start, 1000.0)
        self.assertEqual(statement.balance_end_real, 1045.73)
        self.assertTrue(statement.is_complete)
        line = statement.line_ids
        self.assertEqual(line.payment_ref, "+++123/4567/89002+++")
        self.assertEqual(line.account_number, "BE62510007547061")
        self.assertEqual(line.partner_name, "Somebody <b>")
        self.assertEqual(line.pom_counterparty_bic, "BBRUBEBB")
        self.assertEqual(line.pom_end_to_end_id, "E2E-1")
        self.assertEqual(line.date, date(2026, 6, 1))
        self.assertEqual(line.pom_value_date, date(2026, 5, 31))
        self.assertEqual(
            line.transaction_type, "credit transfer received: SEPA credit transfer"
        )
        self.assertEqual(
            line.transaction_details["references"], [["ogm", "123456789002"]]
        )
        self.assertNotIn("raw", line.transaction_details)

    def test_reference_pays_the_invoice(self):
        invoice = self._invoice(100.0)
        payment = C.payment("100.00", structured=self._reference(invoice))
        line = self._camt(C.entry("100.00", payment)).line_ids
        self.assertTrue(line.is_reconciled)
        self.assertEqual(invoice.payment_state, "paid")

    def test_members_of_a_batch_are_lines_of_their_own(self):
        """One debtor's reference doesn't pay for another one in the same booking."""
        paid, other = self._invoice(250.0), self._invoice(250.0, self.an)
        entry = C.entry(
            "500.00",
            C.payment(
                "250.00",
                parties=C.party("Dbtr", "Jan Peeters", "BE71096123456769"),
                structured=self._reference(paid),
            ),
            C.payment(
                "250.00",
                parties=C.party("Dbtr", "Somebody Else", "BE46230012345636"),
                text="betaling",
            ),
            batch=tag("Btch", tag("NbOfTxs", "2")),
        )
        lines = self._lines(self._camt(entry))
        self.assertEqual(lines.mapped("amount"), [250.0, 250.0])
        self.assertEqual(lines.mapped("is_reconciled"), [True, False])
        self.assertEqual(paid.payment_state, "paid")
        self.assertEqual(other.payment_state, "not_paid")

    def test_pending_entry_pays_nothing(self):
        invoice = self._invoice(66.0)
        payment = C.payment("66.00", structured=self._reference(invoice))
        pending = C.entry("66.00", payment, status="PDNG")
        statement = self._camt(C.entry("13.00", C.payment("13.00", text="X")), pending)
        self.assertEqual(statement.line_ids.mapped("amount"), [13.0])
        self.assertEqual(invoice.payment_state, "not_paid")
        self.assertIn("aren't booked", statement.pom_warnings)

    def test_each_account_goes_into_its_journal(self):
        usd = self.env.ref("base.USD")
        usd.active = True
        journal = self.env["account.journal"].create(
            {
                "name": "Dollars",
                "type": "bank",
                "code": "USD1",
                "currency_id": usd.id,
                "bank_acc_number": OTHER,
            }
        )
        account = tag("Id", tag("IBAN", OTHER)) + tag("Ccy", "USD")
        data = C.document(
            C.statement(C.entry("11.00", C.payment("11.00", text="EUROS"))),
            C.statement(
                C.entry("12.00", C.payment(text="DOLLARS"), currency="USD"),
                account=account,
                currency="USD",
                old="0.00",
            ),
        )
        statements = self._import(data, "two.xml")
        lines = {s.journal_id: s.line_ids.payment_ref for s in statements}
        self.assertEqual(lines, {self.journal: "EUROS", journal: "DOLLARS"})

    def test_dollars_paid_on_an_account_in_euros(self):
        self.env.ref("base.USD").active = True
        amounts = exchanged("InstdAmt", "100.00", "USD", "0.85")
        line = self._camt(C.entry("85.00", C.payment(amounts=amounts))).line_ids
        self.assertEqual(line.amount, 85.0)
        self.assertEqual(line.amount_currency, 100.0)
        self.assertEqual(line.foreign_currency_id.name, "USD")

    def test_entry_decides_where_charges_were_kept(self):
        payment = C.payment("1500.00", text="abroad", extra=C.charge("26.00"))
        line = self._camt(C.entry("1474.00", payment)).line_ids
        self.assertEqual(line.amount, 1474.0)
        self.assertIn("26.00 EUR", line.narration)
        self.assertIn("1500.00 EUR", line.narration)

    def test_return_reopens_what_was_paid(self):
        invoice = self._invoice(80.0)
        parties = C.party("Dbtr", "Jan Peeters", "BE71096123456769")
        parties += C.party("Cdtr", "Us", IBAN)
        paid = C.payment("80.00", parties=parties, structured=self._reference(invoice))
        self._camt(C.entry("80.00", paid))
        self.assertEqual(invoice.payment_state, "paid")
        returned = C.payment(
            "80.00",
            direction="DBIT",
            parties=parties,
            structured=self._reference(invoice),
            extra=tag("RtrInf", tag("Rsn", tag("Cd", "MD06"))),
        )
        line = self._camt(
            C.entry("-80.00", returned, booked="2026-06-02", code="PMNT-IDDT-UPDD"),
            old="1080.00",
            days=("2026-06-01", "2026-06-02"),
            head="<Id>S2</Id><ElctrncSeqNb>8</ElctrncSeqNb>",
        ).line_ids
        self.assertEqual(line.partner_name, "Jan Peeters")
        self.assertEqual(line.transaction_details["return_reason"], "MD06")
        self.assertNotEqual(invoice.payment_state, "paid")

    def test_same_file_again_and_equal_payments(self):
        twice = [C.entry("18.00", C.payment("18.00", text="same")) for _ in range(2)]
        self.assertEqual(len(self._camt(*twice).line_ids), 2)
        again = self._camt(
            *twice,
            name="again.xml",
            head="<Id>OTHER</Id><ElctrncSeqNb>9</ElctrncSeqNb>",
        )
        self.assertFalse(again)

    def test_refused_with_words(self):
        report = Camt(8, "052")
        data = report.document(report.statement(C.entry("1.00")))
        with self.assertRaisesRegex(UserError, "CAMT.052 report"):
            self._import(data, "report.xml")
        wrong = C.document(C.statement(C.entry("1.00"), new="2000.00"))
        with self.assertRaisesRegex(UserError, "the new balance is 2000.00"):
            self._import(wrong, "wrong.xml")
        self.assertEqual(len(self._import(wrong, "wrong.xml", pom_force=True)), 1)

    def test_before_any_other_reader(self):
        """OCA's own reader, where it is installed, never sees what we read."""
        wizard = self._wizard(C.document(C.statement(C.entry("1.00"))), "x.xml")
        (found,) = wizard._parse_file(base64.b64decode(wizard.statement_file))
        self.assertEqual(found[:2], ("EUR", IBAN))
        self.assertIn("received", found[2][0])

    def test_archive(self):
        """Days in a zip, the later one first: each is a statement of its own."""
        first = C.document(C.statement(C.entry("1.00", C.payment("1.00", text="A"))))
        second = C.document(
            C.statement(
                C.entry("2.00", C.payment("2.00", text="B"), booked="2026-06-02"),
                old="1001.00",
                days=("2026-06-01", "2026-06-02"),
            )
        )
        statements = self._import(zipped({"2.xml": second, "1.xml": first}), "a.zip")
        self.assertEqual(statements.sorted("date").mapped("balance_end"), [1001, 1003])
        self.assertTrue(all(statements.mapped("is_valid")))
        with self.assertRaisesRegex(UserError, "“x.txt” in the archive isn't"):
            self._import(zipped({"x.txt": b"hello"}), "a.zip")

    def test_list_of_a_payout(self):
        """CAMT.054: the payments that a total on the statement is made of."""
        message = Camt(4, "054")
        entry = message.entry(
            "30.00",
            message.payment("10.00", end_to_end="tr_7UhSN1zuXS"),
            message.payment("20.00", structured=C.reference("123456789002")),
        )
        data = message.document(message.statement(entry, balances=""))
        payout = self.env["pom.payout"].create(
            {
                "reference": "TOTAL-1",
                "amount": 30.0,
                "list_file": base64.b64encode(data),
            }
        )
        self.assertEqual(
            payout.items, [["tr_7UhSN1zuXS", "10.00"], ["123456789002", "20.00"]]
        )
        with self.assertRaisesRegex(UserError, "isn't|can't"):
            self.env["pom.payout"].create(
                {
                    "reference": "TOTAL-2",
                    "amount": 30.0,
                    "list_file": base64.b64encode(data[:-20]),
                }
            )
