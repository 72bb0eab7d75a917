"""Run by tests/e2e/test_new_addons.py where the addon of the example is installed."""

from odoo.tests import tagged

from . import any_request


@tagged("standard", "post_install", "-at_install")
class TestExample(any_request.AnyRequest):
    code, right = "callback", {"call_phone": "+32 470 12 34 56"}

    def test_nobody_is_reminded_before_the_call(self):
        self.send_right()
        self.assertEqual(self.kept().call_phone, "+32 470 12 34 56")
        self.assertTrue(self.move.pom_quiet_until)
        self.kept().action_accept()
