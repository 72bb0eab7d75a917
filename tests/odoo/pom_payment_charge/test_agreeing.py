"""Agreeing on the page, over HTTP, with Mollie."""

import io

from pypdf import PdfReader

from odoo.tests import tagged

from ..paper import picture, place_of
from .common import DUE, MONDAY, ChargeCase


@tagged("standard", "post_install", "-at_install")
class TestAgreeing(ChargeCase):
    def test_on_its_day(self):
        with self.on(MONDAY):
            move = self.owed()
            page = self.look(move)
            self.assertTrue(page.xpath("//a[contains(@href, '/later/due')]"))
            consent = self.agree(move)
            self.assertEqual((consent.state, consent.kind), ("active", "due"))
            self.assertIn("45.73", consent.wording)
            self.assertIn("November 20, 2026", consent.wording)
            self.assertIn("within eight weeks", consent.wording)
            self.assertEqual((consent.lang, consent.version), ("en_US", "2026-11-29"))
            asked = self.asked(consent.transaction_ids)
            self.assertEqual(asked["amount"]["value"], "0.00")
            self.assertEqual(asked["sequenceType"], "first")
            charge = self.charges(move)
            self.assertEqual((charge.day, charge.amount), (DUE, 45.73))
            self.assertFalse(move.pom_amount_asked)
            self.assertEqual(move.pom_payment_status, "collected")
            page = self.look(move)
            self.assertEqual(page.body.get("data-state"), "collected")
            self.assertIn("Nov 20, 2026", page.text_content())
            self.assertFalse(page.xpath("//form[@class='ways']"))
        with self.on(DUE):
            charge.sudo().state = "announced"
            self.run_crons("charge")
        self.assertEqual((charge.state, move.payment_state), ("done", "paid"))
        asked = self.asked(charge.transaction_id)
        self.assertEqual(asked["sequenceType"], "recurring")
        self.assertEqual(asked["mandateId"], self.number_of(consent))

    def test_nothing_is_ticked(self):
        with self.on(MONDAY):
            move = self.owed()
            before = len(self.psp.payments)
            page = self.look(move, "/later/due")
            [box] = page.xpath("//input[@name='agree']")
            self.assertNotIn("checked", box.attrib)
            answer = self.post(move, "/later/due/agree", **self.fields_of(move, "due"))
            self.assertEqual(answer.status_code, 422)
            self.assertFalse(self.consents(move))
            self.assertEqual(len(self.psp.payments), before)

    def test_other_words_than_were_read(self):
        with self.on(MONDAY):
            move = self.owed()
            fields = self.fields_of(move, "due")
            self.company.name = "Another Name"
            answer = self.post(move, "/later/due/agree", agree="1", **fields)
            self.assertEqual(answer.status_code, 422)
            self.assertFalse(self.consents(move))

    def test_whoever_does_not_finish_agreed_to_nothing(self):
        with self.on(MONDAY):
            move = self.owed()
            fields = self.fields_of(move, "due")
            self.post(move, "/later/due/agree", agree="1", **fields)
            consent = self.consents(move)
            self.assertEqual(consent.state, "waiting")
            self.assertFalse(self.charges(move))
            self.assertEqual(move.pom_payment_status, "open")
            self.psp.cancel(consent.transaction_ids.provider_reference)
            self._deliver()
            self.assertIn("Nothing was charged", self.look(move).text_content())
        with self.on("2026-11-05"):
            self.run_crons("confirm")
        self.assertEqual(consent.state, "stopped")

    def test_every_time(self):
        """What is due now is paid with it; the next ones are charged."""
        self.provider.payment_method_ids = self.bancontact
        with self.on(MONDAY):
            move = self.owed(due=MONDAY)
            consent = self.agree(move, "every", most="80", month="100")
            self.assertEqual(move.payment_state, "paid")
            self.assertEqual(consent.means, "direct_debit")
            self.assertEqual((consent.most, consent.most_a_month), (80, 100))
            self.assertIn("80.00", consent.wording)
            self.assertFalse(self.charges(move))
            following = self.owed(70, due=DUE)
            charge = self.charges(following)
            self.assertEqual(charge.day, DUE)
            self.assertEqual(following.pom_payment_status, "collected")
            other = self._invoice(partner_id=self.jan.copy().id)
            self.assertFalse(self.charges(other))

    def test_a_day_that_may_be_too_soon(self):
        """An account's charge is told fourteen days before."""
        self.provider.payment_method_ids = self.bancontact
        with self.on(MONDAY):
            self.agree(self.owed(due=MONDAY), "every")
            soon = self.owed(70, due=MONDAY)
            self.assertEqual(self.charges(soon).day.isoformat(), "2026-11-16")

    def test_not_offered(self):
        with self.on(MONDAY):
            move = self.owed()
            late = self.owed(due=MONDAY)
            self.assertFalse(
                self.look(late).xpath("//a[contains(@href, '/later/due')]")
            )
            self.provider.payment_method_ids = self.bancontact
            # Nobody agrees with Bancontact without paying.
            self.assertFalse(
                self.look(move).xpath("//a[contains(@href, '/later/due')]")
            )
            self.provider.payment_method_ids = self.card
            for switch in (
                {"pom_charge_offered": False},
                {"pom_charge_offered": True},
            ):
                self.company.write(switch)
                found = self.look(move).xpath("//a[contains(@href, '/later/')]")
                self.assertEqual(bool(found), switch["pom_charge_offered"])
            self.provider.allow_tokenization = False
            self.assertFalse(self.look(move).xpath("//a[contains(@href, '/later/')]"))

    def test_confirmed_once_with_what_was_agreed_to(self):
        with self.on(MONDAY):
            move = self.owed()
            consent = self.agree(move)
            self.run_crons("confirm")
            self.run_crons("confirm")
            self.assertEqual(self.told(move).count("charge_agreed"), 1)
            delivery = move.pom_delivery_ids.filtered(
                lambda one: one.kind == "charge_agreed"
            )
            self.assertIn("••6787", delivery.text)
            self.assertIn("November 20, 2026", delivery.text)
            mail = self.env["mail.mail"].search(
                [("message_id", "=", delivery.message_id)]
            )
            self.assertEqual(mail.attachment_ids, consent.document_id)
            self.assertEqual(consent.expires.isoformat(), "2030-12-31")

    def test_what_was_agreed_to_is_one_page(self):
        """Below a letterhead of a logo and four lines, which lies over nothing."""
        with self.on(MONDAY):
            move = self.owed()
            move.company_id.write(
                {
                    "street": "Kattenstraat 12",
                    "zip": "9000",
                    "city": "Gent",
                    "country_id": self.env.ref("base.be").id,
                    "logo": picture(320, 120),
                }
            )
            consent = self.agree(move)
        consent.lang = "fr_BE"
        report = self.env["ir.actions.report"].with_context(force_report_rendering=True)
        with self.allow_pdf_render():
            name = "pom_payment_charge.report_consent"
            pdf, _kind = report._render_qweb_pdf(name, consent.ids)
        [page] = PdfReader(io.BytesIO(pdf)).pages
        self.assertIn(move.pom_payment_url, page.extract_text())
        _left, letterhead = place_of(pdf, "Belgi[^<]*")
        self.assertGreater(place_of(pdf, "Ce")[1], letterhead + 3)

    def test_neither_consent_is_the_other(self):
        """One tap's details are charged by a tap only, these never by one."""
        with self.on(MONDAY):
            move = self.owed()
            consent = self.agree(move)
            other = self.owed()
            attempt = other.pom_paylink_id._create_attempt(
                self.provider, self.card, "online_token"
            )
            attempt.token_id = consent.token_id
            attempt.with_context(pom_tapped=True)._charge_with_token()
            self.assertEqual(attempt.state, "error")
            self.assertFalse(attempt.provider_reference)

    def test_stopped_by_the_payer(self):
        with self.on(MONDAY):
            move = self.owed()
            consent = self.agree(move)
            self.post(move, "/charge/stop")
            self.assertEqual((consent.state, consent.reason), ("stopped", "payer"))
            self.assertEqual(self.charges(move).state, "stopped")
            self.assertEqual(move.pom_payment_status, "open")
            customer = self.psp.customer(consent.token_id.pom_customer)
            self.assertFalse(customer.mandates[self.number_of(consent)])
        with self.on(DUE):
            self.run_crons()
        self.assertEqual(move.payment_state, "not_paid")

    def test_paid_by_the_payer_instead(self):
        with self.on(MONDAY):
            move = self.owed()
            self.agree(move)
            self.post(move, "/charge/now")
            self.assertEqual(self.charges(move).state, "skipped")
            page = self.look(move)
            self.assertTrue(page.xpath("//form[@class='ways']"))
        with self.on(DUE):
            self.run_crons()
        self.assertEqual(len(self.charges(move)), 1, "it isn't planned anew")

    def test_another_day(self):
        with self.on(MONDAY):
            move = self.owed()
            self.agree(move)
            charge = self.charges(move)
            for wrong in ("2026-11-04", "2026-12-05", "x", ""):
                answer = self.post(move, "/charge/day", day=wrong)
                self.assertEqual(answer.status_code, 422, wrong)
                self.assertEqual(charge.day, DUE)
            self.post(move, "/charge/day", day="2026-11-28")
            self.assertEqual(charge.day.isoformat(), "2026-11-30", "a Saturday")
            self.assertEqual(charge.state, "planned")
