"""What the page says while a bank line that may pay its invoice waits for a person."""

from odoo.tests import tagged

from tests.odoo.page.test_old_page import OldPageCase


@tagged("standard", "post_install", "-at_install")
class TestMoneyUnmatched(OldPageCase):
    def bank_line(self, amount, text):
        journal = self.env["account.journal"].search(
            [("company_id", "=", self.company.id), ("type", "=", "bank")], limit=1
        )
        line = self.env["account.bank.statement.line"].create(
            {
                "journal_id": journal.id,
                "date": self.days(0),
                "amount": amount,
                "payment_ref": text,
            }
        )
        line._pom_auto_match()
        self.env.flush_all()
        return line

    def is_said(self, move):
        text = self.text_of(f"/p/{move.pom_paylink_id.token}")
        return "money that may be for this invoice" in text

    def test_two_references_and_not_their_sum(self):
        """As reminders wait: it stays as long as the line does."""
        other = self.invoice(60.0)
        third = self.invoice(70.0, partner_id=self.els.id)
        named = f"{self.move.payment_reference} {other.payment_reference}"
        line = self.bank_line(150, named)
        self.assertFalse(line.is_reconciled)
        for move in self.move, other:
            self.assertEqual(move._pom_ids_unmatched(), move.ids)
            self.assertTrue(self.is_said(move))
        self.assertFalse(self.is_said(third))
        line._pom_forget_open()
        line.unlink()
        self.env.flush_all()
        self.assertFalse(self.is_said(self.move))

    def test_paid_meanwhile(self):
        """Nothing is said of what isn't asked any more."""
        other = self.invoice(60.0)
        named = f"{self.move.payment_reference} {other.payment_reference}"
        self.bank_line(150, named)
        self.register_payment(self.move)
        self.assertFalse(self.is_said(self.move))

    def test_nobody_looks_where_nothing_waits(self):
        """A usual page doesn't ask for it."""
        found = self.env["pom.paylink"]._find_to_look(self.move.pom_paylink_id.token)
        self.assertFalse(found._may_have("unmatched"))
        self.bank_line(150, f"{self.move.payment_reference} {self.invoice(60.0).name}")
        found = self.env["pom.paylink"]._find_to_look(self.move.pom_paylink_id.token)
        self.assertTrue(found._may_have("unmatched"))
