"""An accountant says who paid, after the engine couldn't tell."""

from .common import ReconcileCase

STRANGER = "BE62510007547061"


class TestPicked(ReconcileCase):
    def _left(self, amount, text="merci", name="OCMW GENT", number=STRANGER):
        """A line that the engine can't tell anything of."""
        line = self._line(amount, text, name, number)
        line._pom_auto_match()
        self.assertFalse(line.is_reconciled, line.pom_reason)
        return line

    def _pick(self, line, partner):
        line.partner_id = partner
        line.action_pom_match()

    def test_two_owe_the_same(self):
        """Neither is guessed; whom the accountant picks has paid."""
        invoice, other = self._invoice(90.0), self._invoice(90.0, self.an)
        line = self._left(90.0)
        self._pick(line, self.jan)
        self.assertEqual(invoice.payment_state, "paid", line.pom_reason)
        self.assertEqual(other.payment_state, "not_paid")
        self.assertIn("picked by hand", line.pom_reason)

    def test_typed_in_with_the_line(self):
        invoice = self._invoice(85.0)
        self._invoice(85.0, self.an)
        typed = self._line(85.0, "at the counter", partner_id=self.jan.id)
        told = self._line(85.0, "x", "Somebody", STRANGER, partner_id=self.an.id)
        (typed + told)._pom_auto_match()
        self.assertEqual(invoice.payment_state, "paid", typed.pom_reason)
        self.assertFalse(told.is_reconciled, "a program may have guessed")

    def test_in_the_screen_to_reconcile(self):
        invoice = self._invoice(91.0)
        self._invoice(91.0, self.an)
        line = self._left(91.0)
        # As the browser saves it: with what OCA's widget drew up.
        drawn = line.reconcile_data_info
        values = {"partner_id": self.jan.id, "reconcile_data_info": drawn}
        line.web_save(values, {"partner_id": {}})
        self.assertTrue(line.pom_partner_picked)
        line.action_pom_match()
        self.assertEqual(invoice.payment_state, "paid", line.pom_reason)

    def test_tried_again_by_itself(self):
        invoice = self._invoice(92.0)
        self._invoice(92.0, self.an)
        line = self._left(92.0)
        line.partner_id = self.jan
        self.assertFalse(line.pom_tried_on)
        self.assertIn(line, line._pom_to_try())
        line._pom_to_try()._pom_auto_match()
        self.assertEqual(invoice.payment_state, "paid")

    def test_who_paid_and_not_what(self):
        """Two of his invoices of this amount: he may mean either."""
        invoices = self._invoice(93.0) + self._invoice(93.0)
        line = self._left(93.0)
        self._pick(line, self.jan)
        self.assertEqual(set(invoices.mapped("payment_state")), {"not_paid"})
        ways = line.pom_suggestion_ids.mapped("reason")
        self.assertIn("with the partner picked by hand", ways[0])

    def test_names_another_customer_s_invoice(self):
        """One of the two is wrong: a person looks, and is told what speaks against."""
        own, other = self._invoice(94.0), self._invoice(95.0, self.an)
        line = self._line(94.0, other.payment_reference, "OCMW GENT", STRANGER)
        self._pick(line, self.jan)
        self.assertFalse(line.is_reconciled)
        self.assertIn(f"It names {other.name}, which isn't of", line.pom_reason)
        self.assertEqual((own + other).mapped("payment_state"), ["not_paid"] * 2)
        partners = [one.partner_ids for one in line.pom_suggestion_ids]
        self.assertEqual(partners[:2], [self.an, self.jan])

    def test_names_another_customer_s_invoice_of_that_amount(self):
        """Who picked somebody else before that invoice was there isn't overruled."""
        line = self._left(96.0, "INV/2026/90001")
        line.partner_id = self.jan
        other = self._invoice(96.0, self.an, name="INV/2026/90001")
        line.action_pom_match()
        self.assertEqual(other.payment_state, "not_paid")
        self.assertIn(other.name, line.pom_reason)

    def test_contact_of_a_company(self):
        """Whoever of a company is picked, its invoices are meant."""
        company = self.env["res.partner"].create(
            {"name": "Groep Janssen NV", "is_company": True}
        )
        books = self.env["res.partner"].create(
            {"name": "Boekhouding", "parent_id": company.id, "type": "invoice"}
        )
        invoice = self._invoice(97.0, company)
        self._invoice(97.0, self.an)
        line = self._left(97.0)
        self._pick(line, books)
        self.assertEqual(invoice.payment_state, "paid", line.pom_reason)

    def test_parent_that_pays_for_its_children(self):
        """What is named of them, and all of it; nothing is guessed among them."""
        make = self.env["res.partner"].create
        parent = make({"name": "Groep Maes", "is_company": True})
        one, two = (
            make({"name": name, "is_company": True, "parent_id": parent.id})
            for name in ("Maes Bouw", "Maes Hout")
        )
        first, second = self._invoice(60.0, one), self._invoice(40.0, two)
        text = f"{first.payment_reference} {second.payment_reference}"
        line, unnamed = self._left(99.0, text), self._left(60.0)
        self._invoice(60.0, self.an)
        self._pick(unnamed, parent)
        self.assertFalse(unnamed.is_reconciled)
        self._pick(line, parent)
        self.assertFalse(line.is_reconciled, "less than both")
        both = self._left(12.0, "x")
        both.write({"amount": 100.0, "payment_ref": text, "partner_id": parent.id})
        both.action_pom_match()
        self.assertEqual((first + second).mapped("payment_state"), ["paid", "paid"])

    def test_what_the_engine_took_is_no_pick(self):
        """It booked on Jan, and that was undone: An's reference is An's still."""
        invoice = self._invoice(98.0)
        line = self._line(98.0, invoice.payment_reference)
        line._pom_auto_match()
        self.assertEqual(line.partner_id, self.jan)
        self.assertFalse(line.pom_partner_picked)
        line.action_undo_reconciliation()
        self.assertEqual(line.partner_id, self.jan)
        self.assertFalse(line.pom_partner_picked)
        other = self._invoice(98.0, self.an)
        line.payment_ref = other.payment_reference
        line.action_pom_match()
        self.assertEqual(other.payment_state, "paid", line.pom_reason)

    def test_what_a_name_was_taken_for_is_no_pick(self):
        """OCA's search takes a part of a name for the customer."""
        self.journal.pom_auto_match = False
        rik = self._customer("Rik Zwartendijckx")
        line = self._line(99.0, "merci", "Zwartendijckx")
        line._retrieve_partner()
        self.assertEqual(line.partner_id, rik)
        self.assertFalse(line.pom_partner_picked)

    def test_undone_and_taken_back(self):
        """A pick stays through a match that is undone, until somebody takes it away."""
        self._invoice(89.0)
        self._invoice(89.0, self.an)
        line = self._left(89.0)
        self._pick(line, self.jan)
        line.pom_match_id.action_undo()
        self.assertEqual((line.partner_id, line.pom_partner_picked), (self.jan, True))
        line.partner_id = False
        self.assertFalse(line.pom_partner_picked)
        line.action_pom_match()
        self.assertFalse(line.is_reconciled)

    def test_provider_pays_for_others(self):
        """Who notes that Mollie paid hasn't said whose money that is."""
        mollie = self.env["res.partner"].create({"name": "Mollie B.V."})
        invoice = self._invoice(88.0)
        line = self._left(87.0, name="Mollie", number="NL55INGB0000000000")
        line.write({"amount": 88.0, "payment_ref": invoice.payment_reference})
        self._pick(line, mollie)
        self.assertEqual(invoice.payment_state, "paid", line.pom_reason)

    def test_supplier(self):
        """Money that we paid is looked for among his bills."""
        bill = self._invoice(86.0, move_type="in_invoice")
        self._invoice(86.0, self.an, move_type="in_invoice")
        line = self._left(-86.0)
        self._pick(line, self.jan)
        self.assertEqual(bill.payment_state, "paid", line.pom_reason)

    def test_queries_of_many_picks(self):
        """As many for fifty as for five."""
        counts = []
        for start, number in ((500, 5), (1000, 5), (2000, 50)):
            amounts = range(start, start + number)
            lines = self.env["account.bank.statement.line"]
            for amount in amounts:
                lines += self._line(amount, "merci", "OCMW GENT", STRANGER)
            lines.partner_id = self.jan
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            self.assertEqual(len(lines._pom_picked()), number)
            counts.append(self.env.cr.sql_log_count - before)
        self.assertEqual(counts[1], counts[2])
