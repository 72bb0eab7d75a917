"""What importing promises, whichever the format is: tests for each of them."""

from odoo.exceptions import UserError

from tests.unit.formats.samples import PAYMENTS, Payment


class AnyImport:
    """Beside a ReconcileCase, with ``day(payments, gap)`` as in :mod:`.samples`."""

    def test_paid_by_what_the_bank_says(self):
        invoice = self._invoice(100.0)
        reference = invoice.payment_reference
        paid = Payment("100.00", "Jan Peeters", "BE71096123456769", reference)
        statement = self._import(self.day([paid]), "day")
        self.assertEqual(statement.journal_id, self.journal)
        self.assertEqual(
            (statement.balance_start, statement.balance_end_real), (1000.0, 1100.0)
        )
        self.assertEqual(invoice.payment_state, "paid")
        self.assertEqual(statement.line_ids.pom_match_id.rule, "exact_reference")

    def test_every_payment_once(self):
        lines = self._import(self.day(), "day").line_ids
        said = sorted((line.amount, line.account_number) for line in lines)
        wanted = sorted((float(one.amount), one.iban) for one in PAYMENTS)
        self.assertEqual(said, wanted)
        self.assertFalse(self._import(self.day(), "the same under another name"))

    def test_nothing_of_a_file_that_does_not_fit(self):
        with self.assertRaisesRegex(UserError, "Import an inconsistent file"):
            self._import(self.day(gap=1), "day")
        statement = self._import(self.day(gap=1), "day", pom_force=True)
        received = statement.line_ids.pom_received_id
        self.assertTrue(received.forced)
        self.assertTrue(received.warnings)

    def test_an_account_of_nobody(self):
        self.journal.bank_account_id = False
        wizard = self._wizard(self.day(), "day")
        wizard.import_file_button()
        self.assertTrue(wizard.pom_missing)
        self.assertFalse(self.env["account.bank.statement.line"].search_count([]))
