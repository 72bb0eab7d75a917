"""What goes by phone: what it costs, whom it may reach, and what a carrier says."""

import socket
import threading
import time
from contextlib import contextmanager
from datetime import date, timedelta
from unittest.mock import patch

from odoo import fields
from odoo.modules.neutralize import neutralize_database
from odoo.tests import HttpCase, tagged

from odoo.addons.pom_message.models import pom_delivery_whatsapp
from odoo.addons.pom_message.tools import sms_text

from tests.simulators.whatsapp import WhatsApp

from .common import MessageCase

DUE = date(2026, 3, 31)


@tagged("standard", "post_install", "-at_install")
class TestSms(HttpCase, MessageCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company.pom_short_url = "https://p.dekat.example/"
        cls.move = cls._invoice(DUE)

    def test_a_short_address_that_names_the_message(self):
        one, other = self._ask(self.move, "sms"), self._ask(self.move, "sms")
        # Behind https://pay.dekat.be that's 39 characters.
        self.assertEqual(len(one.short_url), len("https://p.dekat.example") + 19)
        self.assertNotEqual(one.short_url, other.short_url)
        self.assertIn(one.short_url, one.short_text)
        path = one.short_url.partition("p.dekat.example")[2]
        answer = self.url_open(path.lower(), allow_redirects=False)
        self.assertEqual(
            (answer.status_code, answer.headers["Location"]), (303, one.url)
        )
        self.assertEqual(answer.headers["Referrer-Policy"], "no-referrer")
        self.assertFalse(one.seen_date, "opening is not seeing")

    def test_no_such_short_address(self):
        for typed in ("0123456789ABCDEF", "x", "%00"):
            with self.subTest(typed):
                answer = self.url_open(f"/s/{typed}", allow_redirects=False)
                self.assertIn(answer.status_code, (400, 404))
        self.assertEqual(self.url_open("/s/0123456789ABCDEF", data={}).status_code, 404)

    def test_those_of_the_original_lead_nowhere_in_a_copy(self):
        delivery = self._ask(self.move, "sms")
        token = delivery.short_token
        self.env.flush_all()
        neutralize_database(self.env.cr)
        self.env.invalidate_all()
        self.assertFalse(delivery._find_short(token))
        self.assertEqual(delivery._find_short(delivery.short_token), delivery)
        self.assertFalse(self.company.pom_short_url)

    def test_accents_of_a_name_cost_nothing(self):
        self.company.name = "Crêperie Çédille à l'œuvre"
        delivery = self._ask(self.move, "sms")
        self.assertIn("Creperie Çédille à l'oeuvre", delivery.short_text)
        self.assertEqual(sms_text.parts(delivery.short_text), 1)
        self.assertIn(
            "Crêperie", self._ask(self.move, "email").text + self.company.name
        )

    def test_whom_no_text_reaches(self):
        for number in ("+32 9 234 56 78", "+32 800 12 345", "", "12"):
            self.marie.phone = number
            self.assertEqual(self.marie._pom_address("sms"), "", number)
        self.marie.phone = "+32 470 12 34 56"
        self.assertEqual(self.marie._pom_address("sms"), "+32470123456")
        self.env["phone.blacklist"].sudo()._add(["+32470123456"])
        self.env.invalidate_all()
        self.assertEqual(self.marie._pom_address("sms"), "")


@tagged("standard", "post_install", "-at_install")
class TestWhatsapp(MessageCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.move = cls._invoice(DUE)

    def test_only_who_said_yes(self):
        self.assertEqual(self.marie._pom_address("whatsapp"), "")
        self._agree(self.marie)
        self.assertEqual(self.marie._pom_address("whatsapp"), "+32470123456")
        self._agree(self.marie, given=False)
        self.assertEqual(self.marie._pom_address("whatsapp"), "")

    @contextmanager
    def _service(self):
        self._agree(self.marie)
        with WhatsApp() as service:
            self._connect(service.url, service)
            yield service

    def _connect(self, url, service=None):
        service = service or WhatsApp()
        self.company.sudo().write(
            {
                "pom_whatsapp_phone": service.phone,
                "pom_whatsapp_token": service.token,
                "pom_whatsapp_url": url,
            }
        )

    def _run(self):
        self.env.flush_all()
        with self.enter_registry_test_mode():
            self.env.ref("pom_message.cron_send_whatsapp").method_direct_trigger()
        self.env.invalidate_all()

    def test_what_passes_is_tried_again(self):
        for status in (429, 503):
            with self.subTest(status), self._service() as service:
                service.faults.inject("api_error", status, times=1)
                delivery = self._ask(self.move, "whatsapp")
                self._run()
                self.assertEqual(delivery.state, "queued")
                self.assertGreater(delivery.next_try, fields.Datetime.now())
                self._run()
                self.assertFalse(service.messages, "not before its time")
                delivery.next_try = fields.Datetime.now() - timedelta(minutes=1)
                self._run()
                self.assertEqual((delivery.state, len(service.messages)), ("sent", 1))

    def test_not_for_ever(self):
        with self._service() as service:
            service.faults.inject("api_error", 429)
            delivery = self._ask(self.move, "whatsapp")
            self.env.flush_all()
            self.env.cr.execute(
                "UPDATE pom_delivery SET create_date = now() - interval '2 days' "
                "WHERE id = %s",
                [delivery.id],
            )
            self.env.invalidate_all()
            self._run()
            self.assertEqual(delivery.state, "failed")

    def test_whoever_trickles_is_cut(self):
        """A byte now and then keeps a connection alive, but nobody of ours waiting."""
        self._agree(self.marie)
        with trickle() as url, patch.object(pom_delivery_whatsapp, "TIMEOUT", 1):
            self._connect(url)
            delivery = self._ask(self.move, "whatsapp")
            self._run()
        self.assertEqual(delivery.state, "failed")
        self.assertIn("1 seconds", delivery.failure)

    def test_texts_to_paste(self):
        settings = self.env["res.config.settings"].create({})
        for said in ("payment_reminder · nl · UTILITY", "https://pay.dekat.example/p/"):
            self.assertIn(said, settings.pom_whatsapp_texts)


@contextmanager
def trickle():
    """A server that answers for ever: a byte each tenth of a second."""
    done = threading.Event()

    def serve(listener):
        wire, _address = listener.accept()
        with wire:
            wire.recv(65536)
            while not done.is_set():
                try:
                    wire.sendall(b"H")
                except OSError:
                    return
                time.sleep(0.1)

    with socket.create_server(("127.0.0.1", 0)) as listener:
        thread = threading.Thread(target=serve, args=(listener,), daemon=True)
        thread.start()
        try:
            yield f"http://127.0.0.1:{listener.getsockname()[1]}"
        finally:
            done.set()
            thread.join(5)
