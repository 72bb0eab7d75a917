"""Third systems that ask what was said to their customers, and what became of it."""

from odoo.tests import tagged

from odoo.addons.pom_status_api.tools.openapi_schemas import OUTCOMES

from tests.odoo.pom_status_api.api_case import ApiCase
from tests.odoo.pom_status_api.pages import all_pages


@tagged("standard", "post_install", "-at_install")
class TestMessages(ApiCase):
    def setUp(self):
        super().setUp()
        self.jan.write({"ref": "C-JAN", "email": "jan@klant.example"})
        self.move = self._invoice(50)
        self.mail = self._said(self.move, "email", "sent", sent="2026-11-02 08:00:00")

    def _said(self, moves, channel, state, kind="invoice", sent=False):
        return self.env["pom.delivery"].create(
            {
                "kind": kind,
                "channel": channel,
                "state": state,
                "sent_date": sent,
                "company_id": moves.company_id.id,
                "partner_id": moves.partner_id.id,
                "move_ids": [(6, 0, moves.ids)],
                "paylink_id": moves[0].pom_paylink_id.id,
                "currency_id": moves.currency_id.id,
                "amount": sum(moves.mapped("amount_total")),
            }
        )

    def _found(self, **given):
        found, _pages = all_pages(self.api.listMessages, "messages", **given)
        return found

    def test_what_is_told(self):
        [told] = self._found()
        self.assertEqual(
            {name: told[name] for name in told if name != "created"},
            {
                "id": self.mail.id,
                "kind": "invoice",
                "channel": "email",
                "customer": "C-JAN",
                "invoices": [{"id": self.move.id, "number": self.move.name}],
                "amount": "50.00",
                "currency": "EUR",
                "outcome": "sent",
                "failure": None,
                "sent": "2026-11-02T08:00:00Z",
                "seen": None,
                "settled": None,
                "made_pay": False,
            },
        )

    def test_all_outcomes_are_in_the_file(self):
        field = self.env["pom.delivery"]._fields["state"]
        self.assertEqual({code for code, _label in field.selection}, set(OUTCOMES))

    def test_seen_and_paid(self):
        mail = self.mail
        self.env["pom.delivery"]._note_seen(mail.paylink_id, mail.code)
        [told] = self._found()
        self.assertTrue(told["seen"])
        attempt = self._begin(self.move)
        self.psp.pay(attempt.provider_reference)
        self._deliver()
        [told] = self._found(kind="invoice")
        self.assertTrue(told["settled"])
        self.assertTrue(told["made_pay"])

    def test_filters(self):
        self.jan.copy({"ref": "C-OTHER"})
        other = self._invoice(20)
        lost = self._said(other, "sms", "failed")
        lost._note_lost("No such number")
        both = self._said(self.move + other, "letter", "by_hand")
        for given, expected in (
            ({"number": self.move.name}, self.mail + both),
            ({"number": "nothing"}, self.env["pom.delivery"]),
            ({"invoice": other.id}, lost + both),
            ({"reference": other.payment_reference}, lost + both),
            ({"customer": "C-JAN"}, self.mail + lost + both),
            ({"customer": "C-OTHER"}, self.env["pom.delivery"]),
            ({"channel": "sms"}, lost),
            ({"outcome": "by_hand", "invoice": other.id}, both),
            ({"kind": "thanks"}, self.env["pom.delivery"]),
            ({"changed_since": "2020-01-01T00:00:00Z"}, self.mail + lost + both),
            ({"changed_since": "2099-01-01T00:00:00+14:00"}, self.env["pom.delivery"]),
        ):
            ids = [one["id"] for one in self._found(**given)]
            self.assertEqual(ids, expected.ids, given)
        [told] = self._found(outcome="bounced")
        self.assertEqual(told["failure"], "No such number")
        self.assertEqual(
            [one["id"] for one in self._found(invoice=both.id + 10**6)], []
        )

    def test_what_went_on_since(self):
        self.env.flush_all()
        self.env.cr.execute("UPDATE pom_delivery SET write_date = '2026-11-01'")
        since = {"changed_since": "2026-11-10T00:00:00Z"}
        self.assertEqual(self._found(**since), [])
        self.env["pom.delivery"]._note_seen(self.mail.paylink_id, self.mail.code)
        [told] = self._found(**since)
        self.assertEqual(told["id"], self.mail.id)

    def test_pages(self):
        for number in range(6):
            self._said(self.move, "sms" if number % 2 else "letter", "queued")
        mine = self.env["pom.delivery"].search([], order="id").ids
        for limit, expected in ((1, 7), (2, 4), (7, 1), (100, 1)):
            found, pages = all_pages(self.api.listMessages, "messages", limit=limit)
            self.assertEqual([one["id"] for one in found], mine)
            self.assertEqual(pages, expected)
        found, pages = all_pages(
            self.api.listMessages, "messages", limit=2, channel="sms"
        )
        self.assertEqual(len(found), 3)
        self.assertEqual(pages, 2)

    def test_those_of_another_company_are_not_told(self):
        company = self.env["res.company"].create({"name": "Another"})
        self.mail.company_id = company
        self.assertEqual(self._found(), [])

    def test_nothing_new_costs_nothing(self):
        tag = self.api.listMessages().headers["ETag"]
        again = self.api.listMessages(If_None_Match=tag)
        self.assertEqual((again.status, again.data), (304, None))

    def test_refused(self):
        for given in ({"outcome": "lost"}, {"invoice": 0}, {"limit": 101}):
            with self._refused(400):
                self.api.listMessages(**given)
        self.api.key = "pomk_wrong"
        with self._refused(401):
            self.api.listMessages()
