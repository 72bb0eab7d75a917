"""What the statement of all debts says of itself."""

from odoo.tests import tagged

from .case import TruthCase


@tagged("standard", "post_install", "-at_install")
class TestStatementWords(TruthCase):
    def _heading(self, moves, items=()):
        """(words and amount of the heading, what is unpaid besides)"""
        link = self.env["pom.paylink"].sudo()._statement_of(self.els, self.company)
        self.env.flush_all()
        query = "".join(f"&item={move.id}" for move in items)
        page = self.page_of(f"/p/{link.token}?lang=en_US{query}")
        words = [" ".join(page.xpath("//h1")[0].text_content().split())]
        beside = page.xpath("//dl[div/dt='Unpaid besides this']//dd")
        return words + [" ".join(cell.text_content().split()) for cell in beside]

    def test_all_of_them(self):
        moves = self.owed(100) + self.owed(50)
        self.assertEqual(self._heading(moves), ["All your unpaid invoices 150.00 €"])

    def test_one_of_two(self):
        moves = self.owed(100) + self.owed(50)
        self.assertEqual(
            self._heading(moves, moves[0]),
            ["A part of your unpaid invoices 100.00 €", "50.00 €"],
        )

    def test_of_one_in_parts(self):
        move = self.invoice(
            100.0,
            partner_id=self.els.id,
            invoice_date=self.days(-40),
            invoice_payment_term_id=self.terms((30, 10), (70, 90)).id,
        )
        self.assertEqual(
            self._heading(move), ["A part of your unpaid invoices 30.00 €", "70.00 €"]
        )
        row = self.statement_row(move)[1]
        self.assertRegex(row, r"overdue since .* – 70\.00 € more by")

    def test_another_currency(self):
        dollars = self.env.ref("base.USD")
        dollars.active = True
        moves = self.owed(100) + self.owed(50, currency_id=dollars.id)
        self.assertEqual(
            self._heading(moves), ["A part of your unpaid invoices 100.00 €", "$ 50.00"]
        )

    def test_a_discount_leaves_nothing(self):
        move = self.early()
        self.assertEqual(self._heading(move), ["All your unpaid invoices 980.00 €"])

    def test_a_credit_note_covers_a_part(self):
        moves = self.owed(100) + self.owed(40, move_type="out_refund")
        self.assertEqual(self._heading(moves), ["All your unpaid invoices 60.00 €"])
