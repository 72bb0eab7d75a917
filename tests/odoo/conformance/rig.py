"""What situations are played on: a company that collects with one provider."""

import contextlib
from datetime import timedelta

from odoo import fields
from odoo.exceptions import UserError
from odoo.tests import HttpCase
from odoo.tools import mute_logger

from tests.odoo.engine.common import EngineCase


class Rig(EngineCase, HttpCase):
    """
    :cvar code: what ``table.COLUMNS`` calls it.
    :cvar can: what there is at this provider, as situations name it.
    """

    code = ""
    can = frozenset()
    amount = 45.73
    state = "enabled"

    def setUp(self):
        super().setUp()
        self.psp.forget()
        self.patch(type(self.events), "_apply_after_answer", lambda *args: None)

    # -- beginning ---------------------------------------------------------------------

    def invoice(self):
        # Debtors of their own, so that one can be merged.
        debtor = self.env["res.partner"].create({"name": "An Maes", "lang": "en_US"})
        return self._invoice(self.amount, partner_id=debtor.id)

    def begun(self):
        invoice = self.invoice()
        return invoice, self.begin(invoice)

    def paid(self):
        invoice, attempt = self.begun()
        self.pay(attempt)
        self.assert_paid(invoice)
        return invoice, attempt

    def register_payment(self, invoice):
        """As an accountant does who saw the money at the bank."""
        register = self.env["account.payment.register"].with_context(
            active_model="account.move", active_ids=invoice.ids
        )
        register.create({}).action_create_payments()

    # -- what happens at the provider, and what we hear of it --------------------------

    def begin(self, invoice, fails=False):
        raise NotImplementedError

    def pay(self, attempt, **how):
        raise NotImplementedError

    def catch_up(self):
        """All that waits is done, by the crons."""
        self._run("payment.cron_post_process_payment_tx")

    def _run(self, cron):
        self.env.flush_all()
        with contextlib.ExitStack() as stack:
            if not self._registry_patched:
                stack.enter_context(self.enter_registry_test_mode())
            self.env.ref(cron).method_direct_trigger()
        self.env.invalidate_all()

    def sweep(self, attempt):
        """Ask after it now."""
        attempt.pom_next_ask = fields.Datetime.now() - timedelta(seconds=1)
        self._run("pom_payment.cron_sweep")
        self.catch_up()

    def refund(self, attempt, amount, refused=False):
        """
        :param refused: whether it should be
        :return: the refund, booked
        """
        if refused:
            with contextlib.suppress(UserError):
                attempt._refund(amount)
                self.finish_refund(attempt.child_transaction_ids.sorted("id")[-1:])
            return None
        refund = attempt._refund(amount)
        self.finish_refund(refund)
        return refund

    def finish_refund(self, refund):
        self.catch_up()

    def merge(self, partner):
        """Into another one, who stays."""
        other = self.env["res.partner"].create({"name": "An Maes", "lang": "en_US"})
        wizard = self.env["base.partner.merge.automatic.wizard"].create({})
        wizard._merge((partner | other).ids, other)
        self.env.invalidate_all()
        return other

    @contextlib.contextmanager
    def closed_books(self, invoice):
        """They can't take it in: an account of it is archived."""
        terms = invoice.line_ids.filtered(
            lambda row: row.display_type == "payment_term"
        )
        terms.account_id.active = False
        with mute_logger("odoo.addons.pom_payment.models.payment_transaction"):
            yield
        terms.account_id.active = True

    # -- what is promised --------------------------------------------------------------

    def assert_paid(self, invoice):
        self.env.invalidate_all()
        self.assertEqual(invoice.payment_state, "paid")
        self.assertEqual(invoice.matched_payment_ids.mapped("amount"), [self.amount])
        self.assertEqual(invoice.pom_paylink_id.state, "paid")

    def assert_open(self, invoice):
        self.env.invalidate_all()
        self.assertEqual(invoice.payment_state, "not_paid")
        self.assertFalse(invoice.matched_payment_ids)

    def assert_held(self, invoice, attempt):
        self.assert_open(invoice)
        self.assertTrue(attempt.pom_problem)
        self.assertEqual(invoice.pom_held_id, attempt)
        self.assertTrue(invoice.with_context(active_test=False).activity_ids)

    def assert_can_be_paid(self, invoice):
        self.env.invalidate_all()
        self.assertTrue(invoice.pom_standing.can_be_paid, invoice.pom_standing.word)

    def assert_kept(self, attempt):
        """What came in is in the books, under the debtor's name."""
        self.env.invalidate_all()
        self.assertEqual(attempt.state, "done")
        self.assertEqual(attempt.payment_id.amount, self.amount)
        self.assertIn(attempt.payment_id.state, ("in_process", "paid"))
