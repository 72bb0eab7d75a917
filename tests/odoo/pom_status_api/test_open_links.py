"""Links to which anybody pays an amount of their own."""

import re
from urllib.parse import urljoin

from lxml import html

from odoo.exceptions import ValidationError
from odoo.tests import tagged

from tests.odoo.pom_status_api.api_case import ApiCase


@tagged("standard", "post_install", "-at_install")
class TestOpenLinks(ApiCase):
    def setUp(self):
        super().setUp()
        made = {"name": "A new roof", "least": "5", "most": "250", "suggested": ["10"]}
        self.told = self.api.createOpenLink(made).data
        self.link = self.env["pom.open.link"].browse(self.told["id"])

    def _give(self, amount="25", name="Marie", email="marie@klant.example"):
        return self._request(
            "POST",
            self.told["page"],
            data={"amount": amount, "name": name, "email": email},
            allow_redirects=False,
        )

    def test_each_payment_is_a_debt_of_its_own(self):
        for amount in ("25", "12,50"):
            answer = self._give(amount)
            self.assertEqual(answer.status_code, 303, answer.text)
            page = self._request("GET", answer.headers["Location"])
            self.assertEqual(page.status_code, 200)
        first, second = self.link.move_ids.sorted("id")
        self.assertEqual((first.amount_total, second.amount_total), (25.0, 12.5))
        self.assertNotEqual(first.partner_id, second.partner_id)
        self.assertEqual(first.invoice_line_ids.name, "A new roof")
        attempt = self._begin(first)
        self.psp.pay(attempt.provider_reference)
        self._deliver()
        self.assertEqual(first.payment_state, "paid")
        told = [one["invoice"]["status"] for one in self._requests()]
        self.assertEqual(told, ["paid", "open"])

    def test_no_invoice_is_offered(self):
        """Who gives something wants none; there is a document of it all the same."""
        words = {
            "en_US": "Download this as PDF",
            "nl_BE": "Dit downloaden als PDF",
            "fr_BE": "Télécharger ceci en PDF",
            "de_DE": "Als PDF herunterladen",
        }
        self._give()
        link = self.link.move_ids.pom_paylink_id
        for lang, offered in words.items():
            page = html.fromstring(self._request("GET", f"{link.url}?lang={lang}").text)
            [download] = page.xpath("//p[contains(@class, 'download')]/a")
            self.assertEqual(download.text_content().strip(), offered)
            file = self._request("GET", urljoin(link.url, download.get("href")))
            self.assertEqual(file.headers["Content-Type"], "application/pdf")
        # Whoever owes an invoice is offered it.
        url = self._invoice().pom_paylink_id.url
        owed = self._request("GET", f"{url}?lang=en_US")
        self.assertIn("Download the invoice (PDF)", owed.text)

    def _pay(self, move):
        attempt = self._begin(move)
        self.psp.pay(attempt.provider_reference)
        self._deliver()
        self.assertEqual(move.payment_state, "paid")

    def test_thanks(self):
        """By mail to whoever left an address, once, and on the page."""
        self.link.with_context(lang="nl_BE").name = "Een nieuw dak"
        self._give("25", name="Marie")
        self._give("40", email="")
        with_mail, without = self.link.move_ids.sorted("id")
        with_mail.partner_id.lang = "nl_BE"
        self.assertFalse(self._thanks(self.link.move_ids), "nothing was paid so far")
        for move in (with_mail, without):
            self._pay(move)
        thanks = self._thanks(self.link.move_ids)
        self.assertEqual(thanks.move_ids, with_mail)
        self.assertEqual(thanks.address, "marie@klant.example")
        self.assertIn("Een nieuw dak", thanks.subject)
        self.assertIn("25", thanks.text)
        mail = self.env["mail.mail"].search([("email_to", "like", "marie@klant")])
        self.assertEqual(len(mail), 1)
        self.assertIn("Een nieuw dak", mail.body_html)
        self.env["pom.delivery"]._note_paid(self.link.move_ids)
        self.assertEqual(self._thanks(self.link.move_ids), thanks, "once")
        for move in (with_mail, without):
            page = self._request("GET", move.pom_paylink_id.url)
            self.assertRegex(page.text, "Betaald. Bedankt!|Paid. Thank you!")

    def _thanks(self, moves):
        return self.env["pom.delivery"].search(
            [("move_ids", "in", moves.ids), ("kind", "=", "thanks")]
        )

    def _requests(self):
        return self.api.listRequests().data["requests"]

    def test_what_is_no_amount(self):
        for typed in ("", "4.99", "251", "much", "-1"):
            answer = self._give(typed)
            self.assertEqual(answer.status_code, 200, typed)
            self.assertIn('role="alert"', answer.text)
        self.assertIn('role="alert"', self._give(name=" ").text)
        self.assertFalse(self.link.move_ids)

    def test_nobody_is_reminded_and_what_is_not_paid_is_cancelled(self):
        self._give()
        self._give()
        paid, unpaid = self.link.move_ids.sorted("id")
        self.assertEqual(unpaid.pom_standing.silence, "opted_out")
        attempt = self._begin(paid)
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE account_move SET create_date = create_date - interval '2 days'"
            " WHERE id = ANY(%s)",
            [[paid.id, unpaid.id]],
        )
        self.env.invalidate_all()
        self.env["account.move"]._pom_gc_open_amounts()
        self.assertEqual((paid.state, unpaid.state), ("posted", "cancel"))
        for move, kept in ((paid, True), (unpaid, False)):
            giver = move.partner_id
            self.assertEqual(giver.active, kept)
            self.assertEqual(giver.name == "Marie", kept)
            self.assertEqual(giver.email == "marie@klant.example", kept)
        self.psp.pay(attempt.provider_reference)

    def test_page_and_poster(self):
        for path in (self.told["page"], self.told["poster"]):
            answer = self._request("GET", path)
            self.assertEqual(answer.status_code, 200)
            self.assertIn("A new roof", answer.text)
            self.assertIn(
                "frame-ancestors 'none'", answer.headers["Content-Security-Policy"]
            )
        self.assertTrue(re.search("data:image/svg", answer.text))
        self.assertFalse(self.link.move_ids)

    def test_closed(self):
        told = self.api.closeOpenLink(id=self.told["id"]).data
        self.assertFalse(told["active"])
        for answer in (
            self._give(),
            self._request("GET", self.told["page"]),
            self._request("GET", self.told["poster"]),
        ):
            self.assertEqual(answer.status_code, 410)
            self.assertIn("Nothing is collected", answer.text)
            self.assertNotIn("<form", answer.text)
            self.assertNotIn("attempt-qr", answer.text)
        self.assertFalse(self.link.move_ids)
        unknown = self.told["page"][:-4] + "0000"
        self.assertEqual(self._request("GET", unknown).status_code, 404)
        [known] = self.api.listOpenLinks().data["links"]
        self.assertEqual(known, told)
        with self._refused(404):
            self.api.closeOpenLink(id=2_000_000_000)

    def test_how_often(self):
        answers = [self._give() for _time in range(21)]
        self.assertEqual({one.status_code for one in answers[:19]}, {303})
        self.assertIn('role="alert"', answers[-1].text)

    def test_amounts_that_make_sense(self):
        self.assertEqual(self.told["suggested"], ["10.00"])
        for bounds in (
            {"least": "9", "most": "8"},
            {"least": "1001"},
        ):
            with self._refused(422, "wrong_bounds"):
                self.api.createOpenLink({"name": "x", **bounds})
        with self.assertRaises(ValidationError):
            self.link.suggested = "much"
