from dataclasses import replace

from odoo.exceptions import ValidationError
from odoo.modules.neutralize import neutralize_database
from odoo.tests import TransactionCase, tagged

from odoo.addons.pom_status_api.tools import standard_webhooks

from tests.company import collect_with
from tests.odoo.payment.common import World
from tests.odoo.pom_payment_mollie.test_mollie import MollieCase
from tests.simulators.bancontact_pro import BancontactPro


@tagged("standard", "post_install", "-at_install")
class TestCopies(World, TransactionCase):
    """A copied database opens nothing of the original's."""

    def test_secrets_and_links_are_others(self):
        link = self.invoice().pom_paylink_id
        values = {"name": "Shop", "company_id": self.company.id}
        shops = self.env["pom.subscriber"].create(
            [{**values, "url": "https://a.example"}]
        )
        keys = self.env["pom.api.key"]
        key = keys._make(shops, "Webshop")
        shops.action_new_secret()
        token, secret = link.token, shops.secret
        self.env.flush_all()
        neutralize_database(self.env.cr)
        self.env.invalidate_all()
        self.assertNotEqual(link.token, token)
        self.assertFalse(link._find(token))
        self.assertEqual(link._find(link.token), link, "it's a token all the same")
        self.assertNotEqual(shops.secret, secret)
        self.assertFalse(shops.former_secret, "the original's signs nothing here")
        fresh = shops.secret
        self.assertTrue(standard_webhooks.signed_headers([fresh], "1", 1, b""))
        copies = keys.with_context(active_test=False).search([])
        copies.active = shops.active = True
        self.assertFalse(keys._find(key), "not even when somebody switches it on again")

    def test_no_two_are_alike(self):
        links = self.invoice().pom_paylink_id | self.invoice().pom_paylink_id
        self.env.flush_all()
        neutralize_database(self.env.cr)
        self.env.invalidate_all()
        self.assertEqual(len(set(links.mapped("token"))), 2)


@tagged("standard", "post_install", "-at_install")
class TestTrials(World, TransactionCase):
    """What is only tried out is never offered to who owes."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.psp = cls.enterClassContext(BancontactPro())
        cls.provider = collect_with(cls.env, cls.psp, cls.company)
        cls._trial("")

    @classmethod
    def _trial(cls, value):
        cls.env["ir.config_parameter"].set_param("pom_payment.trial", value)
        cls.env["payment.provider"]._pom_forget_ways()

    def _offered(self, move):
        link = move.pom_paylink_id
        ways = link._ways_offered(link._choice())
        pairs = link._ways_to_pay()
        self.assertEqual(
            [way.key for way in ways], [one._pom_way_key(way) for one, way in pairs]
        )
        return self.provider in [provider for provider, _method in pairs]

    def test_a_published_provider_in_test_state(self):
        move = self.invoice()
        self.assertTrue(self._offered(move))
        self.provider.write({"state": "test", "is_published": True})
        self.assertFalse(self._offered(move))
        portal = self.env["payment.provider"].with_user(
            self.env.ref("base.public_user")
        )
        found = portal.sudo()._get_compatible_providers(
            self.company.id, self.marie.id, 10, currency_id=move.currency_id.id
        )
        self.assertNotIn(self.provider, found, "by core's own forms neither")

    def test_a_database_for_trying_out(self):
        self._trial("True")
        self.provider.write({"state": "test", "is_published": True})
        self.assertTrue(self._offered(self.invoice()))

    def test_the_settings_say_so_and_pages_know_at_once(self):
        self.provider.write({"state": "test", "is_published": True})
        move = self.invoice()
        for is_ticked in (True, False):
            settings = self.env["res.config.settings"].create({})
            self.assertEqual(settings.pom_trial, not is_ticked)
            settings.pom_trial = is_ticked
            settings.execute()
            self.assertEqual(self._offered(move), is_ticked)


@tagged("standard", "post_install", "-at_install")
class TestModes(MollieCase):
    """A key of the other mode is refused, an answer of the other mode isn't booked."""

    def test_key_of_the_other_mode(self):
        with self.assertRaises(ValidationError):
            self.provider.mollie_api_key = "test_" + "a" * 30
        with self.assertRaises(ValidationError):
            self.provider.state = "test"
        self.provider.write({"state": "test", "mollie_api_key": "test_" + "a" * 30})
        with self.assertRaises(ValidationError):
            self.provider.state = "enabled"
        self.provider.write({"state": "disabled"})

    def test_answer_of_the_other_mode_is_held(self):
        invoice = self._invoice()
        attempt = self._begin(invoice)
        self.psp.pay(attempt.provider_reference)
        update = self.provider._pom_fetch(attempt.provider_reference)
        self.assertEqual(update.mode, "live")
        outcome = attempt._pom_apply(replace(update, mode="test"))
        self.assertIn("mode", outcome.refusal)
        self.assertEqual(invoice.payment_state, "not_paid")
        self.assertTrue(invoice.pom_held_id)
