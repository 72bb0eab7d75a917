"""What goes out to third systems, and what they ask with."""

from datetime import timedelta
from unittest.mock import patch

from odoo import fields
from odoo.exceptions import AccessError, ValidationError
from odoo.tests import HttpCase, new_test_user, tagged

from odoo.addons.pom_status_api.models import pom_outbound_event_sending as sending
from odoo.addons.pom_status_api.tools import push

from tests.odoo.engine.common import EngineCase
from tests.simulators.receiver import Receiver

from .elsewhere import silent_host

LOOPBACK = "127.0.0.0/8"


class ThirdCase(EngineCase):
    @classmethod
    def _subscriber(cls, url, networks=LOOPBACK, **values):
        return cls.env["pom.subscriber"].create(
            {
                "name": "Webshop",
                "company_id": cls.company.id,
                "url": url,
                "internal_networks": networks,
                **values,
            }
        )

    def _push(self):
        self.env.cr.flush()
        with self.enter_registry_test_mode():
            self.env.ref("pom_status_api.cron_push").method_direct_trigger()
        self.env.invalidate_all()

    def _mails(self, word):
        return self.env["mail.mail"].search([("subject", "ilike", word)])


@tagged("standard", "post_install", "-at_install")
class TestOutgoing(ThirdCase):
    def setUp(self):
        super().setUp()
        self.env.ref("base.user_admin").write(
            {
                "email": "admin@engine.example",
                "company_ids": [(4, self.company.id)],
            }
        )

    def test_a_slow_system_delays_no_other(self):
        """Twelve messages each; one system never says a word."""
        with Receiver() as fast, silent_host() as (silent, calls):
            quick = self._subscriber(fast.url)
            slow = self._subscriber(silent)
            for number in range(12):
                self._invoice(number + 1)
            with patch.object(push, "SECONDS", 3):
                self._push()
        self.assertEqual(set(quick.event_ids.mapped("state")), {"done"})
        self.assertEqual(set(slow.event_ids.mapped("state")), {"new"})
        self.assertEqual(len(calls), 1, "it's tried once, not once a message")
        self.assertTrue(slow.failing_since)
        self.assertFalse(quick.failing_since)

    def test_a_dead_system_is_probed_and_starves_nobody(self):
        """What waits there costs the others nothing, however much it is."""
        with Receiver(lambda _received: 503) as broken, Receiver() as fast:
            dead = self._subscriber(broken.url)
            for number in range(6):
                self._invoice(number + 1)
            self._push()
            self.assertEqual(len(broken.received), 1)
            quick = self._subscriber(fast.url)
            late = self._invoice(50)
            self._push()
            self.assertEqual(quick.event_ids.mapped("state"), ["done"])
            self.assertEqual(len(broken.received), 1, "not before its time")
            self.assertEqual(dead.failures, 1)
            dead.paused_until = fields.Datetime.now()
            self._push()
            probes = {one.headers["Webhook-Id"] for one in broken.received}
            self.assertEqual((dead.failures, len(probes)), (2, 2), "by another one")
            broken.answer = lambda _received: 200
            dead.paused_until = False
            dead.event_ids.filtered("attempts").next_try = fields.Datetime.now()
            self._push()
        told = dead.event_ids.filtered(lambda event: event.move_id == late)
        self.assertEqual(told.state, "done")
        self.assertEqual(set(dead.event_ids.mapped("state")), {"done"})

    def test_what_another_server_sends_is_left_to_it(self):
        self._subscriber("https://shop.example/hook")
        self._invoice(1)
        self.env.cr.flush()
        event = self.env["pom.outbound.event"].search([("state", "=", "new")], limit=1)
        self.assertTrue(event._take())
        self.assertFalse(event._take(), "until it was killed, it's being sent")
        event.next_try = fields.Datetime.now()
        self.assertTrue(event._take())

    def test_addresses_are_secure_and_public(self):
        for url in ("http://shop.example/x", "ftp://shop.example", "//shop.example"):
            with self.assertRaises(ValidationError):
                self._subscriber(url, networks=False)
        with self.assertRaises(ValidationError):
            self._subscriber("https://shop.example", networks="the office")
        self._subscriber("http://10.0.0.7/x", networks="10.0.0.0/8")

    def test_inside_is_not_reached_without_leave(self):
        with Receiver() as receiver:
            inside = receiver.url.replace("http:", "https:")
            shop = self._subscriber(inside, networks="10.0.0.0/8")
            action = shop.action_test()
            self.assertEqual(action["params"]["type"], "danger")
            self.assertIn("inside a network", action["params"]["message"])
            self.assertFalse(receiver.received)

    def test_gone_for_good_is_told_no_more(self):
        with Receiver(lambda received: 410) as receiver:
            shop = self._subscriber(receiver.url)
            self._invoice()
            self._push()
            self.assertFalse(shop.active)
            self.assertEqual(shop.event_ids.state, "dead")
            self._invoice()
            self._push()
            self.assertEqual(len(receiver.received), 1)
        self.assertTrue(self._mails("is told no more"))

    def test_retry_after_is_honoured(self):
        wait = timedelta(hours=2)
        outcome = push.Outcome(503, wait=wait)
        shop = self._subscriber("http://127.0.0.1:9/")
        self._invoice()
        self.env.cr.flush()
        shop.event_ids._note_outcome(outcome)
        soonest = fields.Datetime.now() + wait - timedelta(minutes=1)
        self.assertGreater(shop.event_ids.next_try, soonest)

    def test_what_fails_for_a_day_is_said_once(self):
        shop = self._subscriber("http://127.0.0.1:9/")
        self._invoice()
        self._push()
        self.assertFalse(self._mails("takes no messages"))
        shop.failing_since = fields.Datetime.now() - timedelta(hours=25)
        self._push()
        self._push()
        mails = self._mails("takes no messages")
        administrators = self.env.ref("base.group_system").all_user_ids
        self.assertIn("admin@engine.example", ",".join(mails.mapped("email_to")))
        self.assertLessEqual(len(mails), len(administrators))

    def test_a_message_that_was_being_sent_is_sent_again(self):
        """Its server was killed: what it had taken is due again in minutes."""
        shop = self._subscriber("http://127.0.0.1:9/")
        self._invoice()
        self.env.cr.flush()
        self.assertTrue(shop.event_ids._take())
        due = fields.Datetime.now() + sending.CLAIM
        self.assertEqual(shop.event_ids.state, "new")
        self.assertLessEqual(shop.event_ids.next_try, due)


@tagged("standard", "post_install", "-at_install")
class TestKeysAndSecrets(HttpCase, ThirdCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.shop = cls._subscriber(False)
        cls.keys = cls.env["pom.api.key"]

    def _ask(self, key):
        headers = {"Authorization": f"Bearer {key}"}
        return self.url_open("/pom/api/v1/events", headers=headers).status_code

    def test_keys_are_several_and_revocable(self):
        old, new = (self.keys._make(self.shop, name) for name in ("old", "new"))
        self.assertEqual((self._ask(old), self._ask(new)), (200, 200))
        self.shop.key_ids.filtered(lambda key: key.name == "old").action_revoke()
        self.assertEqual((self._ask(old), self._ask(new)), (401, 200))

    def test_only_a_hash_is_kept_and_the_last_use(self):
        key = self.keys._make(self.shop, "Webshop")
        kept = self.shop.key_ids
        self.assertFalse(kept.last_use)
        self._ask(key)
        self.env.invalidate_all()
        self.assertTrue(kept.last_use)
        values = kept.read()[0]
        self.assertNotIn(key, str(values))
        self.assertTrue(key.startswith(kept.begin))

    def test_a_key_of_an_archived_system_opens_nothing(self):
        key = self.keys._make(self.shop, "Webshop")
        self.shop.active = False
        self.assertEqual(self._ask(key), 401)

    def test_a_signing_secret_is_no_key(self):
        self.assertEqual(self._ask(self.shop.secret), 401)
        headers = {"Authorization": f"Bearer {self.shop.secret}"}
        answer = self.url_open("/pom/api/v1/events", headers=headers)
        self.assertIn("New Key", answer.json()["detail"])

    def test_secrets_rotate_without_a_gap(self):
        former = self.shop.secret
        self.shop.action_new_secret()
        self.assertEqual(self.shop._signing_secrets(), [self.shop.secret, former])
        self.shop.former_until = "2000-01-01"
        self.assertEqual(self.shop._signing_secrets(), [self.shop.secret])
        self.shop._gc_former()
        self.assertFalse(self.shop.former_secret)

    def test_only_administrators_make_and_revoke(self):
        manager = new_test_user(
            self.env,
            "third-manager",
            groups="base.group_user,account.group_account_manager",
            company_id=self.company.id,
            company_ids=[(6, 0, self.company.ids)],
        )
        self.keys._make(self.shop, "Webshop")
        with self.assertRaises(AccessError):
            self.shop.key_ids.with_user(manager).action_revoke()
        with self.assertRaises(AccessError):
            self.shop.with_user(manager).action_new_secret()
        with self.assertRaises(AccessError):
            self.env["pom.api.key.new"].with_user(manager).create(
                {"subscriber_id": self.shop.id, "name": "x"}
            )

    def test_a_new_key_is_shown_once(self):
        wizard = self.env["pom.api.key.new"].create(
            {"subscriber_id": self.shop.id, "name": "Webshop"}
        )
        key = wizard.action_make()["context"]["default_key"]
        self.assertEqual(self._ask(key), 200)
