"""What a bank kept of a payment, as its files tell: the debtor paid in full, and the
rest are our costs."""

from odoo.exceptions import UserError

from tests.unit.formats.camt_builder import Camt, exchanged, tag
from tests.unit.formats.coda_builder import CodaBuilder
from tests.unit.formats.test_mt940 import line as mt940_line
from tests.unit.formats.test_mt940 import message as mt940_message

from .common import IBAN, ReconcileCase

C = Camt(8)
PAID = exchanged("InstdAmt", "500.00", "EUR")


class TestCharges(ReconcileCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.costs = cls.company_data["default_account_expense"]
        cls.journal.pom_fee_account_id = cls.costs

    def setUp(self):
        super().setUp()
        self.bill = self._invoice(500.0)
        self.number = "".join(filter(str.isdigit, self.bill.payment_reference))

    def _camt(self, amount="487.50", camt=C, charge=None, amounts=PAID, **entry):
        """Import an entry of 487.50, of which 12.50 were kept."""
        if charge is None:
            charge = camt.charge("12.50", included="true" if camt.version > 3 else "")
        payment = camt.payment(
            amount.lstrip("-") if camt.version > 2 else None,
            direction="DBIT" if amount[0] == "-" else "CRDT",
            amounts=amounts,
            structured=camt.reference(self.number),
            extra=charge,
        )
        data = camt.document(camt.statement(camt.entry(amount, payment, **entry)))
        return self._import(data, "day.xml").line_ids

    def _costs(self, line):
        return line.line_ids.filtered(lambda item: item.account_id == self.costs)

    def _check_paid(self, line, charges=12.5):
        self.assertTrue(line.is_reconciled)
        self.assertEqual(self.bill.payment_state, "paid")
        self.assertEqual(self._costs(line).balance, charges)
        self.assertFalse(line.pom_flag)
        self.assertIn("kept 12.50", line.pom_reason.replace("$ ", "").replace("€", ""))
        self.assertIn(self.costs.name, line.pom_reason)
        self.assertFalse(self.bill._pom_noted_amount())

    def test_each_version_tells_them_its_own_way(self):
        for version in (2, 3, 4, 8, 13):
            with self.subTest(version), self.env.cr.savepoint() as undone:
                self._check_paid(self._camt(camt=Camt(version)))
                undone.rollback()
            self.env.invalidate_all()

    def test_entry_tells_them(self):
        line = self._camt(
            charge="",
            amounts="",
            extra=tag("AmtDtls", PAID) + C.charge("12.50", included="false"),
        )
        self._check_paid(line)

    def test_total_of_them(self):
        total = '<TtlChrgsAndTaxAmt Ccy="EUR">12.50</TtlChrgsAndTaxAmt>'
        self._check_paid(self._camt(charge=tag("Chrgs", total)))

    def test_called_contained_without_what_was_ordered(self):
        self._check_paid(self._camt(amounts=""))

    def test_coda_explains_an_amount(self):
        builder = CodaBuilder("1000.00").open()
        builder.move(1, 0, "487.50", "30150000", f"=101{self.number}")
        builder.move(1, 1, "500.00", "80150100", "GROSS")
        builder.move(1, 2, "-10.33", "80150013", "COMMISSION")
        builder.move(1, 3, "-2.17", "80150011", "VAT")
        self._check_paid(self._import(builder.close().end().data()).line_ids)

    def test_mt940_tells_them(self):
        first = ":61:2606010601C487,50NTRFNONREF\n/OCMT/EUR500,//CHGS/EUR12,50/"
        said = mt940_line("487.50", self.bill.payment_reference, first)
        line = self._import(mt940_message(said, account=IBAN), "day.sta").line_ids
        self._check_paid(line)

    def test_of_a_member_of_a_batch(self):
        other = self._invoice(300.0, self.an)
        number = "".join(filter(str.isdigit, other.payment_reference))
        # Only what was ordered is told of each, and what was kept of it.
        payments = [
            Camt(2).payment(
                amounts=exchanged("InstdAmt", amount, "EUR"),
                structured=Camt(2).reference(reference),
                extra=Camt(2).charge(charge),
            )
            for amount, charge, reference in (
                ("500.00", "12.50", self.number),
                ("300.00", "5.00", number),
            )
        ]
        data = Camt(2).document(Camt(2).statement(Camt(2).entry("782.50", *payments)))
        lines = self._import(data, "day.xml").line_ids.sorted("amount")
        self.assertEqual(lines.mapped("amount"), [295.0, 487.5])
        self._check_paid(lines[1])
        self.assertEqual(other.payment_state, "paid")

    def test_bill_that_we_paid(self):
        self.bill = self._invoice(500.0, self.an, "in_invoice", ref="F-77")
        self.bill.payment_reference = "+++123/4567/89002+++"
        self.number = "123456789002"
        self._check_paid(self._camt("-512.50"), 12.5)

    def test_part_of_the_debt(self):
        """What was given counts, not what arrived."""
        line = self._camt("287.50", amounts=exchanged("InstdAmt", "300.00", "EUR"))
        self.assertEqual(self.bill.amount_residual, 200.0)
        self.assertEqual(line.pom_flag, "partial")
        self.assertEqual(self._costs(line).balance, 12.5)

    def test_undone(self):
        line = self._camt()
        line.action_pom_undo()
        self.assertFalse(line.is_reconciled)
        self.assertEqual(self.bill.amount_residual, 500.0)
        self.assertFalse(self._costs(line))

    def test_what_isnt_told_changes_nothing(self):
        """Another amount was ordered, charges in another currency, or none."""
        told = {
            "other": {"amounts": exchanged("InstdAmt", "490.00", "EUR")},
            "apart": {"charge": C.charge("12.50", included="false"), "amounts": ""},
            "unsaid": {"charge": C.charge("12.50"), "amounts": ""},
            "dollars": {"charge": C.charge("12.50", "USD", included="true")},
            "none": {"charge": ""},
        }
        for name, values in told.items():
            with self.subTest(name), self.env.cr.savepoint() as undone:
                line = self._camt(**values)
                self.assertEqual(self.bill.amount_residual, 12.5)
                self.assertFalse(self._costs(line))
                undone.rollback()
            self.env.invalidate_all()

    def test_what_came_is_all_that_is_open(self):
        """The payer was asked for what arrives: nothing is our cost."""
        self.bill = self._invoice(487.5)
        self.number = "".join(filter(str.isdigit, self.bill.payment_reference))
        line = self._camt()
        self.assertEqual(self.bill.payment_state, "paid")
        self.assertFalse(self._costs(line))

    def test_no_account_for_them(self):
        self.journal.pom_fee_account_id = False
        self.company.chart_template = "generic_coa"
        line = self._camt()
        self.assertFalse(line.is_reconciled)
        self.assertEqual(self.bill.amount_residual, 500.0)
        self.assertIn("set the journal's account for fees", line.pom_reason)
        first = line.pom_suggestion_ids[0]
        self.assertIn("kept", first.reason)
        with self.assertRaisesRegex(UserError, "account for “fee”"):
            first.action_accept()
        self.journal.pom_fee_account_id = self.costs
        first.action_accept()
        self.assertTrue(line.is_reconciled)
        self.assertEqual(self.bill.payment_state, "paid")
        self.assertEqual(self._costs(line).balance, 12.5)
