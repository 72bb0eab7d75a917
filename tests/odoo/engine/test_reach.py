"""Whether what a provider reports would arrive is tried when a key is saved."""

from odoo import fields
from odoo.tests import tagged

from odoo.addons.pom_payment.models.pom_provider_reach import ALLOWED

from .common import EngineCase


@tagged("standard", "post_install", "-at_install")
class TestReach(EngineCase):
    def setUp(self):
        super().setUp()
        self.cron = self.env.ref("pom_payment.cron_reach")
        self.rows = self.env["pom.provider.reach"]
        # Somebody answers there, and it isn't this database.
        self.company.pom_base_url = self.psp.url

    def _triggers(self):
        return self.env["ir.cron.trigger"].search_count(
            [("cron_id", "=", self.cron.id)]
        )

    def _try(self):
        self.env.flush_all()
        with self.enter_registry_test_mode():
            self.cron.method_direct_trigger()
        self.env.invalidate_all()
        return self.rows.search([("provider_id", "=", self.provider.id)])

    def test_when_a_key_is_saved_and_not_else(self):
        before = self._triggers()
        self.provider.sequence += 1
        self.provider.pom_keys = {"keys": []}
        self.provider.bancontact_api_key = self.provider.bancontact_api_key
        self.assertEqual(self._triggers(), before)
        self.provider.bancontact_api_key = "k" * 36
        self.assertEqual(self._triggers(), before + 1)
        self.provider.state = "disabled"
        self.assertEqual(self._triggers(), before + 1)
        self.company.pom_base_url = "https://pay.example"
        self.assertEqual(self._triggers(), before + 2)

    def test_who_saved_is_told_in_the_own_language(self):
        self.env["res.lang"]._activate_lang("nl_BE")
        self.env.user.lang = "nl_BE"
        self.provider.name = "Bancontact"
        row = self._try()
        self.assertEqual(row.verdict, "elsewhere")
        trouble = self.provider.with_context(lang="nl_BE").pom_reach_trouble
        self.assertIn("iets anders dan deze database", trouble)
        self.assertIn(self.provider.pom_webhook_url, trouble)
        self.env.cr.precommit.run()
        told = self.env["bus.bus"].search([("message", "like", "simple_notification")])
        self.assertIn("iets anders dan deze database", told[-1:].message)

    def test_an_event_is_a_better_proof(self):
        self._try()
        self.assertTrue(self.provider.pom_reach_trouble)
        row = self.rows.search([("provider_id", "=", self.provider.id)])
        row.tried = fields.Datetime.subtract(fields.Datetime.now(), minutes=5)
        self._paid()
        self.env.invalidate_all()
        self.assertFalse(self.provider.pom_reach_trouble)

    def test_inside_a_network_nothing_is_sent(self):
        self.env["ir.config_parameter"].set_param(ALLOWED, "")
        self.assertEqual(self._try().verdict, "inside")
        self.assertIn("inside your network", self.provider.pom_reach_trouble)
        # What can't be read allows nothing.
        self.env["ir.config_parameter"].set_param(ALLOWED, "my office")
        self.assertEqual(self._try().verdict, "inside")

    def test_what_is_in_order_is_left_in_peace_for_a_day(self):
        row = self._try()
        row.write({"verdict": "good", "tried": "2026-01-01 00:00:00"})
        self.assertEqual(self._try().verdict, "elsewhere")
        row.write({"verdict": "good", "tried": fields.Datetime.now()})
        self.provider.flush_recordset()
        self.env.cr.execute(
            "UPDATE payment_provider SET write_date = write_date - interval '1 hour' "
            "WHERE id = %s",
            [self.provider.id],
        )
        self.assertEqual(self._try().verdict, "good")
        self.assertFalse(self.provider.pom_reach_trouble)
        # What is switched off is nobody's trouble.
        row.verdict = "silent"
        self.provider.state = "disabled"
        self.assertFalse(self.provider.pom_reach_trouble)
        self.assertEqual(self._try().verdict, "silent")
