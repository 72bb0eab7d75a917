"""Odoo's own privacy lookup finds what is ours, and may delete of it what isn't needed.

Run by tests/e2e/test_privacy_lookup.py, in a database in which it's installed.
"""

from odoo.exceptions import UserError
from odoo.tests import tagged

from tests.odoo.payment.common import PaymentCase

#: What it has to find of somebody; what falls with the contact it never lists.
FOUND = {"pom.paylink", "pom.payer.request", "pom.delivery", "account.move"}


@tagged("standard", "post_install", "-at_install")
class TestPrivacyLookup(PaymentCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.paid, cls.due = cls.invoice(), cls.invoice()
        cls.register_payment(cls.paid)
        requests = cls.env["pom.payer.request"]
        cls.request = requests._receive(
            cls.paid.pom_paylink_id,
            "question",
            {"text": "Thank you", "email": "other@klant.example"},
            cls.paid,
        )
        cls.request.state = "accepted"
        cls.message = cls.env["pom.delivery"].create(
            {
                "kind": "invoice",
                "channel": "email",
                "address": cls.marie.email,
                "company_id": cls.company.id,
                "partner_id": cls.marie.id,
                "move_ids": cls.paid.ids,
                "paylink_id": cls.paid.pom_paylink_id.id,
                "state": "sent",
            }
        )

    def _look_up(self, email):
        wizard = self.env["privacy.lookup.wizard"].create(
            {"name": self.marie.name, "email": email}
        )
        wizard.action_lookup()
        return wizard.line_ids

    def _line(self, lines, record):
        return lines.filtered(
            lambda line: line.res_model == record._name and line.res_id == record.id
        )

    def test_it_finds_what_is_ours(self):
        lines = self._look_up(self.marie.email)
        self.assertLessEqual(FOUND, set(lines.mapped("res_model")))
        for record in (self.request, self.message, self.due.pom_paylink_id):
            line = self._line(lines, record)
            self.assertEqual(line.resource_ref, record)
            self.assertTrue(line.res_name)

    def test_an_address_that_was_typed_on_the_page_is_found(self):
        lines = self._look_up("other@klant.example")
        self.assertTrue(self._line(lines, self.request))

    def test_what_is_not_needed_may_be_deleted(self):
        lines = self._look_up(self.marie.email)
        for record in (self.message, self.request, self.paid.pom_paylink_id):
            line = self._line(lines, record)
            line.action_unlink()
            self.assertTrue(line.is_unlinked)
            self.assertFalse(record.exists())
        self.assertIn("Payment Link", lines.wizard_id.execution_details)

    def test_a_link_that_somebody_may_pay_with_stays(self):
        link = self.due.pom_paylink_id
        line = self._line(self._look_up(self.marie.email), link)
        with self.assertRaisesRegex(UserError, "withdraw the payment link"):
            line.action_unlink()
        link.action_withdraw()
        line.action_unlink()
        self.assertFalse(link.exists())

    def test_both_ways_together(self):
        """Ours erases what hangs on what, and core's finds the rest."""
        self.env["pom.privacy"].create({"partner_id": self.marie.id}).action_erase()
        lines = self._look_up(self.marie.email)
        self.assertFalse(self._line(lines, self.request))
        self.assertFalse(self._line(lines, self.message))
        self.assertTrue(self._line(lines, self.due))
