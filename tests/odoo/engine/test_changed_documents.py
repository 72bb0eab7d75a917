"""Invoices that are changed while somebody pays them."""

from odoo import Command
from odoo.exceptions import UserError
from odoo.tests import Form, tagged

from .common import EngineCase

CREDIT = "Paid for an invoice that changed"


@tagged("standard", "post_install", "-at_install")
class TestChangedDocuments(EngineCase):
    def _arrives(self, attempt):
        """The money that was under way comes all the same."""
        self.psp.pay(attempt.provider_reference)
        self._deliver()
        self.env.invalidate_all()
        self.assertEqual(attempt.state, "done")
        self.assertTrue(attempt.is_post_processed, attempt.pom_booking_error)
        return attempt.payment_id

    def assert_credit(self, payment, names, debtor=None):
        """It's the payer's, and somebody is asked what is to become of it."""
        line = payment.move_id.line_ids.filtered(
            lambda item: item.account_id == payment.destination_account_id
        )
        self.assertEqual(line.amount_residual, -payment.amount)
        self.assertEqual(line.partner_id, debtor or self.jan)
        [activity] = payment.activity_ids
        self.assertEqual(activity.summary, CREDIT)
        self.assertIn(names, activity.note)

    def test_reset_to_draft(self):
        """A draft that somebody is editing isn't posted by a payment."""
        invoice = self._invoice(100)
        attempt = self._begin(invoice)
        name = invoice.name
        invoice.button_draft()
        self.assertIn("is paying", invoice.message_ids[0].body)
        invoice.invoice_line_ids.price_unit = 150
        payment = self._arrives(attempt)
        self.assertEqual((invoice.state, invoice.amount_total), ("draft", 150))
        self.assert_credit(payment, name)
        self.assertIn("kept as credit", invoice.message_ids[0].body)
        self.assertEqual(attempt.pom_left_documents, name)
        self.assertFalse(attempt.pom_double)
        # Made final again, the debtor owes the difference only.
        invoice.action_post()
        self.env.invalidate_all()
        self.assertEqual(invoice.pom_standing.covered, 100)
        self.assertEqual(invoice.pom_standing.asked, 50)

    def test_final_again_before_the_money_comes(self):
        invoice = self._invoice(100)
        attempt = self._begin(invoice)
        invoice.button_draft()
        invoice.action_post()
        self._arrives(attempt)
        self.assertEqual(invoice.payment_state, "paid")

    def test_cancelled(self):
        invoice = self._invoice(100)
        attempt = self._begin(invoice)
        invoice.button_draft()
        invoice.button_cancel()
        payment = self._arrives(attempt)
        self.assertEqual(invoice.state, "cancel")
        self.assert_credit(payment, invoice.name)

    def test_deleted(self):
        invoice = self._invoice(100)
        attempt = self._begin(invoice)
        name = invoice.name
        invoice.button_draft()
        with self.assertRaisesRegex(UserError, "Somebody is paying"):
            invoice.unlink()
        invoice.with_context(force_delete=True).unlink()
        payment = self._arrives(attempt)
        self.assert_credit(payment, name)

    def test_another_debtor(self):
        """What Jan pays doesn't settle what Piet owes."""
        piet = self.env["res.partner"].create({"name": "Piet"})
        invoice = self._invoice(100)
        attempt = self._begin(invoice)
        invoice.button_draft()
        invoice.partner_id = piet
        invoice.action_post()
        payment = self._arrives(attempt)
        self.assertEqual(invoice.amount_residual, 100)
        self.assertTrue(invoice.pom_standing.can_be_paid)
        self.assert_credit(payment, invoice.name)

    def test_contact_of_the_same_company(self):
        firm = self.env["res.partner"].create({"name": "NV", "is_company": True})
        ann, ben = self.env["res.partner"].create(
            [{"name": name, "parent_id": firm.id} for name in ("Ann", "Ben")]
        )
        invoice = self._invoice(100, partner_id=ann.id)
        attempt = self._begin(invoice)
        invoice.button_draft()
        invoice.partner_id = ben
        invoice.action_post()
        self._arrives(attempt)
        self.assertEqual(invoice.payment_state, "paid")

    def test_one_of_several(self):
        """What was paid for the others settles them."""
        first, second = self._invoice(60), self._invoice(40)
        link = self.env["pom.paylink"]._statement_of(self.jan, self.company)
        method = self.provider.payment_method_ids[:1]
        attempt = link._create_attempt(self.provider, method, "online_redirect")
        attempt._pom_start("http://127.0.0.1:1/back")
        self.assertEqual(attempt.invoice_ids, first | second)
        first.button_draft()
        payment = self._arrives(attempt)
        self.assertEqual(second.payment_state, "paid")
        self.assertEqual(first.state, "draft")
        self.assertEqual(payment.activity_ids.summary, CREDIT)

    def test_invoices_that_core_posts_are_posted(self):
        """A sale makes its invoice when it's paid: that one was never final."""
        invoice = self._invoice(100)
        draft = invoice.copy()
        attempt = self._begin(invoice)
        attempt.invoice_ids = [Command.set(draft.ids)]
        self._arrives(attempt)
        self.assertEqual((draft.state, draft.payment_state), ("posted", "paid"))

    def test_warned_and_stopped(self):
        invoice = self._invoice(100)
        attempt = self._begin(invoice)
        self.assertEqual(invoice.pom_attempt_id, attempt)
        invoice.action_pom_stop_and_draft()
        self.assertEqual((invoice.state, attempt.state), ("draft", "cancel"))
        number = attempt.provider_reference
        self.assertEqual(self.psp.payment(number).status, "CANCELLED")
        self.env.invalidate_all()
        self.assertFalse(invoice.pom_attempt_id)

    def test_not_reset_when_it_was_just_paid(self):
        invoice = self._invoice(100)
        attempt = self._begin(invoice)
        self.psp.pay(attempt.provider_reference)
        with self.assertRaisesRegex(UserError, "was paid just now"):
            invoice.action_pom_stop_and_draft()
        self.assertEqual(invoice.state, "posted")

    def test_stopped_alone(self):
        invoice = self._invoice(100)
        self._begin(invoice)
        answer = invoice.action_pom_stop_paying()
        self.assertEqual(answer["params"]["type"], "success")
        self.assertTrue(invoice.pom_standing.can_be_paid)

    def test_warned_before_another_debtor_is_chosen(self):
        invoice = self._invoice(100)
        self._begin(invoice)
        invoice.button_draft()
        piet = self.env["res.partner"].create({"name": "Piet"})
        changes = invoice.onchange(
            {"partner_id": piet.id}, ["partner_id"], {"partner_id": {"fields": {}}}
        )
        self.assertIn("Jan Peeters is paying", changes["warning"]["message"])

    def test_screen(self):
        invoice = self._invoice(100)
        attempt = self._begin(invoice)
        with Form(invoice) as form:
            self.assertEqual(form.pom_attempt_id, attempt)
