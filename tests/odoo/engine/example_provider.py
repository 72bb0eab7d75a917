"""Run by tests/e2e/test_new_addons.py where the addon of the example is installed."""

from odoo.tests import tagged

from tests.company import collect_with
from tests.simulators.example import Example

from . import any_provider
from .common import EngineCase


@tagged("standard", "post_install", "-at_install")
class TestExample(EngineCase, any_provider.AnyProvider):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.psp = cls.enterClassContext(Example())
        cls.provider = collect_with(cls.env, cls.psp, cls.company)

    def test_what_it_cannot_do_is_said(self):
        invoice, attempt = self._paid()
        refund = attempt._refund(10)
        self.assertEqual(refund.state, "error")
        self.assertIn("can't refund", refund.state_message)
        self.assertEqual(invoice.payment_state, "paid")

    def test_connection(self):
        result = self.provider.action_pom_test_connection()
        test = self.env["pom.connection.test"].browse(result["res_id"])
        verdicts = {line.what: line.verdict for line in test.line_ids}
        self.assertEqual((verdicts["Key"], verdicts["Profile"]), ("good", "good"))
