"""A bank that books a total, and lists its payments in a file of its own."""

from tests.unit.formats.coda_builder import DAY, CodaBuilder

from .books import digits
from .common import ReconcileCase

LINE = "account.bank.statement.line"


class TestTotals(ReconcileCase):
    def setUp(self):
        super().setUp()
        self.invoices = [self._invoice(40.0), self._invoice(60.0, self.an)]
        total = CodaBuilder("1000.00").open()
        total.move(1, 0, "100.00", "20150000", "TOTAAL OVERSCHRIJVINGEN MET VCS")
        self.total = total.close().end().data("\r\n")
        extract = CodaBuilder("0.00", separate="00001").open(date="010326")
        for number, invoice in enumerate(self.invoices, 1):
            text = f"=101{digits(invoice.payment_reference)}"
            amount = f"{invoice.amount_total:.2f}"
            extract.move(number, 0, amount, "60150000", text, next="1").second(next="1")
            extract.third("BE71096123456769", "PEETERS")
        extract.balance *= 0
        self.extract = extract.close().end().data("\r\n")

    def _check(self):
        [line] = self.env[LINE].search([])
        self.assertEqual([i.payment_state for i in self.invoices], ["paid"] * 2)
        self.assertTrue(line.is_reconciled)
        self.assertEqual(line.pom_match_id.rule, "details")
        self.assertEqual(line.date, DAY)
        return line

    def test_the_list_comes_after(self):
        self._import(self.total)
        self.assertEqual(self.invoices[0].payment_state, "not_paid")
        self._import(self.extract)
        line = self._check()
        line.pom_match_id.action_undo()
        self.assertEqual(self.invoices[1].payment_state, "not_paid")

    def test_the_list_comes_before(self):
        self._import(self.extract)
        self.assertFalse(self.env[LINE].search([]))
        self._import(self.total)
        self._check()

    def test_a_list_of_another_sum(self):
        self._import(self.extract)
        self._import(self.total.replace(b"100000", b"110000"), pom_force=True)
        self.assertEqual(self.invoices[0].payment_state, "not_paid")
