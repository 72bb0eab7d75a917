"""Letters that Odoo's service prints, here a service on loopback."""

from contextlib import contextmanager
from datetime import date
from types import SimpleNamespace
from unittest.mock import patch

from odoo import api
from odoo.tests import tagged

from odoo.addons.iap.tools import iap_tools

from tests.simulators.snailmail import Snailmail

from .common import MessageCase

DUE = date(2026, 3, 31)
#: Core calls nobody outside while it's tested; this is loopback.
OUTSIDE = SimpleNamespace(module=SimpleNamespace(current_test=None))


@tagged("standard", "post_install", "-at_install")
class TestSnailmail(MessageCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company.pom_letter_snailmail = True
        cls.move = cls._invoice(DUE)

    @contextmanager
    def _service(self):
        with Snailmail() as service:
            parameters = self.env["ir.config_parameter"].sudo()
            parameters.set_param("snailmail.endpoint", service.url)
            yield service

    def _letter(self):
        return self._ask(self.move, "letter")

    def _run(self):
        """The scheduled action, which commits after each letter."""
        self.env.flush_all()
        with self.allow_pdf_render(), patch.object(iap_tools, "modules", OUTSIDE):
            with self.registry.cursor() as cr:
                env = api.Environment(
                    cr, api.SUPERUSER_ID, {"force_report_rendering": True}
                )
                env["snailmail.letter"]._snailmail_cron()
        self.env.invalidate_all()

    def test_posted(self):
        with self._service() as service:
            delivery = self._letter()
            self.assertEqual((delivery.state, delivery.sent_date), ("queued", False))
            self._run()
        self.assertEqual(delivery.state, "sent")
        [letter] = service.letters
        self.assertEqual(letter["address"]["name"], "Marie Peeters")
        self.assertEqual(service.pdfs, [delivery.attachment_id.raw])
        self.assertNotIn("rightaddress", letter)

    def test_a_window_on_the_left(self):
        self.company.pom_letter_window = "left"
        with self._service() as service:
            self._letter()
            self._run()
        self.assertEqual(service.letters[0]["rightaddress"], 0)

    def test_refused(self):
        with self._service() as service:
            service.faults.inject("refused", "NO_PRICE_AVAILABLE")
            delivery = self._letter()
            self._run()
        self.assertEqual(delivery.state, "failed")
        self.assertIn("not covered by Snailmail", delivery.shown_failure)

    def test_taken_back(self):
        with self._service() as service:
            delivery = self._letter()
            delivery.snailmail_letter_id.sudo().cancel()
            self._run()
        self.assertFalse(service.letters)
        self.assertEqual(delivery.state, "failed")

    def test_what_is_paid_is_not_posted(self):
        with self._service() as service:
            delivery = self._letter()
            self._pay(self.move)
            self._run()
        self.assertFalse(service.letters)
        self.assertEqual(delivery.state, "overtaken")
        self.assertEqual(delivery.snailmail_letter_id.state, "canceled")
