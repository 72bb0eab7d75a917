"""What is shown of old links, how long things are kept, and what a person can ask."""

import base64
import json
from datetime import datetime, time, timedelta

from odoo.exceptions import AccessError
from odoo.tests import new_test_user, tagged

from tests.odoo.payment.common import PaymentCase, PayPageCase


@tagged("standard", "post_install", "-at_install")
class TestOldLinks(PayPageCase):
    def _expire(self, days):
        self.link.valid_until = self.company._pom_today() - timedelta(days=days)

    def setUp(self):
        super().setUp()
        self.link = self.move.pom_paylink_id

    def _pay_before(self, days):
        """Paid on the day that many days ago, by the creditor's clock: an hour of
        summer time lies between, and may be the one before midnight.
        """
        self.env.flush_all()
        noon = datetime.combine(self.company._pom_today(), time(hour=12))
        self.env.cr.execute(
            "UPDATE account_partial_reconcile SET create_date = %s",
            [noon - timedelta(days=days)],
        )

    def test_long_after_payment_only_state_and_receipt(self):
        self.register_payment(self.move)
        self._pay_before(60)
        self.assertIn("Taart", self.url_open(self.path).text)
        self._pay_before(61)
        page = self.url_open(self.path)
        self.assertEqual(page.status_code, 200)
        for secret in ("Taart", "121.00", "121,00", self.marie.name):
            self.assertNotIn(secret, page.text)
        self.assertIn("/receipt.pdf", page.text)
        self.assertEqual(self.url_open(f"{self.path}/receipt.pdf").status_code, 200)
        self.assertEqual(self.url_open(f"{self.path}/status.json").status_code, 200)
        for path in ("invoice.pdf", "ask/question", "ask/contact", "form"):
            answer = self.url_open(f"{self.path}/{path}")
            self.assertEqual(answer.status_code, 404, path)

    def test_the_days_are_a_setting(self):
        self.company.pom_show_days = 5
        self._expire(6)
        self.assertNotIn("Taart", self.url_open(self.path).text)
        self.company.pom_show_days = 10
        self.assertIn("Taart", self.url_open(self.path).text)

    def test_renewal_of_what_expired_long_ago_is_mailed(self):
        self._expire(61)
        before = self.env["mail.mail"].search([])
        answer = self.post(f"{self.path}/renew")
        self.assertEqual(answer.status_code, 200)
        self.env.invalidate_all()
        fresh = self.move.pom_paylink_ids.filtered(lambda link: not link.withdrawn)
        self.assertNotEqual(fresh, self.link)
        self.assertNotIn(fresh.token, answer.text)
        mail = self.env["mail.mail"].search([]) - before
        self.assertEqual(mail.recipient_ids, self.marie)
        self.assertIn(fresh.token, mail.body_html)
        self.assertEqual(self.link.state, "withdrawn")

    def test_what_expired_lately_is_renewed_at_once(self):
        self._expire(5)
        self.assertEqual(self.post(f"{self.path}/renew").status_code, 303)
        self.assertEqual(self.link.state, "open")


@tagged("standard", "post_install", "-at_install")
class TestRetention(PaymentCase):
    """Events, messages, requests and raw data are forgotten in time."""

    def _age(self, records, days):
        self.env.flush_all()
        for record in records:
            self.env.cr.execute(
                f"UPDATE {record._table} SET create_date = now() at time zone 'utc' -"
                " %s WHERE id = %s",
                [timedelta(days=days), record.id],
            )
        self.env.invalidate_all()

    def _event(self, **values):
        return self.env["pom.webhook.event"].create(
            {
                "provider_id": self.env["payment.provider"].search([], limit=1).id,
                "event_key": f"{values}",
                "body": base64.b64encode(b"{}"),
                "state": "done",
                **values,
            }
        )

    def test_events(self):
        old, raw, fresh = (self._event(provider_reference=one) for one in "abc")
        waiting = self._event(state="new")
        self._age(old | waiting, 401)
        self._age(raw, 91)
        self.env["pom.webhook.event"]._gc()
        self.assertFalse(old.exists())
        self.assertEqual(
            [bool(one.body) for one in (raw, fresh, waiting)], [False, True, True]
        )

    def _request(self, move, state="accepted"):
        link = move.pom_paylink_id
        request = self.env["pom.payer.request"]._receive(
            link, "question", {"text": "Where is my cake?"}, move
        )
        request.state = state
        return request

    def test_requests_about_what_is_closed(self):
        paid, due = self.invoice(), self.invoice()
        self.register_payment(paid)
        old, needed = self._request(paid), self._request(due)
        unanswered = self._request(paid, "new")
        self._age(old | needed | unanswered, 401)
        self.env["pom.payer.request"]._gc()
        left = (old | needed | unanswered).exists()
        self.assertEqual(left, needed | unanswered)

    def test_messages_about_what_is_closed(self):
        paid, due = self.invoice(), self.invoice()
        self.register_payment(paid)
        old, needed = (
            self.env["pom.delivery"].create(
                {
                    "kind": "invoice",
                    "channel": "link",
                    "company_id": self.company.id,
                    "partner_id": self.marie.id,
                    "move_ids": move.ids,
                    "paylink_id": move.pom_paylink_id.id,
                    "state": "sent",
                }
            )
            for move in (paid, due)
        )
        self._age(old | needed, 401)
        self.env["pom.delivery"]._gc()
        self.assertEqual((old | needed).exists(), needed)

    def test_what_third_systems_were_told(self):
        shop = self.env["pom.subscriber"].create({"name": "Shop"})
        old, fresh = (
            self.env["pom.outbound.event"].create(
                {"subscriber_id": shop.id, "body": "{}", "state": "asked"}
            )
            for _one in range(2)
        )
        self._age(old, 91)
        self.env["pom.outbound.event"]._gc()
        self.assertEqual((old | fresh).exists(), fresh)

    def test_bank_files(self):
        """They name everybody who paid; what waits is still needed."""
        files = self.env["pom.statement.import"]
        old, waiting, fresh = (
            files.create(
                {
                    "name": "march.cod",
                    "data": base64.b64encode(b"0000"),
                    "user_id": self.env.uid,
                    "company_id": self.company.id,
                    "state": state,
                }
            )
            for state in ("done", "waiting", "done")
        )
        self._age(old | waiting, 91)
        files._gc()
        self.assertEqual((old | waiting | fresh).exists(), waiting | fresh)


@tagged("standard", "post_install", "-at_install")
class TestExportAndErasure(PaymentCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.paid, cls.due = cls.invoice(), cls.invoice()
        cls.register_payment(cls.paid)
        requests = cls.env["pom.payer.request"]
        cls.answered, cls.waiting = (
            requests._receive(move.pom_paylink_id, "question", {"text": text}, move)
            for move, text in ((cls.paid, "Thank you"), (cls.due, "Too dear"))
        )
        cls.answered.state = "accepted"
        cls.wizard = cls.env["pom.privacy"].create({"partner_id": cls.marie.id})

    def test_export(self):
        url = self.wizard.action_export()["url"]
        number = int(url.partition("/content/")[2].partition("?")[0])
        data = json.loads(self.env["ir.attachment"].browse(number).raw)
        texts = {row["text"] for row in data["requests"]}
        self.assertLessEqual({"Thank you", "Too dear"}, texts)
        links = {row["id"] for row in data["payment_links"]}
        self.assertIn(self.due.pom_paylink_id.id, links)
        kinds = {"messages", "consents", "provider_events", "reminders", "paid_from"}
        self.assertLessEqual(kinds, data.keys())

    def test_accounts_of_other_payers_go_with_the_debtor(self):
        account = self.env["pom.match.payer"].create(
            {
                "company_id": self.company.id,
                "partner_id": self.marie.id,
                "number": "BE68539007547034",
            }
        )
        rows = self.marie._pom_export()["paid_from"]
        self.assertEqual([row["number"] for row in rows], [account.number])
        self.wizard.action_erase()
        self.assertFalse(account.exists())

    def test_erasure_keeps_what_is_open_and_what_the_law_keeps(self):
        self.wizard.action_erase()
        self.assertFalse(self.answered.exists())
        self.assertTrue(self.waiting.exists())
        self.assertTrue(self.paid.exists() and self.paid.payment_state == "paid")
        self.assertEqual(self.paid.pom_paylink_ids.mapped("state"), ["withdrawn"])
        self.assertEqual(self.due.pom_paylink_id.state, "open")
        self.assertIn("bookkeeping", self.wizard.outcome)

    def test_administrators_only(self):
        user = new_test_user(
            self.env, "privacy", groups="base.group_user,account.group_account_manager"
        )
        with self.assertRaises(AccessError):
            self.wizard.with_user(user).action_erase()
        with self.assertRaises(AccessError):
            self.env["pom.privacy"].with_user(user).create(
                {"partner_id": self.marie.id}
            )
