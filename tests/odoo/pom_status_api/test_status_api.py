import base64
import hashlib
import hmac
import json
import time

from odoo.exceptions import ValidationError
from odoo.tests import HttpCase, tagged

from odoo.addons.pom_status_api.tools import openapi, schema

from tests.odoo.engine.common import EngineCase
from tests.simulators.receiver import Receiver


@tagged("standard", "post_install", "-at_install")
class TestOutbound(EngineCase):
    """A third system with a real web server is told how invoices stand."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.answers = 200
        cls.receiver = Receiver(lambda received: cls.answers).start()
        cls.addClassCleanup(cls.receiver.stop)
        cls.shop = cls._subscriber("Webshop")

    @classmethod
    def _subscriber(cls, name, **values):
        vals = {
            "name": name,
            "company_id": cls.company.id,
            "url": f"{cls.receiver.url}/status",
            "internal_networks": "127.0.0.0/8",
        }
        return cls.env["pom.subscriber"].create({**vals, **values})

    def setUp(self):
        super().setUp()
        type(self).answers = 200
        self.receiver.received.clear()

    @classmethod
    def _invoice(cls, amount=45.73, company=None, **values):
        values = {"invoice_date_due": "2031-01-31", **values}
        return super()._invoice(amount, company, **values)

    def _events(self, invoice=None):
        self.env.cr.flush()
        domain = [("subscriber_id", "=", self.shop.id)]
        if invoice:
            domain.append(("move_id", "=", invoice.id))
        return self.env["pom.outbound.event"].search(domain, order="id")

    def _end_transaction(self):
        """As if it were committed: what comes then is another one."""
        self._events().xact = "1"
        self.env.flush_all()

    def _push(self):
        self.env.cr.flush()
        with self.enter_registry_test_mode():
            self.env.ref("pom_status_api.cron_push").method_direct_trigger()
        self.env.invalidate_all()
        return [json.loads(item.body) for item in self.receiver.received]

    def test_told_of_each_change(self):
        invoice = self._invoice()
        self._end_transaction()
        attempt = self._begin(invoice)
        self._end_transaction()
        self.psp.pay(attempt.provider_reference)
        self._deliver()
        events = self._events(invoice)
        self.assertEqual(events.mapped("status"), ["open", "in_progress", "paid"])
        [told] = self._push()
        self.assertEqual(told["type"], "invoice.status")
        data = told["data"]
        self.assertEqual(
            (data["number"], data["status"], data["amount_due"], data["currency"]),
            (invoice.name, "paid", "0.00", "EUR"),
        )
        self.assertEqual(data["reference"], invoice.payment_reference)
        [payment] = data["payments"]
        self.assertEqual(payment["amount"], "45.73")
        self.assertEqual(payment["by"], "bancontact_pro")
        self.assertEqual(events.mapped("state"), ["superseded", "superseded", "done"])
        self.assertTrue(self.shop.last_success)

    def test_covered(self):
        """By a payment that waits for being applied, and then no longer is there."""
        invoice = self._invoice()
        self._end_transaction()
        payment = self.env["account.payment"].create(
            {
                "payment_type": "inbound",
                "partner_type": "customer",
                "partner_id": invoice.partner_id.id,
                "amount": 50,
                "journal_id": self.company.bank_journal_ids[:1].id,
            }
        )
        payment.action_post()
        self._end_transaction()
        payment.action_draft()
        events = self._events(invoice)
        self.assertEqual(events.mapped("status"), ["open", "covered", "open"])
        told = json.loads(events[1].body)["data"]
        self.assertEqual((told["amount_asked"], told["amount_covered"]),
                         ("0.00", "45.73"))  # fmt: skip

    def test_matched_is_one_change(self):
        """What the same debtor owes beside it was never covered, whoever looked while
        the payment wasn't applied yet.
        """
        older, invoice = self._invoice(invoice_date_due="2031-01-01"), self._invoice()
        self._end_transaction()
        journal = self.company.bank_journal_ids[:1]
        lines = self.env["account.bank.statement.line"].with_context(
            **journal._pom_import_context()
        )
        line = lines._pom_create_matched(
            [
                {
                    "journal_id": journal.id,
                    "date": invoice.invoice_date,
                    "partner_id": invoice.partner_id.id,
                    "amount": invoice.amount_residual,
                    "payment_ref": invoice.payment_reference,
                }
            ]
        )
        self.assertTrue(line.is_reconciled)
        self.assertEqual(self._events(invoice).mapped("status"), ["open", "paid"])
        self.assertEqual(self._events(older).mapped("status"), ["open"])

    def test_committed_on_the_way(self):
        """Nothing that happened is forgotten, even if another addon commits there."""
        invoice = self._invoice()
        self._end_transaction()
        cr = self.env.cr
        with self.env["account.move"]._pom_at_once():
            invoice.pom_disputed_amount = 10
            cr.flush()
            self.assertEqual(len(self._events(invoice)), 1)
            cr.precommit.clear()  # as a commit ends
        self.assertEqual(len(self._events(invoice)), 2)

    def test_paid_elsewhere(self):
        invoice = self._invoice()
        wizard = self.env["account.payment.register"].with_context(
            active_model="account.move", active_ids=invoice.ids
        )
        wizard.create({})._create_payments()
        self._end_transaction()
        data = self._push()[-1]["data"]
        self.assertEqual(data["status"], "paid")
        self.assertEqual([row["by"] for row in data["payments"]], ["registered"])
        invoice.line_ids.remove_move_reconcile()
        data = self._push()[-1]["data"]
        self.assertEqual((data["amount_due"], data["payments"]), ("45.73", []))

    def test_withdrawn(self):
        invoice = self._invoice()
        self._end_transaction()
        invoice.button_draft()
        self.assertEqual(self._events(invoice).mapped("status"), ["open", "draft"])

    def test_one_message_per_transaction(self):
        invoice = self._invoice()
        attempt = self._begin(invoice)
        self._events()
        self.psp.pay(attempt.provider_reference)
        self._deliver()
        self.assertEqual(self._events(invoice).mapped("status"), ["paid"])

    def test_nothing_new_is_not_told(self):
        invoice = self._invoice()
        before = self._events(invoice)
        self.assertEqual(len(before), 1)
        invoice.narration = "A note"
        self.env.add_to_compute(invoice._fields["amount_residual"], invoice)
        self.assertEqual(self._events(invoice), before)

    def test_others_are_not_told(self):
        other = self.env["res.company"].create({"name": "Other BV"})
        stranger = self._subscriber("Stranger", company_id=other.id)
        self._invoice()
        self._events()
        self.assertFalse(stranger.event_ids)
        self.shop.active = False
        silent = self._invoice()
        self.assertFalse(self._events(silent))

    def test_signature(self):
        self._invoice()
        earliest = int(time.time())
        self._push()
        [received] = self.receiver.received
        headers = {name.lower(): value for name, value in received.headers.items()}
        key = base64.b64decode(self.shop.secret.removeprefix("whsec_"))
        moment = headers["webhook-timestamp"]
        self.assertTrue(earliest <= int(moment) <= time.time())
        signed = f"{headers['webhook-id']}.{moment}.".encode() + received.body
        expected = base64.b64encode(hmac.new(key, signed, hashlib.sha256).digest())
        self.assertEqual(headers["webhook-signature"], f"v1,{expected.decode()}")
        self.assertEqual(headers["content-type"], "application/json")

    def test_tried_again_until_taken(self):
        type(self).answers = 503
        invoice = self._invoice()
        self._push()
        [event] = self._events(invoice)
        self.assertEqual((event.state, event.attempts), ("new", 1))
        self.assertIn("503", event.shown_reason)
        self.assertTrue(self.shop.failing_since)
        self._push()
        self.assertEqual(len(self.receiver.received), 1, "not before its time")
        type(self).answers = 200
        event.action_push()
        self.assertEqual(event.state, "done")
        self.assertFalse(self.shop.failing_since)
        first, second = self.receiver.received
        self.assertEqual(first.body, second.body)

    def test_given_up_in_the_end(self):
        type(self).answers = 302
        [event] = self._events(self._invoice())
        for _try in range(12):
            event._push()
        self.assertEqual(event.state, "dead")
        event.subscriber_id.url = "http://127.0.0.1:9/"
        event.action_push()
        self.assertIn("doesn't answer", event.shown_reason)

    def test_money_is_booked_although_telling_fails(self):
        invoice = self._invoice()
        attempt = self._begin(invoice)
        self.env.cr.flush()
        self.env.cr.execute("ALTER TABLE pom_outbound_event DROP COLUMN status")
        self.psp.pay(attempt.provider_reference)
        with self.assertLogs("odoo.addons.pom_status_api.models.account_move"):
            self._deliver()
            self.env.cr.flush()
        self.assertEqual(invoice.payment_state, "paid")

    def test_test_message(self):
        action = self.shop.action_test()
        self.assertEqual(action["params"]["type"], "success")
        type(self).answers = 500
        action = self.shop.action_test()
        self.assertEqual(action["params"]["type"], "danger")
        self.assertIn("500", action["params"]["message"])

    def test_each_message_is_described(self):
        self._invoice()
        self._events()
        self.shop.action_test()
        kinds = set()
        for event in self.shop.event_ids:
            body = json.loads(event.body)
            kinds.add(body["type"])
            [said] = openapi.WEBHOOKS[body["type"]].values()
            told = said["requestBody"]["content"]["application/json"]["schema"]
            self.assertEqual(schema.errors(body, told, openapi.SCHEMAS), [])
        self.assertEqual(kinds, set(openapi.WEBHOOKS))

    def test_system_that_asks_only(self):
        quiet = self._subscriber("Quiet", url=False)
        self._invoice()
        self._events()
        self.assertEqual(quiet.event_ids.mapped("state"), ["asked"])

    def test_address_must_be_one(self):
        with self.assertRaises(ValidationError):
            self._subscriber("Wrong", url="ftp://example.com")

    def test_queries_do_not_grow(self):
        self._invoice()
        counts = []
        for size in (2, 12):
            moves = self.env["account.move"].union(
                *(self._invoice(10 + n) for n in range(size))
            )
            self._end_transaction()
            moves.pom_disputed_amount = 1
            self.env.flush_all()
            before = self.env.cr.sql_log_count
            self.env["pom.outbound.event"]._record(moves)
            counts.append(self.env.cr.sql_log_count - before)
        self.assertLessEqual(counts[1] - counts[0], 3)


@tagged("standard", "post_install", "-at_install")
class TestStatusApi(HttpCase, EngineCase):
    """The same by asking."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.shop = cls.env["pom.subscriber"].create(
            {"name": "Webshop", "company_id": cls.company.id}
        )
        cls.key = cls.env["pom.api.key"]._make(cls.shop, "Webshop")

    def _get(self, path, key=None):
        self.env.cr.flush()
        headers = {"Authorization": f"Bearer {key or self.key}"}
        return self.url_open(f"/pom/api/v1/{path}", headers=headers)

    def test_by_number_and_reference(self):
        invoice, _attempt = self._paid()
        for query in (
            f"number={invoice.name}",
            f"reference={invoice.payment_reference.replace('+', '%2B')}",
        ):
            [found] = self._get(f"invoices?{query}").json()["invoices"]
            self.assertEqual((found["id"], found["status"]), (invoice.id, "paid"))
        self.assertEqual(self._get("invoices?number=nope").json()["invoices"], [])
        self.assertEqual(self._get("invoices?numer=nope").status_code, 400)

    def test_only_with_a_key(self):
        self.assertEqual(self._get("invoices?number=x", "pomk_no").status_code, 401)
        self.assertEqual(self._get("events", self.shop.secret).status_code, 401)
        self.assertEqual(self._get("events").status_code, 200)

    def test_not_another_companys(self):
        invoice = self._invoice()
        other = self.env["res.company"].create({"name": "Other BV"})
        self.shop.company_id = other
        answer = self._get(f"invoices?number={invoice.name}")
        self.assertEqual(answer.json()["invoices"], [])

    def test_a_payer_may_change_what_is_told(self):
        """Core's wire transfer: its page is anybody's, and writes as anybody."""
        wire = self.env.ref("payment.payment_provider_transfer").copy(
            {"company_id": self.company.id, "state": "enabled"}
        )
        method = wire.with_context(active_test=False).payment_method_ids[:1]
        method.active = True
        invoice = self._invoice()
        attempt = invoice.pom_paylink_id._create_attempt(
            wire, method, "online_redirect"
        )
        self.env.flush_all()
        answer = self.url_open(
            "/payment/custom/process",
            data={"reference": attempt.reference},
            allow_redirects=False,
        )
        self.assertEqual(answer.status_code, 303)
        self.assertEqual(attempt.state, "pending")

    def test_guessing_is_limited(self):
        # A minute may begin in between.
        codes = {self._get("events", "whsec_no").status_code for _try in range(64)}
        self.assertEqual(codes, {401, 429})

    def test_events_after(self):
        for nonsense in ("x", "-1", "9" * 30):
            path = f"events?after={nonsense}"
            self.assertEqual(self._get(path).status_code, 400)
        self._invoice()
        answer = self._get("events").json()
        [event] = answer["events"]
        self.assertEqual(event["type"], "invoice.status")
        again = self._get(f"events?after={answer['after']}").json()
        self.assertEqual(again["events"], [])
        self.assertEqual(again["after"], answer["after"])
        self.assertEqual(again["newest"], answer["newest"])
