"""Run by tests/e2e/test_new_addons.py where the addon of the example is installed."""

import json

from tests.simulators.receiver import Receiver

from .any_channel import AnyChannel
from .common import MessageCase


class TestExample(AnyChannel, MessageCase):
    code = "pager"

    def _reach(self, partner):
        partner.pager = "4711"
        self.gateway = self.enterContext(Receiver())
        self.company.sudo().pager_url = self.gateway.url

    def test_what_arrives(self):
        delivery = self._asked(self.move)
        delivery._send()
        [message] = self.gateway.received
        self.assertEqual(
            json.loads(message.body), {"to": "4711", "text": delivery.short_text}
        )
        self.assertEqual(delivery.state, "sent")

    def test_refused(self):
        self.gateway.answer = lambda received: 500
        delivery = self._asked(self.move)
        delivery._send()
        self.assertEqual(delivery.state, "failed")
        self.assertIn("500", delivery.failure)

    def test_reminders_can_choose_it(self):
        level = self.env["pom.reminder.policy.level"]
        ways = level.fields_get(["channel"])["channel"]["selection"]
        self.assertIn("pager", dict(ways))
