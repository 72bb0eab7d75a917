"""Done and not yet booked, and what the bank says first."""

from odoo import Command
from odoo.tests import tagged

from .common import EngineCase


@tagged("standard", "post_install", "-at_install")
class TestReceivedAtTheBank(EngineCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.bank = cls.env["account.journal"].search(
            [("type", "=", "bank"), ("company_id", "=", cls.company.id)], limit=1
        )

    def _comes_in(self, amount, text, **values):
        line = self.env["account.bank.statement.line"].create(
            {
                "journal_id": self.bank.id,
                "date": self.company._pom_today(),
                "amount": amount,
                "payment_ref": text,
                **values,
            }
        )
        self.env.invalidate_all()
        return line

    def test_said_at_once(self):
        """Whoever sent it: the reference says what it's for."""
        invoice = self._invoice(100)
        self.assertTrue(invoice.payment_reference.startswith("+++"))
        digits = "".join(filter(str.isdigit, invoice.payment_reference))
        for text in (
            invoice.payment_reference,
            f"MEDEDELING {digits} BEDANKT",
            f" {invoice.name} ",
        ):
            line = self._comes_in(100, text)
            self.assertEqual(line.pom_named_id, invoice, text)
            self.assertEqual(invoice.pom_standing.word, "received", text)
            self.assertEqual(invoice.pom_paylink_id.state, "received")
            self.assertFalse(invoice.pom_paylink_id._begin_attempt(
                self.provider, self.provider.payment_method_ids[:1]
            ))  # fmt: skip
            line.unlink()
            self.env.invalidate_all()
            self.assertTrue(invoice.pom_standing.can_be_paid)

    def test_a_part(self):
        invoice = self._invoice(100)
        self._comes_in(40, invoice.payment_reference)
        one = invoice.pom_standing
        self.assertEqual((one.asked, one.amount("received")), (60, 40))

    def test_booked(self):
        """Nothing of it is left to be said when the line is matched."""
        invoice = self._invoice(100)
        line = self._comes_in(40, invoice.payment_reference)
        suspense = line._seek_for_lines()[1]
        debt = invoice.line_ids.filtered(lambda one: one.display_type == "payment_term")
        line.move_id.with_context(skip_readonly_check=True).line_ids = [
            Command.update(
                suspense.id,
                {"account_id": debt.account_id.id, "partner_id": self.jan.id},
            )
        ]
        (suspense | debt).reconcile()
        self.env.invalidate_all()
        one = invoice.pom_standing
        self.assertEqual((one.asked, one.amount("received")), (60, 0))

    def test_counted_once(self):
        """The debtor's own money with the reference of one invoice isn't also credit
        for another; what is more than that is.
        """
        first, second = self._invoice(100), self._invoice(50)
        line = self._comes_in(100, first.payment_reference, partner_id=self.jan.id)
        self.assertEqual(first.pom_standing.word, "received")
        self.assertEqual(
            (second.pom_standing.asked, second.pom_standing.covered), (50, 0)
        )
        line.unlink()
        self._comes_in(130, first.payment_reference, partner_id=self.jan.id)
        self.assertEqual(first.pom_standing.word, "received")
        self.assertEqual(
            (second.pom_standing.asked, second.pom_standing.covered), (20, 30)
        )

    def test_not_guessed(self):
        """Another amount of text, money that goes out, what is paid already."""
        invoice = self._invoice(100)
        other = self._invoice(10)
        for amount, text in (
            (100, "Brood"),
            (-100, invoice.payment_reference),
            (100, f"{invoice.payment_reference} {other.payment_reference}"),
            (100, "+++000/0000/00000+++"),
        ):
            line = self._comes_in(amount, text)
            self.assertFalse(line.pom_named_id, text)
            self.assertTrue(invoice.pom_standing.can_be_paid, text)

    def test_text_that_is_put_right(self):
        invoice = self._invoice(100)
        line = self._comes_in(100, "Brood")
        line.payment_ref = invoice.payment_reference
        self.env.invalidate_all()
        self.assertEqual(invoice.pom_standing.word, "received")
