"""What was open before matching was installed isn't booked before somebody saw what
would become of it.
"""

from datetime import date
from unittest.mock import patch

from odoo.exceptions import AccessError
from odoo.tests import new_test_user

from .common import ReconcileCase

FROM = date(2026, 12, 1)


class TestPast(ReconcileCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.invoice = cls._invoice(66.0)
        cls.other = cls._invoice(70.0)

    def setUp(self):
        super().setUp()
        self.old = self._line(66.0, self.invoice.payment_reference, date="2026-03-10")
        self.later = self._line(70.0, self.other.payment_reference)
        self.unknown = self._line(5.0, "nobody knows")
        lines = self.old + self.later + self.unknown
        # As they were in a database without us.
        lines.pom_match_ids.sudo().unlink()
        lines.pom_tried_on = False
        with patch.object(type(self.company), "_pom_today", return_value=FROM):
            self.env["account.journal"]._pom_leave_past()

    def _run_cron(self):
        with self.enter_registry_test_mode():
            self.env.ref("pom_reconcile.ir_cron_auto_match").method_direct_trigger()

    def _ask(self, **values):
        action = self.journal.action_pom_past()
        past = self.env[action["res_model"]].with_context(**action["context"])
        return past.create(values)

    def test_installing_leaves_them_alone(self):
        self.assertEqual(self.journal.pom_match_from, FROM)
        self._run_cron()
        self.assertFalse((self.old + self.later).filtered("is_reconciled"))
        self.assertEqual(self.invoice.payment_state, "not_paid")

    def test_the_card_says_how_many(self):
        data = {self.journal.id: {}}
        self.journal._fill_bank_cash_dashboard_data(data)
        self.assertEqual(data[self.journal.id]["pom_past"], 3)

    def test_what_comes_in_now_is_matched_whatever_its_day(self):
        invoice = self._invoice(99.0)
        line = self._line(99.0, invoice.payment_reference, date="2026-04-01")
        line._auto_reconcile()
        self.assertEqual(invoice.payment_state, "paid")

    def test_looking_books_nothing(self):
        past = self._ask(date_from="2026-01-01")
        self.assertEqual(past.number, 3)
        past.action_try()
        self.assertEqual((past.tried, past.found), (3, 2))
        self.assertRegex(past.summary, r"2\D+3|3\D+2")
        self.assertEqual(past.line_ids.statement_line_id, self.old + self.later)
        self.assertIn(self.invoice.name, " ".join(past.line_ids.mapped("reason")))
        self.assertFalse((self.old + self.later).filtered("is_reconciled"))
        self.assertFalse(self.old.pom_match_ids)
        self.assertEqual(self.invoice.payment_state, "not_paid")

    def test_from_the_day_that_was_chosen(self):
        past = self._ask(date_from="2026-06-01")
        self.assertEqual(past.number, 2)
        past.action_try()
        self.assertEqual(past.line_ids.statement_line_id, self.later)
        past.action_match()
        self._run_cron()
        self.assertEqual(self.other.payment_state, "paid")
        self.assertEqual(self.invoice.payment_state, "not_paid")
        self.assertEqual(self.later.pom_match_id.state, "matched")

    def test_who_may(self):
        clerk = new_test_user(
            self.env, "clerk", groups="account.group_account_invoice",
            company_id=self.company.id, company_ids=[(6, 0, self.company.ids)],
        )  # fmt: skip
        with self.assertRaises(AccessError):
            self.journal.with_user(clerk).action_pom_past()
        accountant = new_test_user(
            self.env, "accountant", groups="account.group_account_user",
            company_id=self.company.id, company_ids=[(6, 0, self.company.ids)],
        )  # fmt: skip
        past = self._ask(date_from="2026-01-01").with_user(accountant)
        with self.assertRaises(AccessError):  # Somebody else's.
            past.action_try()
        own = past.create({"journal_id": self.journal.id, "date_from": "2026-01-01"})
        own.action_try()
        self.assertEqual(own.found, 2)
        with self.assertRaises(AccessError):  # Who sets up the journal decides.
            own.action_match()
