"""Money in one currency for invoices in another: what the bank tells of it counts."""

from tests.unit.formats.camt_builder import Camt, exchanged

from .common import ReconcileCase

C = Camt(8)
PAYER = C.party("Dbtr", "Jan Peeters", "BE71096123456769")


class TestCurrency(ReconcileCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.dollar = cls.setup_other_currency("USD", rates=[("2026-01-01", 1.25)])

    def _euros(self, amount, **values):
        return self._invoice(
            amount, invoice_date="2026-05-01", date="2026-05-01", **values
        )

    def _dollars(self, amount):
        return self._euros(amount, currency_id=self.dollar.id)

    def _camt(self, *told, amounts=""):
        """A day's lines of Jan's: of an amount in euros and a text each."""
        entries = [
            C.entry(
                amount,
                C.payment(text=text, parties=PAYER, amounts=amounts),
                reference=f"REF-{number}",
            )
            for number, (amount, text) in enumerate(told)
        ]
        statement = self._import(C.document(C.statement(*entries)), "day.xml")
        return statement.line_ids.sorted("internal_index")

    def test_euros_of_the_same_number(self):
        """By any sign there is: 100.00 EUR are no 100.00 USD."""
        invoice = self._dollars(100.0)
        texts = (
            invoice.payment_reference,
            f"USD 100.00 for {invoice.name}",
            f"factuur {invoice.name.rpartition('/')[2]}",
            "thanks",
        )
        lines = self._camt(*(("100.00", text) for text in texts))
        self.assertEqual(lines.mapped("amount"), [100.0] * len(texts))
        self.assertEqual(lines.mapped("is_reconciled"), [False] * len(texts))
        self.assertEqual(invoice.amount_residual, 100.0)

    def test_it_says_why(self):
        invoice = self._dollars(100.0)
        line = self._camt(("80.00", invoice.payment_reference))
        self.assertIn(f"names {invoice.name}, in another currency", line.pom_reason)
        # Nobody is reminded of what may be paid.
        self.assertEqual(invoice._pom_ids_unmatched(), invoice.ids)

    def test_dollars_were_ordered(self):
        invoice = self._dollars(100.0)
        amounts = exchanged("InstdAmt", "100.00", "USD", "0.80")
        line = self._camt(("80.00", invoice.payment_reference), amounts=amounts)
        self.assertTrue(line.is_reconciled, line.pom_reason)
        self.assertEqual(invoice.payment_state, "paid")
        self.assertEqual(line.amount, 80.0)

    def test_fewer_dollars_were_ordered(self):
        invoice = self._dollars(125.0)
        amounts = exchanged("InstdAmt", "100.00", "USD", "0.80")
        line = self._camt(("80.00", invoice.payment_reference), amounts=amounts)
        self.assertEqual(line.pom_flag, "partial", line.pom_reason)
        self.assertEqual(invoice.amount_residual, 25.0)

    def test_dollars_were_ordered_for_euros(self):
        """As many euros came as the invoice asks, whatever was ordered."""
        invoice, other = self._euros(80.0), self._dollars(80.0)
        amounts = exchanged("InstdAmt", "100.00", "USD", "0.80")
        line = self._camt(("80.00", invoice.payment_reference), amounts=amounts)
        self.assertTrue(line.is_reconciled, line.pom_reason)
        self.assertEqual(invoice.payment_state, "paid")
        self.assertEqual(other.amount_residual, 80.0)

    def test_two_in_dollars_among_other_lines(self):
        """What can't be decided keeps none of the others from being so."""
        one, two = self._dollars(60.0), self._dollars(40.0)
        euros = self._euros(33.0)
        lines = self._camt(
            ("100.00", f"{one.name} en {two.name}"), ("33.00", euros.payment_reference)
        )
        done = {line.amount: line.is_reconciled for line in lines}
        self.assertEqual(done, {100.0: False, 33.0: True})
        self.assertEqual(euros.payment_state, "paid")

    def test_found_by_its_amount(self):
        """On the screen: of the dollars of a line, or of its euros."""
        by_name = {
            name: self._invoice(amount, self.an, currency_id=currency.id)
            for name, amount, currency in (
                ("euros", 80.31, self.company.currency_id),
                ("euros of the other number", 100.39, self.company.currency_id),
                ("dollars", 100.39, self.dollar),
                ("dollars of the other number", 80.31, self.dollar),
            )
        }
        line = self._line(
            80.31, "x", foreign_currency_id=self.dollar.id, amount_currency=100.39
        )
        found = self.env["pom.match.queue"].find_documents(line.id)
        terms = self.env["account.move.line"].browse([one["id"] for one in found])
        self.assertEqual(terms.move_id, by_name["euros"] | by_name["dollars"])
