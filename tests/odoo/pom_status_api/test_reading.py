"""Third systems that ask how things stand, page by page."""

import re

from odoo.tests import tagged

from odoo.addons.pom_status_api.tools.openapi_schemas import STATUSES

from tests.odoo.pom_status_api.api_case import ApiCase
from tests.odoo.pom_status_api.pages import all_pages

V1 = "/pom/api/v1"
VERBS = ("POST", "PUT", "PATCH", "DELETE", "OPTIONS")


@tagged("standard", "post_install", "-at_install")
class TestReading(ApiCase):
    def test_pages(self):
        ids = [self._invoice(10 + number).id for number in range(5)]
        found, pages = all_pages(self.api.listInvoices, "invoices", limit=2)
        self.assertEqual([one["id"] for one in found if one["id"] in ids], ids)
        self.assertEqual(len({one["id"] for one in found}), len(found))
        self.assertEqual(pages, -(-len(found) // 2))

    def test_one(self):
        move = self._invoice()
        self.assertEqual(self.api.getInvoice(id=move.id).data["number"], move.name)
        with self._refused(404):
            self.api.getInvoice(id=2_000_000_000)

    def test_all_statuses_are_in_the_file(self):
        field = self.env["account.move"]._fields["pom_payment_status"]
        self.assertEqual({code for code, _label in field.selection}, set(STATUSES))

    def test_filters(self):
        self.jan.ref = "C-JAN"
        late = self._invoice(10, invoice_date_due="2026-01-31")
        paid, _attempt = self._paid()
        later = self._invoice(20, invoice_date_due="2031-01-31")
        for given, expected in (
            ({"number": late.name}, late),
            ({"reference": later.payment_reference}, later),
            ({"status": "paid"}, paid),
            ({"status": "overdue"}, late),
            ({"due_from": "2031-01-01"}, later),
            ({"due_until": "2026-01-31"}, late),
            ({"due_until": "0001-01-01"}, self.env["account.move"]),
            ({"customer": "C-JAN", "status": "open"}, later),
            ({"customer": "nobody"}, self.env["account.move"]),
        ):
            found, _pages = all_pages(self.api.listInvoices, "invoices", **given)
            ids = {one["id"] for one in found} & {late.id, paid.id, later.id}
            self.assertEqual(ids, set(expected.ids), given)

    def test_changed_since(self):
        self._invoice()
        given = {"changed_since": "2020-01-01T00:00:00Z"}
        found, _pages = all_pages(self.api.listInvoices, "invoices", **given)
        self.assertEqual(len(found), 1)
        for moment in ("2099-01-01T00:00:00Z", "2099-01-01T00:00:00.123+14:00"):
            given = {"changed_since": moment}
            found, _pages = all_pages(self.api.listInvoices, "invoices", **given)
            self.assertEqual(found, [])
        for moment in ("0001-01-01T00:00:00+14:00", "0001-01-01T00:00:00-14:00"):
            given = {"changed_since": moment}
            found, _pages = all_pages(self.api.listInvoices, "invoices", **given)
            self.assertEqual(len(found), 1)
        with self._refused(400):
            self.api.listInvoices(changed_since="2026-13-41T00:00:00Z")

    def test_a_first_fill_misses_nothing(self):
        before = self._invoice()
        after = self.api.listEvents(limit=1).data["newest"]
        found, _pages = all_pages(self.api.listInvoices, "invoices")
        self.assertIn(before.id, [one["id"] for one in found])
        then = self._invoice()
        self.env.cr.flush()
        events = self.api.listEvents(after=after).data["events"]
        self.assertIn(then.id, [event["data"]["id"] for event in events])
        self.assertEqual(self.api.listEvents(status="paid").data["events"], [])

    def test_told_of_what_it_wants_only(self):
        self.shop.write({"url": "https://shop.example/x", "statuses": "paid, reversed"})
        self._paid()
        self.env.cr.flush()
        states = {one.status: one.state for one in self.shop.event_ids}
        self.assertEqual(states["paid"], "new")
        self.assertEqual(
            {states[one] for one in states if one != "paid"} - {"asked"}, set()
        )

    def test_nothing_new_costs_nothing(self):
        move = self._invoice()
        first = self.api.getInvoice(id=move.id)
        tag = first.headers["ETag"]
        again = self.api.getInvoice(id=move.id, If_None_Match=tag)
        self.assertEqual((again.status, again.data), (304, None))
        for asked, status in (
            ("*", 304),
            (f"W/{tag}", 304),
            (f'"other", {tag}', 304),
            ('"other"', 200),
        ):
            again = self.api.getInvoice(id=move.id, If_None_Match=asked)
            self.assertEqual(again.status, status, asked)
        move.pom_paylink_id.sudo().action_withdraw()
        changed = self.api.getInvoice(id=move.id, If_None_Match=tag)
        self.assertEqual(changed.data["status"], "withdrawn")

    def test_how_many_are_left(self):
        left = [
            int(
                self.api.listRequests()
                .headers["RateLimit"]
                .split("r=")[1]
                .split(";")[0]
            )
            for _time in range(2)
        ]
        # A minute may begin in between.
        self.assertIn(left[1], (left[0] - 1, 599))

    def test_too_often(self):
        self.shop.per_minute = 3
        with self._refused(429) as caught:
            # A minute may begin in between.
            for _time in range(8):
                self.api.listRequests()
        self.assertTrue(int(caught.headers["Retry-After"]) <= 60)

    def test_errors_are_problems_everywhere(self):
        headers = {"Authorization": f"Bearer {self.key}"}
        asked = [
            ("GET", f"{V1}/nowhere", 404),
            ("GET", "/pom/api/v2/invoices", 404),
            ("GET", f"{V1}/invoices/99999999999999", 404),
            ("GET", f"{V1}/invoices?nonsense=1", 400),
            ("GET", f"{V1}/invoices?limit=0", 400),
            ("GET", f"{V1}/invoices?cursor=ab%00", 400),
            ("GET", f"{V1}/invoices?cursor=YWJj", 400),
            ("GET", f"{V1}/invoices?limit=1&limit=2", 400),
            *((verb, f"{V1}/invoices", 405) for verb in VERBS),
            ("DELETE", f"{V1}/requests", 405),
            ("OPTIONS", f"{V1}/requests/1", 405),
            ("POST", f"{V1}/invoices/", 405),
            ("DELETE", f"{V1}/openapi.json", 405),
            ("POST", "/pom/api", 405),
        ]
        for verb, path, status in asked:
            answer = self._request(verb, path, headers=headers)
            self.assertEqual(answer.status_code, status, (verb, path))
            self.assertEqual(
                answer.headers["Content-Type"], "application/problem+json", path
            )
            self.assertEqual(answer.json()["status"], status)
            self.assertEqual("Allow" in answer.headers, status == 405)
            self.assertNotIn("OPTIONS", answer.headers.get("Allow", ""))

    def test_bodies(self):
        for content, kind, status in (
            (b"{", "application/json", 400),
            (b"[NaN]", "application/json", 400),
            (b"[" * 100_000, "application/json", 400),
            (b'"\xff"', "application/json", 400),
            (b"{}", "text/plain", 415),
            (b'"' + b"x" * 300_000 + b'"', "application/json", 413),
            (b"{}", "application/json", 400),
        ):
            answer = self._request(
                "POST",
                f"{V1}/requests",
                data=content,
                headers={
                    "Authorization": f"Bearer {self.key}",
                    "Idempotency-Key": "something",
                    "Content-Type": kind,
                },
            )
            self.assertEqual(answer.status_code, status, content[:20])
            self.assertEqual(answer.json()["status"], status)

    def test_the_file_is_complete(self):
        """Whatever answers below the API's address stands in the file, and all that
        stands there answers.
        """
        answers = {
            (method, re.sub(r"<int:(\w+)>", r"{\1}", rule.rule.removeprefix(V1)))
            for rule in self.env["ir.http"].routing_map().iter_rules()
            if rule.rule.startswith(V1)
            for method in rule.methods - {"HEAD", "OPTIONS"}
        }
        told = {
            (method.upper(), path)
            for path, methods in self.api.file["paths"].items()
            for method in methods
        }
        self.assertEqual(answers, told | {("GET", "/openapi.json")})
        self.assertEqual(self.api.file["openapi"], "3.1.0")
        self.assertGreater(len(told), 15)

    def test_the_page_of_examples(self):
        answer = self._request("GET", "/pom/api")
        self.assertEqual(answer.status_code, 200)
        for operation in ("/requests/{id}/send", "Idempotency-Key", "openapi.json"):
            self.assertIn(operation, answer.text)
