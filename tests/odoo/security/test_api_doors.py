"""The API, attacked: what is refused, how it's said, and what it must not tell."""

import json

from odoo.tests import HttpCase, tagged

from tests.odoo.pom_status_api.api_case import ORDER

from .elsewhere import in_one_minute
from .test_third_systems import ThirdCase

BASE = "/pom/api/v1"
PATHS = (
    "/requests",
    "/requests/1",
    "/requests/1/send",
    "/requests/99999999999999",
    "/open-links/1/close",
    "/invoices",
    "/events",
    "/nowhere",
    "",
)
VERBS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "PURGE")
DEEP = 20_000
#: Bodies that are no request, however one reads them.
NO_REQUESTS = (
    b"",
    b"null",
    b"[]",
    b"[" * DEEP,
    b'{"a":' * DEEP,
    b'"' + b"x" * 300_000 + b'"',
    b"\xff\xfe{\x00",
    b"{}{}",
    b'{"invoice": NaN}',
    b'{"invoice": 1e400}',
    b'{"invoice": ' + b"9" * 10_000 + b"}",
    b'{"invoice": "\\ud800"}',
    b'{"invoice": "a\\u0000b"}',
    b'{"invoice": ["a"]}',
    b'{"invoice": true}',
    b'{"invoice": "", "invoice": "a"}',
    json.dumps({**ORDER, "state": "paid"}).encode(),
    json.dumps({**ORDER, "partner_id": 1}).encode(),
    json.dumps({**ORDER, "customer": {**ORDER["customer"], "id": 1}}).encode(),
    json.dumps({**ORDER, "customer": {**ORDER["customer"], "name": "a\nb"}}).encode(),
    json.dumps({**ORDER, "invoice": "INV/1"}).encode(),
)
NO_AMOUNTS = (
    "-1.00 +1.00 0 0.00 1e3 1.000 1,00 01.00 NaN Infinity 1_0 9999999999 \u0661 1.00\n"
).split(" ")
#: To none of these the page leads anybody back.
NO_WAYS_BACK = (
    "javascript:alert(1)",
    "JavaScript://a.example/%0aalert(1)",
    "data:text/html,<script>",
    "http://shop.example/",
    "//evil.example/",
    "https:evil.example",
    "https://shop.example@evil.example/",
    "https://evil.example\\@shop.example/",
    "https://shop.example/\nX: y",
    "https://shop.example/ ",
    " https://shop.example/",
    "https://[::1]/",
    "https://shöp.example/",
)


class DoorCase(HttpCase, ThirdCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.shop = cls._subscriber(False, may_create=True)
        cls.key = cls.env["pom.api.key"]._make(cls.shop, "Webshop")

    def _ask(self, verb, path, key=None, **given):
        self.env.flush_all()
        headers = given.pop("headers", {})
        if key:
            headers = {"Authorization": f"Bearer {key}", **headers}
        answer = self.url_open(
            BASE + path, method=verb, headers=headers, allow_redirects=False, **given
        )
        self.env.invalidate_all()
        self.assertLess(answer.status_code, 500, f"{verb} {path} {given}"[:300])
        if answer.status_code >= 400:
            kind = answer.headers["Content-Type"]
            self.assertEqual(kind, "application/problem+json", f"{verb} {path}")
            self.assertIn("Content-Security-Policy", answer.headers)
            self.assertLess(len(answer.content), 20_000)
        return answer

    def _create(self, body, number, **headers):
        content = body if isinstance(body, bytes) else json.dumps(body)
        headers = {
            "Content-Type": "application/json",
            "Idempotency-Key": f"attack-{number}",
            **headers,
        }
        return self._ask("POST", "/requests", self.key, data=content, headers=headers)


@tagged("standard", "post_install", "-at_install")
class TestDoors(DoorCase):
    def test_every_verb_on_every_path_is_a_problem(self):
        """Without a key, and with one where nothing is to be had."""
        for path in PATHS:
            for verb in VERBS:
                answer = self._ask(verb, path)
                self.assertIn(answer.status_code, (400, 401, 404, 405), (verb, path))
        for verb in ("PUT", "DELETE", "OPTIONS", "TRACE"):
            answer = self._ask(verb, "/requests", self.key)
            self.assertEqual(answer.status_code, 405)
            self.assertEqual(answer.headers["Allow"], "GET, HEAD, POST")

    def test_no_header_makes_another_verb_of_it(self):
        for name in ("X-HTTP-Method-Override", "X-HTTP-Method", "X-Method-Override"):
            answer = self._ask("GET", "/open-links", self.key, headers={name: "POST"})
            self.assertEqual(answer.status_code, 200)
        answer = self._ask("GET", "/requests", self.key, params={"_method": "POST"})
        self.assertEqual(answer.status_code, 400)

    def test_wrong_keys_are_counted_by_who_sends_them(self):
        """Whatever they say to be forwarded for."""
        in_one_minute()
        answers = [
            self._ask(
                "GET",
                "/events",
                f"pomk_{number}",
                headers={"X-Forwarded-For": f"192.0.2.{number}"},
            ).status_code
            for number in range(33)
        ]
        self.assertEqual(answers, [401] * 30 + [429] * 3)
        self.assertEqual(self._ask("GET", "/events", self.key).status_code, 200)

    def test_what_is_no_key(self):
        for header in (
            "",
            "Bearer",
            "Bearer ",
            f"Basic {self.key}",
            f"Bearer {self.key}x",
            f"Bearer {self.shop.key_ids.key_hash}",
            "Bearer \u00ff\u00fe",
            "Bearer %",
            self.key,
        ):
            headers = {"Authorization": header.encode("latin-1")}
            answer = self._ask("GET", "/events", headers=headers)
            self.assertEqual(answer.status_code, 401, header)

    def test_a_form_beside_the_address_is_no_parameter(self):
        for path in ("/open-links", "/requests", "/payments", "/invoices", "/events"):
            told = self._ask("GET", path, self.key)
            form = {"id": "1", "subscriber": "1", "given": "1"}
            answer = self._ask("GET", path, self.key, data=form)
            self.assertEqual(answer.content, told.content, path)

    def test_parameters_that_there_are_not(self):
        for query in (
            "cursor=-1",
            "cursor=1%20OR%201",
            "limit=0",
            "limit=1e3",
            "limit=101",
            "limit=1&limit=2",
            "subscriber_id=1",
            "changed_since=2026-01-01",
            "changed_since=2026-01-01T00:00:00Z%00",
            "due_from=2026-02-30",
            "status=no",
            "number=",
        ):
            answer = self._ask("GET", f"/invoices?{query}", self.key)
            self.assertEqual(answer.status_code, 400, query)
        for moment in ("0001-01-01T00:00:00%2B23:59", "9999-12-31T23:59:59-23:59"):
            answer = self._ask("GET", f"/invoices?changed_since={moment}", self.key)
            self.assertEqual(answer.status_code, 200, moment)


@tagged("standard", "post_install", "-at_install")
class TestBodies(DoorCase):
    def test_bodies_that_are_no_request(self):
        for number, body in enumerate(NO_REQUESTS):
            answer = self._create(body, number)
            self.assertIn(answer.status_code, (400, 413), body[:80])
        self.assertFalse(self.shop.request_ids)

    def test_it_is_sent_as_it_is_described(self):
        for kind in (
            "text/plain",
            "application/x-www-form-urlencoded",
            "multipart/form-data; boundary=x",
            "application/json-patch+json",
            "",
        ):
            answer = self._create(ORDER, 1, **{"Content-Type": kind})
            self.assertEqual(answer.status_code, 415, kind)
        # The description says JSON, hence UTF-8, whatever else is said.
        kind = "application/json; charset=utf-7"
        body = json.dumps({**ORDER, "number": "+ADw-b+AD4-"}).encode()
        answer = self._create(body, 2, **{"Content-Type": kind})
        self.assertEqual(answer.json()["number"], "+ADw-b+AD4-")

    def test_what_comes_twice_is_not_guessed(self):
        whole = json.dumps(ORDER)
        for twice in ('"amount": "1.00"', '"customer": {"ref": "a", "name": "b"}'):
            body = f"{{{twice}, {whole[1:]}"
            self.assertEqual(self._create(body.encode(), 1).status_code, 400, twice)
        self.assertFalse(self.shop.request_ids)

    def test_amounts_that_are_none(self):
        for number, amount in enumerate(NO_AMOUNTS):
            answer = self._create({**ORDER, "amount": amount}, number)
            self.assertEqual(answer.status_code, 400, amount)
            row = [{"description": "Cake", "amount": amount}]
            answer = self._create({**ORDER, "lines": row}, number)
            self.assertEqual(answer.status_code, 400, amount)
        for amount in (12, 12.5, None, ["1.00"]):
            answer = self._create({**ORDER, "amount": amount}, "x")
            self.assertEqual(answer.status_code, 400, amount)
        self.assertFalse(self.shop.request_ids)

    def test_nobody_is_led_elsewhere(self):
        for number, url in enumerate(NO_WAYS_BACK):
            answer = self._create({**ORDER, "return_url": url}, number)
            self.assertEqual(answer.status_code, 400, url)
        url = "https://shop.example/\"><script>alert(1)</script>?a=1&b='"
        told = self._create({**ORDER, "return_url": url}, "html").json()
        page = self.url_open(told["page"]).text
        self.assertNotIn("<script>alert", page)

    def test_many_mistakes_have_a_short_answer(self):
        body = {f"wrong{number}": 1 for number in range(10_000)}
        errors = self._create(body, 1).json()["errors"]
        self.assertLessEqual(len(errors), 50)

    def test_text_stays_text(self):
        html = "<img src=x onerror=alert(1)>"
        told = self._create(
            {
                **ORDER,
                "number": html[:64],
                "reference": "<b>x</b>",
                "customer": {**ORDER["customer"], "ref": "html", "name": html},
                "lines": [{"description": html, "amount": ORDER["amount"]}],
            },
            1,
        ).json()
        for place in (told["button"], self.url_open(told["page"]).text):
            self.assertNotIn("<img src=x", place)
            self.assertNotIn("<b>x", place)

    def test_the_same_key_with_another_body(self):
        self.assertEqual(self._create(ORDER, 1).status_code, 201)
        self.assertEqual(self._create(ORDER, 1).status_code, 200)
        for change in ({"amount": "121"}, {"channels": []}, {"number": "other"}):
            answer = self._create({**ORDER, **change}, 1)
            self.assertEqual(answer.status_code, 422, change)
        self.assertEqual(len(self.shop.request_ids), 1)
        for key in ("short", "x" * 81, "with blank", "é" * 10, ""):
            headers = {"Idempotency-Key": key.encode("latin-1")}
            self.assertEqual(self._create(ORDER, 2, **headers).status_code, 400, key)

    def test_documents_that_are_none(self):
        number = self._create(ORDER, 1).json()["id"]
        path = f"/requests/{number}/document"
        for content, kind, status in (
            (b"%PDF-1.4", "text/html", 415),
            (b"<html>%PDF-1.4", "application/pdf", 422),
            (b" %PDF-1.4", "application/pdf", 422),
            (b"", "application/pdf", 422),
            (b"%PDF-" + bytes(11 * 2**20), "application/pdf", 413),
        ):
            answer = self._ask(
                "PUT", path, self.key, data=content, headers={"Content-Type": kind}
            )
            self.assertEqual(answer.status_code, status, content[:20])


@tagged("standard", "post_install", "-at_install")
class TestBorders(DoorCase):
    """Another company's system, and another system of the same company."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.other_company = cls.env["res.company"].create({"name": "Firma B"})

    def setUp(self):
        super().setUp()
        order = {**ORDER, "number": "OURS-1", "reference": "RF18539007547034"}
        self.told = self._create(order, 1).json()
        link = {"name": "Roof"}
        self.link = self._ask("POST", "/open-links", self.key, json=link).json()
        self.strangers = [self._system(self.company), self._system(self.other_company)]

    def _system(self, company):
        system = self._subscriber(False, company_id=company.id, may_create=True)
        return self.env["pom.api.key"]._make(system, "Other")

    def test_what_is_anothers_is_not_there(self):
        number, link = self.told["id"], self.link["id"]
        change = {"json": {"amount": "1.00"}}
        for key in self.strangers:
            for verb, path, given in (
                ("GET", f"/requests/{number}", {}),
                ("PATCH", f"/requests/{number}", change),
                ("POST", f"/requests/{number}/withdraw", {}),
                ("POST", f"/requests/{number}/replace", {}),
                ("POST", f"/requests/{number}/send", {"json": {"channel": "email"}}),
                ("POST", f"/open-links/{link}/close", {}),
            ):
                answer = self._ask(verb, path, key, **given)
                self.assertEqual(answer.status_code, 404, path)
                # As what never was.
                never = self._ask(verb, path.replace(str(number), "2000000000"), key)
                self.assertIn(never.status_code, (404, 415))
            answer = self._ask("GET", "/requests?number=OURS-1", key)
            self.assertEqual(answer.json(), {"requests": [], "next": None})
            answer = self._ask("GET", f"/requests?cursor={number - 1}", key)
            self.assertEqual(answer.json(), {"requests": [], "next": None})
            self.assertEqual(self._ask("GET", "/open-links", key).json(), {"links": []})

    def test_another_companys_invoices(self):
        key, told = self.strangers[1], self.told["invoice"]
        for query in (
            {"number": told["number"]},
            {"reference": told["reference"]},
            {"customer": told["customer"]},
            {"cursor": told["id"] - 1},
            {"due_from": "2000-01-01"},
            {"status": "open"},
            {"changed_since": "2000-01-01T00:00:00Z"},
        ):
            answer = self._ask("GET", "/invoices", key, params=query).json()
            self.assertIn("invoices", answer, query)
            self.assertEqual(answer["invoices"], [], query)
        answer = self._ask("GET", f"/invoices/{told['id']}", key)
        self.assertEqual(answer.status_code, 404)
        self.assertEqual(self._ask("GET", "/payments", key).json()["payments"], [])
        self.assertEqual(self._ask("GET", "/events?after=0", key).json()["events"], [])
        answer = self._ask(
            "POST",
            "/requests",
            key,
            json={"invoice": told["number"]},
            headers={"Idempotency-Key": "attack-border"},
        )
        self.assertEqual(answer.status_code, 422)
