"""Documents are drawn seldom, and one at a time."""

from odoo.tests import tagged

from odoo.addons.pom_payment.controllers import pay_files
from odoo.addons.pom_payment.models import pom_drawn_document

from tests.odoo.payment.common import PayPageCase

from .elsewhere import held_elsewhere, in_one_minute


@tagged("standard", "post_install", "-at_install")
class TestDocumentsAreKept(PayPageCase):
    def setUp(self):
        super().setUp()
        self.documents = self.env["pom.drawn.document"]

    def _drawn(self):
        self.env.invalidate_all()
        return self.documents.search(
            [("paylink_id", "=", self.move.pom_paylink_id.id)]
        ).mapped("digest")

    def _fetch(self, what):
        answer = self.url_open(f"{self.path}/{what}.pdf")
        self.assertEqual(answer.status_code, 200)
        self.assertEqual(answer.headers["Content-Type"], "application/pdf")
        return answer.content

    def test_a_receipt_is_kept_as_long_as_it_is_true(self):
        self.register_payment(self.move, 21)
        first = self._fetch("receipt")
        [digest] = self._drawn()
        self.assertEqual(self._fetch("receipt"), first)
        self.register_payment(self.move, 50)
        self.assertNotEqual(self._fetch("receipt"), first)
        [later] = self._drawn()
        self.assertNotEqual(later, digest)

    def test_an_invoice_that_was_never_sent_is_kept(self):
        first = self._fetch("invoice")
        self.assertEqual(self._fetch("invoice"), first)
        self.assertEqual(len(self._drawn()), 1)
        self.register_payment(self.move, 21)
        self.assertNotEqual(self._fetch("invoice"), first)

    def test_it_is_drawn_once(self):
        """Not a second time, because the first was begun without the right to keep."""
        links, drawn = type(self.move.pom_paylink_id), []
        draw = links._draw_receipt
        self.patch(links, "_draw_receipt", lambda *args: drawn.append(1) or draw(*args))
        self.register_payment(self.move)
        self._fetch("receipt")
        self.assertEqual(len(drawn), 1)

    def test_documents_are_counted(self):
        in_one_minute()
        self.patch(pay_files, "DOCUMENTS_PER_MINUTE", 3)
        self.register_payment(self.move)
        codes = []
        for _time in range(6):
            answer = self.url_open(f"{self.path.lower()}/receipt.pdf")
            codes.append(answer.status_code)
        self.assertEqual(codes, [200] * 4 + [429] * 2)
        self.assertEqual(answer.headers["Retry-After"], "60")
        self.assertLess(len(answer.content), 1000)
        self.assertIn("Content-Security-Policy", answer.headers)

    def test_one_is_drawn_at_a_time(self):
        self.register_payment(self.move)
        with held_elsewhere(self.env, pom_drawn_document.ONE_DRAWING):
            for what in ("receipt", "invoice"):
                answer = self.url_open(f"{self.path}/{what}.pdf")
                self.assertEqual(answer.status_code, 429)
                self.assertEqual(answer.headers["Retry-After"], "3")
                self.assertLess(len(answer.content), 1000)
        self._fetch("receipt")
