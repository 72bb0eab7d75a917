"""Open bank lines, tried again when something new may concern them."""

from datetime import timedelta

from odoo import fields

from .common import ReconcileCase

BEFORE = "2020-01-01 00:00:00"


class TestAgain(ReconcileCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.lines = cls.env["account.bank.statement.line"]

    def _tried(self, *args, **values):
        """A line that was tried before anything of this test came, and left open."""
        line = self._line(*args, **values)
        line._pom_auto_match()
        self.assertFalse(line.is_reconciled)
        return line

    def _concerned(self, *lines):
        """Those that something new may concern, when they were tried before it."""
        every = self.lines.union(*lines)
        self.env.flush_all()
        # What this transaction wrote bears the moment at which it began.
        earlier = self.env.cr.now() - timedelta(minutes=6)
        every.pom_tried_on = fields.Datetime.to_string(earlier)
        return self.lines.browse(self.lines._pom_with_news()) & every

    def test_by_reference_number_name_account_and_amount(self):
        invoice = self._invoice(80.0)
        invoice.button_draft()
        number = invoice.name.rpartition("/")[2].lstrip("0")
        said = {
            "reference": self._tried(10.0, invoice.payment_reference),
            "number": self._tried(11.0, f"invoice {number}"),
            "name": self._tried(12.0, partner_name="Jan Peeters"),
            "account": self._tried(13.0, number="BE71 0961 2345 6769"),
            "amount": self._tried(80.0, "no idea"),
            "nothing": self._tried(14.0, "something else", partner_name="Somebody"),
        }
        self.assertFalse(self._concerned(*said.values()), "nothing is new")
        invoice.action_post()
        found = self._concerned(*said.values())
        self.assertEqual(
            {name for name, line in said.items() if line in found},
            set(said) - {"nothing"},
        )

    def test_what_was_paid_is_news(self):
        invoice = self._invoice(70.0)
        line = self._tried(-70.0, "no idea")
        self.env.cr.execute(
            "UPDATE account_move_line SET write_date = %s WHERE move_id = %s",
            [BEFORE, invoice.id],
        )
        self.assertFalse(self._concerned(line))
        self._line(70.0, invoice.payment_reference)._pom_auto_match()
        self.assertEqual(self._concerned(line), line)

    def test_each_is_tried_once_a_day_anyway(self):
        line = self._tried(14.0, "something else")
        self.assertNotIn(line, self.lines._pom_to_try())
        line.pom_tried_on = fields.Datetime.now() - timedelta(hours=25)
        self.assertIn(line, self.lines._pom_to_try())

    def test_only_differences_are_written(self):
        self._invoice(90.0)
        line = self._tried(90.0, "no idea", partner_name="Jan")
        known, suggested = line.pom_match_ids, line.pom_suggestion_ids
        self.assertTrue(suggested)
        line._pom_auto_match()
        self.assertEqual(line.pom_match_ids, known)
        self.assertEqual(line.pom_suggestion_ids, suggested)
        self._invoice(90.0)
        line._pom_auto_match()
        self.assertNotEqual(line.pom_match_ids, known)
        self.assertEqual(len(line.pom_suggestion_ids), 2)
