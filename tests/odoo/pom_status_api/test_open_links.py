"""Links to which anybody pays an amount of their own."""

import re

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
        self.assertEqual(self._give().status_code, 404)
        self.assertEqual(self._request("GET", self.told["page"]).status_code, 404)
        [known] = self.api.listOpenLinks().data["links"]
        self.assertEqual(known, told)
        with self._refused(404):
            self.api.closeOpenLink(id=2_000_000_000)

    def test_how_often(self):
        answers = [self._give() for _time in range(21)]
        self.assertEqual({one.status_code for one in answers[:19]}, {303})
        self.assertIn('role="alert"', answers[-1].text)

    def test_amounts_that_make_sense(self):
        with self._refused(422):
            self.api.createOpenLink({"name": "x", "least": "9", "most": "8"})
        with self.assertRaises(ValidationError):
            self.link.suggested = "much"
