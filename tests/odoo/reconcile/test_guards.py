"""What is closed, sealed or watched stays so, whatever a bank line says."""

from odoo.exceptions import UserError

from .common import DAY, ReconcileCase


class TestGuards(ReconcileCase):
    def _open(self, invoice):
        line = self._line(invoice.amount_total, invoice.payment_reference)
        self.assertFalse(line.is_reconciled)
        return line

    def _lock(self, day):
        """Close a period that has open lines, as it was when a line came in late."""
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE res_company SET fiscalyear_lock_date = %s WHERE id = %s",
            [day, self.company.id],
        )
        self.env.invalidate_all()

    def test_line_in_a_closed_period(self):
        invoice = self._invoice(100.0)
        line = self._open(invoice)
        before = line.line_ids.mapped("account_id")
        self._lock(DAY)
        self.assertFalse(line._pom_auto_match())
        self.assertEqual(line.line_ids.mapped("account_id"), before)
        self.assertEqual(invoice.payment_state, "not_paid")
        self._lock(None)
        self.assertEqual(line._pom_auto_match(), line)

    def test_undo_in_a_closed_period(self):
        invoice = self._invoice(100.0)
        line = self._open(invoice)
        line._pom_auto_match()
        self.company.fiscalyear_lock_date = DAY
        with self.assertRaises(UserError), self.env.cr.savepoint():
            line.pom_match_id.action_undo()
        self.env.invalidate_all()
        self.assertEqual(invoice.payment_state, "paid")
        self.assertEqual(line.pom_match_id.state, "matched")

    def test_invoice_of_a_closed_period(self):
        """Last year is closed; its invoice is paid this year."""
        invoice = self._invoice(100.0)
        self.company.fiscalyear_lock_date = invoice.date
        line = self._open(invoice)
        self.assertEqual(line._pom_auto_match(), line)
        self.assertEqual(invoice.payment_state, "paid")

    def test_sealed_line(self):
        """Core seals no open line; another addon, or an older Odoo, may have."""
        invoice = self._invoice(100.0)
        line = self._open(invoice)
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE account_move SET inalterable_hash = '$4$x' WHERE id = %s",
            [line.move_id.id],
        )
        self.env.invalidate_all()
        self.assertFalse(line._pom_auto_match())
        self.assertEqual(line.move_id.inalterable_hash, "$4$x")
        self.assertEqual(invoice.payment_state, "not_paid")

    def test_sealed_match_is_not_undone(self):
        invoice = self._invoice(100.0)
        line = self._open(invoice)
        line._pom_auto_match()
        self.journal.restrict_mode_hash_table = True
        line.move_id._hash_moves(force_hash=True)
        self.assertTrue(line.move_id.inalterable_hash)
        with self.assertRaises(UserError), self.env.cr.savepoint():
            line.pom_match_id.action_undo()
        self.env.invalidate_all()
        self.assertEqual(line.pom_match_id.state, "matched")

    def test_sealed_invoice_is_paid(self):
        invoice = self._invoice(100.0)
        invoice.journal_id.restrict_mode_hash_table = True
        invoice._hash_moves(force_hash=True)
        line = self._open(invoice)
        self.assertEqual(line._pom_auto_match(), line)
        self.assertTrue(invoice.inalterable_hash)
        self.assertEqual(invoice.payment_state, "paid")

    def test_audit_trail_tells_of_it(self):
        self.company.restrictive_audit_trail = True
        invoice = self._invoice(100.0)
        line = self._open(invoice)
        self.env.flush_all()
        self.flush_tracking()
        before = line.move_id.message_ids
        line._pom_auto_match()
        self.env.flush_all()
        self.flush_tracking()
        told = (line.move_id.message_ids - before).tracking_value_ids
        self.assertTrue(told)

    def flush_tracking(self):
        self.env.cr.precommit.run()
