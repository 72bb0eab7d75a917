"""Strangers at the door of the providers' events."""

from datetime import timedelta
from unittest.mock import patch

from odoo import fields
from odoo.tests import HttpCase, tagged

from odoo.addons.pom_payment.controllers import webhook
from odoo.addons.pom_payment.models import payment_provider_keys

from tests.company import collect_with
from tests.odoo.engine.common import EngineCase
from tests.simulators.mollie import Mollie

from .elsewhere import held_elsewhere, in_one_minute, silent_host

MINUTE = timedelta(minutes=1)


class DoorCase(EngineCase, HttpCase):
    def setUp(self):
        super().setUp()
        self.patch(type(self.events), "_apply_after_answer", lambda *args: None)

    def _callback(self):
        attempt = self._begin(self._invoice())
        self.psp.pay(attempt.provider_reference)
        return self._news()[-1]

    def _post(self, callback):
        return self.url_open(
            f"/pom/webhook/bancontact_pro/{self.provider.id}",
            data=callback.body,
            headers=callback.headers,
            timeout=30,
        )


@tagged("standard", "post_install", "-at_install")
class TestKeysAreFetchedSeldom(DoorCase):
    """A forged event with an unknown key makes nobody wait for the keys' host."""

    def test_the_try_is_noted_before_it_is_made(self):
        callback = self._callback()
        with silent_host() as (url, calls):
            self.provider.write({"bancontact_jwks_url": url, "pom_keys_try": False})
            with patch.object(payment_provider_keys, "KEYS_SECONDS", 0.5):
                self.assertEqual(self._post(callback).status_code, 503)
            codes = {self._post(callback).status_code for _time in range(20)}
            self.assertEqual(codes, {503})
            self.assertEqual(len(calls), 1)

    def test_one_fetch_at_a_time(self):
        """Another worker is at it, for any provider."""
        callback = self._callback()
        self.provider.write({"pom_keys": False, "pom_keys_try": False})
        with held_elsewhere(self.env, payment_provider_keys.ONE_FETCH):
            self.assertEqual(self._post(callback).status_code, 503)
        self.provider.pom_keys_try = False
        self.assertEqual(self._post(callback).status_code, 200)

    def test_refusals_are_counted(self):
        in_one_minute()
        callback = self._callback()
        with (
            silent_host() as (url, _calls),
            patch.object(webhook, "REFUSALS_PER_MINUTE", 3),
            patch.object(payment_provider_keys, "KEYS_SECONDS", 0.3),
        ):
            self.provider.write({"bancontact_jwks_url": url, "pom_keys_try": False})
            answers = [self._post(callback) for _time in range(6)]
        codes = [answer.status_code for answer in answers]
        self.assertEqual(codes, [503] * 3 + [429] * 3)
        self.assertEqual(answers[-1].headers["Retry-After"], "60")

    def test_keys_are_believed_for_half_a_day(self):
        callback = self._callback()
        self.assertEqual(self._post(callback).status_code, 200)
        now = fields.Datetime.now()
        self.provider.pom_keys_date = now - timedelta(hours=11)
        self.assertTrue(self.provider._pom_believed_keys())
        self.provider.pom_keys_date = now - timedelta(hours=12, minutes=1)
        self.assertFalse(self.provider._pom_believed_keys())


@tagged("standard", "post_install", "-at_install")
class TestUnsignedEventsAreBounded(HttpCase, EngineCase):
    """Whoever knows one Mollie payment's number can't fill the store with it."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.mollie = cls.enterClassContext(Mollie(retry_delays=(), callback_timeout=1))
        cls.mollie.faults.inject("drop_callbacks")
        cls.provider = collect_with(cls.env, cls.mollie, cls.company)

    def setUp(self):
        super().setUp()
        self.patch(type(self.events), "_apply_after_answer", lambda *args: None)
        self.attempt = self._begin(self._invoice())

    def _send(self):
        return self.url_open(
            f"/pom/webhook/mollie/{self.provider.id}",
            data={"id": self.attempt.provider_reference},
        ).status_code

    def _stored(self):
        reference = self.attempt.provider_reference
        return self.events.search([("provider_reference", "=", reference)])

    def test_one_event_waits_per_payment(self):
        self.assertEqual({self._send() for _time in range(5)}, {200})
        self.assertEqual(len(self._stored()), 1)
        self._stored()._apply_or_postpone()
        self.assertEqual(self._stored().state, "done")
        self._send()
        self.assertEqual(len(self._stored()), 2, "what came later is looked at")

    def test_what_waits_is_looked_at_when_more_comes(self):
        self._send()
        self._stored().next_try = "2100-01-01"
        self._send()
        self.assertLess(self._stored().next_try, fields.Datetime.now() + MINUTE)

    def test_a_bound_per_payment_and_minute(self):
        in_one_minute()
        with patch.object(webhook, "PER_PAYMENT", 3):
            codes = [self._send() for _time in range(5)]
        self.assertEqual(codes, [200] * 3 + [429] * 2)
