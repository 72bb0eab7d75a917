import threading
from unittest.mock import patch

from odoo import Command, http
from odoo.tests import tagged

from tests.odoo.payment.common import PayPageCase

#: What has to be filled in of an address.
PARTS = {"<any(svg,png):kind>": "svg", "<string:kind>": "question"}
#: These say that it was withdrawn, in a word or a picture, and that's all.
TELLING = ("status.json", "status.svg")


@tagged("standard", "post_install", "-at_install")
class TestWithdrawnLinks(PayPageCase):
    """A link that was taken back opens nothing, whatever becomes of the debt."""

    def _routes(self):
        """(verb, path behind the token) of all that a link opens."""
        thread = threading.current_thread()
        with patch.object(thread, "dbname", self.env.cr.dbname, create=True):
            rules = [*self.env["ir.http"].routing_map().iter_rules()]
        for rule in rules:
            _start, _token, path = rule.rule.partition("<string:token>")
            if rule.rule.startswith("/p/<"):
                for part, value in PARTS.items():
                    path = path.replace(part, value)
                for verb in (rule.methods or {"POST"}) - {"HEAD", "OPTIONS"}:
                    yield verb, path

    def _try(self, verb, path):
        url = f"{self.path}{path}"
        if path == "/transaction":
            params = {"provider_id": self.provider.id, "flow": "redirect"}
            params["payment_method_id"] = self.method.id
            return self.url_open(url, json={"params": params})
        data = {"way": self.way, "text": "Hi", "code": "1"} if verb == "POST" else None
        return self.url_open(url, data=data, method=verb, allow_redirects=False)

    def _assert_shut(self, move):
        name, before = move.name, self._doings(move)
        routes = sorted(set(self._routes()))
        self.assertIn(("POST", "/pay"), routes)
        self.assertIn(("GET", "/invoice.pdf"), routes)
        for verb, path in routes:
            answer = self._try(verb, path)
            where = f"{verb} {path} {answer.status_code}"
            self.assertNotIn(name.encode(), answer.content, where)
            self.assertNotIn("pdf", answer.headers["Content-Type"], where)
            if not path.strip("/").endswith(TELLING):
                self.assertNotIn("image", answer.headers["Content-Type"], where)
            self.assertNotIn("Location", answer.headers, where)
        self.env.invalidate_all()
        self.assertEqual(self._doings(move), before)

    def _doings(self, move):
        requests = self.env["pom.payer.request"].search_count([])
        return (move.transaction_ids.mapped("state"), requests)

    def test_shut_while_open_paid_and_being_paid(self):
        self.move.action_pom_replace_link()
        self._assert_shut(self.move)
        attempt = self.begin()
        self.assertTrue(attempt.provider_reference)
        self._assert_shut(self.move)
        self.assertEqual(attempt.state, "draft", "not cancelled by who has no business")
        self.register_payment(self.move)
        self._assert_shut(self.move)
        self.assertIn("withdrawn", self.url_open(f"{self.path}/status.json").text)

    def test_a_new_debtor_gets_a_new_link(self):
        luc = self.env["res.partner"].create({"name": "Luc"})
        old, cores = self.move.pom_paylink_id, self.move._portal_ensure_token()
        self.move.button_draft()
        self.move.partner_id = luc
        self.move.action_post()
        self.move.invalidate_recordset()
        new = self.move.pom_paylink_id
        self.assertTrue(old.withdrawn)
        self.assertNotEqual(new.token, old.token)
        self.assertEqual(new.issued_to_id, luc)
        self.assertNotEqual(self.move._portal_ensure_token(), cores)
        self._assert_shut(self.move)

    def test_the_same_debtor_keeps_the_link(self):
        old = self.move.pom_paylink_id
        self.move.button_draft()
        self.move.action_post()
        self.assertEqual(self.move.pom_paylink_id, old)

    def test_links_of_before_that_was_noted(self):
        """An update makes them theirs who owe at that moment."""
        link = self.move.pom_paylink_id
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE pom_paylink SET issued_to_id = NULL WHERE id = %s", [link.id]
        )
        self.env["pom.paylink"].init()
        self.env.invalidate_all()
        self.assertEqual(link.issued_to_id, self.marie)

    def test_a_link_stays_shut(self):
        link = self.move.pom_paylink_id
        link.action_withdraw()
        self.register_payment(self.move)
        link.invalidate_recordset()
        self.assertEqual(link.state, "withdrawn")


@tagged("standard", "post_install", "-at_install")
class TestStatementsOfContacts(PayPageCase):
    """One contact's statement shows nothing of another's."""

    def setUp(self):
        super().setUp()
        self.firm = self.env["res.partner"].create({"name": "NV", "is_company": True})
        self.ann, self.ben = self.env["res.partner"].create(
            [{"name": name, "parent_id": self.firm.id} for name in ("Ann", "Ben")]
        )
        self.of_ann = self.invoice(11, partner_id=self.ann.id)
        self.of_ben = self.invoice(12, partner_id=self.ben.id)

    def _shown(self, partner):
        link = self.env["pom.paylink"]._statement_of(partner, self.company)
        self.path = f"/p/{link.token}"
        text = self.url_open(self.path).text
        return [move for move in (self.of_ann, self.of_ben) if move.name in text]

    def test_own_invoices_alone(self):
        self.assertEqual(self._shown(self.ann), [self.of_ann])
        item = f"?item={self.of_ben.id}"
        self.assertEqual(
            self.url_open(f"{self.path}/invoice.pdf{item}").status_code, 404
        )
        self.post(f"{self.path}/pay", way=self.way, item=str(self.of_ben.id))
        self.assertFalse(self.of_ben.transaction_ids)

    def test_messages_carry_the_contacts_own(self):
        links = self.env["pom.paylink"]
        more = self.invoice(13, partner_id=self.ann.id)
        [link] = links._links_of([self.of_ann | more])
        self.assertEqual(link.debtor_id, self.ann)

    def test_the_whole_company_where_the_creditor_wants_it(self):
        self.company.pom_statement_whole = True
        self.assertEqual(self._shown(self.ann), [self.of_ann, self.of_ben])

    def test_the_portal_too(self):
        self.env["res.users"].create(
            {
                "name": "Ann",
                "login": "ann_portal",
                "password": "ann_portal",
                "partner_id": self.ann.id,
                "group_ids": [Command.set(self.env.ref("base.group_portal").ids)],
            }
        )
        self.authenticate("ann_portal", "ann_portal")
        token = http.Request.csrf_token(self)
        answer = self.url_open("/my/pom/statement", data={"csrf_token": token})
        self.assertIn(self.of_ann.name, answer.text)
        self.assertNotIn(self.of_ben.name, answer.text)
