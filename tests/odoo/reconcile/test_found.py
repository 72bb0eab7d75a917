"""What is found for a line, whether it's one of few or of many: whose a name is, in
whatever order and spelling, and payments by no more than a number's end.
"""

from odoo.addons.pom_reconcile.matching import engine

from .books import BooksCase
from .common import DAY


class TestFound(BooksCase):
    def found(self, few, **vals):
        """Candidates for one line."""
        lines = self.env["account.bank.statement.line"]
        vals = {"journal_id": self.journal.id, "date": DAY, "payment_ref": "/", **vals}
        bank_line = lines._pom_bank_line(1, {"amount": 999.99, **vals}, self.journal)
        return self.env["pom.match.candidates"]._find(
            engine.needed_keys([bank_line]), self.company, DAY, few=few
        )

    def check_found(self, expected, **vals):
        """Of these invoices or payments alone, both ways."""
        self.env.flush_all()
        for few in (True, False):
            with self.subTest(few=few):
                found = self.found(few, **vals).candidates
                # In bulk, all payments that wait are read; not all debts.
                of = [one.move_id for one in found if one.kind != "payment"]
                self.assertCountEqual(of, expected.ids)

    def check_payment(self, payment, number, memo="betaald"):
        """It bears this bare number, both ways; ``memo`` in place of what Odoo writes,
        which names the document.
        """
        payment.memo = memo
        self.env.flush_all()
        for few in (True, False):
            with self.subTest(few=few):
                found = self.found(few, payment_ref=f"factuur {number}")
                index = engine.Index(found.candidates)
                debts = index.find("sequence", self.company.id, number)
                borne = {debt.first.move_id for debt in debts}
                self.assertIn(payment.move_id.id, borne)

    # Whose a name is

    def test_all_words_of_a_name(self):
        invoice = self.invoice(self.debtor("Jan Peeters", known=False), 10.0)
        more = self.debtor("Jan Peeters Claes", known=False)
        fewer = self.debtor("Peeters", known=False)
        self.invoice(more, 20.0)
        self.invoice(fewer, 30.0)
        for name in ("PEETERS JAN", "Dhr. Peeters, Jan", "peeters  ján"):
            self.check_found(invoice, partner_name=name)

    def test_letters_that_banks_know(self):
        invoice = self.invoice(self.debtor("Café Zürich-Groß S.A.", known=False), 10.0)
        self.check_found(invoice, partner_name="SA CAFE ZURICH GROSS")

    def test_all_who_bear_the_name(self):
        both = self.invoice(self.debtor("Garage Maes NV", known=False), 10.0)
        both += self.invoice(self.debtor("Maes Garage", known=False), 20.0)
        self.check_found(both, partner_name="GARAGE MAES")

    def test_a_contact_s_name_is_its_company_s(self):
        company = self.debtor("Bakkerij Groep", known=False)
        self.env["res.partner"].create(
            {"name": "Els Van Damme", "parent_id": company.id, "type": "invoice"}
        )
        self.check_found(self.invoice(company, 10.0), partner_name="VAN DAMME ELS")

    def test_nobody_s_name(self):
        self.invoice(self.debtor("Jan Peeters", known=False), 10.0)
        for name in ("An Peeters", "Jan", ""):
            self.check_found(self.env["account.move"], partner_name=name)

    # Payments that wait

    def test_payment_of_a_bill_by_its_number_s_end(self):
        bill = self.bill(self.debtor("Leverancier"), 10.0, ref="F-77/4711")
        self.check_payment(self.register(bill), 4711)

    def test_payment_of_a_reference_s_end(self):
        named = {"payment_reference": "Klant 815"}
        invoice = self.invoice(self.debtor("Klant"), 10.0, **named)
        self.check_payment(self.register(invoice), 815)

    def test_payment_by_its_memo_s_end(self):
        payment = self.env["account.payment"].create(
            {
                "payment_type": "inbound",
                "partner_id": self.debtor("Klant").id,
                "amount": 10.0,
                "date": "2026-11-10",
                "journal_id": self.journal.id,
            }
        )
        payment.action_post()
        self.check_payment(payment, 523, memo="Zie offerte 00523")

    def test_payment_of_an_entry_isn_t_called_by_it(self):
        """Nobody is sent an entry."""
        debtor = self.debtor("Klant")
        entry = self.env["account.move"].create(
            {
                "date": "2026-11-01",
                "line_ids": [
                    (
                        0,
                        0,
                        {
                            "account_id": account.id,
                            "partner_id": debtor.id,
                            "balance": balance,
                        },
                    )
                    for account, balance in (
                        (self.receivable, 10.0),
                        (self.company_data["default_account_revenue"], -10.0),
                    )
                ],
            }
        )
        entry.action_post()
        payment = self.register(entry)
        payment.memo = "betaald"
        self.env.flush_all()
        for few in (True, False):
            found = self.found(few, payment_ref=f"betaling {payment.name}").candidates
            [waiting] = [one for one in found if one.kind == "payment"]
            self.assertNotIn(entry.name, waiting.references)
