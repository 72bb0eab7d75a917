"""Reconciliation models that somebody set up go on working beside our matching."""

from unittest.mock import patch

from odoo import Command
from odoo.exceptions import UserError
from odoo.tools import mute_logger

from .common import DAY, ReconcileCase

LOGGER = "odoo.addons.pom_reconcile.models.account_bank_statement_line_models"


class TestModels(ReconcileCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.costs = cls.company_data["default_account_expense"]
        cls.model = cls.env["account.reconcile.model"].create(
            {
                "name": "Costs of the bank",
                "trigger": "auto_reconcile",
                "match_label": "contains",
                "match_label_param": "ACCOUNT FEE",
                "line_ids": [Command.create({"account_id": cls.costs.id})],
            }
        )
        # Theirs keeps away from tests of others unless told so.
        cls.env = cls.env(context={**cls.env.context, "_test_account_reconcile_oca": 1})

    def _booked(self, line):
        return line.move_id.line_ids.account_id - self.journal.default_account_id

    def test_what_ours_leaves_open(self):
        line = self._line(-3.5, "ACCOUNT FEE MARCH")
        self.assertTrue(line.is_reconciled)
        self.assertEqual(self._booked(line), self.costs)
        # Nothing says any more that a person has to look.
        self.assertFalse(line.pom_match_id)
        self.assertFalse(line.pom_reason)

    def test_on_a_line_that_is_there(self):
        self.model.active = False
        line = self._line(-3.5, "ACCOUNT FEE MARCH")
        self.assertFalse(line.is_reconciled)
        self.model.active = True
        line._auto_reconcile()
        self.assertEqual(self._booked(line), self.costs)

    def test_ours_comes_first(self):
        invoice = self._invoice(66.0)
        line = self._line(66.0, f"ACCOUNT FEE {invoice.payment_reference}")
        self.assertEqual(invoice.payment_state, "paid")
        self.assertEqual(line.pom_match_id.state, "matched")

    def test_in_a_file(self):
        invoice = self._invoice(66.0)
        bank = self._bank()
        bank.receive("66.00", "Jan", "", invoice.payment_reference)
        bank.receive("3.50", "The bank", "", "ACCOUNT FEE MARCH")
        bank.receive("4.00", "Somebody", "", "Nobody knows")
        paid, fee, unknown = self._import(bank.statement(DAY)).line_ids.sorted("id")
        self.assertEqual(invoice.payment_state, "paid")
        self.assertEqual(paid.pom_match_id.state, "matched")
        self.assertEqual(self._booked(fee), self.costs)
        self.assertFalse(fee.pom_match_id)
        self.assertFalse(unknown.is_reconciled)

    def test_their_search_for_invoices_books_nothing(self):
        """It takes any invoice whose reference has the label in it."""
        invoice = self._invoice(66.0)
        line = self._line(20.0, invoice.payment_reference[3:8])
        self.assertFalse(line.is_reconciled)
        self.assertEqual(invoice.payment_state, "not_paid")

    def test_where_matching_is_off_all_is_theirs(self):
        self.journal.pom_auto_match = False
        invoice = self._invoice(66.0)
        line = self._line(66.0, invoice.payment_reference)
        self.assertTrue(line.is_reconciled)
        self.assertFalse(line.pom_match_id)

    def test_a_model_that_fails_stops_no_import(self):
        bank = self._bank()
        bank.receive("3.50", "The bank", "", "ACCOUNT FEE MARCH")
        broken = patch.object(
            type(self.env["account.bank.statement.line"]),
            "_reconcile_bank_line_edit",
            side_effect=UserError("The tax of the model is gone."),
        )
        with broken, mute_logger(LOGGER):
            line = self._import(bank.statement(DAY)).line_ids
        self.assertFalse(line.is_reconciled)
